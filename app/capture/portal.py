"""Wayland desktops with a portal (GNOME, KDE): the Screenshot portal takes one picture of everything."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from app.capture.backend import CaptureError, Screen, Shot, is_wayland
from app.capture.geometry import Rect, Size, split
from app.core import portal
from app.core.i18n import tr

_INTERFACE = "org.freedesktop.portal.Screenshot"
ANSWER_TIMEOUT_S = 60.0
"""The first time the desktop asks the user for permission, and the user reads before answering."""


class Portal:
    """Asks the desktop for a picture, reads the file it wrote and removes that file."""

    name = "portal"
    threaded = True

    def is_available(self) -> bool:
        """Say whether the desktop is a Wayland one with a session bus."""
        return is_wayland() and portal.is_reachable()

    def grab(self, screens: Sequence[Screen]) -> list[Shot]:
        """Return a picture of each screen; raise `CaptureError`, also when the user forbids it."""
        image = _take()
        places = [_rect(screen.geometry) for screen in screens]
        parts = split(places, Size(image.width(), image.height()))
        return [
            Shot(image.copy(part.x, part.y, part.width, part.height), screen.geometry, screen.name)
            for screen, part in zip(screens, parts, strict=True)
        ]

    def release(self) -> None:
        """Keep nothing, so give nothing back."""


def _take() -> QImage:
    try:
        with portal.connected() as connection:
            options = {"interactive": ("b", False), "modal": ("b", False)}
            results = portal.request(connection, _INTERFACE, "Screenshot", ("s", ("",)), options, ANSWER_TIMEOUT_S)
    except portal.PortalDeniedError as error:
        raise CaptureError(
            tr(
                "The desktop did not let Paperdesk see the screen. Capture again and allow it, or allow screenshots for"
                " Paperdesk in the desktop's privacy settings."
            )
        ) from error
    except portal.PortalError as error:
        raise CaptureError(
            tr(
                "The desktop offers no pictures of the screen: {reason} Paste or open a picture instead, or log in to"
                " an X11 session.",
                reason=str(error),
            )
        ) from error
    return _read(str(results.get("uri", ("s", ""))[1]))


def _read(uri: str) -> QImage:
    file = Path(unquote(urlsplit(uri).path))
    image = QImage(str(file))
    if file.is_file():
        with suppress(OSError):
            file.unlink()
    if image.isNull():
        raise CaptureError(tr("The desktop delivered a damaged picture. Try again."))
    return image.convertToFormat(QImage.Format.Format_RGB32)


def _rect(geometry: QRect) -> Rect:
    return Rect(geometry.x(), geometry.y(), geometry.width(), geometry.height())
