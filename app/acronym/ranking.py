"""What a name is worth as a name: the part of its score that does not depend on its way through the title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from app.acronym.features import Feature, Style, length_feature
from app.core.i18n import mark


class Kind(Enum):
    """How a name is read."""

    WORD = "word"
    """A word of the lexicon."""
    COINED = "coined"
    """A new word that can be said."""
    LETTERS = "letters"
    """First letters of words, spelled one by one or said as they come."""
    MIXED = "mixed"
    """First letters and whole words side by side."""


KIND_TITLES: Final = {
    Kind.WORD: mark("Word"),
    Kind.COINED: mark("New word"),
    Kind.LETTERS: mark("Initials"),
    Kind.MIXED: mark("Mixed"),
}
KIND_OF: Final = {
    Style.INITIALS: Kind.LETTERS,
    Style.WHOLE: Kind.MIXED,
    Style.BEGINNINGS: Kind.COINED,
    Style.PIECES: Kind.COINED,
    Style.ACROSTIC: Kind.WORD,
    Style.WORD: Kind.WORD,
}


@dataclass(frozen=True)
class Merits:
    """What is known of a name as a name."""

    letters: int
    rivals: float
    """Logarithm of the sum over all names of its style in the title, which scores are compared with."""
    own: Mapping[Feature, float] = field(default_factory=dict)
    """Of a word the features of `OF_WORDS` and `RELATED`, of another name `SOUND`."""


def name_features(merits: Merits) -> dict[Feature, float]:
    """Return the features of a name; its score is their weighted sum, added to that of its path."""
    return {length_feature(merits.letters): 1.0, Feature.STYLE: 1.0, Feature.RIVALS: merits.rivals, **merits.own}
