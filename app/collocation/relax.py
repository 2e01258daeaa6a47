"""What to offer when nothing matches: the nearest queries that have an answer."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.collocation.engine import Engine
from app.collocation.facets import EVERYTHING, Facet
from app.collocation.query.lexer import lexemes
from app.collocation.query.syntax import Query, QueryError
from app.collocation.tokens import is_word

OFFERED: Final = 3
_SHORTEST_CORRECTED: Final = 4
"""Letters; too many words are one letter away from shorter ones."""


@dataclass(frozen=True)
class Relaxed:
    """A query near the one that found nothing, and the occurrences of what it finds."""

    query: str
    count: int


def relaxed(engine: Engine, query: Query, facet: Facet = EVERYTHING, limit: int = OFFERED) -> list[Relaxed]:
    """Return queries that differ in one word and find something, the nearest kind of change first.

    Tried are, in this order: another field or period, the right spelling, other forms of a word, similar words, any
    word, and leaving a word out. Of each kind the most frequent comes first.
    """
    if facet != EVERYTHING and (count := engine.search(query).total()):
        return [Relaxed(query.text, count)]
    found: list[Relaxed] = []
    for queries in _changes(engine, query.text):
        counted = [Relaxed(text, _count(engine, text, facet)) for text in dict.fromkeys(queries)]
        found += sorted((each for each in counted if each.count), key=lambda each: -each.count)
        if len(found) >= limit:
            break
    return found[:limit]


def _count(engine: Engine, text: str, facet: Facet) -> int:
    try:
        return engine.search(text).total(facet)
    except QueryError:
        return 0


def _changes(engine: Engine, text: str) -> Iterator[list[str]]:
    """Yield the changed queries of each kind."""
    words = [each for each in lexemes(text) if is_word(each.text)]

    def put(change: str) -> list[str]:
        return [" ".join(f"{text[: each.start]}{change.format(each.text)}{text[each.end :]}".split()) for each in words]

    yield [
        f"{text[: each.start]}{better}{text[each.end :]}"
        for each in words
        if engine.index.words.number(each.text) is None
        for better in corrections(engine, each.text)
    ]
    yield put("[[{}]]")
    yield put("~{}")
    yield put("_")
    yield [changed for changed in put("") if changed]


def corrections(engine: Engine, word: str, limit: int = OFFERED) -> list[str]:
    """Return the most frequent words of the index that are one letter away: missing, added, wrong, or swapped."""
    if len(word) < _SHORTEST_CORRECTED:
        return []
    numbers = {engine.index.words.number(each) for each in _one_away(word)}
    return [engine.index.words.text(number) for number in sorted(each for each in numbers if each is not None)[:limit]]


def _one_away(word: str) -> set[str]:
    """Return all strings at a Damerau-Levenshtein distance of 1."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = string.ascii_lowercase
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    missing = {left + right[1:] for left, right in cuts if right}
    wrong = {left + letter + right[1:] for left, right in cuts if right for letter in letters}
    added = {left + letter + right for left, right in cuts for letter in letters}
    return (swapped | missing | wrong | added) - {word}
