"""Which is right, A or B? The verdict in words, and each phrase with its share and how sure that share is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLabel, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.collocation.compare import Candidate, Verdict
from app.core.i18n import tr
from app.ui.collocation.hit_rows import draw_ground, percent
from app.ui.collocation.row_list import OBJECT_ROLE, RowList

if TYPE_CHECKING:
    from app.collocation.compare import Comparison
    from app.collocation.matches import Hit
    from app.ui.theme import Theme

HEIGHT: Final = 52
BAR: Final = 8
WHISKER: Final = 12
_TONES: Final = {Verdict.FIRST: "success", Verdict.BOTH: "text", Verdict.TOO_RARE: "warning"}


class ComparisonPage(QWidget):
    """The verdict above the phrases, the most frequent first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._comparison: Comparison | None = None
        self.hits: dict[str, Hit] = {}
        self.verdict, self.explanation = QLabel(), QLabel()
        self.verdict.setFont(theme.font("title"))
        self.verdict.setWordWrap(True)
        self.explanation.setWordWrap(True)
        self.explanation.setFont(theme.font("small"))
        self.explanation.setProperty("tone", "muted")
        self.list = RowList[Candidate](_Delegate(theme), _say)
        self.list.fit_rows()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(8))
        for part in (self.verdict, self.list, self.explanation):
            column.addWidget(part)
        column.addStretch(1)
        theme.changed.connect(self.retranslate)

    def show_comparison(self, comparison: Comparison, hits: dict[str, Hit]) -> None:
        """Show another comparison; `hits`: what else is known of each of its phrases."""
        self._comparison, self.hits = comparison, hits
        self.list.show_rows(comparison.candidates)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.list.setAccessibleName(tr("Phrases that are compared"))
        comparison = self._comparison
        if comparison is None:
            return
        self.verdict.setText(comparison.sentence())
        self.verdict.setStyleSheet(f"color: {self._theme.colour(_TONES[comparison.verdict]).name()}")
        text = tr(
            "The bars are shares of all occurrences, the lines across them 95 % intervals. Log-likelihood {value}: "
            "above 10.8 the first two do not differ by chance.",
            value=f"{comparison.log_likelihood:,.1f}",
        )
        self.explanation.setText(text)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        return QSize(self._theme.space(160), self._theme.space(HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Candidate = index.data(OBJECT_ROLE)
        space = self._theme.space
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, option, self._theme)
        inner = option.rect.adjusted(space(12), space(4), -space(12), -space(4))
        upper = QRect(inner.left(), inner.top(), inner.width(), inner.height() * 3 // 5)
        self._draw_text(painter, upper, row)
        self._draw_bar(painter, QRect(inner.left(), upper.bottom(), inner.width(), inner.height() * 2 // 5), row)
        painter.restore()

    def _draw_text(self, painter: QPainter, place: QRect, row: Candidate) -> None:
        figures = f"{row.count:,}   {percent(100 * row.share)}"
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.colour("text_muted"))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, figures)
        font = QFont(self._theme.font("body"))
        font.setWeight(QFont.Weight.DemiBold)
        room = place.width() - QFontMetrics(self._theme.font("body")).horizontalAdvance(figures) - self._theme.space(12)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        shown = QFontMetrics(font).elidedText(row.phrase, Qt.TextElideMode.ElideRight, room)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _draw_bar(self, painter: QPainter, place: QRect, row: Candidate) -> None:
        """Draw the share as a bar and its interval as a line across it."""
        height, middle = self._theme.space(BAR), place.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("border"))
        painter.drawRoundedRect(
            QRectF(place.left(), middle - height / 2, place.width(), height), height / 2, height / 2
        )
        painter.setBrush(self._theme.colour("accent"))
        width = row.share * place.width()
        if width:
            length = max(width, height)
            painter.drawRoundedRect(QRectF(place.left(), middle - height / 2, length, height), height / 2, height / 2)
        painter.setPen(QPen(self._theme.colour("text"), max(1.5, self._theme.space(2) * 0.75)))
        low, high = place.left() + row.low * place.width(), place.left() + row.high * place.width()
        half = self._theme.space(WHISKER) / 2
        painter.drawLine(round(low), middle, round(high), middle)
        for end in (low, high):
            painter.drawLine(round(end), round(middle - half / 2), round(end), round(middle + half / 2))


def _say(row: Candidate) -> str:
    """Return a candidate in words, with the part that was looked up when the whole was too long."""
    share = tr("{share}, {low} to {high}", share=f"{row.share:.1%}", low=f"{row.low:.1%}", high=f"{row.high:.1%}")
    parts = [row.phrase, tr("{count} times", count=f"{row.count:,}"), share]
    if row.looked_up != row.phrase:
        parts.append(tr("looked up: {query}", query=row.looked_up))
    return ", ".join(parts)
