"""The answers that the engine holds possible, with how sure it is of each; what differs from the first is tinted."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.core.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.formula.engine import Candidate
    from app.ui.theme import Theme

MOST: Final = 3
LEAST: Final = 0.01
"""An answer that is less likely is not worth a line."""
CARET: Final = 3.0
"""Pixels of the tint where something is lacking."""
BEFORE: Final = 12
"""Characters that are shown before a difference that would be out of sight."""
LATEX, SHARE, DIFFERENCES = (Qt.ItemDataRole.UserRole + place for place in range(3))
PIECE: Final = re.compile(r"\\[A-Za-z]+\s?|\\.|.", re.DOTALL)


def differing(first: str, other: str) -> list[tuple[int, int]]:
    """Return where `other` has other pieces of LaTeX than `first`: starts and ends, the same where it lacks some."""
    here, there = PIECE.findall(first), PIECE.findall(other)
    ends = [0]
    for piece in there:
        ends.append(ends[-1] + len(piece))
    codes = SequenceMatcher(None, here, there, autojunk=False).get_opcodes()
    return [(ends[start], ends[end]) for kind, _, _, start, end in codes if kind != "equal"]


def percent(share: float) -> str:
    """Return a probability as a whole number of percent that is 0 or 100 only when that is meant."""
    return str(round(100 * share) if share in (0, 1) else min(99, max(1, round(100 * share))))


class Candidates(QListWidget):
    """One line for each answer; hidden while there is no choice.

    Args:
        theme: colours, fonts, spaces.
        parent: the owner.

    """

    chosen = Signal(str)
    """The LaTeX of the line that the user went to."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._candidates: tuple[Candidate, ...] = ()
        self.setObjectName("candidates")
        self.setItemDelegate(_Delegate(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVisible(False)
        self.currentRowChanged.connect(self._choose)
        self.itemClicked.connect(lambda item: self._choose(self.row(item)))

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """What is offered."""
        return self._candidates

    def offer(self, candidates: Sequence[Candidate]) -> None:
        """Show answers, the best first; fewer than two likely ones leave no choice."""
        likely = [each for place, each in enumerate(candidates) if not place or each.confidence >= LEAST]
        self._candidates = tuple(likely[:MOST])
        with QSignalBlocker(self):
            self.clear()
            for candidate in self._candidates:
                item = QListWidgetItem(self)
                item.setData(LATEX, candidate.latex)
                item.setData(SHARE, candidate.confidence)
                item.setData(DIFFERENCES, differing(self._candidates[0].latex, candidate.latex))
        self.retranslate()
        self.setVisible(len(self._candidates) > 1)
        self.updateGeometry()

    def candidate(self, latex: str) -> Candidate | None:
        """Return the candidate with this LaTeX."""
        return next((each for each in self._candidates if each.latex.strip() == latex.strip()), None)

    def mark(self, latex: str) -> None:
        """Show which of the answers the source is, if any."""
        found = self.candidate(latex)
        with QSignalBlocker(self):
            self.setCurrentRow(self._candidates.index(found) if found else -1)

    def take(self, number: int) -> None:
        """Go to the answer `number`, the first is 0, if there is one."""
        if number < len(self._candidates):
            self.setCurrentRow(number)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.setAccessibleName(tr("Possible answers"))
        for place, candidate in enumerate(self._candidates):
            text = tr("{latex}, {percent} %", latex=candidate.latex, percent=percent(candidate.confidence))
            self.item(place).setData(Qt.ItemDataRole.AccessibleTextRole, text)
            self.item(place).setToolTip(candidate.latex)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for all lines."""
        return QSize(320, len(self._candidates) * self._theme.hit_area() + 2 * (self._theme.space(4) + 1))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same height: the lines are few."""
        return QSize(160, self.sizeHint().height())

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._candidates):
            self.chosen.emit(self._candidates[row].latex)


class _Delegate(QStyledItemDelegate):
    """Draws number, LaTeX and percentage of a line."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(  # noqa: N802 - Qt's name
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of what is clicked."""
        return QSize(160, self._theme.hit_area())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a line."""
        theme, gap = self._theme, self._theme.space(12)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, option)
        room = QRectF(option.rect).adjusted(gap, 0, -gap, 0)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text_muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | middle, str(index.row() + 1))
        share = tr("{percent} %", percent=percent(float(index.data(SHARE))))
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text"))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | middle, share)
        ends = QFontMetricsF(painter.font()).horizontalAdvance("100 %") + gap
        self._draw_latex(painter, room.adjusted(gap + theme.space(4), 0, -ends, 0), index)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Show which line is taken and which one the mouse is over."""
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selection" if selected else "hover"))
            inside = QRectF(option.rect).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(inside, self._theme.space(4), self._theme.space(4))

    def _draw_latex(self, painter: QPainter, room: QRectF, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw the source on one line, what differs from the first answer on a tint."""
        painter.setFont(self._theme.font("mono"))
        metrics = QFontMetricsF(painter.font())
        whole, differences = str(index.data(LATEX)).replace("\n", " "), index.data(DIFFERENCES)
        if differences and metrics.horizontalAdvance(whole[: differences[0][1]]) > room.width():
            whole, differences = _from_difference(whole, differences)
        shown = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, room.width())
        kept = len(shown) if shown == whole else len(shown) - 1
        for start, end in differences:
            left, right = (metrics.horizontalAdvance(whole[: min(place, kept)]) for place in (start, end))
            width = max(right - left, CARET)
            tint = QRectF(room.left() + left, room.top() + 6, width, room.height() - 12)
            painter.fillRect(tint, self._theme.colour("difference"))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _from_difference(text: str, differences: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Return the text from shortly before the first difference on, and where the differences are in it."""
    gone = max(0, differences[0][0] - BEFORE) - 1
    return "…" + text[gone + 1 :], [(start - gone, end - gone) for start, end in differences]
