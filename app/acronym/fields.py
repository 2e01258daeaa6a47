"""The words of a field of research, and how often they follow one another in its papers."""

from __future__ import annotations

import gzip
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from app.acronym.vocabulary import NOT_IN_TITLES
from app.core.errors import InputError
from app.core.i18n import mark, tr
from app.core.paths import resources_dir

FIELDS: Final = {
    "computing": mark("Computing"),
    "life": mark("Life sciences"),
    "physics": mark("Physics and mathematics"),
}
"""Key of a list to the name of its field, marked."""
NOTHING: Final = "-"
"""Stands in the table for two words that follow one another directly."""
UNSEEN: Final = 0.05
"""Occurrences that two words are given which were never seen together."""
SMOOTHING: Final = 20.0
"""Occurrences that are added below when shares of a word's occurrences are taken: rare words prove little."""


@dataclass(frozen=True)
class Word:
    """A word with how often it occurs, begins a phrase and ends one."""

    text: str
    count: int
    begins: int
    ends: int

    @property
    def start(self) -> float:
        """Natural logarithm of the share of its occurrences that begin a phrase."""
        return math.log((self.begins + 1) / (self.count + SMOOTHING))

    @property
    def end(self) -> float:
        """Natural logarithm of the share of its occurrences that end a phrase."""
        return math.log((self.ends + 1) / (self.count + SMOOTHING))


@dataclass(frozen=True)
class Field:
    """Words by their first letter, and pairs of them."""

    words: dict[str, Word]
    by_letter: dict[str, tuple[Word, ...]]
    """The most frequent first."""
    pairs: dict[str, dict[str, tuple[str, int]]]
    """First word, second word: the small word that most often stands between them ("" for none), and how often."""
    total: int
    """Occurrences of all words."""

    def joined(self, first: Word, second: Word) -> tuple[str, float]:
        """Return how a word goes on with another: the small word between them, and how much more often than by chance.

        The measure is the pointwise mutual information in nats (Church and Hanks 1990).
        """
        between, count = self.pairs.get(first.text, {}).get(second.text, ("", UNSEEN))
        chance = (first.count + SMOOTHING) * (second.count + SMOOTHING) / self.total
        return between, math.log(count / chance) if count > UNSEEN else math.log(UNSEEN / max(1.0, chance))


def field_file(key: str) -> Path:
    """Return where the list of a field is. Raises `InputError` for one that has none."""
    if key not in FIELDS:
        raise InputError(tr("There is no field {field}. There are: {known}.", field=key, known=", ".join(FIELDS)))
    return resources_dir() / "acronym" / f"field-{key}.txt.gz"


@lru_cache(maxsize=len(FIELDS))
def load_field(key: str) -> Field:
    """Return the words of a field, read once. Raises `InputError`."""
    words: dict[str, Word] = {}
    pairs: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    for line in gzip.decompress(field_file(key).read_bytes()).decode().splitlines():
        kind, first, *rest = line.split("\t")
        if kind == "w":
            words[first] = Word(first, *map(int, rest))
        else:
            between, second, count = rest
            pairs[first][second] = ("" if between == NOTHING else between, int(count))
    by_letter: dict[str, list[Word]] = defaultdict(list)
    for word in sorted(words.values(), key=lambda each: -each.count):
        if word.text not in NOT_IN_TITLES:
            by_letter[word.text[0]].append(word)
    grouped = {letter: tuple(each) for letter, each in by_letter.items()}
    return Field(words, grouped, dict(pairs), sum(word.count for word in words.values()))
