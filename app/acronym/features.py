"""What a name and its way through the title are judged by: one weight each, fitted on real names (see `fit`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.core.i18n import mark
from app.core.paths import resources_dir


class Feature(Enum):
    """The features; values are their names in the table of weights.

    Those of the path add up along it, so that the best path is found by dynamic programming. Those of the name depend
    on its letters alone.
    """

    INITIAL = "initial"
    PART = "part"
    STOP = "stop"
    CAPITAL = "capital"
    FILLER = "filler"
    ACRONYM = "acronym"
    SECOND = "second"
    SECOND_VOWEL = "second_vowel"
    THIRD = "third"
    FURTHER = "further"
    SHOUTED = "shouted"
    SUFFIX = "suffix"
    COMPLETED = "completed"
    CLOSED = "closed"
    BURIED = "buried"
    BURIED_VOWEL = "buried_vowel"
    SKIPPED = "skipped"
    LEADING = "leading"
    TRAILING = "trailing"
    FILLERS_SKIPPED = "fillers_skipped"
    PHRASES_BEFORE = "phrases_before"
    PHRASES_AFTER = "phrases_after"
    FROM_FIRST = "from_first"
    TO_LAST = "to_last"
    SOUND = "sound"
    LENGTH_2 = "length_2"
    LENGTH_3 = "length_3"
    LENGTH_4 = "length_4"
    LENGTH_5 = "length_5"
    LENGTH_6 = "length_6"
    LENGTH_7 = "length_7"
    LENGTH_8 = "length_8"
    LENGTH_9 = "length_9"
    LENGTH_10 = "length_10"
    ZIPF_1 = "zipf_1"
    ZIPF_2 = "zipf_2"
    ZIPF_3 = "zipf_3"
    ZIPF_4 = "zipf_4"
    ZIPF_5 = "zipf_5"
    EXPLAINED = "explained"
    PLURAL = "plural"
    INFLECTED = "inflected"
    RELATED = "related"
    STYLE = "style"
    RIVALS = "rivals"


def _between(first: Feature, last: Feature) -> tuple[Feature, ...]:
    features = tuple(Feature)
    return features[features.index(first) : features.index(last) + 1]


PATH: Final = _between(Feature.INITIAL, Feature.TO_LAST)
"""The features of the path."""
LENGTHS: Final = _between(Feature.LENGTH_2, Feature.LENGTH_10)
"""Lengths that have a weight of their own; those beyond share the last."""
FREQUENCIES: Final = _between(Feature.ZIPF_1, Feature.ZIPF_5)
"""Bands of frequency on the Zipf scale: below 2, 2 to 3, and so on, from 5 on."""
OF_WORDS: Final = (*FREQUENCIES, Feature.EXPLAINED, Feature.PLURAL, Feature.INFLECTED)
"""The features of a word whatever the title is."""
TITLES: Final = {
    Feature.INITIAL: mark("first letters of words"),
    Feature.PART: mark("first letters of parts of words"),
    Feature.STOP: mark("small words used"),
    Feature.CAPITAL: mark("capitals inside words"),
    Feature.FILLER: mark("words used that every title has"),
    Feature.ACRONYM: mark("letters of acronyms"),
    Feature.SECOND: mark("second letters of words"),
    Feature.SECOND_VOWEL: mark("second letters that are vowels"),
    Feature.THIRD: mark("third letters of words"),
    Feature.FURTHER: mark("further letters of words"),
    Feature.SHOUTED: mark("acronyms continued"),
    Feature.SUFFIX: mark("customary endings such as Net"),
    Feature.COMPLETED: mark("words used to their end"),
    Feature.CLOSED: mark("pieces that end a syllable"),
    Feature.BURIED: mark("buried letters"),
    Feature.BURIED_VOWEL: mark("buried vowels"),
    Feature.SKIPPED: mark("words skipped in between"),
    Feature.LEADING: mark("words skipped before"),
    Feature.TRAILING: mark("words skipped after"),
    Feature.FILLERS_SKIPPED: mark("words skipped that every title has"),
    Feature.PHRASES_BEFORE: mark("phrases unused before"),
    Feature.PHRASES_AFTER: mark("phrases unused after"),
    Feature.FROM_FIRST: mark("begins with the first word"),
    Feature.TO_LAST: mark("ends with the last word"),
    Feature.SOUND: mark("how well it is pronounced"),
    **dict.fromkeys(FREQUENCIES, mark("how common the word is")),
    Feature.EXPLAINED: mark("is in the dictionary"),
    Feature.PLURAL: mark("is a plural"),
    Feature.INFLECTED: mark("is an inflected form"),
    Feature.RELATED: mark("meaning fits the title"),
}
"""What each feature is called in front of a user; the lengths share `LENGTH_TITLE`."""
LENGTH_TITLE: Final = mark("its kind and its length")
SHORTEST_WEIGHED: Final = 2


def length_feature(letters: int) -> Feature:
    """Return the feature of a name of so many letters."""
    return LENGTHS[min(max(letters - SHORTEST_WEIGHED, 0), len(LENGTHS) - 1)]


class Style(Enum):
    """How the letters of a name are taken; each has weights of its own, a column of the table."""

    INITIALS = "initials"
    """First letters of words and of their parts alone."""
    WHOLE = "whole"
    """First letters, and whole words or parts of them."""
    BEGINNINGS = "beginnings"
    """Beginnings of words and of their parts, however long."""
    PIECES = "pieces"
    """Any letters."""
    ACROSTIC = "acrostic"
    """A word of the lexicon made of first letters alone."""
    WORD = "word"
    """A word of the lexicon made of any letters."""


COINED: Final = (Style.INITIALS, Style.WHOLE, Style.BEGINNINGS, Style.PIECES)
"""The styles of names that are no words, the narrowest first."""
WORDS: Final = (Style.ACROSTIC, Style.WORD)
SPELLED: Final = (Style.INITIALS, Style.ACROSTIC)
"""The styles that take first letters alone."""


@dataclass(frozen=True)
class Weights:
    """The fitted weights of a style: natural logarithms of odds for each unit of a feature."""

    values: Mapping[Feature, float]

    def __getitem__(self, feature: Feature) -> float:
        return self.values[feature]

    def of(self, features: Iterable[Feature]) -> NDArray[np.float32]:
        """Return the weights of some features in their order."""
        return np.array([self.values[feature] for feature in features], dtype=np.float32)

    @cached_property
    def path(self) -> NDArray[np.float32]:
        """The weights of `PATH`."""
        return self.of(PATH)

    def length(self, letters: int) -> float:
        """Return the weight of a length."""
        return self.values[length_feature(letters)]


Ranking = Mapping[Style, Weights]


def weights_file() -> Path:
    """Return where the shipped weights are."""
    return resources_dir() / "acronym" / "weights.tsv"


def read_weights(path: Path) -> Ranking:
    """Read a table of weights: a row for each feature, a column for each style; lines with "#" are remarks."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    columns = lines[0].split("\t")[1:]
    rows = [line.split("\t") for line in lines[1:]]
    return {
        Style(column): Weights({Feature(row[0]): float(row[place]) for row in rows})
        for place, column in enumerate(columns, 1)
    }


def weights_table(ranking: Ranking, remarks: Iterable[str]) -> str:
    """Return the text of a table that `read_weights` reads."""
    head = "\t".join(["feature", *(style.value for style in Style)])
    rows = ("\t".join([each.value, *(f"{ranking[style][each]:.3f}" for style in Style)]) for each in Feature)
    return "\n".join([*(f"# {remark}" for remark in remarks), head, *rows]) + "\n"


@cache
def shipped_weights() -> Ranking:
    """Return the weights that the program comes with, read once."""
    return read_weights(weights_file())
