"""Why a name scores as it does: its features, and what each of them brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.acronym.features import LENGTH_TITLE, TITLES, Feature, length_feature
from app.acronym.ground import Ground
from app.acronym.ranking import name_features
from app.acronym.search import Name, merits_of

OF_INITIAL: Final = 1.0
OF_LETTERS: Final = frozenset(
    {Feature.INITIAL, Feature.PART, Feature.STOP, Feature.CAPITAL, Feature.BURIED, Feature.BURIED_VOWEL}
    | {Feature.SECOND, Feature.SECOND_VOWEL, Feature.THIRD, Feature.FURTHER, Feature.SHOUTED}
)
"""The features of which each letter of a name has exactly one."""


@dataclass(frozen=True)
class Reason:
    """One part of a score."""

    feature: Feature
    amount: float
    """How much of the feature there is: a count, or for frequency and sound the difference from the usual."""
    worth: float
    """What it adds to the score."""

    @property
    def title(self) -> str:
        """What it is called, marked."""
        return TITLES.get(self.feature, LENGTH_TITLE)


def features_of(ground: Ground, name: Name) -> dict[Feature, float]:
    """Return all features of a name that was found; their weighted sum is its score."""
    alignment = ground.align(name.text, name.style)[0]
    return {**ground.counts.of(alignment.letters), **name_features(merits_of(ground, name.text, name.style))}


def reasons(ground: Ground, name: Name) -> list[Reason]:
    """Return what makes up the score of a name, the greatest parts first.

    Only differences between the weights of letters matter, since the weight of the length can make up for what all of
    them share. They are told so that a first letter brings `OF_INITIAL`, and the length takes what that adds, together
    with the kind of name and how many there are of it.
    """
    weights, features = ground.weights(name.style), features_of(ground, name)
    length = length_feature(len(name.text))
    shift = OF_INITIAL - weights[Feature.INITIAL]
    worths = {feature: (weights[feature] + shift * (feature in OF_LETTERS)) * features[feature] for feature in features}
    worths[length] += worths.pop(Feature.RIVALS) + worths.pop(Feature.STYLE) - shift * len(name.text)
    parts = [Reason(feature, features[feature], worth) for feature, worth in worths.items() if features[feature]]
    return sorted(parts, key=lambda reason: -abs(reason.worth))
