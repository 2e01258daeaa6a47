"""How well typed letters fit a text: all of them in order, better together and at the starts of words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

START_OF_TEXT: Final = 12
START_OF_WORD: Final = 8
FOLLOWS: Final = 10
"""A letter right behind the one before it is worth more than one that begins a word."""
GAP: Final = 1
"""Cost of each letter passed over between two that fit."""
LETTER: Final = 4


@dataclass(frozen=True)
class Match:
    """A fit: larger scores are better; `positions` are the places in the text of the letters that fit."""

    score: int
    positions: tuple[int, ...]


@dataclass(frozen=True)
class _End:
    """The best fit of a beginning of the query that ends at one place of the text."""

    score: int
    before: int
    """Where the letter before it fits."""


def match(query: str, text: str) -> Match | None:
    """Return the best way in which the letters of `query` occur in `text`, None when they do not.

    Case and spaces in the query do not matter. The score is the sum over the letters, less what is passed over, less a
    little for long texts, so that "cap" finds "Capture" before "Capture the last region again".
    """
    letters = [letter.casefold() for letter in query if not letter.isspace()]
    if not letters:
        return Match(0, ())
    folded = [letter.casefold() for letter in text]
    rows: list[dict[int, _End]] = []
    for letter in letters:
        row = _fit(letter, folded, text, rows[-1] if rows else None)
        if not row:
            return None
        rows.append(row)
    last = max(rows[-1], key=lambda place: (rows[-1][place].score, -place))
    score = rows[-1][last].score
    positions = [last]
    for row in reversed(rows[1:]):
        positions.append(row[positions[-1]].before)
    return Match(score * LETTER - len(text) // LETTER, tuple(reversed(positions)))


def _fit(letter: str, folded: list[str], text: str, before: dict[int, _End] | None) -> dict[int, _End]:
    row: dict[int, _End] = {}
    for place, candidate in enumerate(folded):
        if candidate != letter:
            continue
        worth = LETTER + _bonus(text, place)
        if before is None:
            row[place] = _End(worth, -1)
            continue
        ends = [(_joined(end, was, place), was) for was, end in before.items() if was < place]
        if ends:
            best, was = max(ends)
            row[place] = _End(best + worth, was)
    return row


def _joined(end: _End, was: int, place: int) -> int:
    passed = place - was - 1
    return end.score + (FOLLOWS if passed == 0 else -GAP * passed)


def _bonus(text: str, place: int) -> int:
    if place == 0:
        return START_OF_TEXT
    return START_OF_WORD if not text[place - 1].isalnum() else 0
