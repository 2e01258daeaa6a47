from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import InputError
from app.palette import Kind, check, ramp, series_styles
from app.palette.appearance import to_ucs
from app.palette.colour import to_rgb

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    "stops", [["#1f77b4"], ["#fff7bc", "#d95f0e"], ["#ffffcc", "#41b6c4", "#081d58"], ["#000000", "#ff0000", "#ffff00"]]
)
def test_sequential_ramps_are_even_and_ordered(stops: list[str]) -> None:
    # WHEN
    found = ramp(stops)

    # THEN
    measures = check(found).ramp
    assert len(found) == 256
    assert measures is not None
    assert measures.ordered
    assert measures.evenness > 0.85
    if len(stops) > 1:
        assert (found.colours[0], found.colours[-1]) == (stops[0], stops[-1])


def test_the_middle_colour_is_passed() -> None:
    found = to_ucs(to_rgb(ramp(["#ffffcc", "#41b6c4", "#081d58"]).colours))
    middle = to_ucs(to_rgb(["#41b6c4"]))
    assert np.linalg.norm(found[:, 1:] - middle[:, 1:], axis=1).min() < 2


def test_diverging_ramps_have_ends_of_equal_lightness() -> None:
    # WHEN
    found = ramp(["#b2182b", "#f7f7f7", "#053061"], Kind.DIVERGING, 101)

    # THEN
    lightness = to_ucs(to_rgb(found.colours))[:, 0]
    assert lightness[0] == pytest.approx(lightness[-1], abs=0.6)
    assert lightness.argmax() in (49, 50, 51)
    measures = check(found).ramp
    assert measures is not None
    assert measures.ordered
    assert measures.asymmetry < 6


@settings(max_examples=10, deadline=None)
@given(st.lists(colours, min_size=2, max_size=3), st.integers(2, 40))
def test_ramps_can_be_made_of_any_colours(stops: list[str], count: int) -> None:
    for kind in (Kind.SEQUENTIAL, Kind.DIVERGING):
        assert len(ramp(stops, kind, count)) == count


@pytest.mark.parametrize(("count", "kind"), [(4, Kind.SEQUENTIAL), (0, Kind.SEQUENTIAL), (1, Kind.DIVERGING)])
def test_too_many_or_too_few_colours_are_told(count: int, kind: Kind) -> None:
    with pytest.raises(InputError, match=f"not {count}"):
        ramp(["#123456"] * count, kind)


def test_other_kinds_are_told() -> None:
    with pytest.raises(InputError, match="sequential or diverging"):
        ramp(["#123456", "#654321"], Kind.CYCLIC)


def test_twenty_series_differ_without_colour() -> None:
    styles = [(style.marker.matplotlib, style.dash.matplotlib) for style in series_styles(20)]
    assert len(set(styles)) == 20
    neighbours = zip(series_styles(20), series_styles(21)[1:], strict=False)
    assert all(a.marker != b.marker and a.dash != b.dash and a.hatch != b.hatch for a, b in neighbours)
