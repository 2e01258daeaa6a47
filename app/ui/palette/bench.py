"""The palette in front, with what was done to it: every step can be undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.core.errors import InputError
from app.core.i18n import tr
from app.palette import find
from app.palette.palette import MOST

if TYPE_CHECKING:
    from app.palette import Palette

FIRST: Final = "petroff.petroff10"
"""What is in front before anything was chosen: ten colours that every reader can tell apart."""
_FEWEST: Final = 2


class Bench(QObject):
    """One palette, the steps before it and the steps that were undone."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._palette = find(FIRST).largest
        self._undone: list[tuple[Palette, bool]] = []
        self._done: list[tuple[Palette, bool]] = []
        self.is_own = False
        """Whether the palette is the user's own work, which has to be kept."""
        self.pinned: frozenset[str] = frozenset()
        """Colours that stay when others are made or repaired."""

    @property
    def palette(self) -> Palette:
        """The palette in front."""
        return self._palette

    @property
    def can_undo(self) -> bool:
        """Whether there is a step before this one."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a step was undone."""
        return bool(self._undone)

    def put(self, palette: Palette, *, is_own: bool) -> None:
        """Bring another palette to the front."""
        if palette == self._palette:
            return
        self._done.append((self._palette, self.is_own))
        self._undone.clear()
        self._show(palette, is_own=is_own)

    def undo(self) -> None:
        """Go back one step."""
        if self._done:
            self._undone.append((self._palette, self.is_own))
            palette, is_own = self._done.pop()
            self._show(palette, is_own=is_own)

    def redo(self) -> None:
        """Go forth one step."""
        if self._undone:
            self._done.append((self._palette, self.is_own))
            palette, is_own = self._undone.pop()
            self._show(palette, is_own=is_own)

    def rename(self, name: str) -> None:
        """Give the palette another name."""
        if name.strip():
            self.put(replace(self._palette, name=name.strip()), is_own=True)

    def reorder(self, colours: tuple[str, ...]) -> None:
        """Put the colours into another order."""
        self._edit(colours)

    def remove(self, place: int) -> None:
        """Take one colour away. Raises `InputError` when there would be too few left."""
        colours = self._palette.colours
        if len(colours) <= _FEWEST:
            raise InputError(tr("A palette has at least two colours."))
        self._edit(colours[:place] + colours[place + 1 :])

    def insert(self, place: int, colour: str) -> None:
        """Put a colour before a place. Raises `InputError` when it is there already or there is no room for more."""
        colours = self._palette.colours
        if colour in colours:
            raise InputError(tr("{colour} is in the palette already.", colour=colour))
        if len(colours) >= MOST:
            raise InputError(tr("A palette has at most {most} colours.", most=MOST))
        self._edit((*colours[:place], colour, *colours[place:]))

    def reverse(self) -> None:
        """Turn the order round."""
        self._edit(self._palette.colours[::-1])

    def toggle_pin(self, colour: str) -> None:
        """Let a colour stay when others are made or repaired, or let it go."""
        self.pinned ^= {colour}
        self.changed.emit()

    def pinned_places(self) -> frozenset[int]:
        """Return the places, from 0, of the colours that stay."""
        return frozenset(place for place, colour in enumerate(self._palette.colours) if colour in self.pinned)

    def _edit(self, colours: tuple[str, ...]) -> None:
        self.put(replace(self._palette, colours=colours, source="", licence="", flags=None), is_own=True)

    def _show(self, palette: Palette, *, is_own: bool) -> None:
        self._palette, self.is_own = palette, is_own
        self.pinned &= frozenset(palette.colours)
        self.changed.emit()
