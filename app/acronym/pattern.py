"""What names must look like, as an automaton: patterns such as ``b?rt*``, beginnings and parts, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.acronym.alphabet import ALPHABET, SIZE, fold
from app.core.errors import InputError
from app.core.i18n import tr

ANY_LETTER, ANY_LETTERS = "?", "*"
LONGEST: Final = 30
MOST_STATES: Final = 400
"""Patterns with more states than this have so many stars that they say nothing."""

_State = tuple[int, ...]
"""For each pattern the set of places in it that were reached, as the bits of a number."""


@dataclass(frozen=True)
class Automaton:
    """A deterministic finite automaton; state 0 is the start."""

    next: NDArray[np.int32]
    """Shape (states, `SIZE`): the state after each character."""
    accepts: NDArray[np.bool_]
    """Whether a name may end in each state."""

    def matches(self, codes: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """Tell which names match.

        Args:
            codes: shape (names, longest): places in the alphabet; what is after the end of a name is larger.

        """
        if self.accepts.all():
            return np.ones(len(codes), dtype=bool)
        state = np.zeros(len(codes), dtype=np.int32)
        for column in codes.T:
            after = self.next[state, np.minimum(column, SIZE - 1)]
            state = np.where(column < SIZE, after, state)
        return self.accepts[state]


def make_automaton(patterns: Sequence[str]) -> Automaton:
    """Return the automaton of names that match all patterns (Rabin and Scott 1959: the subset construction).

    Raises `InputError` for a pattern with other characters than letters, digits, "?" and "*", or a far too long one.
    """
    checked = [check_pattern(pattern) for pattern in patterns]
    start = tuple(_closure(pattern, 1) for pattern in checked)
    numbers: dict[_State, int] = {start: 0}
    rows: list[list[int]] = []
    queue = [start]
    for state in queue:
        row = []
        for character in ALPHABET:
            after = tuple(_after(pattern, each, character) for pattern, each in zip(checked, state, strict=True))
            if after not in numbers:
                numbers[after] = len(numbers)
                queue.append(after)
            row.append(numbers[after])
        rows.append(row)
        if len(numbers) > MOST_STATES:
            raise InputError(tr("The pattern is too complicated. Use fewer stars."))
    final = [all(each >> len(pattern) & 1 for pattern, each in zip(checked, state, strict=True)) for state in numbers]
    return Automaton(np.array(rows, dtype=np.int32), np.array(final, dtype=np.bool_))


def check_pattern(pattern: str) -> str:
    """Return a pattern in small letters without doubled stars. Raises `InputError`."""
    parts = pattern.strip().lower()
    kept = "".join(each if each in (ANY_LETTER, ANY_LETTERS) else fold(each) for each in parts)
    wrong = [each for each in parts if each not in (ANY_LETTER, ANY_LETTERS, "-", " ") and not fold(each)]
    if wrong:
        raise InputError(
            tr("“{part}” cannot be in a pattern: it has letters, digits, ? for any one and * for any.", part=wrong[0])
        )
    if len(kept) > LONGEST:
        raise InputError(tr("The pattern is longer than any name."))
    while ANY_LETTERS * 2 in kept:
        kept = kept.replace(ANY_LETTERS * 2, ANY_LETTERS)
    return kept


def _closure(pattern: str, places: int) -> int:
    """Return the places with those that a star leads on to without a letter."""
    for at, each in enumerate(pattern):
        if each == ANY_LETTERS and places >> at & 1:
            places |= 1 << (at + 1)
    return places


def _after(pattern: str, places: int, character: str) -> int:
    after = 0
    for at, each in enumerate(pattern):
        if places >> at & 1:
            if each == ANY_LETTERS:
                after |= 1 << at
            elif each in (ANY_LETTER, character):
                after |= 1 << (at + 1)
    return _closure(pattern, after)
