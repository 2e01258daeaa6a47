"""X11: the key is grabbed on Qt's own connection, so nobody else sees it and no thread is needed."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import Structure, c_uint8, c_uint16, c_uint32, c_void_p
from functools import cache

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication, QNativeInterface

from app.core import xcb
from app.core.i18n import tr
from app.hotkey.backend import HotkeyError, taken
from app.hotkey.keys import Chord, parse
from app.hotkey.x11_keyboard import Keys, find_keys, xkb_event_number

_KEY_PRESS, _KEY_RELEASE, _MAPPING_NOTIFY = 2, 3, 34
_XKB_MAP_CHANGES = (0, 1)
_ASYNCHRONOUS = 1
_SETTLED_MS = 100
"""A changed layout arrives as a burst of events."""
_LOST_RELEASE_MS = 1500
"""A press this long after the last one is a new press even when no release was seen: no keyboard repeats so slowly."""
_REPEAT_GAP_MS = 20
"""A held key repeats as a release and a press at the same time; no finger comes back as fast."""


class _KeyEvent(Structure):
    _fields_ = [
        ("response_type", c_uint8),
        ("detail", c_uint8),
        ("sequence", c_uint16),
        ("time", c_uint32),
        ("root", c_uint32),
        ("event", c_uint32),
        ("child", c_uint32),
        ("places", c_uint16 * 4),
        ("state", c_uint16),
    ]


class X11(QAbstractNativeEventFilter):
    """Grabs the key with every combination of Num Lock and Caps Lock, again whenever the layout changes."""

    name = "x11"

    def __init__(self) -> None:
        super().__init__()
        self._chord: Chord | None = None
        self._keys = Keys((), 0, ())
        self._root = 0
        self._xkb = -1
        self._pressed_at: int | None = None
        self._released_at: int | None = None
        self._regrab = QTimer(singleShot=True, interval=_SETTLED_MS)
        self._regrab.timeout.connect(self._follow_layout)

    def is_available(self) -> bool:
        """Say whether Qt talks to an X server."""
        return QGuiApplication.platformName() == "xcb"

    def register(self, keys: str, pressed: Callable[[], None], failed: Callable[[HotkeyError], None]) -> None:
        """Grab the keys; see `Backend`."""
        chord = parse(keys)
        self.unregister()
        connection = _connection()
        self._root = xcb.first_screen(connection).root
        self._xkb = xkb_event_number(connection)
        self._pressed, self._failed = pressed, failed
        self._grab(chord)
        self._chord = chord
        QCoreApplication.instance().installNativeEventFilter(self)  # type: ignore[union-attr]

    def unregister(self) -> None:
        """Give the key back."""
        if self._chord is not None:
            self._chord = None
            self._regrab.stop()
            QCoreApplication.instance().removeNativeEventFilter(self)  # type: ignore[union-attr]
            self._ungrab()

    def nativeEventFilter(  # noqa: N802 - Qt's name
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Take our key out of the stream of events."""
        event = _KeyEvent.from_address(int(message))
        kind = event.response_type & 0x7F
        if kind == _MAPPING_NOTIFY or (kind == self._xkb and event.detail in _XKB_MAP_CHANGES):
            self._regrab.start()
        elif kind in (_KEY_PRESS, _KEY_RELEASE) and event.detail in self._keys.codes:
            return self._is_ours(kind, event), 0
        return False, 0

    def _is_ours(self, kind: int, event: _KeyEvent) -> bool:
        """Handle a press or release of the key; True when nobody else is to see it."""
        if kind == _KEY_RELEASE:
            self._pressed_at, self._released_at = None, event.time
            return bool(event.event == self._root)
        repeats = _within(event.time, self._pressed_at, _LOST_RELEASE_MS) or _within(
            event.time, self._released_at, _REPEAT_GAP_MS
        )
        held = event.state & self._keys.relevant == self._keys.modifiers and event.event == self._root
        if not held and not repeats:
            return False
        self._pressed_at = event.time
        if not repeats:
            QTimer.singleShot(0, self._pressed)
        return True

    def _grab(self, chord: Chord) -> None:
        connection, self._keys = _connection(), find_keys(_connection(), chord)
        cookies = [
            _xcb().xcb_grab_key_checked(
                connection, False, self._root, self._keys.modifiers | lock, code, _ASYNCHRONOUS, _ASYNCHRONOUS
            )
            for code in self._keys.codes
            for lock in self._keys.locks
        ]
        errors = {xcb.error_of(connection, cookie) for cookie in cookies} - {0}
        if errors:
            self._ungrab()
            if xcb.BAD_ACCESS in errors:
                raise taken(str(chord))
            raise HotkeyError(tr("The X server refused {keys}. Choose other keys in Settings.", keys=str(chord)))

    def _ungrab(self) -> None:
        connection = _connection()
        for code in self._keys.codes:
            for lock in self._keys.locks:
                _xcb().xcb_ungrab_key(connection, code, self._root, self._keys.modifiers | lock)
        _xcb().xcb_flush(connection)
        self._keys, self._pressed_at, self._released_at = Keys((), 0, ()), None, None

    def _follow_layout(self) -> None:
        chord = self._chord
        if chord is None:
            return
        try:
            if find_keys(_connection(), chord) != self._keys:
                self._ungrab()
                self._grab(chord)
        except HotkeyError as error:
            self._failed(error)


def _within(now: int, then: int | None, milliseconds: int) -> bool:
    """Compare two times of the X server, which begin anew at 0 every 49 days."""
    return then is not None and (now - then) & 0xFFFFFFFF <= milliseconds


@cache
def _xcb() -> ctypes.CDLL:
    core = xcb.library()
    core.xcb_grab_key_checked.argtypes = [c_void_p, c_uint8, c_uint32, c_uint16, c_uint8, c_uint8, c_uint8]
    core.xcb_grab_key_checked.restype = xcb.Cookie
    core.xcb_ungrab_key.argtypes = [c_void_p, c_uint8, c_uint32, c_uint16]
    core.xcb_ungrab_key.restype = xcb.Cookie
    core.xcb_flush.argtypes = [c_void_p]
    return core


def _connection() -> int:
    native = QGuiApplication.instance().nativeInterface()  # type: ignore[union-attr]
    assert isinstance(native, QNativeInterface.QX11Application)  # noqa: S101 - the platform is xcb
    return int(native.connection())
