"""Writing files so that a crash, a full disk or a second program never leaves half of one."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Final

from app.core.errors import PaperdeskError, StorageError
from app.core.i18n import tr

_NAME_LENGTH: Final = 100
"""Characters of a file's name that its temporary name repeats, so that the latter is never too long."""
_SHOWN: Final = 80
"""Characters of a name that fit a line of a message."""


def write_atomic(path: Path, data: bytes | str) -> None:
    """Replace the content of `path`, or leave the old content untouched. Raises `StorageError`.

    The data goes to a new file in the same folder, is flushed to the disk, and takes the name in one step. A link is
    followed, and a file that is replaced keeps its permissions; a new one is for the user alone.
    """
    content = data.encode() if isinstance(data, str) else data
    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:_NAME_LENGTH]}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                Path(name).chmod(target.stat().st_mode)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise storage_error(path, error) from error


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold `path` against every other process that asks for it in the same way; the file need not exist.

    The lock is a file beside it that the system releases when its process ends, however it ends.
    Raises `PaperdeskError` when another process holds it, `StorageError`.
    """
    lock = path.with_name(f".{path.name[:_NAME_LENGTH]}.lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise storage_error(lock, error) from error
    try:
        if not _locked(handle, lock):
            raise PaperdeskError(tr("Another Paperdesk is at work on {path}. Try again when it is done.", path=path))
        try:
            yield
        finally:
            if sys.platform != "win32":
                lock.unlink(missing_ok=True)
    finally:
        os.close(handle)


def _locked(handle: int, lock: Path) -> bool:
    """Lock an open file without waiting; False when another process has it, or is just throwing it away."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - exists on Windows only

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - does not exist on Windows

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(handle), lock.stat())
    except OSError:
        return False


def storage_error(path: Path, error: OSError) -> StorageError:
    """Return the error to show when `path` could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StorageError(tr("{path} was not saved: the disk is full. Make room and try again.", path=path))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StorageError(tr("{path} was not saved: you may not write there. Choose another folder.", path=path))
    return StorageError(tr("{path} was not saved: {reason}.", path=path, reason=error.strerror or error))


def shown_name(path: Path) -> str:
    """Return the name of a file on one line of a message, whatever characters and however many of them it has."""
    name = path.name or str(path)
    text = "".join(character if character.isprintable() else "?" for character in name)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 20]}…{text[-16:]}"


def set_aside(path: Path) -> Path:
    """Rename a damaged file, so that a new one can start and the old one can be looked at; return its new path."""
    stamp = datetime.now(tz=timezone.utc).strftime("%Y%m%d-%H%M%S")
    target = path.with_name(f"{path.name}.damaged-{stamp}")
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"{path.name}.damaged-{stamp}-{number}")
    path.rename(target)
    return target
