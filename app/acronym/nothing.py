"""Why there are no names: which option stands in the way, found by leaving out one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from app.acronym.alphabet import fold
from app.acronym.lattice import Reach
from app.acronym.limits import LEAST_LETTERS, MOST_LETTERS
from app.acronym.query import ALL_KINDS, Query
from app.acronym.search import search
from app.acronym.title import parse_title
from app.core.i18n import tr

LEAST_TITLE: Final = 2
"""Letters that a title has at least if there is anything to find in it."""


def why_nothing(query: Query) -> str:
    """Return why a query has no names, and what to change. Raises `InputError` as `search` does."""
    title = parse_title(query.title)
    if title.size < LEAST_TITLE:
        return tr("The title has one letter. Names need a few words.")
    required = sum(slot.is_required for slot in title.slots)
    if required > query.longest:
        return tr(
            "{count} words must give a letter, and names have at most {most}. Take some of the [ ] away.",
            count=required,
            most=query.longest,
        )
    for without, text in _relaxed(query):
        if without != query and (total := search(without, most=1).total):
            return tr("No name fits all options. {change} there would be {count}.", change=text, count=total)
    missing = sorted(set(fold("".join((query.begins, query.contains, query.pattern)))) - set(fold(query.title)))
    if missing:
        letters = ", ".join(letter.upper() for letter in missing)
        return tr("The title has no {letters}, which the name must have.", letters=letters)
    return tr("No name fits the options. Allow other lengths, or take some of the marks out of the title.")


def _relaxed(query: Query) -> Iterator[tuple[Query, str]]:
    """Yield the query without each of its options, with what that is called."""
    yield replace(query, pattern=""), tr("Without the pattern")
    yield replace(query, contains=""), tr("Without the part that it must contain")
    yield replace(query, begins=""), tr("Without the beginning")
    yield replace(query, shortest=LEAST_LETTERS, longest=MOST_LETTERS), tr("With every length")
    yield replace(query, most_buried=None), tr("With any number of buried letters")
    yield replace(query, reach=Reach.ANYWHERE), tr("With letters from anywhere in the words")
    yield replace(query, kinds=ALL_KINDS), tr("With every kind of name")
    yield replace(query, offensive=True), tr("With names that may offend")
    marked = query.title.replace("[", "").replace("]", "").replace("~", " ")
    yield replace(query, title=marked), tr("Without the marks in the title")
