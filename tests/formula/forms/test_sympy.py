"""SymPy code run by Python, and its value computed by SymPy."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from app.core.errors import InputError
from app.formula.forms.sympy import sympy_code


def evaluated(latex: str) -> Any:
    """The expression that the code leaves."""
    *lines, expression = sympy_code(latex).splitlines()
    names: dict[str, Any] = {}
    exec("\n".join(lines), names)  # noqa: S102 - the code under test
    return eval(expression, names)  # noqa: S307 - the same


a, b, c, k, n, t, x, y, z = sympy.symbols("a b c k n t x y z")
f, u = sympy.Function("f"), sympy.Function("u")


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"x = \frac{-b + \sqrt{b^2 - 4ac}}{2a}", sympy.Eq(x, (-b + sympy.sqrt(b**2 - 4 * a * c)) / (2 * a))),
        ("2x^2y", 2 * x**2 * y),
        ("a - (b - c)", a - (b - c)),
        ("-x^2", -(x**2)),
        (r"a \cdot b \times c", a * b * c),
        (r"\frac{1}{2}", sympy.Rational(1, 2)),
        (r"\left(\frac{a}{b}\right)^n", (a / b) ** n),
        (r"\sin^2 x + \cos(2x)", sympy.sin(x) ** 2 + sympy.cos(2 * x)),
        (r"\sin^{-1} x", sympy.asin(x)),
        (r"\log_2 x \ln y", sympy.log(x, 2) * sympy.log(y)),
        (r"e^{-x}", sympy.exp(-x)),
        (r"|x - y| \leq n!", sympy.Le(sympy.Abs(x - y), sympy.factorial(n))),
        (r"\lfloor x \rfloor", sympy.floor(x)),
        (r"\binom{n}{k}", sympy.binomial(n, k)),
        (r"\sqrt[3]{x}", sympy.root(x, 3)),
        (r"f(x, y) = x", sympy.Eq(f(x, y), x)),
        (r"a < b \leq c", sympy.And(a < b, b <= c)),
        (r"\alpha_{max}", sympy.Symbol("alpha_max")),
        (r"\hat{x} \mathbf{y}", sympy.Symbol("x_hat") * y),
        (r"\lambda", sympy.Symbol("lambda")),
        (r"\pi \infty", sympy.pi * sympy.oo),
        (r"\begin{pmatrix} 1 & x \\ 0 & 1 \end{pmatrix}", sympy.Matrix([[1, x], [0, 1]])),
        (r"\frac{d}{dx} x^n", sympy.Derivative(x**n, x)),
        (r"\frac{\partial^2 u}{\partial x^2}", sympy.Derivative(u(x), x, 2)),
        (
            r"\frac{\partial u}{\partial t} = k \frac{\partial^2 u}{\partial x^2}",
            sympy.Eq(sympy.Derivative(u(t, x), t), k * sympy.Derivative(u(t, x), x, 2)),
        ),
        ("3.5", sympy.Float("3.5")),
        (r"x \div 2", x / 2),
    ],
)
def test_the_expression_is_the_one_that_is_meant(latex: str, expected: Any) -> None:
    assert evaluated(latex) == expected


@pytest.mark.parametrize(
    ("latex", "value"),
    [
        (r"\int_0^\infty e^{-x^2}\,dx", sympy.sqrt(sympy.pi) / 2),
        (r"\int_0^1 x^2 \mathrm{d}x", sympy.Rational(1, 3)),
        (r"\int \cos x dx", sympy.sin(x)),
        (r"\sum_{k=1}^{4} k^2", 30),
        (r"\prod_{k=1}^{4} k", 24),
        (r"\lim_{x \to 0} \frac{\sin x}{x}", 1),
        (r"\frac{d}{dx} x^3", 3 * x**2),
        (r"1 + \frac{1}{2}", sympy.Rational(3, 2)),
    ],
)
def test_sympy_computes_with_it(latex: str, value: Any) -> None:
    assert sympy.simplify(evaluated(latex).doit() - value) == 0


def test_what_is_summed_by_its_index_depends_on_the_index() -> None:
    found = evaluated(r"\frac{1}{n} \sum_{i=1}^{n} x_i")
    assert found.subs(n, 3).doit() == sum(sympy.IndexedBase("x")[i] for i in (1, 2, 3)) / 3


@pytest.mark.parametrize(
    ("latex", "part"),
    [
        (r"x = a \pm b", "±"), (r"x \in y", "∈"), (r"\sum_i x_i", "∑"), (r"\int f", r"\int"), (r"x \to y", "→"),
        (r"\text{if}", "if"), (r"\max_x y", "max_"), (r"\boxed{x}", r"\boxed"), ("(a", "("), (r"\|x\|", "‖"),
    ],
)  # fmt: skip
def test_what_has_no_one_meaning_is_named(latex: str, part: str) -> None:
    with pytest.raises(InputError) as caught:
        sympy_code(latex)
    assert str(caught.value) == f"SymPy cannot express “{part}”. Copy the formula as LaTeX."


@pytest.mark.parametrize("latex", ["", "x +", "= x", r"\sin", "a,b"])
def test_half_a_formula_is_refused(latex: str) -> None:
    with pytest.raises(InputError):
        sympy_code(latex)
