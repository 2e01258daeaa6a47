from __future__ import annotations

import pytest

from app.collocation.engine import Engine
from app.collocation.facets import Facet
from app.collocation.query.parser import parse
from app.collocation.relax import corrections, relaxed


@pytest.mark.parametrize("query", ["the rloe of", "sing attention to", "plays an importants role", "{seldom of role}"])
def test_what_is_offered_finds_something(academic: Engine, query: str) -> None:
    # GIVEN a query that finds nothing
    assert academic.search(query).total() == 0

    # WHEN
    found = relaxed(academic, parse(query))

    # THEN
    assert 1 <= len(found) <= 3
    assert all(each.count == academic.search(each.query).total() > 0 for each in found)


def test_spelling_is_corrected_first(academic: Engine) -> None:
    assert relaxed(academic, parse("an imporant role"))[0].query == "an important role"
    assert corrections(academic, "recieve")[0] == "receive"
    assert corrections(academic, "teh") == []


def test_another_facet_is_offered_when_there_it_is(academic: Engine) -> None:
    # GIVEN a phrase of the life sciences that textbooks do not have
    query = parse("dna was extracted from")
    assert academic.search(query).total(Facet("math")) == 0

    # WHEN / THEN
    assert [each.query for each in relaxed(academic, query, Facet("math"))] == ["dna was extracted from"]


def test_operators_of_the_query_are_kept(academic: Engine) -> None:
    # WHEN
    found = relaxed(academic, parse("qwxzy _ role"))

    # THEN
    assert [each.query for each in found] == ["_ _ role", "_ role"]


def test_a_single_unknown_word_leaves_any_word(academic: Engine) -> None:
    assert [each.query for each in relaxed(academic, parse("qwxzy"))] == ["_"]
