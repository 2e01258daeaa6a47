"""Wayland desktops with the GlobalShortcuts portal (KDE, GNOME 48 and later, Hyprland): the desktop keeps the key."""

from __future__ import annotations

import socket
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from jeepney import MatchRule
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, Proxy
from PySide6.QtCore import QObject, Qt, Signal

from app.core import portal
from app.core.i18n import tr
from app.hotkey.backend import CAPTURE, HotkeyError, Purpose
from app.hotkey.keys import Chord, parse

_INTERFACE = "org.freedesktop.portal.GlobalShortcuts"
_ANSWER_TIMEOUT_S = 300.0
"""The desktop shows a window with the shortcut, which the user may read for a while."""
_STOP_TIMEOUT_S = 2.0
_MODIFIERS = {"Ctrl": "CTRL", "Alt": "ALT", "Shift": "SHIFT", "Meta": "LOGO"}
_SYMBOLS = {
    "Backspace": "BackSpace", "CapsLock": "Caps_Lock", "Del": "Delete", "Enter": "KP_Enter", "Esc": "Escape",
    "Ins": "Insert", "PgDown": "Page_Down", "PgUp": "Page_Up", "ScrollLock": "Scroll_Lock", "Space": "space",
    ",": "comma", ".": "period", "/": "slash", ";": "semicolon", "'": "apostrophe", "[": "bracketleft",
    "]": "bracketright", "\\": "backslash", "-": "minus", "=": "equal", "`": "grave", "+": "plus",
}  # fmt: skip


class Portal(QObject):
    """Listens on a thread of its own for the desktop's word that the key went down."""

    name = "portal"
    went_down = Signal()
    went_wrong = Signal(object)

    def __init__(self, purpose: Purpose = CAPTURE) -> None:
        super().__init__()
        self._purpose = purpose
        self._thread: _Listener | None = None

    def is_available(self) -> bool:
        """Say whether there is a session bus to find the portal on."""
        return portal.is_reachable()

    def register(self, keys: str, pressed: Callable[[], None], failed: Callable[[HotkeyError], None]) -> None:
        """Ask the desktop for the keys; see `Backend`. The desktop may have the user choose others."""
        trigger = in_portal_form(parse(keys))
        self.unregister()
        self.went_down.connect(pressed, Qt.ConnectionType.QueuedConnection)
        self.went_wrong.connect(failed, Qt.ConnectionType.QueuedConnection)
        self._thread = _Listener(self._purpose, trigger, self.went_down.emit, self.went_wrong.emit)
        self._thread.start()

    def unregister(self) -> None:
        """Close the session: the desktop gives the key back."""
        if self._thread is not None:
            self._thread.stop()
            self._thread = None
            self.went_down.disconnect()
            self.went_wrong.disconnect()


def in_portal_form(chord: Chord) -> str:
    """Return the chord as the XDG shortcuts specification writes it: `CTRL+ALT+m`."""
    key = chord.key.lower() if len(chord.key) == 1 else chord.key
    held = [_MODIFIERS[name] for name in ("Ctrl", "Alt", "Shift", "Meta") if name in chord.modifiers]
    return "+".join([*held, _SYMBOLS.get(chord.key, key)])


class _Listener(threading.Thread):
    """Binds one shortcut and reports each press until it is stopped."""

    def __init__(
        self, purpose: Purpose, trigger: str, pressed: Callable[[], None], failed: Callable[[HotkeyError], None]
    ) -> None:
        super().__init__(name="hotkey-portal", daemon=True)
        self._purpose, self._hint = purpose, tr(purpose.hint)
        self._trigger, self._pressed, self._failed = trigger, pressed, failed
        self._lock = threading.Lock()
        self._connection: DBusConnection | None = None
        self._stopped = False

    def run(self) -> None:
        """Bind and listen."""
        try:
            with portal.connected() as connection:
                if self._keep(connection):
                    self._listen(connection)
        except portal.PortalDeniedError:
            self._tell(tr("The desktop did not give Paperdesk its hotkey. {hint}", hint=self._hint))
        except portal.PortalError as error:
            self._tell(tr("No global hotkey: {reason} {hint}", reason=str(error), hint=self._hint))
        finally:
            with self._lock:
                self._connection = None

    def stop(self) -> None:
        """End the thread, wherever it waits."""
        with self._lock:
            self._stopped = True
            if self._connection is not None:
                with suppress(OSError):  # it has just been closed
                    self._connection.sock.shutdown(socket.SHUT_RDWR)
        self.join(_STOP_TIMEOUT_S)

    def _keep(self, connection: DBusConnection) -> bool:
        with self._lock:
            self._connection = connection
            return not self._stopped

    def _listen(self, connection: DBusConnection) -> None:
        rule = MatchRule(type="signal", interface=_INTERFACE, member="Activated", path=portal.OBJECT)
        presses: deque[Any] = deque()
        with connection.filter(rule, queue=presses):
            Proxy(message_bus, connection).AddMatch(rule)
            session = _bind(connection, self._purpose, self._trigger)
            while True:
                body = connection.recv_until_filtered(presses).body
                if tuple(body[:2]) == (session, self._purpose.key):
                    self._pressed()

    def _tell(self, text: str) -> None:
        with self._lock:
            stopped = self._stopped
        if not stopped:
            self._failed(HotkeyError(text))


def _bind(connection: DBusConnection, purpose: Purpose, trigger: str) -> str:
    """Create a session with our one shortcut and return its handle; raise `PortalError`."""
    options = {"session_handle_token": ("s", f"paperdesk_{purpose.number}")}
    made = portal.request(connection, _INTERFACE, "CreateSession", ("", ()), options, _ANSWER_TIMEOUT_S)
    session = str(made["session_handle"][1])
    properties = {
        "description": ("s", tr(purpose.title)),
        "preferred_trigger": ("s", trigger),
    }
    arguments = ("oa(sa{sv})s", (session, [(purpose.key, properties)], ""))
    portal.request(connection, _INTERFACE, "BindShortcuts", arguments, {}, _ANSWER_TIMEOUT_S)
    return session
