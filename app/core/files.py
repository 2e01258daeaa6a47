"""Writing files so that a crash, a full disk or a second program never leaves half of one."""

from __future__ import annotations

import errno
import os
import tempfile
from datetime import datetime, timezone
from pathlib import Path

from app.core.errors import StorageError
from app.core.i18n import tr


def write_atomic(path: Path, data: bytes | str) -> None:
    """Replace the content of `path`, or leave the old content untouched. Raises `StorageError`.

    The data goes to a new file in the same folder, is flushed to the disk, and takes the name in one step.
    """
    content = data.encode() if isinstance(data, str) else data
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise storage_error(path, error) from error


def storage_error(path: Path, error: OSError) -> StorageError:
    """Return the error to show when `path` could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StorageError(tr("{path} was not saved: the disk is full. Make room and try again.", path=path))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StorageError(tr("{path} was not saved: you may not write there. Choose another folder.", path=path))
    return StorageError(tr("{path} was not saved: {reason}.", path=path, reason=error.strerror or error))


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
