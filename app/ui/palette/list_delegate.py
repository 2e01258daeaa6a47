"""Draws one row of the list of palettes: its name, how safe it is, and its colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.palette import Level
from app.ui.icons import icon
from app.ui.palette.list_model import FAVOURITE_ROLE, ROW_ROLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.palette.shelf import Row
    from app.ui.theme import Theme

HEIGHT: Final = 58
STRIP_HEIGHT: Final = 22
LINE_HEIGHT: Final = 20
MARKS: Final = {
    Level.VERY_SAFE: ("success", "success"),
    Level.SAFE: ("success", "success"),
    Level.UNSAFE: ("warning", "warning"),
}
"""Verdict to icon and colour."""


class PaletteListDelegate(QStyledItemDelegate):
    """Draws rows with the theme's fonts."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Return one height for all rows."""
        return QSize(self._theme.space(160), self._theme.space(HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row."""
        row: Row = index.data(ROW_ROLE)
        space = self._theme.space
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        self._draw_ground(painter, option, area)
        inner = area.adjusted(space(8), space(5), -space(8), -space(6))
        line = QRect(inner.left(), inner.top(), inner.width(), space(LINE_HEIGHT))
        line.setRight(self._draw_verdict(painter, line, row))
        if index.data(FAVOURITE_ROLE):
            line.setRight(self._draw_icon(painter, line, "star-filled", "accent"))
        self._draw_name(painter, line, row.palette.name)
        strip = QRect(inner.left(), inner.bottom() - space(STRIP_HEIGHT), inner.width(), space(STRIP_HEIGHT))
        draw_colours(painter, QRectF(strip), row.palette.colours, space(4), edge_colour(self._theme))
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selection" if selected else "hover"))
            corner = self._theme.space(6)
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), corner, corner)

    def _draw_verdict(self, painter: QPainter, line: QRect, row: Row) -> int:
        """Draw the distance and the sign of the verdict at the right; return where the room for the name ends."""
        name, colour = MARKS[row.level]
        end = self._draw_icon(painter, line, name, colour)
        font = self._theme.font("small")
        painter.setFont(font)
        painter.setPen(self._theme.colour("text_muted"))
        text = f"{row.report.distance:.1f}"
        painter.drawText(QRect(line.topLeft(), QSize(end - line.left(), line.height())), _RIGHT, text)
        return end - QFontMetrics(font).horizontalAdvance(text) - self._theme.space(8)

    def _draw_icon(self, painter: QPainter, line: QRect, name: str, colour: str) -> int:
        side = self._theme.space(14)
        place = QRect(line.right() - side, line.center().y() - side // 2, side, side)
        icon(name, colour).paint(painter, place)
        return place.left() - self._theme.space(6)

    def _draw_name(self, painter: QPainter, line: QRect, name: str) -> None:
        font = self._theme.font("body")
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        shown = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


_EDGE: Final = 50
"""Opacity of the line around colours."""
_RIGHT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def edge_colour(theme: Theme) -> QColor:
    """Return the colour of the line around colours, which parts pale ones from the background."""
    edge = theme.colour("text")
    edge.setAlpha(_EDGE)
    return edge


def draw_colours(painter: QPainter, area: QRectF, colours: Sequence[str], corner: float, edge: QColor) -> None:
    """Draw colours side by side in one rounded strip with a line around."""
    outline = QPainterPath()
    outline.addRoundedRect(area, corner, corner)
    painter.save()
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    width = area.width() / len(colours)
    for place, colour in enumerate(colours):
        left, right = round(area.left() + place * width), round(area.left() + (place + 1) * width)
        painter.fillRect(QRect(left, round(area.top()), right - left, round(area.height())), QColor(colour))
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(edge)
    painter.drawPath(outline)
