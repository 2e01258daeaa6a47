"""Picks the colour of any pixel on any screen: a still picture of the screens under a magnifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QWidget

from app.capture import choose
from app.capture.backend import CaptureError, Shot, named_screens, screens_now
from app.capture.geometry import Point, Rect, Size
from app.core.i18n import tr
from app.ui.overlay.magnifier import magnifier_size, paint_magnifier, place_magnifier
from app.ui.overlay.scale import Scale
from app.ui.overlay.style import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.capture.backend import Backend
    from app.ui.desk import Desk

SETTLE_MS: Final = 150
"""Time for the menu or tool tip from which it was called to leave the screen."""
_FAST: Final = 10
"""Pixels that an arrow key goes with Ctrl."""
_ARROWS: Final = {
    Qt.Key.Key_Left: Point(-1, 0),
    Qt.Key.Key_Right: Point(1, 0),
    Qt.Key.Key_Up: Point(0, -1),
    Qt.Key.Key_Down: Point(0, 1),
}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_FLAGS: Final = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint


class Eyedropper(QObject):
    """Takes the screens and lets the user choose a pixel of them.

    Args:
        desk: theme and tasks.
        parent: the owner.
        backends: ways of taking the screens; those of this platform without them.

    """

    picked = Signal(str)
    """A colour, "#rrggbb"."""
    closed = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject, backends: Sequence[Backend] | None = None) -> None:
        super().__init__(parent)
        self._desk, self._backends = desk, backends
        self.windows: list[PixelWindow] = []
        """One for each screen while a pixel is chosen."""
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._take)

    def start(self) -> None:
        """Take the screens when what called this has left them."""
        if not self.windows:
            self._settle.start()

    def close(self) -> None:
        """Take the pictures off the screens."""
        self._settle.stop()
        windows, self.windows = self.windows, []
        for window in windows:
            window.close()
            window.deleteLater()
        if windows:
            self.closed.emit()

    def _take(self) -> None:
        """Take the screens, on a thread where that waits for other programs."""
        if self._backends is None:
            self._backends = choose.available()
        backends, screens = self._backends, screens_now()
        if any(each.threaded for each in backends):
            self._desk.tasks.run(
                lambda _progress: choose.grab(backends, screens), self._show, self.failed.emit, channel="palette.pick"
            )
            return
        try:
            shots = choose.grab(backends, screens)
        except CaptureError as error:
            self.failed.emit(error)
        else:
            self._show(shots)

    def _show(self, shots: Sequence[Shot]) -> None:
        screens = named_screens()
        style = Style.of(self._desk.theme)
        for shot in shots:
            if shot.name in screens:
                window = PixelWindow(shot, screens[shot.name], style)
                window.chosen.connect(self._finish)
                window.cancelled.connect(self.close)
                self.windows.append(window)
                window.showFullScreen()
        under = QGuiApplication.screenAt(QCursor.pos())
        for window in self.windows:
            if window.screen() is under or len(self.windows) == 1:
                window.raise_()
                window.activateWindow()
                window.setFocus()

    def _finish(self, colour: str) -> None:
        self.close()
        self.picked.emit(colour)


class PixelWindow(QWidget):
    """The picture of one screen; the mouse and the arrow keys go from pixel to pixel."""

    chosen = Signal(str)
    cancelled = Signal()

    def __init__(self, shot: Shot, screen: QScreen, style: Style) -> None:
        super().__init__(None, _FLAGS)
        self._image = QImage(shot.image).copy()
        self._style = style
        self._size = Size(self._image.width(), self._image.height())
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAccessibleName(tr("Choose a pixel: arrows, Return, Esc"))
        here = QCursor.pos() - screen.geometry().topLeft()
        self._cursor = Point(0, 0)
        self._go(self._scale().to_pixel(QPointF(here)))

    @property
    def colour(self) -> str:
        """The colour of the pixel under the crosshair."""
        return self._image.pixelColor(self._cursor.x, self._cursor.y).name()

    @property
    def cursor_pixel(self) -> Point:
        """The pixel under the crosshair."""
        return self._cursor

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the pointer."""
        self._go(self._scale().to_pixel(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the pixel with the left button, give up with the right one."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(self._scale().to_pixel(event.position()))
            self.chosen.emit(self.colour)
        elif event.button() == Qt.MouseButton.RightButton:
            self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go to the next pixel, choose it, or give up."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif key in _ENTER:
            self.chosen.emit(self.colour)
        elif key in _ARROWS:
            step = _ARROWS[Qt.Key(key)]
            by = _FAST if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1
            self._go(Point(self._cursor.x + step.x * by, self._cursor.y + step.y * by))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the picture pixel by pixel, then the magnifier in logical units."""
        painter = QPainter(self)
        scale = self._scale()
        painter.scale(1 / scale.across, 1 / scale.down)
        pixels = scale.to_pixels(event.rect())
        painter.drawImage(pixels.x, pixels.y, self._image, pixels.x, pixels.y, pixels.width, pixels.height)
        painter.resetTransform()
        paint_magnifier(painter, self._lens(), self._image, self._cursor, self._style)

    def _go(self, pixel: Point) -> None:
        """Move the crosshair and draw what differs."""
        before = self._lens()
        x = min(max(pixel.x, 0), self._size.width - 1)
        self._cursor = Point(x, min(max(pixel.y, 0), self._size.height - 1))
        self.setAccessibleDescription(self.colour)
        self.update(self._scale().touched(before))
        self.update(self._scale().touched(self._lens()))

    def _lens(self) -> QRect:
        corner = self._scale().to_window(Rect(self._cursor.x, self._cursor.y, 1, 1)).topLeft()
        return place_magnifier(corner, magnifier_size(self._style), self.rect())

    def _scale(self) -> Scale:
        return Scale.between(self._size, self.width(), self.height(), self.devicePixelRatioF())
