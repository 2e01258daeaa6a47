from __future__ import annotations

import pytest

from app.formula.nodes import (
    Accent,
    Fenced,
    Fraction,
    Node,
    Number,
    Operator,
    Root,
    Row,
    Script,
    Styled,
    Symbol,
    Table,
    Words,
)
from app.formula.tree import parse, plain

X, Y = Symbol("x"), Symbol("y")


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("x", X),
        ("xy", Row((X, Y))),
        ("12.5x", Row((Number("12.5"), X))),
        ("1.", Row((Number("1"), Symbol(".")))),
        ("x_1^y", Script(X, Number("1"), Y, stacked=False)),
        (r"\sum_x y", Row((Script(Symbol(r"\sum"), X, None, stacked=True), Y))),
        (r"\int_x", Script(Symbol(r"\int"), X, None, stacked=False)),
        (r"\sum\nolimits_x", Script(Symbol(r"\sum"), X, None, stacked=False)),
        (r"\lim_x", Script(Operator("lim", limits=True), X, None, stacked=True)),
        (r"\sin x", Row((Operator("sin", limits=False), X))),
        (r"\frac{x}{y}", Fraction(X, Y)),
        (r"\tbinom xy", None),
        (r"\binom{x}{y}", Fraction(X, Y, binomial=True)),
        (r"\sqrt[3]{x}", Root(X, Number("3"))),
        (r"\left(x\middle|y\right]", Fenced("(", (X, Y), ("|",), "]")),
        (r"\mathbf{x}", Styled(r"\mathbf", X)),
        (r"\hat{x}", Accent(r"\hat", X)),
        (r"\text{if } x", Row((Words("if "), X))),
        (r"\not\subset", Symbol(r"\subset", struck=True)),
        (r"a \bmod x", Row((Symbol("a"), Operator("mod", limits=False), X))),
        (r"\begin{pmatrix}x&y\\1&2\end{pmatrix}", Table("pmatrix", ((X, Y), (Number("1"), Number("2"))))),
        (
            r"\begin{array}{c|c}\hline x&y\\ \hline\end{array}",
            Table("array", ((X, Y),), "c|c", frozenset((0, 1))),
        ),
    ],
)
def test_a_formula_has_these_parts(latex: str, expected: Node | None) -> None:
    if expected is None:
        with pytest.raises(ValueError, match="tbinom"):
            parse(latex)
    else:
        assert parse(latex) == expected


@pytest.mark.parametrize("latex", [r"\foo", "{", r"\frac{a}", r"x^1^2", r"\begin{foo}x\end{foo}", "a & b"])
def test_what_has_no_canonical_spelling_is_refused(latex: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse(latex)


def test_a_name_is_letters_only() -> None:
    assert plain(parse(r"\mathrm{rank2}")) == "rank2"
    with pytest.raises(ValueError, match="no name"):
        plain(parse(r"\frac{a}{b}"))
