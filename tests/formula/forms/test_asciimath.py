"""AsciiMath read by py_asciimath, which turns it into MathML."""

from __future__ import annotations

import html
import re
import warnings
from collections.abc import Callable

import pytest
from lxml import etree

from app.core.errors import InputError
from app.formula.forms.asciimath import asciimath

READABLE = [
    r"x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}",
    r"\int_0^\infty e^{-x^2} dx = \frac{\sqrt{\pi}}{2}",
    r"\sum_{i=1}^{n} \alpha_i x_i^2 \leq \lim_{n \to \infty} \sin x",
    r"\hat{x} + \overline{ab} + \vec{v} \in \mathbb{R}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"\sqrt[3]{x} \neq y \subseteq z",
    r"\left( \frac{a}{b} \right) \text{ if } x \rightarrow y",
]


def test_spaces_that_it_has_are_kept() -> None:
    assert asciimath(r"a\quad b\qquad c\,d\! e") == "a quad b qquad c d e"


@pytest.fixture(scope="module")
def read() -> Callable[[str], etree._Element]:
    with warnings.catch_warnings():
        # Its parser's library imports a module that Python announces to be leaving.
        warnings.simplefilter("ignore", DeprecationWarning)
        from py_asciimath.translator.translator import ASCIIMath2MathML  # noqa: PLC0415 - see above

    translator = ASCIIMath2MathML(log=False, inplace=True)

    def call(text: str) -> etree._Element:
        found = translator.translate(
            text, displaystyle=True, dtd="mathml2", dtd_validation=False, from_file=False, output="string",
            network=False, pprint=False, to_file=None, xml_declaration=False, xml_pprint=False,
        )  # fmt: skip
        return etree.fromstring(html.unescape(re.sub(r"^<!DOCTYPE[^>]*>", "", found)))

    return call


@pytest.mark.parametrize("latex", READABLE)
def test_another_program_reads_it(read: Callable[[str], etree._Element], latex: str) -> None:
    assert read(asciimath(latex)).tag.endswith("math")


@pytest.mark.parametrize(
    ("latex", "letters", "parts"),
    [
        (r"\frac{a+b}{c}", "a+bc", {"mfrac": 1}),
        (r"x_1^2", "x12", {"msubsup": 1}),
        (r"\sqrt{\alpha}", "α", {"msqrt": 1}),
        (r"\sqrt[3]{x}", "x3", {"mroot": 1}),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "(abcd)", {"mtable": 1, "mtr": 2, "mtd": 4}),
        (r"in", "in", {"mi": 2}),
    ],
)
def test_it_means_the_same(
    read: Callable[[str], etree._Element], latex: str, letters: str, parts: dict[str, int]
) -> None:
    found = read(asciimath(latex))
    assert "".join("".join(found.itertext()).split()) == letters
    assert {name: len(list(found.iter(f"{{*}}{name}"))) for name in parts} == parts


@pytest.mark.parametrize(
    ("latex", "part"),
    [
        (r"\hbar", r"\hbar"), (r"\not\subset", r"\not\subset"), (r"\xrightarrow{f}", r"\xrightarrow"),
        (r"\boxed{x}", r"\boxed"), (r"\begin{array}{c}a\end{array}", "array"),
        (r"\begin{pmatrix}f(a,b)&c\\d&e\end{pmatrix}", ","), (r"\left(a\middle|b\right)", r"\middle"),
    ],
)  # fmt: skip
def test_what_it_has_no_word_for_is_named(latex: str, part: str) -> None:
    with pytest.raises(InputError) as caught:
        asciimath(latex)
    assert str(caught.value) == f"AsciiMath cannot express “{part}”. Copy the formula as LaTeX."
