from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

from app.formula.forms.pictures import DPI, png, svg
from app.formula.render import RenderError

FORMULA = r"x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}"


def test_the_svg_is_one_that_qt_opens() -> None:
    renderer = QSvgRenderer(QByteArray(svg(FORMULA).encode()))
    assert renderer.isValid()
    assert renderer.defaultSize().width() > renderer.defaultSize().height() > 20


def test_the_png_is_for_print_and_as_large_as_the_svg_on_paper() -> None:
    # GIVEN
    size = QSvgRenderer(QByteArray(svg(FORMULA).encode())).defaultSize()

    # WHEN
    with Image.open(io.BytesIO(png(FORMULA))) as picture:
        ink = 255 - np.asarray(picture)
        dots = picture.info["dpi"]

    # THEN both are as many inches wide, and there is ink in the middle, paper at the rim
    assert dots == pytest.approx((DPI, DPI), rel=0.01)
    assert ink.shape[1] / DPI == pytest.approx(size.width() / 96, rel=0.05)
    assert ink[ink.shape[0] // 2].max() > 200
    assert ink[0].max() == ink[-1].max() == 0


@pytest.mark.parametrize("form", [svg, png])
def test_what_cannot_be_drawn_is_an_error(form: object) -> None:
    assert callable(form)
    with pytest.raises(RenderError):
        form(r"\nosuchcommand")
