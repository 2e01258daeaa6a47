"""Engine and reference on the same random queries."""

from __future__ import annotations

import itertools

import pytest

from app.collocation.engine import Engine
from app.collocation.facets import Facet
from app.collocation.query.syntax import QueryError
from tests.collocation.queries import queries
from tests.collocation.reference import Reference
from tests.collocation.writing import ADJECTIVES, NOUNS, PREPOSITIONS, VERBS

FACETS = [Facet(field, period) for field, period in itertools.product(("", "cs", "life"), ("", "to2022", "from2023"))]
QUERIES = queries([*VERBS, *NOUNS, *ADJECTIVES, *PREPOSITIONS, "the", "unheard"])


def assert_agreement(engine: Engine, reference: Reference, query: str, facet: Facet) -> None:
    """Fail unless both find the same phrases with the same counts, or refuse the query."""
    # GIVEN a query that can be understood
    try:
        expected = reference.search(query, facet)
    except QueryError:
        with pytest.raises(QueryError):
            engine.search(query)
        return

    # WHEN
    answer = engine.search(query).answer(facet, limit=10**6)

    # THEN the phrases, their counts and their order are those of the slow way
    assert {hit.text: hit.count for hit in answer.hits} == expected
    assert answer.total == sum(expected.values())
    assert [hit.count for hit in answer.hits] == sorted(expected.values(), reverse=True)
    assert sum(hit.percent for hit in answer.hits) == pytest.approx(100 if expected else 0)
