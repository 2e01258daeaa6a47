"""Classes of words that a tagger of five words cannot tell apart, but the words themselves can.

Traditional grammar, which writers look words up in, decides where tag sets do not: "when" and "than" join clauses,
"most of" has a pronoun, "such as" is a preposition.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from app.collocation.tags import WordClass

Tags = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint32]

JOINING: Final = frozenset({"when", "whenever", "whereas", "than", "although", "unless", "lest"})
"""Always conjunctions."""
QUANTIFIERS: Final = frozenset(
    {"most", "all", "both", "each", "some", "many", "few", "several", "any", "none", "neither"}
)
"""Pronouns before "of" and before verbs."""
COMPOUND: Final = (
    *(("according", "to"), ("ahead", "of"), ("apart", "from"), ("because", "of"), ("due", "to"), ("except", "for")),
    *(("instead", "of"), ("owing", "to"), ("prior", "to"), ("regardless", "of"), ("such", "as"), ("thanks", "to")),
)
"""Prepositions of two words; the first one is of another class elsewhere."""
INTERJECTIONS: Final = frozenset(
    {"ah", "alas", "aha", "bye", "goodbye", "hello", "hey", "hi", "huh", "hurray", "oh", "ok", "okay", "oops", "ouch"}
    | {"please", "thanks", "ugh", "uh", "um", "welcome", "wow", "yay", "yeah", "yep", "yes"}
)
"""Nothing else is one: letters that stand for something look like "o" to a tagger."""


def corrected(words: Words, tags: Tags, vocabulary: Sequence[str]) -> Tags:
    """Return the classes of n-grams, shape (rows, n), with those of closed classes put right."""
    result = tags.copy()
    result[_table(JOINING, vocabulary)[words]] = WordClass.CONJUNCTION
    result[(tags == WordClass.INTERJECTION) & ~_table(INTERJECTIONS, vocabulary)[words]] = WordClass.OTHER
    this, following, left = words[:, :-1], words[:, 1:], result[:, :-1]
    quantifier = _table(QUANTIFIERS, vocabulary)[this]
    before_verb = (tags[:, :-1] == WordClass.DETERMINER) & (tags[:, 1:] == WordClass.VERB)
    left[quantifier & (before_verb | _table({"of"}, vocabulary)[following])] = WordClass.PRONOUN
    for first, second in COMPOUND:
        left[_table({first}, vocabulary)[this] & _table({second}, vocabulary)[following]] = WordClass.PREPOSITION
    return result


def _table(chosen: frozenset[str] | set[str], vocabulary: Sequence[str]) -> npt.NDArray[np.bool_]:
    return np.array([word in chosen for word in vocabulary])
