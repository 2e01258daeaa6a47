"""What every way of taking pictures of the screens has in common."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QImage, QScreen

from app.core.errors import PaperdeskError
from app.core.i18n import tr


class CaptureError(PaperdeskError):
    """The screens could not be taken; the text says what to do."""


@dataclass(frozen=True)
class Screen:
    """A screen as the toolkit sees it: logical geometry, and the pixel ratio it reports."""

    name: str
    geometry: QRect
    ratio: float


@dataclass(frozen=True)
class Shot:
    """The picture of one screen in its own pixels, and the logical place of that screen on the desktop.

    The picture may share its memory with the back-end: it is good until the next grab.
    """

    image: QImage
    geometry: QRect
    name: str


class Backend(Protocol):
    """One way of taking the screens."""

    name: str
    threaded: bool
    """Whether `grab` waits for other programs and therefore belongs on a thread."""

    def is_available(self) -> bool:
        """Say, without asking anybody, whether this way is worth trying on this desktop."""

    def grab(self, screens: Sequence[Screen]) -> list[Shot]:
        """Return a picture of each screen, in their order; raise `CaptureError`."""

    def release(self) -> None:
        """Give back memory kept for speed; pictures taken before must not be used any more."""


def named_screens() -> dict[str, QScreen]:
    """Return the screens there are, in the toolkit's order, by names of which no two are alike.

    Some systems name a screen by its model, and many desks have two of one model.
    """
    found: dict[str, QScreen] = {}
    for screen in QGuiApplication.screens():
        name, number = screen.name(), 1
        while name in found:
            number += 1
            name = f"{screen.name()} ({number})"
        found[name] = screen
    return found


def screens_now() -> list[Screen]:
    """Return the screens there are. To be called on the GUI thread."""
    return [Screen(name, each.geometry(), each.devicePixelRatio()) for name, each in named_screens().items()]


def is_wayland(environment: Mapping[str, str] = os.environ) -> bool:
    """Say whether the desktop is a Wayland one, even when this program talks to its X server."""
    return bool(environment.get("WAYLAND_DISPLAY")) or environment.get("XDG_SESSION_TYPE") == "wayland"


def grab_with_qt(screens: Sequence[Screen]) -> list[Shot]:
    """Take each screen with the toolkit; raise `CaptureError` when it delivers nothing."""
    present = named_screens()
    return [Shot(_grab_one(present.get(screen.name)), screen.geometry, screen.name) for screen in screens]


def _grab_one(screen: QScreen | None) -> QImage:
    image = QImage() if screen is None else screen.grabWindow(0).toImage()
    if image.isNull():
        raise CaptureError(tr("The screen gave no picture. Try again; if it stays so, log in to the desktop anew."))
    image.setDevicePixelRatio(1.0)
    return image
