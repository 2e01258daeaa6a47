from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.formula import symbols
from app.formula.decode import Guess, Reading
from app.formula.doubts import written
from app.formula.engine import Doubt
from app.formula.grammar import Grammar, State
from app.formula.latex_text import closed, to_latex
from app.formula.vocabulary import EOS, Vocabulary

VOCABULARY = Vocabulary(symbols.TOKENS)
GRAMMAR = Grammar(VOCABULARY)


def reading(tokens: list[str], doubted: int, other: str, other_chance: float = 0.3) -> Reading:
    """Tokens that are sure but for one, which might be `other`."""
    guesses = [Guess(0.95, EOS, 0.01) for _ in tokens]
    guesses[doubted] = Guess(0.4, VOCABULARY.ids([other])[0], other_chance)
    return Reading(VOCABULARY.ids(tokens), -1.0, guesses)


def only_doubt(tokens: str, doubted: int, other: str) -> tuple[str, str, str]:
    """The LaTeX, what of it is in doubt, and how it reads with the other token."""
    found = written(reading(tokens.split(), doubted, other), VOCABULARY)
    (doubt,) = found.doubts
    return found.latex, found.latex[doubt.start : doubt.end], mended(found.latex, doubt)


def mended(latex: str, doubt: Doubt) -> str:
    return latex[: doubt.start] + doubt.instead + latex[doubt.end :]


@pytest.mark.parametrize(
    ("tokens", "doubted", "other", "latex", "shown", "then"),
    [
        ("n + 1", 0, "m", "n+1", "n", "m+1"),
        ("x y", 0, r"\beta", "xy", "x", r"\beta y"),
        (r"\alpha x", 1, r"\beta", r"\alpha x", "x", r"\alpha \beta"),
        (r"\alpha \beta", 1, "b", r"\alpha\beta", r"\beta", r"\alpha b"),
        (r"\alpha x", 0, "a", r"\alpha x", r"\alpha", "a x"),
        ("x _ { i } y", 3, "j", "x_i y", "_i", "x_j y"),
        ("x _ { i }", 3, r"\alpha", "x_i", "_i", r"x_{\alpha}"),
        (r"x ^ { \prime }", 3, "1", "x'", "'", "x^1"),
        ("x _ { i }", 1, "^", "x_i", "_i", "x^i"),
        (r"\bar { x }", 0, r"\tilde", r"\bar{x}", r"\bar", r"\tilde{x}"),
        (r"\left ( x \right )", 1, "[", r"\left(x\right)", "(", r"\left[x\right)"),
    ],
)
def test_a_doubt_names_its_place_and_what_may_be_there(
    tokens: str, doubted: int, other: str, latex: str, shown: str, then: str
) -> None:
    assert only_doubt(tokens, doubted, other) == (latex, shown, then)


@pytest.mark.parametrize(
    ("tokens", "doubted", "other", "other_chance"),
    [
        ("x + y", 1, r"\frac", 0.3),  # wants arguments that are not there
        (r"\frac { a } { b }", 0, r"\bar", 0.3),  # leaves one over
        ("x + y", 1, "-", 0.02),  # hardly likely
    ],
)
def test_nothing_is_offered_that_does_not_fit_or_is_not_likely(
    tokens: str, doubted: int, other: str, other_chance: float
) -> None:
    (doubt,) = written(reading(tokens.split(), doubted, other, other_chance), VOCABULARY).doubts
    assert doubt.instead == ""


def test_where_something_may_be_missing_is_a_doubt() -> None:
    found = written(reading(["x", "^", "{", "2", "}"], 4, "i"), VOCABULARY)
    (doubt,) = found.doubts
    assert (found.latex[doubt.start : doubt.end], doubt.instead) == ("^2", "")


def test_what_is_sure_and_opening_braces_are_no_doubts() -> None:
    tokens = ["x", "^", "{", "2", "}"]
    sure = Reading(VOCABULARY.ids(tokens), -1.0, [Guess(0.9, EOS, 0.05)] * 5)
    assert written(sure, VOCABULARY).doubts == ()
    assert written(reading(tokens, 2, "}"), VOCABULARY).doubts == ()


def test_a_reading_that_was_cut_has_its_doubts_all_the_same() -> None:
    # GIVEN a fraction without its end, doubted in the middle
    found = written(reading([r"\frac", r"{", r"a", r"}", r"{", r"b"], 2, "c"), VOCABULARY)
    # THEN it is closed and doubted
    assert found.latex == r"\frac{a}{b}"
    assert mended(found.latex, found.doubts[0]) == r"\frac{c}{b}"


def symbols_of(latex: str) -> list[str]:
    return re.findall(r"\\[A-Za-z]+|\\.|\S", latex)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 30))
def test_whatever_is_offered_reads_as_the_other_token(seed: int, length: int) -> None:
    # GIVEN any formula, and at any place of it any other token that could come there
    random = np.random.default_rng(seed)
    states, tokens = [State()], list[str]()
    for _ in range(length):
        number = int(random.choice(np.flatnonzero(GRAMMAR.allowed(states[-1]))))
        if number == EOS:
            break
        tokens.append(VOCABULARY[number])
        states.append(states[-1].after(tokens[-1]))
    tokens = closed(tokens)
    assume(tokens)
    place = int(random.integers(min(len(tokens), len(states))))
    numbers = np.flatnonzero(GRAMMAR.allowed(states[place]))
    other = VOCABULARY[int(random.choice(numbers[numbers != EOS]))]
    # WHEN
    found = written(reading(tokens, place, other), VOCABULARY)
    # THEN what is offered is the formula with that token, and nothing else has changed
    for doubt in found.doubts:
        assert found.latex[doubt.start : doubt.end].strip()
        if doubt.instead:
            changed = to_latex([*tokens[:place], other, *tokens[place + 1 :]])
            assert symbols_of(mended(found.latex, doubt)) == symbols_of(changed)
