from __future__ import annotations

import io

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.mathtext import math_to_image
from PIL import Image

from app.formula.agreement import Agreement, Box, Sketch, compare
from app.formula.engine import NoFormula
from app.formula.raster import rasterise
from app.formula.render import render_svg

SIZE = 24.0


def drawing(latex: str) -> bytes:
    return render_svg(latex, size_px=SIZE, colour="#000000")


def picture(latex: str, zoom: float = 1.0) -> Image.Image:
    """The formula as a snip at some zoom, with a margin."""
    ink = np.pad(rasterise(drawing(latex), zoom), 20)
    return Image.fromarray((255 - 200 * ink).astype(np.uint8))


def agreement(shown: str, answer: str, zoom: float = 1.0) -> Agreement:
    return compare(Sketch.of_picture(picture(shown, zoom)), Sketch.of_drawing(drawing(answer)))


FORMULAS = [r"x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}", r"\sum_{i=1}^n \alpha_i x_i^2 + \beta", r"E = mc^2"]


@pytest.mark.parametrize("zoom", [0.8, 1.0, 2.0, 3.3])
@pytest.mark.parametrize("latex", FORMULAS)
def test_a_right_answer_agrees_at_any_zoom(latex: str, zoom: float) -> None:
    found = agreement(latex, latex, zoom)
    assert found.share > 0.55
    assert found.picture == ()
    assert found.drawing == ()


IN_ANOTHER_FONT = [
    r"a_n = \frac{2}{L} \int_0^L f(x) \sin \frac{n\pi x}{L} dx",
    r"\hat{y} = W_2 \sigma(W_1 x + b_1) + b_2",
    r"p(y|x) = \prod_{t=1}^T p(y_t|y_{<t}, x)",
    r"\nabla \times E = -\frac{\partial B}{\partial t}",
]


@pytest.mark.parametrize("latex", IN_ANOTHER_FONT)
def test_a_right_answer_is_not_marked_where_fonts_differ(latex: str) -> None:
    # GIVEN a snip in Computer Modern, as papers have it
    shown = io.BytesIO()
    with mpl.rc_context({"mathtext.fontset": "cm"}):
        math_to_image(f"${latex}$", shown, dpi=170, format="png")

    # WHEN
    with Image.open(shown) as snip:
        found = compare(Sketch.of_picture(snip.convert("RGB")), Sketch.of_drawing(drawing(latex)))

    # THEN
    assert (found.picture, found.drawing) == ((), ())
    assert found.share > 0.5


@pytest.mark.parametrize(
    ("shown", "wrong"),
    [(r"a + b = c", r"a + \Sigma = c"), (r"x^2 + y^2", r"x + y^2"), (r"\frac{a}{b} + 1", r"\frac{a}{bcd} + 1")],
)
def test_a_wrong_answer_agrees_less(shown: str, wrong: str) -> None:
    assert agreement(shown, wrong).share < agreement(shown, shown).share - 0.03


def test_the_part_that_differs_is_found_on_both_sides() -> None:
    # GIVEN an answer with something else in its middle
    shown, wrong = r"f(x) = a + \frac{p+q}{r+s+t} - c + d", r"f(x) = a + \int_0^1 u^2 v\,du - c + d"

    # WHEN
    found = agreement(shown, wrong, zoom=2)

    # THEN each side has parts in its middle, and none at the ends
    for boxes, width in (
        (found.picture, picture(shown, 2).width),
        (found.drawing, rasterise(drawing(wrong)).shape[1]),
    ):
        assert boxes
        assert all(0.4 * width < box.left < box.right < 0.8 * width for box in boxes)
        assert all(box.top < box.bottom for box in boxes)


def test_what_the_answer_leaves_out_is_marked_in_the_picture() -> None:
    # GIVEN
    found = agreement(r"f(x) = a + b + \frac{c+g}{d^2}", r"f(x) = a + b")

    # WHEN / THEN the fraction is marked, at its place in pixels of the picture
    whole = picture(r"f(x) = a + b + \frac{c+g}{d^2}")
    assert found.picture
    assert max(box.right for box in found.picture) > 0.75 * whole.width
    assert all(0 <= box.left < box.right <= whole.width for box in found.picture)
    assert all(0 <= box.top < box.bottom <= whole.height for box in found.picture)


def test_the_order_of_the_two_does_not_matter() -> None:
    first, second = (Sketch.of_drawing(drawing(latex)) for latex in ("x^2+1", r"\int_0^1 x"))
    there, back = compare(first, second), compare(second, first)
    assert there.share == pytest.approx(back.share, abs=1e-4)
    assert there.picture == back.drawing or len(there.picture) == len(back.drawing)


def test_a_picture_without_ink_has_no_sketch() -> None:
    with pytest.raises(NoFormula):
        Sketch.of_picture(Image.new("L", (50, 50), 255))


def test_a_very_long_formula_is_compared_in_wider_columns() -> None:
    long = "+".join(["a+b"] * 80)
    assert agreement(long, long).share > 0.8
    assert Sketch.of_drawing(drawing(long)).columns.shape[0] <= 400


def test_a_box_of_a_column_without_ink_is_none() -> None:
    sketch = Sketch.of_picture(picture(r"a\qquad\qquad\qquad b"))
    boxes = [sketch.box(column, column) for column in range(sketch.columns.shape[0])]
    assert None in boxes
    assert isinstance(boxes[0], Box)
