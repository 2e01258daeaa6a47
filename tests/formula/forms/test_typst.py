"""Typst compiled by Typst."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst as compiler
from PIL import Image

from app.formula.agreement import Sketch, compare
from app.formula.forms.typst import typst
from app.formula.render import render_svg
from tests.formula.forms.formulas import ALL, HARD, SIMPLE

PAGE = "#set page(width: auto, height: auto, margin: 8pt)\n"


def compiled(text: str, folder: Path) -> Image.Image:
    source, target = folder / "formula.typ", folder / "formula.png"
    source.write_text(PAGE + text, encoding="utf-8")
    compiler.compile(source, output=target, format="png", ppi=150)
    with Image.open(target) as picture:
        return picture.convert("RGB")


@pytest.mark.parametrize("latex", SIMPLE + HARD[:3])
def test_it_compiles_and_looks_like_the_latex(latex: str, tmp_path: Path) -> None:
    drawn = Sketch.of_picture(compiled(typst(latex), tmp_path))
    expected = Sketch.of_drawing(render_svg(latex, size_px=24, colour="#000000"))
    assert compare(drawn, expected).share > 0.45


def test_everything_compiles(tmp_path: Path) -> None:
    compiled("\n\n".join(typst(latex) for latex in ALL), tmp_path)


@pytest.mark.parametrize(
    ("space", "ems"), [(r"\quad", 1), (r"\qquad", 2), (r"\,\:\;", 12 / 18), (r"\enspace", 0.5), (r"\!\!", -6 / 18)]
)
def test_a_space_takes_the_room_that_it_has_in_latex(space: str, ems: float, tmp_path: Path) -> None:
    # GIVEN letters of 11 points, 150 pixels to the inch
    em = 11 / 72 * 150
    # WHEN a space comes between two of them
    wider = compiled(typst(f"a{space} b"), tmp_path).width - compiled(typst("ab"), tmp_path).width
    # THEN they are that much farther apart
    assert wider == pytest.approx(ems * em, abs=2)


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\frac{a}{b}", "$ frac(a, b) $"),
        ("x_1^{10}", "$ x_1^10 $"),
        ("f(x, y)", r"$ f \( x \, y \) $"),
        (r"a,\quad b\,c\qquad d\! e", r"$ a \, quad b thin c wide d #h(-0.167em) e $"),
        (r"\text{a \_ b}", '$ "a _ b" $'),
        (r"\begin{aligned}a&=b\\&=c\end{aligned}", "$ a & = b \\\n   & = c $"),
    ],
)
def test_it_is_what_a_person_would_write(latex: str, text: str) -> None:
    assert typst(latex) == text
