"""Talking to the Paperdesk that already runs: one line, one answer, over a local socket."""

from __future__ import annotations

import hashlib
import os
import socket
import stat
import sys
import tempfile
from pathlib import Path
from typing import Final

from app.core.paths import Paths

SHOW: Final = "show"
CAPTURE: Final = "capture"
LOOK_UP: Final = "look-up"
QUIT: Final = "quit"
COMMANDS: Final = (SHOW, CAPTURE, LOOK_UP, QUIT)
ANSWER: Final = b"ok\n"
TIMEOUT_SECONDS: Final = 2.0
_PIPE: Final = r"\\.\pipe" "\\"


def socket_name(paths: Paths) -> str:
    """Return the socket's path (on Windows the pipe's name), one for each user and data folder.

    The folder of the session is used where there is one: it is the user's own, short enough for a socket, and
    emptied at log-out. A folder that somebody else has put in the temporary one's place is not used.
    """
    digest = hashlib.sha256(str(paths.data.absolute()).encode()).hexdigest()[:12]
    if sys.platform == "win32":
        return f"{_PIPE}paperdesk-{digest}"
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and Path(runtime).is_dir():
        return str(Path(runtime) / f"paperdesk-{digest}")
    folder = Path(tempfile.gettempdir()) / f"paperdesk-{os.getuid()}"
    return str((folder if _is_private(folder) else paths.data) / digest)


def _is_private(folder: Path) -> bool:
    """Make `folder` if it is not there, and tell whether it is a folder that this user alone can use."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o077


def send(command: str, paths: Paths) -> bool:
    """Send one of `COMMANDS` to the running instance; False when none runs."""
    try:
        return _exchange(socket_name(paths), f"{command}\n".encode()) == ANSWER
    except OSError:
        return False


def _exchange(name: str, line: bytes) -> bytes:
    if sys.platform == "win32":
        with Path(name).open("r+b", buffering=0) as pipe:
            pipe.write(line)
            return pipe.read(len(ANSWER)) or b""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(TIMEOUT_SECONDS)
        connection.connect(name)
        connection.sendall(line)
        answer = b""
        while len(answer) < len(ANSWER) and (more := connection.recv(len(ANSWER) - len(answer))):
            answer += more
        return answer
