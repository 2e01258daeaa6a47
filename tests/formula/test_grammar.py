from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.formula import symbols
from app.formula.decode import Floats, Integers, beam_search, cut_repetition
from app.formula.grammar import Grammar, State
from app.formula.latex_text import closed, to_latex
from app.formula.mathml_commands import to_mathml
from app.formula.tex_scan import TexError
from app.formula.vocabulary import EOS, PAD, Vocabulary

VOCABULARY = Vocabulary(symbols.TOKENS)
GRAMMAR = Grammar(VOCABULARY)
DIFFICULT = np.array(
    VOCABULARY.ids(
        (*symbols.STRUCTURE, *symbols.ONE, *symbols.TWO, *symbols.SIZES, *symbols.BOUNDS, *symbols.LIMITS, symbols.ROOT,
         r"\not", r"\hline", "[", "]", "*", "'", r"\|", "(", "1", "x", r"\alpha", r"\prime")
    )
)  # fmt: skip
"""Tokens that open, close or want something."""


def walk(seed: int, length: int) -> list[str]:
    """Any tokens that the grammar allows one after the other, most of them difficult ones."""
    random = np.random.default_rng(seed)
    state, tokens = State(), list[str]()
    for _ in range(length):
        allowed = GRAMMAR.allowed(state)
        likely = DIFFICULT[allowed[DIFFICULT]] if random.random() < 0.7 else []
        number = int(random.choice(likely if len(likely) else np.flatnonzero(allowed)))
        if number == EOS:
            break
        tokens.append(VOCABULARY[number])
        state = state.after(tokens[-1])
    return tokens


def is_allowed(tokens: list[str]) -> bool:
    """Whether the grammar takes these tokens as a whole formula."""
    state = State()
    for number in VOCABULARY.ids(tokens):
        if not GRAMMAR.allowed(state)[number]:
            return False
        state = state.after(VOCABULARY[number])
    return bool(GRAMMAR.allowed(state)[EOS])


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 40))
def test_whatever_is_allowed_can_be_read_as_latex_wherever_it_is_cut(seed: int, length: int) -> None:
    # GIVEN
    tokens = walk(seed, length)

    # WHEN
    latex = to_latex(tokens)

    # THEN
    assert is_allowed(closed(tokens))
    to_mathml(latex)
    assert is_balanced(latex), latex


def is_balanced(latex: str) -> bool:
    """Braces and environments match as TeX counts them; an independent and simple count."""
    plain = latex.replace(r"\\", "  ").replace(r"\{", "").replace(r"\}", "")
    depth = 0
    for character in plain:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return False
    opened, closed_again = (len(re.findall(rf"\\{word}(?![a-z])", plain)) for word in ("left", "right"))
    return depth == 0 and opened == closed_again and plain.count(r"\begin{") == plain.count(r"\end{")


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 4), st.integers(1, 20))
def test_a_decoder_that_says_anything_gives_well_formed_answers(seed: int, width: int, longest: int) -> None:
    # GIVEN a network whose logits are noise, in favour of what opens and closes
    random = np.random.default_rng(seed)

    def step(tokens: Integers, _position: int, _parents: Integers) -> Floats:
        logits = random.normal(0, 3, (len(tokens), len(VOCABULARY)))
        logits[:, DIFFICULT] += 4
        logits[:, PAD] += 50
        return logits.astype(np.float32)

    # WHEN
    found = beam_search(step, GRAMMAR, 3, width=width, longest=longest, most=3)

    # THEN
    assert len(found) == 3
    for reading in (each for readings in found for each in readings):
        latex = to_latex(VOCABULARY.tokens(reading.tokens))
        to_mathml(latex)
        assert is_balanced(latex), latex


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 25), st.integers(1, 12))
def test_what_is_left_of_a_repetition_can_be_read(seed: int, length: int, times: int) -> None:
    # GIVEN a reading that is cut at any place and whose end may repeat
    tokens = walk(seed, length)
    state = State()
    for token in tokens:
        state = state.after(token)
    if not state.wants and GRAMMAR.allowed(state)[VOCABULARY.ids(["x"])[0]]:
        tokens += ["x", "+"] * times * 5

    # WHEN / THEN
    to_mathml(to_latex(VOCABULARY.tokens(cut_repetition(VOCABULARY.ids(tokens)))))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 30))
def test_short_spelling_means_the_same_as_the_tokens(seed: int, length: int) -> None:
    # GIVEN the tokens written out with a space between any two, where a space means nothing
    tokens = closed(walk(seed, length))
    if not {r"\text", r"\operatorname", r"\operatorname*"}.isdisjoint(tokens):
        return
    written = " ".join(tokens)
    for eaten in (r"\\", r"\hline"):
        written = written.replace(f"{eaten} [", f"{eaten} {{}}[").replace(f"{eaten} *", f"{eaten} {{}}*")

    # WHEN / THEN
    assert texts(to_latex(tokens)) == texts(written)


