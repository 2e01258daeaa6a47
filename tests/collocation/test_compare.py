from __future__ import annotations

import math

import pytest

from app.collocation.compare import Verdict, around_difference, compare, log_likelihood, wilson
from app.collocation.engine import Engine
from app.core.errors import InputError
from app.core.i18n import set_language


def test_the_frequent_phrase_is_the_one_to_write(academic: Engine) -> None:
    # WHEN
    result = compare(academic, ["discuss about the", "discuss the"])

    # THEN
    first, second = result.candidates
    assert result.verdict is Verdict.FIRST
    assert (first.phrase, second.phrase) == ("discuss the", "discuss about the")
    assert result.sentence() == f"{first.count:,} to {second.count:,}: write “discuss the”."
    assert first.low < first.share < first.high
    assert result.log_likelihood > 1000


def test_the_verdict_is_in_the_user_s_language(academic: Engine) -> None:
    set_language("zh_CN")
    assert "应写“depend on”" in compare(academic, ["depend on", "depend of"]).sentence()


@pytest.mark.parametrize(
    ("phrases", "verdict"),
    [
        (["in the", "on the"], Verdict.BOTH),
        (["we show that", "we prove that"], Verdict.BOTH),
        (["purple xylophones", "green xylophones"], Verdict.TOO_RARE),
        (["[[depend]] on", "[[depend]] of"], Verdict.FIRST),
        (["research on", "researches on", "research about"], Verdict.FIRST),
    ],
)
def test_verdicts(academic: Engine, phrases: list[str], verdict: Verdict) -> None:
    assert compare(academic, phrases).verdict is verdict


@pytest.mark.parametrize("phrases", [[], ["a"], ["a", " a "], ["", " "]])
def test_one_phrase_cannot_be_compared(academic: Engine, phrases: list[str]) -> None:
    with pytest.raises(InputError, match="two different phrases"):
        compare(academic, phrases)


@pytest.mark.parametrize(
    ("phrases", "looked_up"),
    [
        (["a b", "a c"], ["a b", "a c"]),
        (["a b c d e f x", "a b c d e f y"], ["c d e f x", "c d e f y"]),
        (["x b c d e f", "y b c d e f"], ["x b c d e", "y b c d e"]),
        (["a b c x e f g", "a b c e f g"], ["b c x e f", "b c e f"]),
    ],
)  # fmt: skip
def test_long_phrases_are_cut_around_their_difference(phrases: list[str], looked_up: list[str]) -> None:
    assert around_difference(phrases) == looked_up


def test_phrases_that_differ_too_much_are_refused() -> None:
    with pytest.raises(InputError, match="differ in more than five"):
        around_difference(["a b c d e f g", "h i j k l m n"])


def test_intervals_are_those_of_wilson() -> None:
    # GIVEN the value that Wilson's formula has for 8 of 10, to four places
    low, high = wilson(8, 10)

    # WHEN / THEN
    assert (low, high) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(0, 50)[0] == 0.0
    assert wilson(50, 50)[1] == pytest.approx(1.0)


def test_log_likelihood_is_dunning_s() -> None:
    assert log_likelihood(10, 10) == 0
    assert log_likelihood(20, 0) == pytest.approx(2 * 20 * math.log(2))
