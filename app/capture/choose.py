"""Which way of taking the screens is used: the first that works, in this order."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from app.capture.backend import Backend, CaptureError, Screen, Shot, is_wayland
from app.core.i18n import tr


def available() -> list[Backend]:
    """Return the back-ends worth trying here, best first: exact and fast before those that ask the user."""
    return [backend for backend in _of_platform() if backend.is_available()]


def _of_platform() -> list[Backend]:
    """Make the back-ends of this platform; the modules of the others may not even load here."""
    if sys.platform == "win32":
        from app.capture.windows import Windows  # noqa: PLC0415

        return [Windows()]
    if sys.platform == "darwin":
        from app.capture.macos import MacOS  # noqa: PLC0415

        return [MacOS()]
    if is_wayland():
        from app.capture.grim import Grim  # noqa: PLC0415
        from app.capture.portal import Portal  # noqa: PLC0415

        return [Grim(), Portal()]
    from app.capture.x11 import X11  # noqa: PLC0415

    return [X11()]


def grab(backends: Sequence[Backend], screens: Sequence[Screen]) -> list[Shot]:
    """Take the screens with the first back-end that can; raise the `CaptureError` of the last when none can."""
    failure = CaptureError(
        tr(
            "This desktop gives programs no pictures of the screen. Install grim (sway, Hyprland and similar desktops)"
            " or xdg-desktop-portal with the part for your desktop, or paste or open a picture instead."
        )
    )
    for backend in backends:
        try:
            return backend.grab(screens)
        except CaptureError as error:
            failure = error
    raise failure
