"""Weights and a small lexicon that do not change when the shipped ones are made anew."""

from __future__ import annotations

import numpy as np
import pytest

from app.acronym.features import Feature, Weights
from app.acronym.lexicon import Lexicon, build_lexicon

VALUES = {
    Feature.INITIAL: 1.0,
    Feature.PART: 0.625,
    Feature.STOP: -0.5,
    Feature.CAPITAL: 0.25,
    Feature.SECOND: -0.375,
    Feature.THIRD: 0.125,
    Feature.FURTHER: -0.25,
    Feature.COMPLETED: 0.5,
    Feature.CLOSED: 0.375,
    Feature.SUFFIX: 0.75,
    Feature.BURIED: -1.5,
    Feature.BURIED_VOWEL: -1.25,
    Feature.SECOND_VOWEL: -0.125,
    Feature.SHOUTED: 0.5,
    Feature.ACRONYM: 0.125,
    Feature.FROM_FIRST: 0.25,
    Feature.TO_LAST: -0.125,
    Feature.SKIPPED: -0.75,
    Feature.LEADING: -0.625,
    Feature.TRAILING: -0.5,
    Feature.PHRASES_BEFORE: -0.875,
    Feature.PHRASES_AFTER: -0.25,
}
"""Sums of eighths, which computers add without error."""


@pytest.fixture(scope="session")
def weights() -> Weights:
    return Weights({feature: VALUES.get(feature, 0.0) for feature in Feature})


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    words = ("abba", "able", "art", "artist", "bad", "cab", "cart", "spin", "spine", "spinet")
    return build_lexicon(words, np.linspace(3, 5, len(words), dtype=np.float32))
