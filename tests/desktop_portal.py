"""A stand-in for xdg-desktop-portal that speaks its documented protocol on a private session bus."""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

DESKTOP = "/org/freedesktop/portal/desktop"
_PORTAL = "org.freedesktop.portal"
Results = dict[str, tuple[str, Any]]


@contextmanager
def private_bus(folder: Path) -> Iterator[str]:
    """Run a session bus of our own and give its address."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address=unix:path={folder / 'bus'}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        try:
            yield address
        finally:
            daemon.terminate()


class DesktopPortal(threading.Thread):
    """Answers each method with what `answers` has for it; methods that are not there do not exist."""

    def __init__(self) -> None:
        super().__init__(name="desktop-portal")
        self.answers: dict[str, tuple[int, Results]] = {}
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.knows_registry = True
        self._connection = open_dbus_connection(bus="SESSION")
        Proxy(message_bus, self._connection).RequestName(f"{_PORTAL}.Desktop")

    def run(self) -> None:
        while True:
            try:
                message = self._connection.receive()
            except OSError:
                return
            if message.header.message_type is MessageType.method_call:
                self._answer(message)

    def stop(self) -> None:
        self._connection.sock.shutdown(socket.SHUT_RDWR)
        self.join()
        self._connection.close()

    def press(self, session: str, shortcut: str = "capture") -> None:
        emitter = DBusAddress(DESKTOP, interface=f"{_PORTAL}.GlobalShortcuts")
        self._connection.send(new_signal(emitter, "Activated", "osta{sv}", (session, shortcut, 1, {})))

    def called(self, method: str) -> list[tuple[Any, ...]]:
        return [body for name, body in self.calls if name == method]

    def _answer(self, message: Message) -> None:
        fields = message.header.fields
        method = str(fields[HeaderFields.member])
        self.calls.append((method, tuple(message.body)))
        if method == "Register" and self.knows_registry:
            self._connection.send(new_method_return(message))
        elif method not in self.answers:
            unknown = "org.freedesktop.DBus.Error.UnknownMethod"
            self._connection.send(new_error(message, unknown, "s", (f"no {method}",)))
        else:
            sender = str(fields[HeaderFields.sender]).lstrip(":").replace(".", "_")
            handle = f"{DESKTOP}/request/{sender}/{message.body[-1]['handle_token'][1]}"
            self._connection.send(new_method_return(message, "o", (handle,)))
            emitter = DBusAddress(handle, interface=f"{_PORTAL}.Request")
            self._connection.send(new_signal(emitter, "Response", "ua{sv}", self.answers[method]))


@contextmanager
def desktop_portal() -> Iterator[DesktopPortal]:
    """Run a portal on the present session bus."""
    portal = DesktopPortal()
    portal.start()
    try:
        yield portal
    finally:
        portal.stop()
