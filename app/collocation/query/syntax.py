"""What a query means: atoms, slots and patterns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from app.collocation.tags import CLASS_NAMES, WordClass
from app.core.errors import InputError

LONGEST: Final = 5
"""Words of the longest phrases that an index has."""


class Kind(Enum):
    """What an atom stands for; the values are how it is written."""

    WORD = "{}"
    ANY = "_"
    CLASS = "class {}"
    LEMMA = "[[{}]]"
    SIMILAR = "~{}"
    SPELLING = "{} "


@dataclass(frozen=True)
class Atom:
    """One way to fill a slot: `text` is a word, a word with `$` for any letters, or empty."""

    kind: Kind
    text: str = ""
    word_class: WordClass = WordClass.OTHER

    def __str__(self) -> str:
        if self.kind is Kind.CLASS:
            return CLASS_NAMES[self.word_class][0]
        return str(self.kind.value).format(self.text).strip()


Slot = frozenset[Atom]
"""The ways to fill one place of a phrase."""
Pattern = tuple[Slot, ...]
"""A phrase of so many words as it has slots."""

ANY_WORD: Final = Atom(Kind.ANY)


@dataclass(frozen=True)
class Query:
    """A parsed query: the text, and the different patterns, of 1 to `LONGEST` slots, that it stands for."""

    text: str
    patterns: tuple[Pattern, ...]


class QueryError(InputError):
    """A query that cannot be understood; `start` and `end` are the characters of it that are meant."""

    def __init__(self, message: str, query: str, start: int, end: int) -> None:
        super().__init__(message)
        self.query = query
        self.start = start
        self.end = max(end, start + 1)

    def pointed(self) -> str:
        """Return the message with the query under it and marks under the characters that are meant."""
        return f"{self}\n  {self.query}\n  {' ' * self.start}{'^' * (self.end - self.start)}"
