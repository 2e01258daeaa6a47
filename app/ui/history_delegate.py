"""How a row of the history looks: thumbnail, text, tool and time, pin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.history_model import Role
from app.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.core.history import Entry
    from app.ui.theme import Theme

CORNER: Final = 6
"""Radius of corners, units of `Theme.space`."""
LONGEST: Final = 2000
"""Characters of a result that are looked at for its one line."""
THUMBNAIL_WIDTH_EM: Final = 6
CONTEXT: Final = 24
"""Characters shown before a match that lies further to the right than the row is wide."""


def one_line(text: str) -> str:
    """Return `text` with all white space folded into single spaces."""
    return " ".join(text.split())


def spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return start and end of every occurrence of the words, which must not be empty, in any case."""
    if not words:
        return []
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return [found.span() for found in re.finditer(pattern, text, re.IGNORECASE)]


def around_match(text: str, words: Sequence[str]) -> str:
    """Return `text` cut at the left so that the first occurrence of one of the words comes early."""
    position = next((start for start, _end in spans(text, words)), 0)
    return text if position <= CONTEXT else "…" + text[position - CONTEXT :]


class HistoryDelegate(QStyledItemDelegate):
    """Paints rows of one height.

    Args:
        theme: colours, spaces, fonts.
        monospace: keys of the tools whose results are code.
        tool_icons: icon name of each tool by its key, shown for results without a picture.
        parent: the owner.

    """

    def __init__(
        self, theme: Theme, monospace: frozenset[str], tool_icons: dict[str, str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._monospace = monospace
        self._tool_icons = tool_icons
        self.words: list[str] = []
        """What is searched for; marked in the rows."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Return the same height for every row: two lines and their margins."""
        lines = QFontMetrics(self._theme.font("body")).height() + QFontMetrics(self._theme.font("small")).height()
        return QSize(20 * lines, lines + self._theme.space(24))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        entry: Entry | None = index.data(Role.ENTRY)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_background(painter, option)
        if entry is not None:
            self._paint_entry(painter, option.rect, index, entry)
        painter.restore()

    def _paint_entry(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, entry: Entry
    ) -> None:
        gap = self._theme.space(12)
        inner = rect.adjusted(gap, self._theme.space(8), -gap, -self._theme.space(8))
        picture = QRect(inner.left(), inner.top(), self._picture_width(), inner.height())
        self._paint_picture(painter, picture, index, entry)
        pin = QRect(0, 0, self._theme.space(20), self._theme.space(20))
        pin.moveCenter(inner.center())
        pin.moveRight(inner.right())
        if entry.pinned:
            icon("pin").paint(painter, pin)
        text = QRect(inner)
        text.setLeft(picture.right() + self._theme.space(16))
        text.setRight(pin.left() - gap)
        self._paint_text(painter, text, index, entry)

    def _paint_background(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        body = QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        path = QPainterPath()
        corner = self._theme.space(CORNER)
        path.addRoundedRect(body, corner, corner)
        if selected:
            painter.fillPath(path, self._theme.colour("selection"))
        elif hovered:
            painter.fillPath(path, self._theme.colour("card"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawPath(path)

    def _paint_picture(
        self, painter: QPainter, box: QRect, index: QModelIndex | QPersistentModelIndex, entry: Entry
    ) -> None:
        """Paint the thumbnail centred in `box`; the tool's icon stands in while it is read or where there is none."""
        pixmap = index.data(Role.THUMBNAIL)
        if not isinstance(pixmap, QPixmap) or pixmap.isNull():
            side = self._theme.space(24)
            place = QRect(0, 0, side, side)
            place.moveCenter(box.center())
            icon(self._tool_icons.get(entry.tool, "history")).paint(painter, place)
            return
        size = pixmap.size()
        if size.width() > box.width() or size.height() > box.height():
            size = size.scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, max(size.width(), 1), max(size.height(), 1))
        place.moveCenter(box.center())
        path = QPainterPath()
        corner = self._theme.space(CORNER / 2)
        path.addRoundedRect(QRectF(place), corner, corner)
        painter.save()
        painter.setClipPath(path)
        painter.drawPixmap(place, pixmap)
        painter.restore()
        painter.setPen(QPen(self._theme.colour("border"), 1))
        painter.drawPath(path)

    def _paint_text(
        self, painter: QPainter, box: QRect, index: QModelIndex | QPersistentModelIndex, entry: Entry
    ) -> None:
        small = self._theme.font("small")
        small_height = QFontMetrics(small).height()
        font = self._theme.font("mono" if entry.tool in self._monospace else "body")
        gap = self._theme.space(4)
        line = QRect(box.left(), 0, box.width(), QFontMetrics(font).height())
        line.moveTop(box.top() + (box.height() - line.height() - gap - small_height) // 2)
        self._paint_result(painter, line, font, entry)
        painter.setFont(small)
        painter.setPen(self._theme.colour("text_muted"))
        below = QRect(box.left(), line.bottom() + gap, box.width(), small_height)
        meta = f"{index.data(Role.TOOL)}  ·  {index.data(Role.WHEN)}"
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, meta)

    def _paint_result(self, painter: QPainter, line: QRect, font: QFont, entry: Entry) -> None:
        """Paint the result on one line with the searched text marked."""
        metrics = QFontMetrics(font)
        whole = around_match(one_line(entry.text[:LONGEST]), self.words)
        text = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, line.width())
        for start, end in spans(text, self.words):
            left = line.left() + metrics.horizontalAdvance(text[:start])
            width = metrics.horizontalAdvance(text[start:end])
            painter.fillRect(QRect(left, line.top(), width, line.height()), self._theme.colour("difference"))
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _picture_width(self) -> int:
        return THUMBNAIL_WIDTH_EM * QFontMetrics(self._theme.font("body")).height()
