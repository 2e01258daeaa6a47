"""Gives a compositor without devices a mouse, which exists for as long as this object (wire protocol of Wayland)."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.virtual_screens import TIMEOUT_S

_MANAGER = "zwlr_virtual_pointer_manager_v1"
_DISPLAY, _REGISTRY, _CALLBACK, _MANAGER_ID, _POINTER = 1, 2, 3, 4, 5
_MOVE, _BUTTON, _FRAME = 1, 2, 4
_LEFT_BUTTON = 0x110


class VirtualPointer:
    """A mouse on a desktop whose outputs fill a box that begins at `origin` and has `size`."""

    def __init__(self, connection: socket.socket, origin: tuple[int, int], size: tuple[int, int]) -> None:
        self._connection, self._origin, self._size, self._time = connection, origin, size, 0

    def move(self, x: int, y: int) -> None:
        """Move to a place of the desktop."""
        self._send(_MOVE, x - self._origin[0], y - self._origin[1], *self._size)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press the left button at one place and let go of it at another."""
        self.move(*start)
        self._send(_BUTTON, _LEFT_BUTTON, 1)
        self.move((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
        self.move(*end)
        self._send(_BUTTON, _LEFT_BUTTON, 0)

    def _send(self, opcode: int, *numbers: int) -> None:
        self._time += 10
        self._connection.sendall(_message(_POINTER, opcode, struct.pack(f"={len(numbers) + 1}I", self._time, *numbers)))
        self._connection.sendall(_message(_POINTER, _FRAME, b""))


@contextmanager
def virtual_pointer(
    variables: dict[str, str], origin: tuple[int, int], size: tuple[int, int]
) -> Iterator[VirtualPointer]:
    """Plug a mouse in."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(TIMEOUT_S)
        connection.connect(str(Path(variables["XDG_RUNTIME_DIR"]) / variables["WAYLAND_DISPLAY"]))
        connection.sendall(_message(_DISPLAY, 1, struct.pack("=I", _REGISTRY)))
        connection.sendall(_message(_DISPLAY, 0, struct.pack("=I", _CALLBACK)))
        number = _number_of_manager(connection)
        bound = struct.pack("=I", number) + _text(_MANAGER) + struct.pack("=II", 1, _MANAGER_ID)
        connection.sendall(_message(_REGISTRY, 0, bound))
        connection.sendall(_message(_MANAGER_ID, 0, struct.pack("=II", 0, _POINTER)))
        yield VirtualPointer(connection, origin, size)


def _message(target: int, opcode: int, arguments: bytes) -> bytes:
    return struct.pack("=II", target, (8 + len(arguments)) << 16 | opcode) + arguments


def _text(text: str) -> bytes:
    data = text.encode() + b"\0"
    return struct.pack("=I", len(data)) + data + b"\0" * (-len(data) % 4)


def _number_of_manager(connection: socket.socket) -> int:
    """Read the list of what the compositor offers, up to the end that the callback marks."""
    number = 0
    with connection.makefile("rb") as stream:
        while True:
            target, size_and_opcode = struct.unpack("=II", stream.read(8))
            body = stream.read((size_and_opcode >> 16) - 8)
            if target == _CALLBACK:
                return number
            if target == _REGISTRY and _MANAGER.encode() in body:
                number = struct.unpack("=I", body[:4])[0]
