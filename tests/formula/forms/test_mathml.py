"""MathML read back by lxml, and drawn by ziamath, which reads MathML of anybody."""

from __future__ import annotations

import warnings
from unicodedata import normalize

import pytest
from lxml import etree

from app.formula.agreement import Sketch, compare
from app.formula.forms.mathml import NAMESPACE, mathml
from app.formula.render import render_svg
from tests.formula.forms.formulas import ALL, SIMPLE

CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3}
"""Elements with a fixed number of children (MathML Core)."""
LEAVES = {"mi", "mo", "mn", "mtext", "mspace"}


@pytest.mark.parametrize("latex", ALL)
def test_it_is_well_formed_and_every_element_has_its_children(latex: str) -> None:
    root = etree.fromstring(mathml(latex).encode())
    assert root.tag == f"{{{NAMESPACE}}}math"
    for element in root.iter():
        name = etree.QName(element).localname
        assert len(element) == CHILDREN.get(name, len(element)), name
        assert (name in LEAVES) == (len(element) == 0 and name not in ("mrow", "mphantom")), name
        if name in ("mtable", "mtr"):
            assert {etree.QName(child).localname for child in element} == {"mtr" if name == "mtable" else "mtd"}


@pytest.mark.parametrize("latex", SIMPLE)
def test_it_looks_like_the_latex(latex: str) -> None:
    # GIVEN
    render_svg("x", size_px=24, colour="#000000")
    import ziamath  # noqa: PLC0415 - `render` has imported it quietly

    # WHEN ziamath draws the MathML
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        drawn = ziamath.Math(mathml(latex), size=24).svg().encode()

    # THEN
    expected = Sketch.of_drawing(render_svg(latex, size_px=24, colour="#000000"))
    assert compare(expected, Sketch.of_drawing(drawn)).share > 0.45


def test_it_says_what_the_quadratic_formula_says() -> None:
    assert mathml(r"x = \frac{-b}{2a}") == (
        f'<math xmlns="{NAMESPACE}" display="block"><mrow><mi>x</mi><mo>=</mo><mfrac><mrow><mo>−</mo><mi>b</mi></mrow>'
        "<mrow><mn>2</mn><mi>a</mi></mrow></mfrac></mrow></math>"
    )


@pytest.mark.parametrize(
    ("latex", "text"),
    [(r"\mathbf{v}", "𝐯"), (r"\mathbb{R}", "ℝ"), (r"\mathrm{rank}", "rank"), (r"\not\in", normalize("NFC", "∈\u0338"))],
)
def test_letters_of_other_alphabets_are_their_characters(latex: str, text: str) -> None:
    assert "".join(etree.fromstring(mathml(latex).encode()).itertext()) == text


def test_lines_between_cells_are_kept() -> None:
    root = etree.fromstring(mathml(r"\begin{array}{|l|r|}\hline a&b\\ \hline c&d\\ \hline\end{array}").encode())
    table = root[0]
    assert dict(table.attrib) == {
        "columnalign": "left right", "columnlines": "solid", "rowlines": "solid", "frame": "solid",
    }  # fmt: skip


def test_spaces_have_their_width() -> None:
    root = etree.fromstring(mathml(r"a,\quad b\! \frac{c\;}{d}").encode())
    assert [element.get("width") for element in root.iter(f"{{{NAMESPACE}}}mspace")] == [
        "1.000em",
        "-0.167em",
        "0.278em",
    ]


def test_text_is_escaped() -> None:
    assert "".join(etree.fromstring(mathml(r"a < b \text{ \& c}").encode()).itertext()) == "a<b\u00a0&\u00a0c"
