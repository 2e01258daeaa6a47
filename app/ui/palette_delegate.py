"""Draws one row of the command palette: icon, name with the letters that fit, group, keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.icons import icon

if TYPE_CHECKING:
    from app.ui.actions import Registered
    from app.ui.theme import Theme

ROW: Final = int(Qt.ItemDataRole.UserRole) + 1
HEIGHT: Final = 36


@dataclass(frozen=True)
class Row:
    """An action as it is listed; `positions` are the letters of the title that fit what was typed."""

    entry: Registered
    title: str
    group: str
    keys: str
    positions: tuple[int, ...]


class RowDelegate(QStyledItemDelegate):
    """Draws rows with the theme's colours and fonts."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Return one height for all rows, whatever script they are in."""
        return QSize(self._theme.space(200), self._theme.space(HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row."""
        row: Row = index.data(ROW)
        space = self._theme.space
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selection"))
            painter.drawRoundedRect(QRectF(area), space(6), space(6))
        side = space(20)
        place = QRect(area.left() + space(8), area.center().y() - side // 2 + 1, side, side)
        if row.entry.icon:
            icon(row.entry.icon, "text_muted").paint(painter, place)
        inner = area.adjusted(side + space(20), 0, -space(12), 0)
        inner.setRight(inner.right() - self._draw_right(painter, inner, row.keys, "text", "body"))
        inner.setRight(inner.right() - self._draw_right(painter, inner, row.group, "text_muted", "small"))
        self._draw_title(painter, inner, row)
        painter.restore()

    def _draw_right(self, painter: QPainter, area: QRect, text: str, colour: str, role: str) -> int:
        """Draw a text at the right end of an area and return the width that is used up."""
        if not text:
            return 0
        font = self._theme.font(role)
        painter.setFont(font)
        painter.setPen(self._theme.colour(colour))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        return QFontMetrics(font).horizontalAdvance(text) + self._theme.space(16)

    def _draw_title(self, painter: QPainter, area: QRect, row: Row) -> None:
        font = self._theme.font("body")
        shown = QFontMetrics(font).elidedText(row.title, Qt.TextElideMode.ElideRight, area.width())
        layout = QTextLayout(shown, font)
        layout.setFormats([self._mark(place) for place in row.positions if place < len(shown)])
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        top = area.top() + (area.height() - line.height()) / 2
        painter.setPen(self._theme.colour("text"))
        layout.draw(painter, QRectF(area.left(), top, 0, 0).topLeft())

    def _mark(self, place: int) -> QTextLayout.FormatRange:
        spot = QTextLayout.FormatRange()
        spot.start, spot.length = place, 1
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold)
        look.setForeground(self._theme.colour("accent"))
        spot.format = look
        return spot
