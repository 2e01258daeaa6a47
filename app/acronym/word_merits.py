"""What words are worth whatever the title is: frequency, dictionary, inflection; one row of features for each word."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from app.acronym.features import FREQUENCIES, OF_WORDS, Feature
from app.acronym.gloss import has_gloss
from app.acronym.lexicon import load_lexicon
from app.acronym.limits import LANGUAGES
from app.acronym.path import Floats

LEAST_BAND: Final = 2
"""Zipf frequency where the second of the bands begins; each is one unit wide."""


@lru_cache(maxsize=len(LANGUAGES))
def word_merits(language: str) -> Floats:
    """Return the features `OF_WORDS` of all words of a lexicon, shape (words, features)."""
    lexicon = load_lexicon(language)
    known = lexicon.known
    merits = np.zeros((len(lexicon.words), len(OF_WORDS)), dtype=np.float32)
    band = np.clip(np.floor(lexicon.zipf) - LEAST_BAND + 1, 0, len(FREQUENCIES) - 1).astype(int)
    merits[np.arange(len(band)), band] = 1
    if language == "en":
        columns = {
            Feature.EXPLAINED: [has_gloss(word) for word in lexicon.words],
            Feature.PLURAL: [word[-1] == "s" and word[-2] != "s" and word[:-1] in known for word in lexicon.words],
            Feature.INFLECTED: [_is_inflected(word, known) for word in lexicon.words],
        }
        for feature, column in columns.items():
            merits[:, OF_WORDS.index(feature)] = column
    return merits


def merits_of_word(language: str, place: int) -> dict[Feature, float]:
    """Return the features `OF_WORDS` of one word by its place in the lexicon."""
    return dict(zip(OF_WORDS, word_merits(language)[place].tolist(), strict=True))


def _is_inflected(word: str, known: frozenset[str]) -> bool:
    if word.endswith("ing"):
        return word[:-3] in known or f"{word[:-3]}e" in known
    return word.endswith("ed") and (word[:-2] in known or word[:-1] in known)
