"""What is rare in a sentence, each with what is written more often; a row puts it into the sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.collocation.scan import Better, Finding
from app.core.i18n import tr
from app.ui.collocation.hit_rows import draw_ground
from app.ui.collocation.row_list import OBJECT_ROLE, RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.theme import Theme

HEIGHT: Final = 32
_ARROW: Final = "→"


@dataclass(frozen=True)
class Correction:
    """One better phrase for one finding."""

    finding: Finding
    better: Better


class FindingsPage(QWidget):
    """The corrections of all findings, in the order of the sentence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._findings: Sequence[Finding] | None = None
        self.caption = QLabel()
        self.caption.setWordWrap(True)
        self.list = RowList[Correction](_Delegate(theme), _say)
        self.list.fit_rows()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(8))
        column.addWidget(self.caption)
        column.addWidget(self.list)
        column.addStretch(1)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show the findings of another sentence."""
        self._findings = findings
        self.list.show_rows([Correction(finding, better) for finding in findings for better in finding.better])
        self.list.setVisible(bool(findings))
        self.retranslate()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.list.setAccessibleName(tr("Corrections"))
        if self._findings is None:
            return
        if self._findings:
            self.caption.setText(tr("Rare here, with what is written more often. Return puts it into the sentence."))
        else:
            self.caption.setText(tr("Nothing in this sentence is rare."))


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        return QSize(self._theme.space(160), self._theme.space(HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Correction = index.data(OBJECT_ROLE)
        space = self._theme.space
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, option, self._theme)
        left = option.rect.adjusted(space(12), 0, -space(12), 0)
        half = (left.width() - space(32)) // 2
        right = QRect(left.left() + half + space(32), left.top(), half, left.height())
        left.setWidth(half)
        self._draw_phrase(painter, left, row.finding.text, row.finding.count, strong=False)
        painter.setPen(self._theme.colour("text_muted"))
        between = QRect(left.right(), left.top(), space(32), left.height())
        painter.drawText(between, Qt.AlignmentFlag.AlignCenter, _ARROW)
        self._draw_phrase(painter, right, row.better.text, row.better.count, strong=True)
        painter.restore()

    def _draw_phrase(self, painter: QPainter, place: QRect, text: str, count: int, *, strong: bool) -> None:
        figure = f"{count:,}"
        usual = self._theme.font("body")
        painter.setFont(usual)
        painter.setPen(self._theme.colour("text_muted"))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, figure)
        font = QFont(usual)
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        room = place.width() - QFontMetrics(usual).horizontalAdvance(figure) - self._theme.space(8)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _say(row: Correction) -> str:
    return tr(
        "{written}, {count} times; better: {better}, {better_count} times",
        written=row.finding.text,
        count=f"{row.finding.count:,}",
        better=row.better.text,
        better_count=f"{row.better.count:,}",
    )
