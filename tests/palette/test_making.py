from __future__ import annotations

import numpy as np
import pytest

from app.core.errors import Cancelled, InputError
from app.palette import Standard, Vision, Wishes, check, find, hue_of, make, simulate
from app.palette.appearance import to_ucs
from app.palette.colour import contrast, to_rgb
from app.palette.making import COLOURFULNESS, HUE_WIDTH
from app.palette.safety import closest


def unclipped_distance(colours: tuple[str, ...]) -> float:
    """The measure of Petroff's limits: colours that no screen shows are not clipped."""
    views = [simulate(to_rgb(colours), vision, clip=False) for vision in Vision if vision is not Vision.GREY]
    return min(closest(to_ucs(view)).distance for view in views)


def test_eight_colours_differ_more_than_any_published_ones() -> None:
    # WHEN
    made = make(Wishes(8))

    # THEN Petroff's limit for eight colours is 18 without clipping
    assert unclipped_distance(made.colours) >= 18
    assert check(made).distance >= 18 > check(find("petroff8").largest).distance
    ucs = to_ucs(to_rgb(made.colours))
    assert ((ucs[:, 0] >= 34.9) & (ucs[:, 0] <= 85.1)).all()
    assert np.hypot(ucs[:, 1], ucs[:, 2]).max() <= COLOURFULNESS


def test_a_seed_gives_the_same_palette_and_another_seed_another() -> None:
    made = [make(Wishes(5), seed=seed).colours for seed in (3, 3, 4)]
    assert made[0] == made[1] != made[2]


@pytest.mark.parametrize("count", [2, 20])
def test_few_and_many_colours_can_be_made(count: int) -> None:
    made = make(Wishes(count))
    assert len(set(made.colours)) == count
    assert check(made).distance >= 10


def test_pinned_colours_come_first_and_the_rest_keeps_away_from_them() -> None:
    pinned = ("#1f77b4", "#ff7f0e")
    made = make(Wishes(6, pinned=pinned))
    assert made.colours[:2] == pinned
    assert check(made).distance >= 15


def test_all_colours_may_be_pinned() -> None:
    assert make(Wishes(2, pinned=("#1f77b4", "#ff7f0e"))).colours == ("#1f77b4", "#ff7f0e")


def test_hues_that_were_wished_for_are_there() -> None:
    # WHEN
    wished = [hue_of("#ff0000"), hue_of("#0000ff")]
    made = make(Wishes(5, hues=tuple(wished)))

    # THEN
    hues = [hue_of(colour) for colour in made.colours]
    for hue in wished:
        assert min(abs((each - hue + 180) % 360 - 180) for each in hues) <= HUE_WIDTH


def test_contrast_with_the_background_is_kept() -> None:
    made = make(Wishes(5, contrast=3.0))
    assert contrast(to_rgb(made.colours), "#ffffff").min() >= 3
    dark = make(Wishes(5, contrast=4.5, lightness=(40, 100)), Standard(background="#1e1e1e"))
    assert contrast(to_rgb(dark.colours), "#1e1e1e").min() >= 4.5


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": 1},
        {"count": 200},
        {"count": 2, "pinned": ("#000000",) * 3},
        {"count": 2, "hues": (1.0,) * 3},
        {"count": 4, "lightness": (80, 20)},
        {"count": 4, "lightness": (-5, 20)},
    ],
)
def test_impossible_wishes_are_told(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        Wishes(**wrong)  # type: ignore[arg-type]


def test_wishes_that_no_colour_fulfils_are_told() -> None:
    with pytest.raises(InputError, match="No colour has"):
        make(Wishes(3, contrast=20, lightness=(60, 80)))
    with pytest.raises(InputError, match="hue"):
        make(Wishes(3, hues=(hue_of("#ffff00"),), lightness=(2, 9)))


class StopsAtOnce:
    def report(self, done: float, total: float | None = None, text: str = "") -> None:
        raise Cancelled("stopped")


def test_making_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        make(Wishes(4), progress=StopsAtOnce())
