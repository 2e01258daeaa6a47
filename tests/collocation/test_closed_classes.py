from __future__ import annotations

import numpy as np
import pytest

from app.collocation.build.closed_classes import corrected
from app.collocation.tags import WordClass

NOUN, VERB, ADJECTIVE, ADVERB = WordClass.NOUN, WordClass.VERB, WordClass.ADJECTIVE, WordClass.ADVERB
PREPOSITION, DETERMINER, PRONOUN = WordClass.PREPOSITION, WordClass.DETERMINER, WordClass.PRONOUN
CONJUNCTION, INTERJECTION, OTHER = WordClass.CONJUNCTION, WordClass.INTERJECTION, WordClass.OTHER


@pytest.mark.parametrize(
    ("phrase", "told", "expected"),
    [
        ("stable when", [ADJECTIVE, ADVERB], [ADJECTIVE, CONJUNCTION]),
        ("than in", [PREPOSITION, PREPOSITION], [CONJUNCTION, PREPOSITION]),
        ("most of", [ADJECTIVE, PREPOSITION], [PRONOUN, PREPOSITION]),
        ("most methods", [ADJECTIVE, NOUN], [ADJECTIVE, NOUN]),
        ("all exhibit", [DETERMINER, VERB], [PRONOUN, VERB]),
        ("all methods", [DETERMINER, NOUN], [DETERMINER, NOUN]),
        ("such as", [ADJECTIVE, PREPOSITION], [PREPOSITION, PREPOSITION]),
        ("such a", [DETERMINER, DETERMINER], [DETERMINER, DETERMINER]),
        ("according to", [VERB, PREPOSITION], [PREPOSITION, PREPOSITION]),
        ("o yes", [INTERJECTION, INTERJECTION], [OTHER, INTERJECTION]),
        ("play", [VERB], [VERB]),
    ],
)
def test_closed_classes_are_put_right(phrase: str, told: list[WordClass], expected: list[WordClass]) -> None:
    # GIVEN a phrase with the classes that a tagger told
    vocabulary = phrase.split()
    words = np.arange(len(vocabulary), dtype=np.uint32)[None, :]

    # WHEN / THEN
    assert corrected(words, np.array([told], dtype=np.uint8), vocabulary).tolist() == [expected]
