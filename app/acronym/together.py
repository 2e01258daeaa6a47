"""How often phrases occur in academic English, asked of an index that need not be there."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Protocol

from app.core.errors import InputError, StorageError

PhraseCount = Callable[[str], int]
"""Takes words with spaces between them and returns how often they stand like that."""


class Found(Protocol):
    """The phrases that were found."""

    def total(self) -> int:
        """Return how often all of them together occur."""


class Phrases(Protocol):
    """Something that finds phrases."""

    def search(self, query: str) -> Found:
        """Return what a query finds. Raises `InputError` for what is no query."""


class PhraseLibrary(Protocol):
    """Indexes of phrases."""

    def is_ready(self, name: str) -> bool:
        """Tell whether an index opens at once."""

    def engine(self, name: str) -> Phrases:
        """Open an index. Raises `StorageError`."""


def phrase_count(library: PhraseLibrary, name: str) -> PhraseCount | None:
    """Return a function that counts phrases in an index; None when that cannot be opened at once.

    It returns 0 for what the index cannot be asked for, and remembers what it was asked.
    """
    if not library.is_ready(name):
        return None
    try:
        phrases = library.engine(name)
    except StorageError:
        return None

    @cache
    def count(phrase: str) -> int:
        try:
            return phrases.search(phrase).total()
        except InputError:
            return 0

    return count
