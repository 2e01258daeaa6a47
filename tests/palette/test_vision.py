from __future__ import annotations

import numpy as np
import pytest
from coloraide import Color

from app.palette import Model, Vision, simulate, simulate_pixels
from app.palette.colour import to_linear, to_rgb
from app.palette.vision import DEFICIENCIES, simulate_linear

COLOURS = [f"#{number:06x}" for number in range(0, 0x1000000, 0x1ABCD)]

# libDaltonLens 0.1: linear sRGB to what dichromats see, (warm side, cool side), first rows
DALTONLENS = {
    Vision.PROTAN: ([0.1498, 1.19548, -0.34528], [0.1457, 1.16172, -0.30742]),
    Vision.DEUTAN: ([0.37298, 0.88166, -0.25464], [0.36477, 0.86381, -0.22858]),
}


@pytest.mark.parametrize("severity", [0.35, 0.6, 1.0])
@pytest.mark.parametrize("vision", DEFICIENCIES)
@pytest.mark.parametrize("model", [Model.MACHADO, Model.VIENOT])
def test_simulations_are_those_of_coloraide(vision: Vision, model: Model, severity: float) -> None:
    seen = simulate_linear(to_linear(to_rgb(COLOURS)), vision, severity, model)
    expected = [
        Color(colour).convert("srgb-linear").filter(vision.value, severity, method=model.value)[:3]
        for colour in COLOURS
    ]
    np.testing.assert_allclose(seen, expected, atol=2e-6)


def test_brettel_for_tritans_is_that_of_coloraide() -> None:
    seen = simulate_linear(to_linear(to_rgb(COLOURS)), Vision.TRITAN, 1.0, Model.BRETTEL)
    expected = [Color(colour).convert("srgb-linear").filter("tritan", 1, method="brettel")[:3] for colour in COLOURS]
    np.testing.assert_allclose(seen, expected, atol=2e-5)


@pytest.mark.parametrize("vision", DALTONLENS)
def test_brettel_for_protans_and_deutans_is_that_of_daltonlens(vision: Vision) -> None:
    # GIVEN a yellow and a blue, which lie on different half planes
    yellow, blue = np.array([1.0, 1.0, 0.1]), np.array([0.1, 0.1, 1.0])

    # WHEN / THEN
    for colour, row in zip((yellow, blue), DALTONLENS[vision], strict=True):
        seen = simulate_linear(colour, vision, 1.0, Model.BRETTEL)
        assert float(seen[0]) == pytest.approx(float(np.dot(row, colour)), abs=1e-4)


@pytest.mark.parametrize("vision", DEFICIENCIES)
@pytest.mark.parametrize("model", Model)
def test_greys_stay_and_severity_zero_changes_nothing(vision: Vision, model: Model) -> None:
    greys = np.repeat(np.linspace(0, 1, 9)[:, None], 3, axis=1)
    np.testing.assert_allclose(simulate(greys, vision, 1.0, model), greys, atol=2e-3)
    rgb = to_rgb(COLOURS)
    np.testing.assert_allclose(simulate(rgb, vision, 0.0, model), rgb, atol=1e-9)


def test_grey_print_keeps_luminance_only() -> None:
    seen = simulate(to_rgb(COLOURS), Vision.GREY)
    assert np.ptp(seen, axis=1).max() < 1e-9
    np.testing.assert_allclose(
        to_linear(seen) @ [0.2126, 0.7152, 0.0722], to_linear(to_rgb(COLOURS)) @ [0.2126, 0.7152, 0.0722]
    )


@pytest.mark.parametrize("vision", Vision)
@pytest.mark.parametrize("model", Model)
def test_pixels_are_seen_as_colours_are(vision: Vision, model: Model) -> None:
    # GIVEN
    pixels = np.full((1, len(COLOURS), 4), 200, np.uint8)
    pixels[0, :, :3] = np.rint(255 * to_rgb(COLOURS))

    # WHEN
    seen = simulate_pixels(pixels, vision, 0.8, model)

    # THEN each level is right but for rounding, and what covers is as before
    expected = np.rint(255 * simulate(to_rgb(COLOURS), vision, 0.8, model))
    assert np.abs(seen[0, :, :3] - expected).max() <= 1
    assert (seen[..., 3] == 200).all()
