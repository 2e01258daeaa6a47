"""macOS: the system's own `screencapture`, one file per display."""

from __future__ import annotations

import ctypes
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QImage

from app.capture.backend import CaptureError, Screen, Shot
from app.capture.programs import run_all
from app.core.i18n import tr

_CORE_GRAPHICS = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"
_PROGRAM = "/usr/sbin/screencapture"


class MacOS:
    """Runs `screencapture` for each display, which numbers them as Qt lists them: the main one is 1."""

    name = "macos"
    threaded = True

    def is_available(self) -> bool:
        """Say whether this is macOS."""
        return sys.platform == "darwin"

    def grab(self, screens: Sequence[Screen]) -> list[Shot]:
        """Return a picture of each screen; raise `CaptureError`, also when the user has not yet allowed it."""
        _require_permission()
        with tempfile.TemporaryDirectory(prefix="paperdesk-") as folder:
            files = [Path(folder) / f"{number}.png" for number in range(1, len(screens) + 1)]
            run_all([[_PROGRAM, "-x", "-D", file.stem, "-t", "png", str(file)] for file in files])
            return [Shot(_read(file), each.geometry, each.name) for file, each in zip(files, screens, strict=True)]

    def release(self) -> None:
        """Keep nothing, so give nothing back."""


def _require_permission() -> None:
    """Ask macOS for the permission to record the screen: without it, pictures show nothing but the desktop."""
    graphics = ctypes.CDLL(_CORE_GRAPHICS)
    graphics.CGPreflightScreenCaptureAccess.restype = ctypes.c_bool
    graphics.CGRequestScreenCaptureAccess.restype = ctypes.c_bool
    if not graphics.CGPreflightScreenCaptureAccess() and not graphics.CGRequestScreenCaptureAccess():
        raise CaptureError(
            tr(
                "macOS does not let Paperdesk see the screen yet. Allow it under System Settings > Privacy & Security"
                " > Screen Recording, then start Paperdesk again."
            )
        )


def _read(file: Path) -> QImage:
    image = QImage(str(file))
    if image.isNull():
        raise CaptureError(tr("The screen gave no picture. Try again; if it stays so, log in to the desktop anew."))
    return image.convertToFormat(QImage.Format.Format_RGB32)