def texts(latex: str) -> list[str]:
    return [element.text for element in to_mathml(latex).iter() if element.text and element.text.strip()]


@pytest.mark.parametrize("token", [token for token in symbols.TOKENS[4:] if token.startswith("\\")])
def test_the_preview_knows_every_word_of_the_model(token: str) -> None:
    # GIVEN the shortest formula with the token in it
    state = State()
    if GRAMMAR.allowed(state)[VOCABULARY.ids([token])[0]]:
        tokens = [token]
    else:
        tokens = {
            r"\\": [r"\begin{matrix}", r"\\"],
            r"\hline": [r"\begin{array}", "{", "c", "}", r"\hline"],
            r"\middle": [r"\left", "(", r"\middle", "|"],
            r"\right": [r"\left", "(", r"\right", "|"],
        }.get(token, [token.replace("end", "begin"), *(["{", "c", "}"] if "array" in token else []), token])
    for each in tokens:
        state = state.after(each)
    while state.wants and tokens:
        more = {"{": ["{", "x", "}"], "[": ["{", "x", "}"], "delimiter": ["("], "symbol": ["="]}[state.wants]
        if tokens[-1] == r"\begin{array}":
            more = ["{", "c", "}"]
        for each in more:
            state = state.after(each)
        tokens += more

    # WHEN / THEN
    to_mathml(to_latex(tokens))


@pytest.mark.parametrize(
    ("tokens", "latex"),
    [
        (r"\frac { a } { b }", r"\frac{a}{b}"),
        (r"x ^ { 2 } _ { i }", "x^2_i"),
        (r"x _ { i } y _ { i } ^ { 2 } 3", "x_i y_i^2 3"),
        (r"x ^ { \prime }", "x'"),
        (r"f _ { 1 } ^ { \prime \prime \prime }", "f_1'''"),
        (r"f ^ { \prime \prime 2 }", r"f^{\prime\prime 2}"),
        (r"f ^ { \prime \prime \prime \prime \prime }", r"f^{\prime\prime\prime\prime\prime}"),
        (r"\alpha x", r"\alpha x"),
        (r"\alpha \beta", r"\alpha\beta"),
        (r"\text { i f ~ x }", r"\text{if x}"),
        (r"\begin{matrix} a \\ [ b ] \end{matrix}", r"\begin{matrix}a\\{}[b]\end{matrix}"),
        (r"\begin{matrix} a \\ * \end{matrix}", r"\begin{matrix}a\\{}*\end{matrix}"),
        (r"\sqrt [ 3 ] { x }", r"\sqrt[3]{x}"),
    ],
)
def test_tokens_are_written_as_a_person_would(tokens: str, latex: str) -> None:
    assert to_latex(tokens.split()) == latex


@pytest.mark.parametrize(
    ("tokens", "latex"),
    [
        ("", ""),
        (r"\frac", ""),
        (r"a \frac", "a"),
        (r"\frac { a", r"\frac{a}{}"),
        (r"\frac { a }", r"\frac{a}{}"),
        (r"\sqrt [ 3", r"\sqrt[3]{}"),
        (r"\sqrt [ 3 ]", r"\sqrt[3]{}"),
        (r"\left", ""),
        (r"\left ( x", r"\left(x\right."),
        (r"\left ( x \right", r"\left(x\right."),
        (r"\begin{array}", ""),
        (r"\begin{array} { c c", r"\begin{array}{cc}\end{array}"),
        (r"a \not", "a"),
        (r"x ^", "x"),
        (r"x ^ {", "x^{}"),
    ],
)
def test_what_a_cut_left_open_is_closed(tokens: str, latex: str) -> None:
    assert to_latex(tokens.split()) == latex


@pytest.mark.parametrize(
    "tokens",
    [
        r"}", r"a _ { 1 } _ { 2 }", r"a ^ { 1 } ^ { 2 }", r"a & b", r"a \\ b", r"\right )", r"a ~ b", r"a '",
        r"\begin{matrix} a \end{cases}", r"\frac a b", r"\left a", r"\sqrt [ \left [ a \right ] ] { b }", r"\not }",
        r"\text { x ^ { 2 } }", r"\begin{array} { x }", r"\hline", r"\middle |", r"\begin{matrix} \hline \end{matrix}",
    ],
)  # fmt: skip
def test_what_latex_refuses_is_not_allowed(tokens: str) -> None:
    assert not is_allowed(tokens.split())


def test_the_check_of_this_test_finds_faults() -> None:
    with pytest.raises(TexError):
        to_mathml(r"\frac{a}")
    assert not is_balanced(r"\frac{a")
