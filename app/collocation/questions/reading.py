"""What questions have in common in all languages: the answers that their patterns lead to.

The groups of a pattern: `class` names a word class, `words` what the question is about, `first` and `second` two such
words, `phrase` the phrase that `words` stand in, `phrases` what is compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.collocation.tags import CLASS_NAMES, WordClass


@dataclass(frozen=True)
class Reading:
    """What a question asks: one query, or phrases to compare."""

    query: str = ""
    compared: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """Questions of one form and the query that answers them."""

    pattern: re.Pattern[str]
    answer: Callable[[re.Match[str]], Reading]


_CLASSES: Final = {
    WordClass.VERB: r"verbs?|动词",
    WordClass.NOUN: r"nouns?|名词",
    WordClass.ADJECTIVE: r"adjectives?|形容词",
    WordClass.ADVERB: r"adverbs?|副词",
    WordClass.PREPOSITION: r"prepositions?|介词",
    WordClass.DETERMINER: r"articles?|determiners?|冠词|限定词",
    WordClass.CONJUNCTION: r"conjunctions?|连词",
    WordClass.PRONOUN: r"pronouns?|代词",
}
CLASS_GROUP: Final = rf"(?P<class>{'|'.join(_CLASSES.values())})"
_QUOTES: Final = "\"'“”‘’「」『』` ,，、"
_LEADING: Final = frozenset({WordClass.ADJECTIVE, WordClass.ADVERB, WordClass.DETERMINER})
"""Classes that stand before the word they go with when a question does not say where."""


def _words(found: re.Match[str], group: str = "words") -> str:
    return found[group].strip(_QUOTES)


def _class(found: re.Match[str]) -> WordClass:
    return next(each for each, names in _CLASSES.items() if re.fullmatch(names, found["class"], re.IGNORECASE))


def _written(found: re.Match[str]) -> str:
    return CLASS_NAMES[_class(found)][0]


def preceding(found: re.Match[str]) -> Reading:
    """Answer "adjectives before role"."""
    return Reading(f"{_written(found)} {_words(found)}")


def following(found: re.Match[str]) -> Reading:
    """Answer "preposition after consistent"."""
    return Reading(f"{_words(found)} {_written(found)}")


def going_with(found: re.Match[str]) -> Reading:
    """Answer "verb with attention": the class stands on its usual side, a verb with or without an article between."""
    if _class(found) is WordClass.VERB:
        return Reading(f"v. ?det. {_words(found)}")
    return preceding(found) if _class(found) in _LEADING else following(found)


def anything_before(found: re.Match[str]) -> Reading:
    """Answer "what comes before role"."""
    return Reading(f"_ {_words(found)}")


def anything_after(found: re.Match[str]) -> Reading:
    """Answer "what comes after consistent"."""
    return Reading(f"{_words(found)} _")


def between(found: re.Match[str]) -> Reading:
    """Answer "what stands between plays and role"; a class, if one is asked for, stands there."""
    return Reading(f"{_words(found, 'first')} {_written(found) if found['class'] else '*'} {_words(found, 'second')}")


def similar(found: re.Match[str]) -> Reading:
    """Answer "another word for important in important role"."""
    word = _words(found)
    phrase = _words(found, "phrase") if found["phrase"] else word
    return Reading(re.sub(rf"\b{re.escape(word)}\b", f"~{word}", phrase, count=1, flags=re.IGNORECASE))


def alternatives(found: re.Match[str]) -> Reading:
    """Answer "which is right, A or B"."""
    parts = re.split(r"\s*(?:,|，|、|还是|或者|或|和|与|跟|\bor\b|\bversus\b|\bvs\b\.?)\s*", found["phrases"])
    return Reading(compared=tuple(part.strip(_QUOTES) for part in parts if part.strip(_QUOTES)))
