"""One screen's frozen picture, with what is chosen on it: draws, and turns mouse events into choices."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from app.capture.backend import Shot
from app.capture.geometry import Point, Rect, Size
from app.capture.selection import Mode, Selection
from app.ui.overlay import labels
from app.ui.overlay.magnifier import magnifier_size, paint_magnifier, place_magnifier
from app.ui.overlay.scale import Scale
from app.ui.overlay.style import DIM, Style

_FLAGS = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
_ACTIVATION = (QEvent.Type.WindowActivate, QEvent.Type.WindowDeactivate)
_AIMING = (Mode.AIM, Mode.DRAG, Mode.DRAW)


class OverlayWindow(QWidget):
    """Shows the picture of one screen. Its session gives it the keys and hears what came of it."""

    accepted = Signal()
    cancelled = Signal()
    entered = Signal()
    key_moved = Signal(object)

    def __init__(self) -> None:
        # On X11 a window manager would animate, tile or put panels above the picture; so it is not asked.
        is_x11 = QGuiApplication.platformName() == "xcb"
        super().__init__(None, _FLAGS | Qt.WindowType.X11BypassWindowManagerHint if is_x11 else _FLAGS)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def freeze(self, shot: Shot, screen: QScreen, style: Style, *, hint_screens: int, has_last: bool) -> None:
        """Take the picture that `show_on` will show."""
        self._image, self._name, self._style = shot.image, shot.name, style
        self._hint_screens, self._has_last = hint_screens, has_last
        self._size = Size(shot.image.width(), shot.image.height())
        self._place(screen)
        self.selection = Selection(self._size, Point(self._size.width // 2, self._size.height // 2))
        self._active, self._decor = False, QRegion()
        self._shown: Rect | None = None

    def thaw(self) -> None:
        """Hide and let go of the picture."""
        self.hide()
        self._image = QImage()

    def crop(self, rect: Rect) -> QImage:
        """Return a picture of its own of the pixels."""
        return self._image.copy(rect.x, rect.y, rect.width, rect.height)

    @property
    def screen_name(self) -> str:
        """The name of the screen whose picture this is."""
        return self._name

    @property
    def picture_size(self) -> Size:
        """The size of the picture in pixels."""
        return self._size

    def set_active(self, active: bool) -> None:
        """Show or hide the crosshair and the texts: one screen has them at a time."""
        if active != self._active:
            self._active = active
            if not active:
                self.selection.leave()
            self.refresh()

    def point_at(self, position: QPointF) -> None:
        """Move the crosshair to a place in the window."""
        self.selection.point(self._scale.to_pixel(position))
        self.refresh()

    def refresh(self) -> None:
        """Repaint what differs from what is on the screen, and nothing else."""
        decor, chosen = self._decoration(), self.selection.rect
        region = decor.united(self._decor)
        for area in _rectangles(_region(chosen).xored(_region(self._shown))):
            region = region.united(self._scale.to_window(Rect(area.x(), area.y(), area.width(), area.height())))
        self.update(region)
        self._decor, self._shown = decor, chosen
        self.setAccessibleDescription(self._spoken())

    def event(self, event: QEvent) -> bool:
        """Keep the program's shortcuts from acting, and Qt from drawing all again when the focus comes."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return event.type() in _ACTIVATION or super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Leave the Tab key to the session."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Give the key to the session."""
        self.key_moved.emit(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Give the key to the session."""
        self.key_moved.emit(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Draw nothing: there is no difference to see."""

    focusOutEvent = focusInEvent  # noqa: N815 - Qt's name

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take the crosshair over from the other screen; on Wayland this tells where the pointer is."""
        self.entered.emit()
        self.point_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the pointer."""
        self.entered.emit()
        self.point_at(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin or grab a rectangle."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.entered.emit()
            self.selection.press(self._scale.to_pixel(event.position()))
            self.refresh()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Accept or keep the rectangle; the right button cancels when let go: nobody below sees half a click."""
        if event.button() == Qt.MouseButton.RightButton:
            self.cancelled.emit()
        elif event.button() == Qt.MouseButton.LeftButton:
            keep = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            done = self.selection.release(self._scale.to_pixel(event.position()), keep=keep)
            self.refresh()
            if done:
                self.accepted.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Accept what has been adjusted."""
        if event.button() == Qt.MouseButton.LeftButton and self.selection.mode is Mode.ADJUST:
            self.accepted.emit()
        else:
            self.mousePressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Cancel when the desktop closes the window."""
        event.ignore()
        self.cancelled.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the picture pixel by pixel, then the texts in logical units."""
        painter = QPainter(self)
        painter.scale(1 / self._scale.across, 1 / self._scale.down)
        self._paint_picture(painter, event.region())
        if self._active:
            self._paint_lines(painter)
            painter.resetTransform()
            self._paint_texts(painter)

    def _place(self, screen: QScreen) -> None:
        self.winId()
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        place = screen.geometry()
        self._scale = Scale.between(self._size, place.width(), place.height(), self.devicePixelRatioF())

    def _paint_picture(self, painter: QPainter, region: QRegion) -> None:
        touched = QRegion()
        for area in _rectangles(region):
            pixels = self._scale.to_pixels(area)
            painter.drawImage(pixels.x, pixels.y, self._image, pixels.x, pixels.y, pixels.width, pixels.height)
            touched = touched.united(_qrect(pixels))
        chosen = self.selection.rect
        for area in _rectangles(touched if chosen is None else touched.subtracted(QRegion(_qrect(chosen)))):
            painter.fillRect(area, DIM)

    def _paint_lines(self, painter: QPainter) -> None:
        chosen, cursor, accent = self.selection.rect, self.selection.cursor, self._style.accent
        if self.selection.mode in _AIMING:
            painter.fillRect(cursor.x, 0, 1, self._size.height, accent)
            painter.fillRect(0, cursor.y, self._size.width, 1, accent)
        if chosen is not None:
            frame = QRegion(self._frame(chosen)).subtracted(QRegion(_qrect(chosen)))
            for area in _rectangles(frame):
                painter.fillRect(area, accent)

    def _paint_texts(self, painter: QPainter) -> None:
        style, chosen = self._style, self.selection.rect
        labels.paint_pill(painter, self._hint_area(), self._hint(), style.small, style)
        if self.selection.mode in _AIMING:
            paint_magnifier(painter, self._magnifier_area(), self._image, self.selection.cursor, style)
        if chosen is not None:
            labels.paint_pill(painter, self._size_area(chosen), labels.size_text(chosen), style.small, style)

    def _decoration(self) -> QRegion:
        """Return the area of everything drawn over the picture but the choice itself."""
        if not self._active:
            return QRegion()
        touched, cursor, chosen = self._scale.touched, self.selection.cursor, self.selection.rect
        region = QRegion(touched(self._hint_area()))
        if self.selection.mode in _AIMING:
            region = region.united(touched(self._magnifier_area()))
            region = region.united(self._scale.to_window(Rect(cursor.x, 0, 1, self._size.height)))
            region = region.united(self._scale.to_window(Rect(0, cursor.y, self._size.width, 1)))
        if chosen is not None:
            frame = self._frame(chosen)
            outer = self._scale.to_window(Rect(frame.x(), frame.y(), frame.width(), frame.height()))
            inner = self._scale.to_window(chosen).adjusted(1, 1, -1, -1)
            region = region.united(QRegion(outer).subtracted(QRegion(inner))).united(touched(self._size_area(chosen)))
        return region

    def _frame(self, chosen: Rect) -> QRect:
        width = max(1, round(self._scale.across))
        return _qrect(chosen).adjusted(-width, -width, width, width)

    def _cursor_area(self) -> QRect:
        return self._scale.to_window(Rect(*self.selection.cursor, 1, 1))

    def _magnifier_area(self) -> QRect:
        return place_magnifier(self._cursor_area().topLeft(), magnifier_size(self._style), self.rect())

    def _size_area(self, chosen: Rect) -> QRect:
        size = labels.pill_size(labels.size_text(chosen), self._style.small, self._style)
        return labels.place_size(self._scale.to_window(chosen), size, self.rect())

    def _hint(self) -> str:
        return labels.hint(self.selection.mode, has_last=self._has_last, screens=self._hint_screens)

    def _hint_area(self) -> QRect:
        size = labels.pill_size(self._hint(), self._style.small, self._style)
        return labels.place_hint(size, self.rect(), self._cursor_area())

    def _spoken(self) -> str:
        chosen, cursor = self.selection.rect, self.selection.cursor
        return f"{cursor.x}, {cursor.y}" if chosen is None else labels.size_text(chosen)


def _region(rect: Rect | None) -> QRegion:
    return QRegion() if rect is None else QRegion(_qrect(rect))


def _rectangles(region: QRegion) -> list[QRect]:
    rows: Any = region
    return list(rows)


def _qrect(rect: Rect) -> QRect:
    return QRect(rect.x, rect.y, rect.width, rect.height)
