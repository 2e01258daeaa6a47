"""Reading key combinations such as `Ctrl+Alt+M`, as Qt writes them in its portable form. No Qt.

On macOS, Qt calls the Command key Ctrl and the Control key Meta; elsewhere Meta is the Windows or Super key.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.i18n import tr
from app.hotkey.backend import HotkeyError

MODIFIERS = ("Meta", "Ctrl", "Alt", "Shift")
"""In the order in which Qt writes them."""

NAMED_KEYS = frozenset(
    {
        "Backspace", "CapsLock", "Del", "Down", "End", "Enter", "Esc", "Home", "Ins", "Left", "Menu", "Pause",
        "PgDown", "PgUp", "Print", "Return", "Right", "ScrollLock", "Space", "Tab", "Up",
    }
)  # fmt: skip
"""Keys with a name; others are one character or F1 to F35."""

_LAST_FUNCTION_KEY = 35
_WORK_ALONE = frozenset({"Print", "Pause", "ScrollLock", "Menu"})


@dataclass(frozen=True)
class Chord:
    """Modifiers held while a key is pressed."""

    modifiers: frozenset[str]
    key: str

    @property
    def function_number(self) -> int:
        """The 5 of F5; 0 for any other key."""
        number = self.key[1:]
        is_one = self.key.startswith("F") and number.isascii() and number.isdigit() and not number.startswith("0")
        return int(number) if is_one and int(number) <= _LAST_FUNCTION_KEY else 0

    def __str__(self) -> str:
        return "+".join([*(name for name in MODIFIERS if name in self.modifiers), self.key])


def parse(keys: str) -> Chord:
    """Return the combination written in `keys`; raise `HotkeyError` when it cannot be a global hotkey."""
    head, _, key = (keys[:-2], "", "+") if keys.endswith("++") else keys.rpartition("+")
    chord = Chord(frozenset(head.split("+") if head else ()), key.upper() if len(key) == 1 else key)
    is_key = len(key) == 1 and key.isprintable() and not key.isspace()
    known = is_key or key in NAMED_KEYS or chord.function_number > 0
    if not known or not chord.modifiers <= set(MODIFIERS):
        raise HotkeyError(
            tr("{keys} cannot be a hotkey. Choose one key together with Ctrl, Alt or Shift in Settings.", keys=keys)
        )
    alone = chord.function_number > 0 or key in _WORK_ALONE
    if chord.modifiers <= {"Shift"} and not alone:
        raise HotkeyError(
            tr("{keys} alone would be lost for typing. Add Ctrl or Alt to it in Settings.", keys=keys),
        )
    return chord
