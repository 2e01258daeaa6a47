from __future__ import annotations

import numpy as np
import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import InputError
from app.palette import parse_hex
from app.palette.appearance import from_ucs, to_ucs
from app.palette.colour import contrast, from_linear, lightness, to_hex, to_linear, to_rgb

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1F77B4", "#1f77b4"),
        (" #fff ", "#ffffff"),
        ("#1f77b480", "#8fbbd9"),
        ("#f008", "#ff7777"),
        ("#1f77b4ff", "#1f77b4"),
    ],
)
def test_colours_are_read_as_people_write_them(text: str, expected: str) -> None:
    assert parse_hex(text) == expected


def test_a_translucent_colour_is_what_it_looks_like_on_its_background() -> None:
    assert parse_hex("#ffffff80", "#000000") == "#808080"


@pytest.mark.parametrize("text", ["", "#12345", "#gggggg", "blue", "1f77b", "#1f77b4f"])
def test_a_wrong_colour_is_named(text: str) -> None:
    with pytest.raises(InputError, match=f"“{text}” is no colour"):
        parse_hex(text)


@given(st.lists(colours, min_size=1, max_size=9))
def test_hexadecimal_comes_back(texts: list[str]) -> None:
    assert to_hex(to_rgb(texts)) == tuple(texts)
    assert to_hex(from_linear(to_linear(to_rgb(texts)))) == tuple(texts)


@given(st.lists(colours, min_size=1, max_size=9))
def test_cam02_ucs_is_that_of_coloraide_and_comes_back(texts: list[str]) -> None:
    # GIVEN
    class Reference(Color):
        pass

    from coloraide.spaces.cam02 import CAM02JMh  # noqa: PLC0415
    from coloraide.spaces.cam02_ucs import CAM02UCS  # noqa: PLC0415

    Reference.register([CAM02JMh(), CAM02UCS()], overwrite=True)

    # WHEN
    ucs = to_ucs(to_rgb(texts))

    # THEN
    expected = [Reference(text).convert("cam02-ucs")[:3] for text in texts]
    np.testing.assert_allclose(ucs, expected, atol=1e-9)
    np.testing.assert_allclose(from_ucs(ucs), to_rgb(texts), atol=1e-9)


@given(colours, colours)
def test_contrast_is_that_of_coloraide(colour: str, background: str) -> None:
    expected = Color(colour).contrast(background, method="wcag21")
    assert float(contrast(to_rgb([colour]), background)[0]) == pytest.approx(expected, rel=1e-3)


def test_black_on_white_has_the_most_contrast() -> None:
    np.testing.assert_allclose(
        contrast(to_rgb(["#000000", "#ffffff", "#777777"]), "#ffffff"), [21, 1, 4.478], atol=1e-3
    )
    np.testing.assert_allclose(lightness(to_rgb(["#000000", "#ffffff", "#777777"])), [0, 100, 50.03], atol=0.01)
