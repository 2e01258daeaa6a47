"""Draws one row of the list of names: the name, its kind, marks, and a bar for its score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.acronym.names_model import FAVOURITE_ROLE, KIND_ROLE, SHARE_ROLE, TAKEN_ROLE
from app.ui.icons import icon

if TYPE_CHECKING:
    from app.ui.theme import Theme

HEIGHT: Final = 34
BAR_HEIGHT: Final = 2
BAR_SHARE: Final = 0.4
"""Of the row's width, at most."""


class NamesDelegate(QStyledItemDelegate):
    """Draws rows with the theme's colours and fonts."""

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
        space = self._theme.space
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, option, area)
        inner = area.adjusted(space(12), 0, -space(12), 0)
        inner.setRight(inner.right() - self._draw_kind(painter, inner, str(index.data(KIND_ROLE))))
        for role, name, colour in ((TAKEN_ROLE, "warning", "warning"), (FAVOURITE_ROLE, "pin", "accent")):
            if index.data(role):
                side = space(16)
                place = QRect(inner.right() - side, area.center().y() - side // 2, side, side)
                icon(name, colour).paint(painter, place)
                inner.setRight(place.left() - space(8))
        self._draw_name(painter, inner, str(index.data(Qt.ItemDataRole.DisplayRole)))
        width = round(area.width() * BAR_SHARE * float(index.data(SHARE_ROLE)))
        bar = QRectF(inner.left(), area.bottom() - space(5), max(width, 1), space(BAR_HEIGHT))
        painter.fillRect(bar, self._theme.colour("accent"))
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selection" if selected else "hover"))
            corner = self._theme.space(6)
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), corner, corner)

    def _draw_kind(self, painter: QPainter, area: QRect, text: str) -> int:
        """Draw the kind at the right and return the width that is used up."""
        font = self._theme.font("small")
        painter.setFont(font)
        painter.setPen(self._theme.colour("text_muted"))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        return QFontMetrics(font).horizontalAdvance(text) + self._theme.space(8)

    def _draw_name(self, painter: QPainter, area: QRect, text: str) -> None:
        font = QFont(self._theme.font("body"))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
