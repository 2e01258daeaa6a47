"""A title taken apart: its words, the marks on them, and every letter that a name may take.

Marks: ``fast/efficient`` either word, ``word?`` may be left out at no cost, ``[word]`` must give a letter,
``two~words`` both give a letter or neither does. A backslash before a mark makes it an ordinary character.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.acronym.alphabet import decode, encode, fold
from app.acronym.limits import MOST_LETTERS
from app.acronym.markup import ESCAPED, Character, characters
from app.acronym.vocabulary import BREAKS, STOP_WORDS, part_starts, stem_length, suffix_end
from app.core.errors import InputError
from app.core.i18n import tr

MOST_WORDS: Final = 100
LONGEST_WORD: Final = 40
"""Letters of one word that are looked at: what is longer is no word."""
SHOUTED: Final = 0.6
"""Share of words in capitals above which capitals say nothing."""
_DASHES: Final = frozenset("-‐‑–—_&+" + ESCAPED)
_PHRASE_ENDS: Final = (",", ":", ";", ".", "!", "(", ")")


class Role(IntEnum):
    """What a letter is in its word."""

    INITIAL = 0
    """The first letter of a word that carries meaning."""
    PART = 1
    """The first letter of a part: after a hyphen, a change to capitals, or a common prefix."""
    STOP = 2
    """The first letter of a word that carries none, such as "of"."""
    CAPITAL = 3
    """Another letter that the title writes as a capital."""
    INNER = 4


STARTS: Final = (Role.INITIAL, Role.PART, Role.STOP)
"""Letters that begin something."""


@dataclass(frozen=True)
class Slot:
    """A place in the title that holds one word, or one of several alternatives."""

    text: str
    is_content: bool
    """Whether leaving it out costs something."""
    is_required: bool
    is_tied: bool
    """Whether it is kept together with the slot before."""
    phrase: int
    """The number of the phrase it is in: phrases end at prepositions and at punctuation."""


@dataclass(frozen=True)
class Title:
    """The letters of a title in order, as arrays of one length, and its slots."""

    source: str
    slots: tuple[Slot, ...]
    codes: NDArray[np.uint8]
    """Places in the alphabet."""
    place: NDArray[np.int32]
    """Where each letter is in `source`."""
    slot: NDArray[np.int32]
    unit: NDArray[np.int32]
    """Number of the spelled word: the alternatives of one slot differ in it."""
    role: NDArray[np.uint8]
    """Values of `Role`."""
    ends_part: NDArray[np.bool_]
    """Whether a word, its stem or one of its parts ends with the letter."""
    ends_suffix: NDArray[np.bool_]
    """Whether a customary ending of names, such as the Net of network, ends with the letter."""
    offset: NDArray[np.int32]
    """How many letters there are before it in its part."""

    @property
    def size(self) -> int:
        """How many letters there are."""
        return len(self.codes)

    @cached_property
    def pieces(self) -> frozenset[str]:
        """Its words and whatever is within one of them, in folded letters."""
        edges = np.flatnonzero(np.diff(self.unit)) + 1
        words = {decode(codes) for codes in np.split(self.codes, edges)}
        return frozenset(
            word[first : first + size]
            for word in words
            for first in range(len(word))
            for size in range(1, min(MOST_LETTERS, len(word) - first) + 1)
        )

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        """The letters that begin a word or a part of one."""
        return np.flatnonzero(np.isin(self.role, STARTS))

    def only(self, letters: NDArray[np.intp]) -> Title:
        """Return the title with these letters alone."""
        arrays = ("codes", "place", "slot", "unit", "role", "ends_part", "ends_suffix", "offset")
        return replace(self, **{name: getattr(self, name)[letters] for name in arrays})


@dataclass
class _Word:
    """A word with its marks, before its letters are looked at."""

    units: list[list[Character]]
    is_required: bool
    is_tied: bool
    is_optional: bool
    ends_phrase: bool


def parse_title(source: str) -> Title:
    """Take a title apart. Raises `InputError` when it has no Latin letter or digit, or more than `MOST_WORDS` words."""
    words = _words(characters(source))
    if not words:
        raise InputError(_why_empty(source))
    if len(words) > MOST_WORDS:
        raise InputError(
            tr("The title has {count} words; {most} are the most. Shorten it.", count=len(words), most=MOST_WORDS)
        )
    return _assemble(source, words)


def _why_empty(source: str) -> str:
    if not source.strip():
        return tr("There is no title. Type the title of the paper.")
    return tr("The title has no Latin letters. Write it in English, or in the Latin letters of its language.")


def _words(text: Sequence[Character]) -> list[_Word]:
    """Split at white space and at ties, and read the marks."""
    words: list[_Word] = []
    pieces = _pieces(text)
    inside = False
    for number, (piece, is_tied) in enumerate(pieces):
        plain = "".join(each.text for each in piece)
        required = inside or "[" in plain
        inside = plain.rfind("[") > plain.rfind("]") or (inside and "]" not in plain)
        bare = plain.rstrip(",.;:!)]\"'”")
        optional = bare.endswith("?") and number < len(pieces) - 1
        units = [unit for unit in _split(piece, "/") if fold("".join(each.text for each in unit))]
        if units:
            ends = bool(words) and words[-1].ends_phrase
            words.append(_Word(units, required, is_tied and bool(words) and not ends, optional, False))
            words[-1].ends_phrase = plain.rstrip("?]\"'”").endswith(_PHRASE_ENDS)
    return words


def _pieces(text: Sequence[Character]) -> list[tuple[list[Character], bool]]:
    """Return the pieces between spaces and ties, each with whether a tie comes before it."""
    pieces: list[tuple[list[Character], bool]] = []
    tied = False
    for is_gap, run in groupby(text, key=lambda each: each.text.isspace() or each.text == "~"):
        piece = list(run)
        if is_gap:
            tied = all(each.text == "~" for each in piece)
        else:
            pieces.append((piece, tied))
    return pieces


def _split(piece: Sequence[Character], mark: str) -> list[list[Character]]:
    return [list(run) for is_mark, run in groupby(piece, key=lambda each: each.text == mark) if not is_mark]


@dataclass
class _Letters:
    """Columns of the title that grow letter by letter."""

    text: list[str]
    place: list[int]
    slot: list[int]
    unit: list[int]
    role: list[Role]
    ends_part: list[bool]
    ends_suffix: list[bool]
    offset: list[int]


def _assemble(source: str, words: Sequence[_Word]) -> Title:
    flat = ["".join(each.text for each in unit) for word in words for unit in word.units]
    shouted = sum(text.isupper() for text in flat) > SHOUTED * len(flat) and len(flat) > 1
    letters = _Letters([], [], [], [], [], [], [], [])
    slots: list[Slot] = []
    phrase, number = 0, 0
    for word in words:
        is_stop = all(fold("".join(each.text for each in unit)) in STOP_WORDS for unit in word.units)
        opens = fold("".join(each.text for each in word.units[0])) in BREAKS
        phrase += bool(slots) and opens
        text = "/".join("".join(each.text for each in unit) for unit in word.units)
        content = not (is_stop or word.is_optional)
        for unit in word.units:
            _add_unit(letters, unit, (len(slots), number), is_stop=is_stop, shouted=shouted)
            number += 1
        slots.append(Slot(text, content, word.is_required, word.is_tied, phrase))
        phrase += word.ends_phrase
    return Title(
        source,
        tuple(slots),
        encode("".join(letters.text)),
        np.array(letters.place, dtype=np.int32),
        np.array(letters.slot, dtype=np.int32),
        np.array(letters.unit, dtype=np.int32),
        np.array(letters.role, dtype=np.uint8),
        np.array(letters.ends_part, dtype=np.bool_),
        np.array(letters.ends_suffix, dtype=np.bool_),
        np.array(letters.offset, dtype=np.int32),
    )


def _add_unit(
    letters: _Letters, unit: Sequence[Character], numbers: tuple[int, int], *, is_stop: bool, shouted: bool
) -> None:
    """Add the letters of one spelled word; `numbers` are those of its slot and of itself."""
    first = len(letters.text)
    for is_dash, run in groupby(unit, key=lambda each: each.text in _DASHES):
        if is_dash:
            continue
        part = [(letter, each) for each in run for letter in fold(each.text)]
        starts = part_starts([each.text for _, each in part], ignore_case=shouted)
        text = "".join(letter for letter, _ in part)
        is_small, suffix, stem = is_stop or text in STOP_WORDS, suffix_end(text), stem_length(text)
        for at, (letter, each) in enumerate(part[: first + LONGEST_WORD - len(letters.text)]):
            role = Role.INNER
            if at in starts:
                role = Role.STOP if is_small else Role.INITIAL if len(letters.text) == first else Role.PART
            elif each.text.isupper() and not shouted:
                role = Role.CAPITAL
            letters.text.append(letter)
            letters.place.append(each.place)
            letters.slot.append(numbers[0])
            letters.unit.append(numbers[1])
            letters.role.append(role)
            letters.ends_part.append(at + 1 in starts or at + 1 in (stem, len(part)))
            letters.ends_suffix.append(at + 1 == suffix)
            letters.offset.append(at - max(start for start in starts if start <= at))
