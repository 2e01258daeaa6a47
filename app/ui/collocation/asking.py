"""What a text in the box asks and the answer to it: all that is done off the window's thread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.collocation.compare import Comparison, compare
from app.collocation.engine import Engine
from app.collocation.facets import EVERYTHING, FIELDS, PERIODS, Facet
from app.collocation.matches import Answer, Hit, Matches, Slot, Trend
from app.collocation.query.syntax import LONGEST
from app.collocation.questions import Reading, read_question
from app.collocation.relax import Relaxed, relaxed
from app.collocation.scan import LONGEST_TEXT, Finding, scan
from app.collocation.tags import CLASS_BY_NAME, WordClass
from app.collocation.tokens import runs

_CHOICE: Final = re.compile(r"\S\s+(?:or|vs\.?|versus)\s+\S.*\?\s*$", re.IGNORECASE)
"""Two phrases with a question mark; a query never ends like this."""
_OPERATOR: Final = re.compile(r"[_*+~#$/|{}\[\]]|(?<!\S)\?\S")
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_LEAST_SENTENCE: Final = 3
"""Words before a full stop that make a sentence."""


@dataclass(frozen=True)
class Wish:
    """What the user wants to see: the text of the box, what is counted, the order, and the pinned phrases."""

    text: str
    facet: Facet = EVERYTHING
    measure: str = "count"
    pins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """The phrases of a query; `query` is what was looked up, `pinned` the pinned phrases that are not among them."""

    wish: Wish
    query: str
    matches: Matches
    answer: Answer
    pinned: tuple[Hit, ...]


@dataclass(frozen=True)
class Compared:
    """Which of some phrases is the one to write."""

    wish: Wish
    comparison: Comparison
    hits: dict[str, Hit]
    """What is known of each of them."""


@dataclass(frozen=True)
class Scanned:
    """What is rare in a sentence."""

    wish: Wish
    findings: tuple[Finding, ...]


Outcome = Found | Compared | Scanned


@dataclass(frozen=True)
class Totals:
    """Occurrences of all matches by field, in the period of the wish, and by period, in its field."""

    fields: dict[str, int]
    periods: dict[str, int]


def has_operators(text: str) -> bool:
    """Tell whether a text is written in the query language, and not only of words."""
    return bool(_OPERATOR.search(text)) or any(word.lower() in CLASS_BY_NAME for word in text.split())


def is_sentence(text: str) -> bool:
    """Tell whether a text is a piece of writing to be read, and not a query: longer, or with an end of a sentence."""
    if has_operators(text) or _CHINESE.search(text):
        return False
    words = sum(len(run) for run in runs(text[:LONGEST_TEXT]))
    return words > LONGEST or (words >= _LEAST_SENTENCE and text.rstrip().endswith((".", "!")))


def read(text: str) -> Reading | None:
    """Return what a question in the box asks, also the short form "A or B?"; None for a query or a sentence."""
    reading = read_question(text)
    if reading is None and _CHOICE.search(text) and not has_operators(text):
        return read_question(f"which is right, {text}")
    return reading


def ask(engine: Engine, wish: Wish) -> Outcome:
    """Answer a wish. Raises `InputError`, of which `QueryError` says where."""
    reading = read(wish.text)
    if reading is not None and reading.compared:
        comparison = compare(engine, reading.compared, wish.facet)
        hits = {each.phrase: _counted(engine, each.looked_up, wish) for each in comparison.candidates}
        return Compared(wish, comparison, hits)
    if reading is None and is_sentence(wish.text):
        return Scanned(wish, tuple(scan(engine, wish.text[:LONGEST_TEXT], wish.facet)))
    query = reading.query if reading is not None else wish.text
    return ranked(engine, wish, query, engine.search(query))


def ranked(engine: Engine, wish: Wish, query: str, matches: Matches) -> Found:
    """Return what a query has found, counted and ordered as wished; nothing is searched again but the pins."""
    answer = matches.answer(wish.facet, wish.measure)
    shown = {hit.text for hit in answer.hits}
    pinned = tuple(_counted(engine, pin, wish) for pin in wish.pins if pin not in shown)
    return Found(wish, query, matches, answer, pinned)


def totals(found: Found) -> Totals:
    """Count the matches of a query in every field and period."""
    facet = found.wish.facet
    return Totals(found.matches.totals_of_fields(facet.period), found.matches.totals_of_periods(facet.field))


@dataclass(frozen=True)
class Offer:
    """A text to look up instead, how often it occurs, and the facet to look in."""

    text: str
    count: int
    facet: Facet
    is_same_query: bool = False
    """Whether only the facet is another one."""


@dataclass(frozen=True)
class Offers:
    """What is offered beside an answer: nearest queries when there is none, more usual phrases when there is one."""

    nothing_found: bool
    rows: tuple[Offer, ...]


def offers(engine: Engine, found: Found) -> Offers:
    """Return what to look up instead: the nearest queries of an empty answer, better phrases than a rare one."""
    facet = found.wish.facet
    if not found.answer.hits:
        nearest = [_elsewhere(each, found) for each in relaxed(engine, found.answer.query, facet)]
        return Offers(nothing_found=True, rows=(*_as_choice(engine, found), *nearest))
    if has_operators(found.query):
        return Offers(nothing_found=False, rows=())
    findings = scan(engine, found.query, facet)
    better = [each for finding in findings for each in finding.better]
    return Offers(nothing_found=False, rows=tuple(Offer(each.text, each.count, facet) for each in better))


def _as_choice(engine: Engine, found: Found) -> Iterator[Offer]:
    """Yield the comparison that "A or B" asks for, with the question mark that tells it from a query."""
    text = f"{found.wish.text.rstrip()}?"
    reading = read(text)
    if reading is not None and reading.compared:
        count = sum(each.count for each in compare(engine, reading.compared, found.wish.facet).candidates)
        if count:
            yield Offer(text, count, found.wish.facet)


def _elsewhere(near: Relaxed, found: Found) -> Offer:
    """Return an offer; the same query again is meant in all fields and periods."""
    is_same = near.query == found.answer.query.text
    return Offer(near.query, near.count, EVERYTHING if is_same else found.wish.facet, is_same)


def _counted(engine: Engine, phrase: str, wish: Wish) -> Hit:
    """Return a phrase with its count in the facet, 0 included."""
    hits = engine.search(phrase).answer(wish.facet, wish.measure, limit=1).hits
    if hits:
        return hits[0]
    words = tuple(Slot(word, WordClass.OTHER, is_open=False) for word in phrase.split())
    return Hit(words, 0, 0.0, 0.0, Trend(0.0, 0.0))


def facets_of(engine: Engine) -> tuple[Sequence[str], Sequence[str]]:
    """Return the fields and the periods that an index tells apart, in the order of `FIELDS` and `PERIODS`."""
    fields, periods = engine.index.fields(), engine.index.periods()
    return [each for each in FIELDS if each in fields], [each for each in PERIODS if each in periods]
