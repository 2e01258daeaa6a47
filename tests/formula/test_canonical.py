from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.formula import symbols
from app.formula.canonical import canonical
from app.formula.grammar import Grammar, State
from app.formula.latex_text import to_latex
from app.formula.vocabulary import EOS, Vocabulary

VOCABULARY = Vocabulary(symbols.TOKENS)
GRAMMAR = Grammar(VOCABULARY)
SYNONYMS = {r"\ast", r"\Box", r"\Diamond", r"\stackrel"}
"""Tokens of the vocabulary that have another canonical spelling."""


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"$E=mc^2$", "E = m c ^ { 2 }"),
        (r"\[ x^2_1 \]", "x _ { 1 } ^ { 2 }"),
        (r"f''(x)", r"f ^ { \prime \prime } ( x )"),
        (r"f'^2", r"f ^ { \prime 2 }"),
        (r"x'_i", r"x _ { i } ^ { \prime }"),
        (r"{x}_{i} {{{y}}}", "x _ { i } y"),
        (r"{ab}_2", "a b _ { 2 }"),
        (r"{x_i}^2", "{ x _ { i } } ^ { 2 }"),
        (r"{}^{14}C", "{ } ^ { 14 } C".replace("14", "1 4")),
        (r"x^{}_{}", "x"),
        (r"a\le b\ne c\ge d\to e", r"a \leq b \neq c \geq d \rightarrow e"),
        (r"a\iff b\implies c", r"a \Longleftrightarrow b \Longrightarrow c"),
        (r"\lvert x\rvert\lVert y\rVert", r"| x | \| y \|"),
        (r"a,\dots,b", r"a , \ldots , b"),
        (r"a+\dots+b", r"a + \cdots + b"),
        (r"\dots\to x", r"\cdots \rightarrow x"),
        (r"a \over b", r"\frac { a } { b }"),
        (r"{n \choose k}x", r"\binom { n } { k } x"),
        (r"{\bf v}+{\rm Tr}\,x", r"\mathbf { v } + \mathrm { T r } x"),
        (r"{\cal L}_{\mathrm{int}}", r"\mathcal { L } _ { \mathrm { i n t } }"),
        (r"\mathbf{a}\mathbf{b}_1", r"\mathbf { a b } _ { 1 }"),
        (r"\mathrm{2}", "2"),
        (r"\operatorname{exp}x\operatorname{Spec}A", r"\exp x \operatorname { S p e c } A"),
        (r"\operatorname{max}_x", r"\max \nolimits _ { x }"),
        (r"\operatorname*{argmax}_x f", r"\operatorname* { a r g m a x } _ { x } f"),
        (r"\mathop{\mathrm{lim}}\nolimits_i", r"\lim \nolimits _ { i }"),
        (r"\sum\limits_{i}\int\nolimits_0", r"\sum _ { i } \int _ { 0 }"),
        (r"\frac{\sum\limits_i}{\sum\nolimits_j}", r"\frac { \sum \limits _ { i } } { \sum _ { j } }"),
        (r"\frac12\dfrac1x\tfrac1y", r"\frac { 1 } { 2 } \frac { 1 } { x } \tfrac { 1 } { y }"),
        (r"x_{\tfrac12\dfrac12}", r"x _ { \frac { 1 } { 2 } \dfrac { 1 } { 2 } }"),
        (r"\sqrt[3]x\sqrt2", r"\sqrt [ 3 ] { x } \sqrt { 2 }"),
        (r"\bigl(x\bigr)\Bigm|", r"\big ( x \big ) \Big |"),
        (r"\left<x\middle|y\right>", r"\left \langle x \middle | y \right \rangle"),
        (r"\text{ if  and }\mbox{x}", r"\text { ~ i f ~ a n d ~ } \text { x }"),
        (r"\begin{align*}a&=b\label{x}\\[2pt]&=c\nonumber\\\end{align*}",
         r"\begin{aligned} a & = b \\ & = c \end{aligned}"),
        (r"\begin{equation}\begin{split}a&=b\end{split}\end{equation}", "a = b"),
        (r"\begin{array}{ c | c }\hline a&b\cr c&d\end{array}",
         r"\begin{array} { c | c } \hline a & b \\ c & d \end{array}"),
        (r"\pmatrix{a&b\cr c&d}", r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}"),
        (r"90\degree", r"9 0 ^ { \circ }"),
        (r"x\not=y\not\in z", r"x \neq y \not \in z"),
        (r"\stackrel{a}{=}", r"\overset { a } { = }"),
        (r"\displaystyle x\quad\hspace{1cm}y\,\tag{3}", "x y"),
        (r"\operatorname { e x p } ( - s \, \rho )", r"\exp ( - s \rho )"),
        (r"\substack{i<n\\j<m}", r"\substack { i < n \\ j < m }"),
    ],
)  # fmt: skip
def test_each_way_of_writing_has_one_spelling(latex: str, expected: str) -> None:
    assert " ".join(canonical(latex)) == expected


