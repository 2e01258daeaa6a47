"""One capture on all screens: which one has the crosshair, what the keys do, what comes of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QApplication

from app.capture.backend import Shot, named_screens
from app.capture.geometry import Point, Rect, Region, Size, find_region
from app.capture.selection import Mode
from app.core.i18n import tr
from app.ui.overlay.native import lift_above_menu_bar
from app.ui.overlay.style import Style
from app.ui.overlay.window import OverlayWindow

_ARROWS = {
    Qt.Key.Key_Left: Point(-1, 0),
    Qt.Key.Key_Right: Point(1, 0),
    Qt.Key.Key_Up: Point(0, -1),
    Qt.Key.Key_Down: Point(0, 1),
}
_FAST = 10
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_GRAB_AGAIN_MS = 20
_CHORDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Session(QObject):
    """Shows the pictures and says which region was chosen, or that none was.

    The windows stay, hidden, for the next capture: new ones would cost most of the time until the picture is seen.
    """

    chosen = Signal(object, object)
    """The picture (QImage) and its `Region`."""
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._windows: list[OverlayWindow] = []
        self._open: list[OverlayWindow] = []
        self._active: OverlayWindow | None = None
        self._last: tuple[int, Rect] | None = None
        self._grab_timer = QTimer(self, singleShot=True, interval=_GRAB_AGAIN_MS)
        self._grab_timer.timeout.connect(self._grab_keyboard)
        application = QGuiApplication.instance()
        application.screenAdded.connect(self._cancel)  # type: ignore[union-attr]
        application.screenRemoved.connect(self._cancel)  # type: ignore[union-attr]

    @property
    def is_open(self) -> bool:
        """Whether the pictures are on the screens."""
        return bool(self._open)

    @property
    def windows(self) -> list[OverlayWindow]:
        """The windows that are on the screens."""
        return list(self._open)

    def open(self, shots: Sequence[Shot], style: Style, last: Region | None) -> None:
        """Freeze the screens, as far as they are still there; `last` is what one key takes again."""
        screens = named_screens()
        seen = [(shot, screens[shot.name]) for shot in shots if shot.name in screens]
        if not seen:
            return
        sizes = [(shot.name, Size(shot.image.width(), shot.image.height())) for shot, _ in seen]
        self._last = None if last is None else find_region(last, sizes)
        while len(self._windows) < len(seen):
            self._windows.append(self._new_window())
        self._open = self._windows[: len(seen)]
        for number, (window, (shot, screen)) in enumerate(zip(self._open, seen, strict=True), 1):
            window.freeze(shot, screen, style, hint_screens=len(seen), has_last=self._last is not None)
            window.setAccessibleName(tr("Screen {number} of {count}: choose a region", number=number, count=len(seen)))
        self._pass_modal_dialogs()
        self._begin_at_pointer([screen for _, screen in seen])
        for window in self._open:
            _show(window)
        self._grab_keyboard()

    def close(self) -> None:
        """Take the pictures off the screens."""
        self._grab_timer.stop()
        for window in self._open:
            if (handle := window.windowHandle()) is not None:
                handle.setKeyboardGrabEnabled(False)
            window.thaw()
        self._open, self._active = [], None

    def forget_windows(self) -> None:
        """Destroy the hidden windows: their memory is worth more than their speed after a while."""
        if not self._open:
            for window in self._windows:
                window.deleteLater()
            self._windows = []

    def _new_window(self) -> OverlayWindow:
        window = OverlayWindow()
        window.entered.connect(lambda: self._activate(window))
        window.accepted.connect(self._accept)
        window.cancelled.connect(self._cancel)
        window.key_moved.connect(self._on_key)
        return window

    def _pass_modal_dialogs(self) -> None:
        """Get the mouse although a dialog of ours blocks other windows: the first is modal, the others belong to it."""
        blocked = QApplication.activeModalWidget() is not None
        first, *others = self._open
        first.setWindowModality(Qt.WindowModality.ApplicationModal if blocked else Qt.WindowModality.NonModal)
        for window in others:
            window.windowHandle().setTransientParent(first.windowHandle() if blocked else None)  # type: ignore[arg-type]

    def _begin_at_pointer(self, screens: Sequence[QScreen]) -> None:
        position = QCursor.pos()
        under = QGuiApplication.screenAt(position)
        window = self._open[screens.index(under) if under in screens else 0]
        window.point_at(QPointF(position - window.geometry().topLeft()))
        self._activate(window)

    def _grab_keyboard(self) -> None:
        """Take all keys: a window without a window manager gets none by itself.

        Refused until the window is on the screen, and while a desktop's own hotkey that started this is still held.
        """
        if not self._open or QGuiApplication.platformName() != "xcb":
            return
        handle = self._open[0].windowHandle()
        if handle is not None and not handle.setKeyboardGrabEnabled(True):
            self._grab_timer.start()

    def _activate(self, window: OverlayWindow) -> None:
        if window is self._active or (self._active and self._active.selection.mode in (Mode.DRAG, Mode.SHIFT)):
            return
        for each in self._open:
            each.set_active(each is window)
        self._active = window

    def _on_key(self, event: QKeyEvent) -> None:
        window = self._active
        if window is None:
            return
        if event.key() == Qt.Key.Key_Space and window.selection.mode is Mode.DRAG:
            if not event.isAutoRepeat():
                window.selection.hold(event.type() == QEvent.Type.KeyPress)
        elif event.type() == QEvent.Type.KeyPress:
            self._press(event, window)

    def _press(self, event: QKeyEvent, window: OverlayWindow) -> None:
        key, held = event.key(), event.modifiers()
        if key == Qt.Key.Key_Escape:
            self._cancel()
        elif key in _ARROWS:
            step = _ARROWS[Qt.Key(key)]
            by = _FAST if held & Qt.KeyboardModifier.ControlModifier else 1
            resize = bool(held & Qt.KeyboardModifier.ShiftModifier)
            window.selection.arrow(Point(step.x * by, step.y * by), resize=resize)
            window.refresh()
        elif held & _CHORDS or event.isAutoRepeat():
            return
        elif key in _ENTER:
            if window.selection.enter():
                self._accept()
            else:
                window.refresh()
        elif key == Qt.Key.Key_R:
            self._take_last()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._next_screen(window, -1 if key == Qt.Key.Key_Backtab else 1)

    def _next_screen(self, window: OverlayWindow, step: int) -> None:
        index = (self._open.index(window) + step) % len(self._open)
        self._activate(self._open[index])

    def _take_last(self) -> None:
        if self._last is not None:
            index, rect = self._last
            self._finish(self._open[index], rect)

    def _accept(self) -> None:
        window = self._active
        if window is not None and window.selection.rect is not None:
            self._finish(window, window.selection.rect)

    def _finish(self, window: OverlayWindow, rect: Rect) -> None:
        picture, region = window.crop(rect), Region(window.screen_name, rect)
        self.close()
        self.chosen.emit(picture, region)

    def _cancel(self) -> None:
        if self._open:
            self.close()
            self.cancelled.emit()


def _show(window: OverlayWindow) -> None:
    """Put the window over everything on its screen, in the way that the platform allows."""
    platform = QGuiApplication.platformName()
    if platform.startswith("wayland"):
        window.showFullScreen()
        return
    window.show()
    if platform == "cocoa":
        lift_above_menu_bar(int(window.winId()))
    if platform in ("windows", "cocoa"):
        window.raise_()
        window.activateWindow()
