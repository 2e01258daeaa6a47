"""Ramps that are repaired: what stays, what becomes even, and what is told where that cannot be."""

from __future__ import annotations

import numpy as np
import pytest

from app.palette import Kind, NotRepaired, Palette, check, find, repair
from app.palette.appearance import to_ucs
from app.palette.colour import to_rgb


@pytest.mark.parametrize("name", ["plasma", "turbo", "hot", "rainbow"])
def test_a_sequential_ramp_becomes_even_ordered_and_safe(name: str) -> None:
    # GIVEN a ramp that some readers confuse classes of
    broken = find(name).largest
    assert not check(broken).is_safe

    # WHEN
    done = repair(broken)
    report = check(done.palette)

    # THEN
    assert report.is_safe
    assert report.ramp is not None
    assert report.ramp.is_sound
    assert (len(done.palette), done.palette.kind) == (len(broken), Kind.SEQUENTIAL)
    assert len(done.moved) == len(broken)


def test_hues_and_ends_stay_as_they_are_where_that_is_enough() -> None:
    # GIVEN blues of which two are almost the same
    broken = Palette.of(["#deebf7", "#d9e8f5", "#6baed6", "#2171b5", "#08306b"], "blues", Kind.SEQUENTIAL)

    # WHEN
    done = repair(broken).palette

    # THEN
    assert (done.colours[0], done.colours[-1]) == (broken.colours[0], broken.colours[-1])
    steps = np.linalg.norm(np.diff(to_ucs(to_rgb(done.colours)), axis=0), axis=1)
    assert steps.max() / steps.min() < 1.1


@pytest.mark.parametrize("count", [6, 7])
def test_the_arms_of_a_diverging_ramp_get_the_same_lightness(count: int) -> None:
    # GIVEN a dark and a light arm
    ends = ["#053061", "#4393c3", "#d1e5f0", "#f7f7f7", "#fff3c4", "#ffe680", "#fdd835"]
    broken = Palette.of(ends if count == 7 else ends[:3] + ends[4:], "arms", Kind.DIVERGING)
    assert not check(broken).is_sound

    # WHEN
    done = repair(broken)

    # THEN
    lightness = to_ucs(to_rgb(done.palette.colours))[:, 0]
    np.testing.assert_allclose(lightness, lightness[::-1], atol=3)
    assert check(done.palette).is_safe


def test_a_ramp_that_is_good_stays() -> None:
    done = repair(find("viridis").largest)
    assert done.palette.colours == find("viridis").largest.colours
    assert set(done.moved) == {0.0}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("RdYlGn", "hues of the two sides"),
        ("twilight", "cyclic ramp cannot be repaired"),
        ("jet", "use fewer or others"),
    ],
)
def test_what_no_lightness_can_mend_is_told(name: str, message: str) -> None:
    with pytest.raises(NotRepaired, match=message):
        repair(find(name).largest)
