"""Desktops that let no program have a global hotkey: the desktop's own settings can still call Paperdesk."""

from __future__ import annotations

from collections.abc import Callable

from app.core.i18n import tr
from app.hotkey.backend import CAPTURE, HotkeyError, Purpose


class NoHotkey:
    """Says what to do instead."""

    name = "none"

    def __init__(self, purpose: Purpose = CAPTURE) -> None:
        self._hint = purpose.hint

    def is_available(self) -> bool:
        """Be there for everybody."""
        return True

    def register(self, keys: str, pressed: Callable[[], None], failed: Callable[[HotkeyError], None]) -> None:
        """Refuse; see `Backend`."""
        raise HotkeyError(
            tr("This desktop gives programs no global hotkey. {hint}", hint=tr(self._hint)),
        )

    def unregister(self) -> None:
        """Have nothing to give back."""
