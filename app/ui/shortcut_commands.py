"""Everything that has a shortcut, wherever the shortcut is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QKeySequence

from app.core.i18n import mark, tr

if TYPE_CHECKING:
    from app.ui.desk import Desk

HOTKEY: Final = "capture.hotkey"
MIRROR: Final = "capture.start"
"""The action that the capture keys call: it shows the same keys and is not listed beside them."""
MIRRORS: Final = {HOTKEY: MIRROR, "look_up.hotkey": "look_up.start"}
"""Each hotkey that works in every program, a setting, with the action that shows its keys."""
EVERYWHERE: Final = mark("In every program")
OTHERS: Final = mark("Others")


def same_keys(keys: str, others: str) -> bool:
    """Return whether two portable texts stand for the same keys."""
    return QKeySequence.fromString(keys) == QKeySequence.fromString(others)


@dataclass(frozen=True)
class Command:
    """Something that has a shortcut: an action of the window, or a hotkey, a key of `MIRRORS`.

    Title and group are in the user's language, keys and default portable text.
    """

    id: str
    title: str
    group: str
    keys: str
    default: str

    @property
    def is_default(self) -> bool:
        """Whether the keys are those it came with."""
        return same_keys(self.keys, self.default)

    @property
    def is_global(self) -> bool:
        """Whether the keys work in every program."""
        return self.id in MIRRORS


class Commands:
    """Reads and writes the shortcuts of the actions and the hotkeys."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> list[Command]:
        """Return all commands, the global ones first."""
        actions = [one for one in self._desk.actions.all() if one.id not in MIRRORS.values()]
        ordinary = [Command(one.id, one.title, tr(one.group or OTHERS), one.keys, one.default) for one in actions]
        return [*map(self._hotkey, MIRRORS), *ordinary]

    def find(self, command_id: str) -> Command | None:
        """Return one command as it is now, or None when there is none of this id."""
        return next((command for command in self.all() if command.id == command_id), None)

    def owners(self, keys: str, command: Command) -> list[Command]:
        """Return the other commands that `keys` would also start; the global keys reach every action."""
        if not keys:
            return []
        if command.is_global:
            return [one for one in self.all() if one.id != command.id and same_keys(one.keys, keys)]
        conflicting = {registered.id for registered in self._desk.actions.conflicts(keys, command.id)}
        return [one for one in self.all() if one.id in conflicting or (one.is_global and same_keys(one.keys, keys))]

    def set(self, command: Command, keys: str) -> None:
        """Give `command` these keys, portable text; raises `PaperdeskError`."""
        if not command.is_global:
            self._desk.actions.set_shortcut(command.id, keys)
        elif same_keys(keys, command.default):
            self._desk.settings.reset(command.id)
        else:
            self._desk.settings.set(command.id, keys)

    def _hotkey(self, key: str) -> Command:
        settings = self._desk.settings
        option = settings.option(key)
        return Command(key, tr(option.title), tr(EVERYWHERE), settings.text(key), str(option.default))
