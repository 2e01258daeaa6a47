from __future__ import annotations

from unicodedata import normalize

import pytest

from app.core.errors import InputError
from app.formula.forms.unicode_text import unicode_text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("E = mc^2", "E = mc²"),
        (r"x = 1,\quad y = 2", "x = 1, y = 2"),
        (r"\int f\,dx \! y", "∫f dxy"),
        (r"x_1^{n+1}", "x₁ⁿ⁺¹"),
        (r"x_b^q", "x_b^q"),
        (r"\frac{a+b}{2}", "(a + b)/2"),
        (r"\frac{1}{x}", "1/x"),
        (r"\sqrt{x+1} \sqrt[3]{y} \sqrt[n]{z}", "√(x + 1)∛yⁿ√z"),
        (r"\alpha \leq \beta \in \mathbb{R}", "α ≤ β ∈ ℝ"),
        (r"\sum_{i=1}^n i", "∑ᵢ₌₁ⁿi"),
        (r"\hat{x} \bar{y} \dot{z}", "x̂ȳż"),
        (r"\mathbf{v} \mathrm{rank}", "𝐯rank"),
        (r"\left[ a, b \right)", "[a, b)"),
        (r"f'(x)", "f′(x)"),
        (r"\binom{n}{k}", "C(n, k)"),
        (r"a \bmod b", "a mod b"),
        (r"\text{if } x \not\in A", "if x ∉ A"),
        (r"\sin^2 x", "sin² x"),
        (r"{(a+b)}^2", "(a + b)²"),
        (r"\overline{ab}", "a\u0305b\u0305"),
        (r"(a)(b)^2", "(a)(b)²"),
    ],
)
def test_a_formula_is_one_line(latex: str, text: str) -> None:
    assert normalize("NFC", unicode_text(latex)) == normalize("NFC", text)


def test_what_is_raised_and_lowered_is_plain_when_the_scripts_are_taken_away() -> None:
    assert normalize("NFKC", unicode_text("x^{12}_{34}")) == "x3412"


@pytest.mark.parametrize(
    ("latex", "part"),
    [(r"\begin{pmatrix}a\\b\end{pmatrix}", "pmatrix"), (r"\overset{!}{=}", r"\overset"), (r"\widehat{ab}", r"\widehat"),
     (r"\xrightarrow{f}", "→"), (r"\boxed{x}", r"\boxed")],
)  # fmt: skip
def test_what_does_not_fit_a_line_is_named(latex: str, part: str) -> None:
    with pytest.raises(InputError) as caught:
        unicode_text(latex)
    assert str(caught.value) == f"Unicode cannot express “{part}”. Copy the formula as LaTeX."
