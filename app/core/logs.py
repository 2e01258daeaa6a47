"""The log, and what is left of a crash for the next start."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
from pathlib import Path
from typing import Final, TextIO

from app.core.paths import Paths

LOG_BYTES: Final = 1_000_000
LOG_FILES: Final = 3
_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_open_files: list[TextIO] = []


def log_file(paths: Paths) -> Path:
    """Return the path of the current log."""
    return paths.logs / "paperdesk.log"


def crash_file(paths: Paths) -> Path:
    """Return the path that faulthandler writes to when the process dies."""
    return paths.logs / "crash.log"


class _Handler(logging.handlers.RotatingFileHandler):
    """A log that is lost when the disk is full, instead of filling the user's terminal with tracebacks."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        """Do nothing."""


def set_up_logging(paths: Paths) -> logging.Handler | None:
    """Log warnings and our own messages to a rotating file; None when it cannot be written."""
    try:
        paths.logs.mkdir(parents=True, exist_ok=True)
        handler = _Handler(
            log_file(paths), maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        return None
    handler.setFormatter(logging.Formatter(_FORMAT))
    logging.getLogger().addHandler(handler)
    logging.getLogger("app").setLevel(logging.INFO)
    return handler


def watch_for_crashes(paths: Paths) -> None:
    """Write every thread's stack to the crash file when the process dies of a signal."""
    try:
        paths.logs.mkdir(parents=True, exist_ok=True)
        file = crash_file(paths).open("w", encoding="utf-8")
    except OSError:
        return
    faulthandler.enable(file)
    _open_files.append(file)


def stop_watching() -> None:
    """Undo `watch_for_crashes`; an empty crash file is removed."""
    faulthandler.disable()
    while _open_files:
        file = _open_files.pop()
        path = Path(file.name)
        file.close()
        if path.exists() and not path.stat().st_size:
            path.unlink()


def previous_crash(paths: Paths) -> str | None:
    """Return what the last run left when it crashed, once; the file is kept beside as `crash-last.log`.

    A run that was killed leaves an empty file, which says nothing.
    """
    path = crash_file(paths)
    try:
        text = path.read_text(encoding="utf-8", errors="replace").strip()
        if text:
            path.replace(path.with_name("crash-last.log"))
    except OSError:
        return None
    return text or None