@pytest.mark.parametrize(
    "latex",
    [r"\unknown", "{x", "x}", r"x^2^3", r"a&b", r"a\\b", r"\begin{tikzcd}\end{tikzcd}", r"\left(x", "é", r"\text{$x$}",
     r"\frac1", r"{\bf a\\b}", r"\xrightarrow[a]{b}", r"x'^2'", r"\begin{array}{p}x\end{array}", r"\left a",
     r"\not\alpha", r"\not{ab}", r"\sqrt[\left(x\right)]{y}", r"\text{\|}"],
)  # fmt: skip
def test_what_the_vocabulary_cannot_say_is_refused(latex: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical(latex)


def test_every_symbol_is_its_own_spelling_but_for_synonyms() -> None:
    plain = {*symbols.LETTERS, *symbols.GREEK, *symbols.SYMBOLS, *symbols.BIG, *symbols.FUNCTIONS}
    changed = {symbol for symbol in plain if canonical(symbol) != [symbol]}
    assert changed <= SYNONYMS | {r"\degree", r"\rightsquigarrow", r"\prime"}
    assert canonical(r"\ast\Box") == ["*", r"\square"]


def formulas() -> st.SearchStrategy[str]:
    """LaTeX as people write it, arbitrarily deep."""
    symbol = st.sampled_from([*"abxyzABC012+-=(),|", r"\alpha ", r"\sum ", r"\to ", r"\max ", r"\le ", r"\infty ", "'"])
    return st.recursive(
        symbol,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map("".join),
            inner.map(lambda x: f"{{{x}}}"),
            inner.map(lambda x: rf"\left({x}\right."),
            inner.map(lambda x: rf"\mathbf{{{x}}}"),
            inner.map(lambda x: rf"\hat{{{x}}}"),
            inner.map(lambda x: rf"\not{x}"),
            inner.map(lambda x: rf"\text{{ if }}{x}"),
            st.tuples(inner, inner).map(lambda x: rf"\frac{{{x[0]}}}{{{x[1]}}}"),
            st.tuples(inner, inner).map(lambda x: f"{{{x[0]}}}_{{{x[1]}}}"),
            st.tuples(inner, inner).map(lambda x: rf"{{}}^{{{x[0]}}}{x[1]}"),
            st.tuples(inner, inner).map(lambda x: rf"{{{x[0]} \over {x[1]}}}"),
            st.tuples(inner, inner).map(lambda x: rf"\sqrt[{{{x[0]}}}]{{{x[1]}}}"),
            st.tuples(inner, inner).map(lambda x: rf"\begin{{pmatrix}}{x[0]}&{x[1]}\\{x[1]}\end{{pmatrix}}"),
            st.tuples(inner, inner).map(lambda x: rf"\begin{{align}}{x[0]}&={x[1]}\end{{align}}"),
        ),
        max_leaves=14,
    )


@given(formulas())
@example(r"\frac{a}{{\sum}_{a}}")
@settings(max_examples=400, deadline=None)
def test_canonical_formulas_are_well_formed_and_come_back_from_text(latex: str) -> None:
    # GIVEN any formula that has a canonical form
    try:
        tokens = canonical(latex)
    except ValueError:
        return
    # THEN the decoder's grammar allows every token and the end
    state = State()
    for number in VOCABULARY.ids(tokens):
        assert GRAMMAR.allowed(state)[number], (VOCABULARY[number], tokens)
        state = state.after(VOCABULARY[number])
    assert GRAMMAR.allowed(state)[EOS]
    # AND the text that a person would type has the same canonical form
    assert canonical(to_latex(tokens)) == tokens
