from __future__ import annotations

import math

import numpy as np
import pytest

from app.collocation.engine import Engine
from app.collocation.facets import Facet
from app.collocation.measures import MEASURES, Frequencies
from app.core.errors import InputError

GIVEN = Frequencies(
    phrase=np.array([100.0, 10.0]),
    words=[np.array([1000.0, 20.0]), np.array([500.0, 10.0])],
    is_open=[np.array([False, False]), np.array([True, True])],
    size=1_000_000,
)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("count", [100, 10]),
        ("share", [0.2, 1.0]),
        ("logdice", [14 + math.log2(200 / 1500), 14 + math.log2(20 / 30)]),
        ("tscore", [(100 - 0.5) / 10, (10 - 0.0002) / math.sqrt(10)]),
        ("mi", [math.log2(100 / 0.5), math.log2(10 / 0.0002)]),
    ],
)
def test_measures_are_what_their_formulas_say(measure: str, expected: list[float]) -> None:
    assert MEASURES[measure].of(GIVEN) == pytest.approx(expected)


def test_logdice_of_words_that_only_occur_together_is_14() -> None:
    # GIVEN a phrase of three words that occur nowhere else
    always = Frequencies(np.array([7.0]), [np.array([7.0])] * 3, [np.array([True])] * 3, 1000)

    # WHEN / THEN
    assert MEASURES["logdice"].of(always) == pytest.approx([14])


@pytest.mark.parametrize("measure", MEASURES)
def test_answers_are_ranked_by_their_measure(small: Engine, measure: str) -> None:
    # WHEN
    answer = small.search("the _ *").answer(Facet("cs"), measure, limit=30)

    # THEN
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, reverse=True)
    assert len(answer.hits) == 30


def test_facets_add_up_without_another_search(small: Engine) -> None:
    # GIVEN
    matches = small.search("the _ of")

    # WHEN / THEN
    fields, periods = matches.totals_of_fields(), matches.totals_of_periods()
    assert sum(fields.values()) == sum(periods.values()) == matches.total() == matches.answer().total
    assert fields["life"] == matches.answer(Facet("life")).total
    assert matches.totals_of_periods("cs") == {
        period: matches.answer(Facet("cs", period)).total for period in ("to2022", "from2023")
    }


def test_percent_is_of_all_matches_and_not_of_those_shown(small: Engine) -> None:
    # WHEN
    answer = small.search("the _ _").answer(limit=5)

    # THEN
    assert answer.phrases > 5
    assert answer.hits[0].percent == pytest.approx(100 * answer.hits[0].count / answer.total)
    assert sum(hit.percent for hit in answer.hits) < 100


def test_a_trend_compares_only_fields_with_both_periods(small: Engine) -> None:
    # GIVEN a phrase and its counts in computer science, the only field with both periods
    hit = small.search("the role of").answer().hits[0]
    sizes = {period: small.index.size(Facet("cs", period)) for period in ("to2022", "from2023")}
    counts = small.search("the role of").totals_of_periods("cs")

    # WHEN / THEN
    assert hit.trend.to_2022 == pytest.approx(1e6 * counts["to2022"] / sizes["to2022"])
    assert hit.trend.from_2023 == pytest.approx(1e6 * counts["from2023"] / sizes["from2023"])
    assert not hit.trend.is_recent


def test_a_field_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(InputError, match=r"no field called biology.*life"):
        Facet("biology")
    with pytest.raises(InputError, match=r"no period called 1990.*to2022"):
        Facet(period="1990")
