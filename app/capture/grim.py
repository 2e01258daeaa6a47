"""Wayland desktops built on wlroots (sway, Hyprland, labwc, ...): the program grim takes one output at a time."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from PySide6.QtGui import QImage

from app.capture.backend import CaptureError, Screen, Shot, is_wayland
from app.capture.programs import run_all
from app.core.i18n import tr


class Grim:
    """Runs `grim` for each output and reads the uncompressed picture it prints."""

    name = "grim"
    threaded = True

    def is_available(self) -> bool:
        """Say whether grim is installed and the desktop is a Wayland one."""
        return is_wayland() and shutil.which("grim") is not None

    def grab(self, screens: Sequence[Screen]) -> list[Shot]:
        """Return a picture of each screen; raise `CaptureError`."""
        answers = run_all([["grim", "-t", "ppm", "-o", screen.name, "-"] for screen in screens])
        return [Shot(_read(data), screen.geometry, screen.name) for data, screen in zip(answers, screens, strict=True)]

    def release(self) -> None:
        """Keep nothing, so give nothing back."""


def _read(data: bytes) -> QImage:
    image = QImage.fromData(data)
    if image.isNull():
        raise CaptureError(tr("grim delivered a damaged picture. Try again."))
    return image.convertToFormat(QImage.Format.Format_RGB32)
