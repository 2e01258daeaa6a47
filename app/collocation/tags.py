"""Word classes: how they are written in a query and the four bits that an index keeps of them."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from app.core.i18n import mark


class WordClass(IntEnum):
    """The class of one word in its context. The values are part of the index format."""

    OTHER = 0
    NOUN = 1
    VERB = 2
    ADJECTIVE = 3
    ADVERB = 4
    PREPOSITION = 5
    DETERMINER = 6
    CONJUNCTION = 7
    PRONOUN = 8
    INTERJECTION = 9


TAG_BITS: Final = 4
TAG_MASK: Final = (1 << TAG_BITS) - 1
CLASS_COUNT: Final = len(WordClass)

CLASS_NAMES: Final = {
    WordClass.VERB: ("v.", "verb.", "vb."),
    WordClass.NOUN: ("n.", "noun.", "nn."),
    WordClass.ADJECTIVE: ("adj.", "a.", "adjective.", "jj."),
    WordClass.ADVERB: ("adv.", "r.", "adverb.", "rb."),
    WordClass.PREPOSITION: ("prep.", "p.", "preposition."),
    WordClass.DETERMINER: ("det.", "d.", "determiner."),
    WordClass.CONJUNCTION: ("conj.", "c.", "conjunction."),
    WordClass.PRONOUN: ("pron.", "pronoun."),
    WordClass.INTERJECTION: ("interj.", "i.", "interjection."),
}
"""How each class may be written; the first is the usual way, which Linggle uses, too."""

CLASS_TITLES: Final = {
    WordClass.VERB: mark("verb"),
    WordClass.NOUN: mark("noun"),
    WordClass.ADJECTIVE: mark("adjective"),
    WordClass.ADVERB: mark("adverb"),
    WordClass.PREPOSITION: mark("preposition"),
    WordClass.DETERMINER: mark("article or determiner"),
    WordClass.CONJUNCTION: mark("conjunction"),
    WordClass.PRONOUN: mark("pronoun"),
    WordClass.INTERJECTION: mark("interjection"),
    WordClass.OTHER: mark("other word"),
}

CLASS_BY_NAME: Final = {name: each for each, names in CLASS_NAMES.items() for name in names}
