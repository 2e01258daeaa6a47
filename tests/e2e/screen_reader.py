"""Reads a window out as a screen reader would, over AT-SPI: what is showing, in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jeepney import DBusAddress, DBusErrorResponse, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

from tests.e2e.virtual_screens import TIMEOUT_S, wait_until

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_DESKTOP = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
_SHOWING = 1 << 25
"""ATSPI_STATE_SHOWING."""
VARIABLES = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
"""What a program needs to talk to a screen reader when none has been announced."""


class ScreenReader:
    """Reads all programs on one session bus."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection

    def words(self) -> list[str]:
        """Return the names of everything that is showing, from the top."""
        try:
            programs = self._call(_DESKTOP, _ACCESSIBLE, "GetChildren")
            return [word for program in programs for word in self._words(program)]
        except DBusErrorResponse:  # a widget went while it was read
            return []

    def wait_for(self, words: str) -> str:
        """Wait until something showing has these words in its name, and return that."""
        found: list[str] = []

        def is_read() -> bool:
            found[:] = [each for each in self.words() if words in each]
            return bool(found)

        wait_until(is_read, f"{words!r} in the window")
        return found[0]

    def _words(self, place: tuple[str, str]) -> Iterator[str]:
        low, _high = self._call(place, _ACCESSIBLE, "GetState")
        if not low & _SHOWING:
            return
        if name := self._call(place, _PROPERTIES, "Get", "ss", (_ACCESSIBLE, "Name"))[1]:
            yield str(name)
        for child in self._call(place, _ACCESSIBLE, "GetChildren"):
            yield from self._words(child)

    def _call(self, place: tuple[str, str], interface: str, method: str, kind: str = "", body: Any = ()) -> Any:
        name, path = place
        message = new_method_call(DBusAddress(path, name, interface), method, kind, body)
        return unwrap_msg(self._connection.send_and_get_reply(message, timeout=TIMEOUT_S))[0]


@contextmanager
def screen_reader(session_bus: str) -> Iterator[ScreenReader]:
    """Connect to the accessibility bus, which the session bus starts when it is asked for."""
    with open_dbus_connection(session_bus) as session:
        asked = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
        (address,) = unwrap_msg(session.send_and_get_reply(asked, timeout=TIMEOUT_S))
    with open_dbus_connection(address) as connection:
        yield ScreenReader(connection)
