"""Which way of having a global hotkey is used here: the first that this desktop can have, in this order."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from app.hotkey.backend import CAPTURE, Backend, Purpose
from app.hotkey.none import NoHotkey


def choose(environment: Mapping[str, str] = os.environ, purpose: Purpose = CAPTURE) -> Backend:
    """Return the back-end for this desktop; `NoHotkey`, which says what to do instead, when there is none."""
    return next(backend for backend in _of_platform(environment, purpose) if backend.is_available())


def _of_platform(environment: Mapping[str, str], purpose: Purpose) -> list[Backend]:
    """Make the back-ends of this platform; the modules of the others may not even load here.

    A Wayland desktop's X server knows only the keys pressed in X programs, so it is not asked there.
    """
    if sys.platform == "win32":
        from app.hotkey.windows import Windows  # noqa: PLC0415

        return [Windows(purpose=purpose), NoHotkey(purpose)]
    if sys.platform == "darwin":
        from app.hotkey.macos import MacOS  # noqa: PLC0415

        return [MacOS(purpose=purpose), NoHotkey(purpose)]
    if environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland":
        from app.hotkey.portal import Portal  # noqa: PLC0415

        return [Portal(purpose), NoHotkey(purpose)]
    from app.hotkey.x11 import X11  # noqa: PLC0415

    return [X11(), NoHotkey(purpose)]
