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
    ("latex", "text"),
    [
        (r"\frac{a}{b}", "$ frac(a, b) $"),
        ("x_1^{10}", "$ x_1^10 $"),
        ("f(x, y)", r"$ f \( x \, y \) $"),
        (r"\text{a \_ b}", '$ "a _ b" $'),
        (r"\begin{aligned}a&=b\\&=c\end{aligned}", "$ a & = b \\\n   & = c $"),
    ],
)
def test_it_is_what_a_person_would_write(latex: str, text: str) -> None:
    assert typst(latex) == text
