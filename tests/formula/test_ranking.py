from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.formula.doubts import Written
from app.formula.normalise import Normalised, normalise
from app.formula.ranking import Calibration, ranked
from app.formula.raster import rasterise
from app.formula.render import render_svg

SHOWN = r"\frac{a}{b} + c"


@pytest.fixture(scope="module")
def picture() -> Normalised:
    ink = np.pad(rasterise(render_svg(SHOWN, size_px=24, colour="#000000")), 10)
    return normalise(Image.fromarray((255 - 255 * ink).astype(np.uint8)))


def test_without_agreement_the_score_decides_and_nothing_is_drawn(picture: Normalised) -> None:
    found = ranked([Written("x", -1.0), Written("y", -2.0)], picture, Calibration(1.0, 0.5))
    assert [each.latex for each in found] == ["x", "y"]
    assert [each.agreement for each in found] == [None, None]


def test_one_reading_has_the_probability_of_platt(picture: Normalised) -> None:
    (found,) = ranked([Written("x", -1.0)], picture, Calibration(0.7, 1.2))
    assert found.confidence == pytest.approx(1 / (1 + np.exp(-(0.7 * -1.0 + 1.2))))


def test_a_drawing_that_agrees_brings_a_reading_to_the_top(picture: Normalised) -> None:
    # GIVEN the right answer behind a wrong one that the network likes a little more
    readings = [Written(r"\int_x^y + \Sigma", -1.0), Written(SHOWN, -1.2)]

    # WHEN
    found = ranked(readings, picture, Calibration(0.5, 0.0, 10.0))

    # THEN
    assert [each.latex for each in found] == [SHOWN, r"\int_x^y + \Sigma"]
    assert found[0].agreement is not None
    assert found[1].agreement is not None
    assert found[0].agreement > found[1].agreement + 0.1


def test_a_reading_that_cannot_win_is_not_drawn(picture: Normalised) -> None:
    found = ranked([Written(SHOWN, -1.0), Written("x", -60.0)], picture, Calibration(0.5, 0.0, 10.0))
    assert found[0].agreement is not None
    assert found[1].agreement is None


def test_what_cannot_be_drawn_is_ranked_all_the_same(picture: Normalised) -> None:
    found = ranked([Written(r"\nosuchcommand", -1.0), Written("{}", -2.0)], picture, Calibration(0.5, 0.0, 10.0))
    assert [each.agreement for each in found] == [None, None]
    assert found[0].confidence > found[1].confidence > 0


def test_the_same_reading_twice_is_one_and_an_empty_one_is_none(picture: Normalised) -> None:
    found = ranked([Written("x", -1.0), Written("x", -2.0), Written("", -0.1)], picture, Calibration(1.0, 0.0))
    assert [each.latex for each in found] == ["x"]
    assert found[0].confidence == pytest.approx(1 / (1 + np.exp(1.0)))
    assert ranked([], picture, Calibration(1.0, 0.0)) == ()


@given(st.lists(st.floats(-1e6, 0), min_size=1, max_size=3), st.floats(0.01, 5), st.floats(-50, 50))
def test_probabilities_add_up_to_one_at_most(scores: list[float], slope: float, offset: float) -> None:
    blank = Normalised(np.zeros((16, 16), np.float32), 1, 0, 0)
    found = ranked([Written(f"x_{n}", score) for n, score in enumerate(scores)], blank, Calibration(slope, offset))
    assert all(0 <= each.confidence <= 1 for each in found)
    assert sum(each.confidence for each in found) <= 1 + 1e-9
