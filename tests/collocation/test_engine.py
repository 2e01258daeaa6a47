from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.collocation.engine import Engine
from app.collocation.facets import Facet
from tests.collocation.agreement import FACETS, QUERIES, assert_agreement
from tests.collocation.reference import Reference


@pytest.fixture(scope="session")
def reference(small: Engine) -> Reference:
    return Reference(small.index)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES, facet=st.sampled_from(FACETS))
def test_the_engine_and_the_reference_agree(small: Engine, reference: Reference, query: str, facet: Facet) -> None:
    assert_agreement(small, reference, query, facet)


def found(engine: Engine, query: str) -> set[str]:
    return {hit.text for hit in engine.search(query).answer(limit=1000).hits}


def test_a_class_is_that_of_the_slot_and_not_of_the_word(small: Engine) -> None:
    # GIVEN "results", a verb in other places, which the made-up texts only have as a noun
    assert found(small, "the n. of") >= {"the results of"}

    # WHEN / THEN
    assert not found(small, "the v. of") & {"the results of"}


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("role/method of", "role of | method of"),
        ("?the role of", "the role of | role of"),
        ("[the a] role of", "the role of | a role of | role of"),
        ("{role of}", "role of | of role"),
        ("role + the", "role _ the | role _ _ the | role _ _ _ the"),
        ("role * the", "role the | role _ the | role _ _ the | role _ _ _ the"),
        ("[[play]] _", "play _ | plays _ | played _"),
        ("depend$ on", "depend on | depends on"),
        ("role_of/method the", "role of the | method the"),
        ("#important role", "~important role"),
        ("n. of | noun. of", "nn. of"),
    ],
)
def test_operators_mean_what_they_stand_for(small: Engine, query: str, same: str) -> None:
    assert found(small, query) == found(small, same) != set()


def test_a_slot_that_was_asked_for_is_marked(small: Engine) -> None:
    # WHEN
    hit = small.search("the _ of/on the").answer().hits[0]

    # THEN
    assert [slot.is_open for slot in hit.slots] == [False, True, True, False]


def test_words_that_the_index_does_not_have_match_nothing(small: Engine) -> None:
    # WHEN
    answer = small.search("the unheard role").answer()

    # THEN
    assert (answer.hits, answer.total, answer.phrases) == ((), 0, 0)
