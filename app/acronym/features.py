"""What a name and its way through the title are judged by: one weight each, fitted on real names (see `fit`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Final

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
    SECOND = "second"
    THIRD = "third"
    FURTHER = "further"
    SUFFIX = "suffix"
    COMPLETED = "completed"
    CLOSED = "closed"
    BURIED = "buried"
    SKIPPED = "skipped"
    LEADING = "leading"
    TRAILING = "trailing"
    PHRASES_BEFORE = "phrases_before"
    PHRASES_AFTER = "phrases_after"
    WORD = "word"
    ZIPF = "zipf"
    RELATED = "related"
    SOUND = "sound"
    LETTERS = "letters"
    MIXED = "mixed"
    RIVALS = "rivals"
    LENGTH_2 = "length_2"
    LENGTH_3 = "length_3"
    LENGTH_4 = "length_4"
    LENGTH_5 = "length_5"
    LENGTH_6 = "length_6"
    LENGTH_7 = "length_7"
    LENGTH_8 = "length_8"
    LENGTH_9 = "length_9"


PATH: Final = tuple(Feature)[: tuple(Feature).index(Feature.PHRASES_AFTER) + 1]
"""The features of the path."""
TITLES: Final = {
    Feature.INITIAL: mark("first letters of words"),
    Feature.PART: mark("first letters of parts of words"),
    Feature.STOP: mark("small words used"),
    Feature.CAPITAL: mark("capitals inside words"),
    Feature.SECOND: mark("second letters of words"),
    Feature.THIRD: mark("third letters of words"),
    Feature.FURTHER: mark("further letters of words"),
    Feature.SUFFIX: mark("customary endings such as Net"),
    Feature.COMPLETED: mark("words used to their end"),
    Feature.CLOSED: mark("pieces that end a syllable"),
    Feature.BURIED: mark("buried letters"),
    Feature.SKIPPED: mark("words skipped in between"),
    Feature.LEADING: mark("words skipped before"),
    Feature.TRAILING: mark("words skipped after"),
    Feature.PHRASES_BEFORE: mark("phrases unused before"),
    Feature.PHRASES_AFTER: mark("phrases unused after"),
    Feature.WORD: mark("is a word"),
    Feature.ZIPF: mark("how common the word is"),
    Feature.RELATED: mark("meaning fits the title"),
    Feature.SOUND: mark("how well it is pronounced"),
    Feature.LETTERS: mark("spelled letter by letter"),
    Feature.MIXED: mark("made of pieces"),
}
"""What each feature is called in front of a user; the lengths share `LENGTH_TITLE`."""
LENGTH_TITLE: Final = mark("what so many letters must reach")
SHORTEST_WEIGHED, LONGEST_WEIGHED = 2, 9
"""Lengths that have a weight of their own; those beyond share the last."""
LENGTHS: Final = tuple(Feature(f"length_{size}") for size in range(SHORTEST_WEIGHED, LONGEST_WEIGHED + 1))


def length_feature(letters: int) -> Feature:
    """Return the feature of a name of so many letters."""
    return LENGTHS[min(max(letters, SHORTEST_WEIGHED), LONGEST_WEIGHED) - SHORTEST_WEIGHED]


class Style(Enum):
    """How the letters of a name are taken, the narrowest first; each has weights of its own, a column of the table."""

    INITIALS = "initials"
    """First letters of words and of their parts alone."""
    WHOLE = "whole"
    """First letters, and whole words or parts of them."""
    PIECES = "pieces"
    """Any letters, best in pieces that can be said together."""


@dataclass(frozen=True)
class Weights:
    """The fitted weights of a style: natural logarithms of odds for each unit of a feature."""

    values: Mapping[Feature, float]

    def __getitem__(self, feature: Feature) -> float:
        return self.values[feature]

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
