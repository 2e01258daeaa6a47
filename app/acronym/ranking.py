"""What a name is worth as a name: the part of its score that does not depend on its way through the title."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from app.acronym.features import Feature, Style, length_feature
from app.core.i18n import mark

USUAL_ZIPF: Final = 3.0
USUAL_SOUND: Final = -2.5
"""Means over the words of the lexicon: features count from these, so that an ordinary word has none of either."""


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
KIND_OF: Final = {Style.PIECES: Kind.COINED, Style.WHOLE: Kind.MIXED, Style.INITIALS: Kind.LETTERS}
"""The kind of a name of each style that is no word."""


@dataclass(frozen=True)
class Merits:
    """What is known of a name as a name."""

    style: Style
    letters: int
    rivals: float
    """Logarithm of the sum over all names of the style in the title, which their scores are compared with."""
    zipf: float | None = None
    """None for a name that is no word."""
    is_related: bool = False
    """Whether a word is explained with one of the title."""
    sound: float = 0.0
    """Mean natural logarithm of the probability of its letters; of a name of pieces that is no word."""


def name_features(merits: Merits) -> dict[Feature, float]:
    """Return the features of a name; its score is their weighted sum, added to that of its path."""
    features = {length_feature(merits.letters): 1.0, Feature.RIVALS: merits.rivals}
    if merits.style is Style.INITIALS:
        features[Feature.LETTERS] = 1.0
    if merits.style is Style.WHOLE:
        features[Feature.MIXED] = 1.0
    if merits.zipf is not None:
        related = float(merits.is_related)
        features |= {Feature.WORD: 1.0, Feature.ZIPF: merits.zipf - USUAL_ZIPF, Feature.RELATED: related}
    elif merits.style is Style.PIECES:
        features[Feature.SOUND] = merits.sound - USUAL_SOUND
    return features
