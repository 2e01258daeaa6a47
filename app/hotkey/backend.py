"""What every way of having a global hotkey has in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from app.core.errors import PaperdeskError
from app.core.i18n import mark, tr


@dataclass(frozen=True)
class Purpose:
    """What a hotkey is for.

    `number` and `key` tell the hotkeys of the program apart; `title` and `hint`, what to do on a desktop that gives
    programs no hotkey, are marked texts.
    """

    number: int
    key: str
    title: str
    hint: str


CAPTURE: Final = Purpose(
    1,
    "capture",
    mark("Capture a part of the screen"),
    mark("Bind the command “paperdesk capture” to a key in the desktop's keyboard settings."),
)
LOOK_UP: Final = Purpose(
    2,
    "look-up",
    mark("Look up the selected text"),
    mark("Bind the command “paperdesk look-up” to a key in the desktop's keyboard settings."),
)


class HotkeyError(PaperdeskError):
    """The hotkey could not be set; the text says what to do."""


class HotkeyTakenError(HotkeyError):
    """Another program has the key."""


class Backend(Protocol):
    """One way of having a global hotkey. All calls belong on the GUI thread."""

    name: str

    def is_available(self) -> bool:
        """Say, without asking anybody, whether this way is worth trying on this desktop."""

    def register(self, keys: str, pressed: Callable[[], None], failed: Callable[[HotkeyError], None]) -> None:
        """Call `pressed` whenever the keys go down anywhere, once for each press, however long they are held.

        `keys` are written like `Ctrl+Alt+M`. Raises `HotkeyError`; what goes wrong only later, when the keyboard
        layout changes or the desktop has asked the user, is given to `failed`. Both are called on the GUI thread.
        """

    def unregister(self) -> None:
        """Give the key back; do nothing when there is none."""


def taken(keys: str) -> HotkeyTakenError:
    """Return the error for a key that another program has."""
    return HotkeyTakenError(
        tr(
            "Another program already uses {keys}, so Paperdesk cannot be called with it. Choose other keys in Settings,"
            " or free these in the other program.",
            keys=keys,
        )
    )
