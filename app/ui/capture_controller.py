"""From the hotkey, button, tray or command line to a picture of the region the user chose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.capture import choose as capture_choice
from app.capture.backend import Backend as CaptureBackend
from app.capture.backend import CaptureError, Shot, screens_now
from app.capture.geometry import Region, Size, find_region, read_region, write_region
from app.core.errors import StorageError
from app.core.i18n import mark, tr
from app.hotkey import choose as hotkey_choice
from app.hotkey.backend import Backend as HotkeyBackend
from app.ui.desk import Desk
from app.ui.global_hotkey import GlobalHotkey
from app.ui.overlay.native import remember_focus
from app.ui.overlay.session import Session
from app.ui.overlay.style import Style

HOTKEY: Final = "capture.hotkey"
LAST_REGION: Final = "capture.last_region"
SETTLE_MS: Final = 150
"""Time for the menu, palette or tool tip from which a capture was called to leave the screen before it is taken."""
KEEP_MS: Final = 5 * 60 * 1000
"""How long memory is kept for a fast next capture."""


class CaptureController(QObject):
    """Owns the global hotkey and the overlay; gives what was captured to `desk.captured`.

    Our own window stays where it is: the user may well want a part of it, and nothing may move between the moment the
    key is pressed and the picture.
    """

    def __init__(
        self, desk: Desk, captures: Sequence[CaptureBackend] | None = None, hotkey: HotkeyBackend | None = None
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._captures = capture_choice.available() if captures is None else list(captures)
        self._session = Session(self)
        self._session.chosen.connect(self._on_chosen)
        self._session.cancelled.connect(self._on_cancelled)
        self._give_focus_back = remember_focus()
        self._idle = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._idle.timeout.connect(self._release)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.start)
        self._add_actions()
        backend = hotkey_choice.choose() if hotkey is None else hotkey
        self._hotkey = GlobalHotkey(desk, HOTKEY, self._action, backend, self)
        self._hotkey.pressed.connect(self.start)
        desk.capture_requested.connect(self.start_soon)

    @property
    def session(self) -> Session:
        """The overlay."""
        return self._session

    def start(self) -> None:
        """Take the screens at once and let the user choose a region of them."""
        self._take(self._show)

    def start_soon(self) -> None:
        """Do the same when the menu or button that called it has left the screen."""
        self._settle.start()

    def again(self) -> None:
        """Take the last region again without asking; let the user choose when its screen is not there."""
        self._take(self._crop_last)

    def close(self) -> None:
        """Give the hotkey back and take everything off the screens."""
        self._hotkey.close()
        self._session.close()
        self._release()

    def _add_actions(self) -> None:
        add, group = self._desk.actions.add, mark("Capture")
        tip = mark("Choose a part of the screen")
        self._action = add("capture.start", mark("Capture"), self.start_soon, tip=tip, icon="capture", group=group)
        tip = mark("Take the same part of the screen as last time")
        add("capture.again", mark("Capture the last region again"), self.again, tip=tip, icon="repeat", group=group)

    def _take(self, then: Callable[[list[Shot]], None]) -> None:
        """Take the screens, on a thread where that waits for other programs, and go on with the pictures."""
        if self._session.is_open:
            return
        captures, screens = self._captures, screens_now()
        if any(each.threaded for each in captures):
            self._desk.tasks.run(lambda _progress: capture_choice.grab(captures, screens), then, channel="capture")
            return
        try:
            shots = capture_choice.grab(captures, screens)
        except CaptureError as error:
            self._desk.message.emit(str(error), "error")
        else:
            then(shots)

    def _show(self, shots: list[Shot]) -> None:
        while (menu := QApplication.activePopupWidget()) is not None:
            menu.close()
        self._give_focus_back = remember_focus()
        last = read_region(self._desk.settings.text(LAST_REGION))
        self._session.open(shots, Style.of(self._desk.theme), last)
        if not self._session.is_open:
            self._desk.message.emit(tr("The screens have changed in the meantime. Capture again."), "warning")

    def _crop_last(self, shots: list[Shot]) -> None:
        last = read_region(self._desk.settings.text(LAST_REGION))
        sizes = [(shot.name, Size(shot.image.width(), shot.image.height())) for shot in shots]
        place = None if last is None else find_region(last, sizes)
        if place is None:
            self._show(shots)
            return
        index, rect = place
        self._deliver(shots[index].image.copy(rect.x, rect.y, rect.width, rect.height))

    def _on_chosen(self, picture: QImage, region: Region) -> None:
        self._give_focus_back()
        self._deliver(picture)
        QTimer.singleShot(0, self, lambda: self._remember(region))

    def _remember(self, region: Region) -> None:
        try:
            self._desk.settings.set(LAST_REGION, write_region(region))
        except StorageError as error:
            self._desk.message.emit(str(error), "warning")

    def _on_cancelled(self) -> None:
        self._give_focus_back()
        self._idle.start()

    def _deliver(self, picture: QImage) -> None:
        picture.setDevicePixelRatio(1.0)
        self._idle.start()
        self._desk.captured.emit(picture)

    def _release(self) -> None:
        """Give back the memory that makes the next capture fast."""
        if not self._session.is_open:
            self._session.forget_windows()
            for each in self._captures:
                each.release()
