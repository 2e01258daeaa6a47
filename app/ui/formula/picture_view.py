"""A pane that shows a picture or a drawing at a scale it shares with others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.ui.formula.zoom import Zoom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.theme import Theme

MARGIN: Final = 12
"""Pixels left free around the content."""
WHEEL_STEP: Final = 120.0
TINT: Final = 120
"""Opacity of a marked part, 0 to 255: what it covers stays legible."""


class PictureView(QAbstractScrollArea):
    """Shows a `QImage` or an SVG; drag or scroll to move, Ctrl and wheel to zoom.

    Args:
        theme: the colours of marked parts.
        zoom: the scale.
        parent: the owner.

    """

    def __init__(self, theme: Theme, zoom: Zoom, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._zoom = theme, zoom
        self._marks: tuple[QRectF, ...] = ()
        self._image = QPixmap()
        self._drawing: QSvgRenderer | None = None
        self._size = QSizeF()
        self._held: QPoint | None = None
        self._faded = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self.setMinimumSize(120, 72)
        zoom.add(self)
        zoom.changed.connect(self._rescale)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self._size.isEmpty()

    @property
    def natural_size(self) -> QSizeF:
        """Size of the content at scale 1."""
        return self._size

    @property
    def marks(self) -> tuple[QRectF, ...]:
        """The parts of the content that are tinted, in units of `natural_size`."""
        return self._marks

    def mark(self, parts: Sequence[QRectF]) -> None:
        """Tint parts of the content until it changes."""
        self._marks = tuple(parts)
        self.viewport().update()

    def show_image(self, image: QImage) -> None:
        """Show `image`, pixel for pixel at scale 1."""
        self._drawing = None
        self._image = QPixmap.fromImage(image)
        self._image.setDevicePixelRatio(1.0)
        self._set_size(QSizeF(image.size()))

    def show_drawing(self, svg: bytes, factor: float = 1.0) -> None:
        """Show an SVG, `factor` times its own size at scale 1."""
        self._image = QPixmap()
        self._drawing = QSvgRenderer(QByteArray(svg))
        self._set_size(size_of(self._drawing) * factor)

    def clear(self) -> None:
        """Show nothing."""
        self._image, self._drawing = QPixmap(), None
        self._set_size(QSizeF())

    def set_faded(self, faded: bool) -> None:
        """Say that the content is not up to date by showing it weaker."""
        if faded != self._faded:
            self._faded = faded
            self.viewport().update()

    def fitting_scale(self) -> float | None:
        """Return the scale at which all of the content is in sight, None if there is none."""
        if self.is_empty:
            return None
        room = self.maximumViewportSize() - QSize(2 * MARGIN, 2 * MARGIN)
        return max(min(room.width() / self._size.width(), room.height() / self._size.height()), 0.01)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for a line of formula."""
        return QSize(320, 160)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the new size."""
        super().resizeEvent(event)
        self._zoom.refresh()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the content, centred where there is room."""
        if self.is_empty:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(0.35 if self._faded else 1.0)
        place = QRectF(self._origin(), self._size * self._zoom.scale)
        if self._drawing is not None:
            self._drawing.render(painter, place)
        else:
            painter.drawPixmap(place, self._image, QRectF(self._image.rect()))
        painter.setOpacity(1.0)
        self._draw_marks(painter, place.topLeft())
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom with Ctrl, scroll without."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._zoom.set_scale(self._zoom.scale * 1.25 ** (event.angleDelta().y() / WHEEL_STEP))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of the content."""
        if event.button() == Qt.MouseButton.LeftButton and self._can_move():
            self._held = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Move the content with the mouse."""
        if self._held is None:
            return
        moved = event.position().toPoint() - self._held
        self._held = event.position().toPoint()
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go of the content."""
        self._held = None
        self._show_cursor()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move the content with the arrow keys."""
        moves = {
            Qt.Key.Key_Left: (self.horizontalScrollBar(), -1),
            Qt.Key.Key_Right: (self.horizontalScrollBar(), 1),
            Qt.Key.Key_Up: (self.verticalScrollBar(), -1),
            Qt.Key.Key_Down: (self.verticalScrollBar(), 1),
        }
        bar, direction = moves.get(Qt.Key(event.key()), (None, 0))
        if bar is None or not bar.maximum():
            event.ignore()
            return
        bar.setValue(bar.value() + direction * bar.singleStep())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw anew with another palette."""
        super().changeEvent(event)
        self.viewport().update()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 - Qt's name
        """Draw at the new place."""
        self.viewport().update()

    def _draw_marks(self, painter: QPainter, corner: QPointF) -> None:
        """Tint the marked parts, with an outline for those who do not see the tint."""
        ground, scale = self._theme.colour("difference"), self._zoom.scale
        ground.setAlpha(TINT)
        painter.setBrush(ground)
        painter.setPen(QPen(self._theme.colour("warning"), 1.0))
        for part in self._marks:
            place = QRectF(part.topLeft() * scale + corner, part.size() * scale)
            painter.drawRoundedRect(place.adjusted(-3, -3, 3, 3), 3, 3)

    def _set_size(self, size: QSizeF) -> None:
        """Take content of another size."""
        self._size = size
        self._marks = ()
        self._faded = False
        self._zoom.refresh()
        self.viewport().update()

    def _rescale(self) -> None:
        """Let the scroll bars cover the content at the new scale."""
        room = self.maximumViewportSize()
        size = self._size * self._zoom.scale
        for bar, length, visible in (
            (self.horizontalScrollBar(), size.width(), room.width()),
            (self.verticalScrollBar(), size.height(), room.height()),
        ):
            whole = length + 2 * MARGIN
            middle = (bar.value() + visible / 2) / (bar.maximum() + visible) if bar.maximum() else 0.5
            bar.setRange(0, max(0, round(whole - visible)) if length and whole > visible + 1 else 0)
            bar.setPageStep(visible)
            bar.setSingleStep(max(visible // 12, 8))
            bar.setValue(round(middle * (bar.maximum() + visible) - visible / 2))
        self._show_cursor()
        self.viewport().update()

    def _origin(self) -> QPointF:
        """Return where the left upper corner of the content is."""
        room, size = self.viewport().size(), self._size * self._zoom.scale
        left, top = MARGIN - self.horizontalScrollBar().value(), MARGIN - self.verticalScrollBar().value()
        if not self.horizontalScrollBar().maximum():
            left = (room.width() - size.width()) / 2  # type: ignore[assignment]
        if not self.verticalScrollBar().maximum():
            top = (room.height() - size.height()) / 2  # type: ignore[assignment]
        return QPointF(left, top)

    def _can_move(self) -> bool:
        """Return whether a part of the content is out of sight."""
        return bool(self.horizontalScrollBar().maximum() or self.verticalScrollBar().maximum())

    def _show_cursor(self) -> None:
        """Show an open hand where the content can be moved."""
        shape = Qt.CursorShape.OpenHandCursor if self._can_move() else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)


def size_of(drawing: QSvgRenderer) -> QSizeF:
    """Return the size of an SVG in pixels; its own units may be others, and Qt tells the pixels as whole numbers."""
    box = drawing.viewBoxF()
    return box.size() * (drawing.defaultSize().width() / box.width()) if box.width() else QSizeF()
