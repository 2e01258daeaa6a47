from __future__ import annotations

import numpy as np
import pytest

from app.core.errors import InputError
from app.core.i18n import set_language
from app.palette import (
    Kind,
    Level,
    Model,
    Palette,
    Standard,
    Vision,
    catalogue,
    check,
    find,
    level,
    ramp,
    sentences,
    simulate,
)
from app.palette.appearance import _SRGB_TO_XYZ, linear_to_ucs, to_ucs
from app.palette.colour import to_linear, to_rgb
from app.palette.safety import closest
from app.palette.vision import _ANCHORS, _JUDD_TO_LMS

# Smallest CAM02-UCS distance to any reader by Machado at full severity, as published for these sets
PUBLISHED = {
    "petroff6": 15.1,
    "petroff10": 14.5,
    "tol.muted": 11.8,
    "petroff8": 11.4,
    "Okabe-Ito": 11.0,
    "vibrant": 8.8,
    "tol.bright": 7.4,
    "seaborn.colorblind": 5.8,
    "Set1": 3.7,
    "tab10": 1.6,
    "Paired": 1.6,
    "plotly.Plotly": 0.7,
}
PUBLISHED_OF_SIZE = {("Set2", 3): 11.8, ("Dark2", 5): 3.7}


@pytest.mark.parametrize(("name", "distance"), PUBLISHED.items())
def test_published_distances_are_reproduced(name: str, distance: float) -> None:
    assert check(find(name).largest).distance == pytest.approx(distance, abs=0.1)


@pytest.mark.parametrize(("scheme", "distance"), PUBLISHED_OF_SIZE.items())
def test_published_distances_of_smaller_sizes_are_reproduced(scheme: tuple[str, int], distance: float) -> None:
    assert check(find(scheme[0]).at(scheme[1])).distance == pytest.approx(distance, abs=0.1)


def test_the_published_distance_by_brettel_comes_of_cones_without_judds_correction() -> None:
    # GIVEN 3.1 is published for seaborn's colours by Brettel; here it is 2.8, as by coloraide and libDaltonLens
    colours = find("seaborn.colorblind").largest.colours
    assert check(Palette.of(colours), Standard(model=Model.BRETTEL)).distance == pytest.approx(2.8, abs=0.1)

    # WHEN the cones of Smith and Pokorny, made for XYZ as corrected by Judd, are taken of plain XYZ (CIE 1931)
    cones = _JUDD_TO_LMS @ _SRGB_TO_XYZ
    white, anchors = cones.sum(axis=1), [_JUDD_TO_LMS @ light for light in _ANCHORS[Vision.TRITAN]]
    border = np.cross(white, [0, 0, 1])
    lms = to_linear(to_rgb(colours)) @ cones.T
    is_first = (lms @ border) * (border @ anchors[0]) > 0
    planes = [np.cross(white, anchor) for anchor in anchors]
    blues = [-(lms[:, :2] @ plane[:2]) / plane[2] for plane in planes]
    seen = np.column_stack([lms[:, :2], np.where(is_first, *blues)]) @ np.linalg.inv(cones).T

    # THEN it is the published value
    assert closest(linear_to_ucs(np.clip(seen, 0, 1))).distance == pytest.approx(3.1, abs=0.1)


def test_another_model_finds_another_pair() -> None:
    # GIVEN colours that are nearer to tritans by Brettel than by Machado
    colours = find("seaborn.colorblind").largest

    # WHEN
    report = check(colours, Standard(model=Model.BRETTEL))

    # THEN
    assert report.worst[0] is Vision.TRITAN
    assert report.distance == pytest.approx(2.8, abs=0.1)
    assert report.pairs[Vision.NORMAL, Model.BRETTEL] == report.pairs[Vision.NORMAL, Model.MACHADO]


def test_petroffs_limits_hold_without_clipping() -> None:
    for name, limit in (("petroff6", 20), ("petroff8", 18), ("petroff10", 16)):
        colours = to_rgb(find(name).largest.colours)
        views = [simulate(colours, vision, clip=False) for vision in Vision if vision is not Vision.GREY]
        assert min(closest(to_ucs(view)).distance for view in views) >= limit, name


def test_sequential_scales_that_colorbrewer_calls_safe_have_neighbours_that_are_not() -> None:
    flagged = [
        scheme.at(count)
        for scheme in catalogue().values()
        if scheme.kind is Kind.SEQUENTIAL
        for count, flags in scheme.flags.items()
        if flags.blind == 1
    ]
    assert len(flagged) == 126
    assert sum(not check(palette).is_safe for palette in flagged) == 16


def test_the_verdict_tells_what_colorbrewer_says_and_which_severity_it_is_for() -> None:
    flagged = sentences(check(find("Set2").at(3), Standard(severity=0.6)))
    assert flagged[-2:] == [
        "ColorBrewer's own judgement: colour-blind readers yes, print yes, photocopy no, screens yes.",
        "All this is for a severity of 60 %; 100 % is the strictest.",
    ]
    assert not any("ColorBrewer" in each or "severity" in each for each in sentences(check(find("tab10").largest)))


def test_severity_makes_colours_more_alike() -> None:
    distances = [check(find("tab10").largest, Standard(severity=severity)).distance for severity in (0, 0.3, 0.6, 1)]
    assert distances == sorted(distances, reverse=True)
    assert distances[0] == pytest.approx(check(find("tab10").largest).smallest(Vision.NORMAL).distance)


def test_the_verdict_names_the_pair_and_who_confuses_it() -> None:
    # WHEN
    report = check(find("tab10").largest)

    # THEN
    assert level(report) is Level.UNSAFE
    assert sentences(report)[0] == (
        "2 (orange) and 3 (green) look alike to protans, about 1 man in 50: 1.6 apart, 10 is needed."
    )
    assert any("deutans, about 1 man in 20: 4.3" in sentence for sentence in sentences(report))
    set_language("zh_CN")
    assert sentences(report)[0].startswith("红色觉异常者")


def test_a_safe_palette_is_said_to_be_safe() -> None:
    report = check(find("petroff6").largest)
    assert (level(report), report.is_safe) == (Level.VERY_SAFE, True)
    assert sentences(report)[0] == "Every reader can tell all colours apart: 15.1, and 10 is enough."


def test_the_same_colour_twice_is_found() -> None:
    report = check(Palette.of(["#ff0000", "#00ff00", "ff0000"]))
    assert (report.worst[1].first, report.worst[1].second, report.distance) == (0, 2, 0.0)


def test_grey_and_contrast_count_when_they_are_needed() -> None:
    # GIVEN colours that everybody tells apart on a screen, but pale, or of the same lightness
    palette = find("Okabe-Ito").largest

    # WHEN / THEN
    assert check(palette).is_safe
    assert not check(palette, Standard(needs_grey=True)).is_safe
    assert not check(palette, Standard(needs_contrast=True)).is_safe
    assert not check(palette).keeps_grey
    assert min(check(palette).contrasts) == pytest.approx(1.32, abs=0.02)
    dark = check(palette, Standard(background="#000000"))
    assert dark.contrasts[0] == pytest.approx(1.0)


def test_an_even_ramp_is_told_from_an_uneven_one() -> None:
    # GIVEN
    even, uneven = check(find("viridis").largest), check(find("jet").largest)

    # THEN
    assert even.is_safe
    assert even.ramp is not None
    assert uneven.ramp is not None
    assert even.ramp.evenness > 0.8 > uneven.ramp.evenness
    assert even.ramp.ordered
    assert not uneven.ramp.ordered
    assert any("order cannot be seen" in sentence for sentence in sentences(uneven))


def test_the_arms_of_a_diverging_ramp_are_compared() -> None:
    lopsided = Palette.of(["#000044", "#8888ff", "#ffffff", "#ffbb88", "#ff9955"], "lopsided", Kind.DIVERGING)
    report = check(lopsided)
    assert report.ramp is not None
    assert report.ramp.asymmetry > 40
    assert any("one side looks stronger" in sentence for sentence in sentences(report))
    fair = check(ramp(["#b2182b", "#2166ac"], Kind.DIVERGING))
    assert fair.ramp is not None
    assert fair.ramp.asymmetry < 6


def test_classes_of_a_ramp_may_be_nearer_than_colours_of_a_legend() -> None:
    blues = find("Blues").at(7)
    assert check(blues).limit == 5
    assert check(blues).is_safe
    assert not check(blues.of_kind(Kind.QUALITATIVE)).is_safe


@pytest.mark.parametrize("count", [0, 1, 257])
def test_too_few_and_too_many_colours_are_told(count: int) -> None:
    with pytest.raises(InputError, match=f"2 to 256 colours, not {count}"):
        Palette.of(["#123456"] * count)


def test_two_hundred_colours_are_measured_all_the_same() -> None:
    report = check(Palette.of([f"{number:06x}" for number in range(0, 200 * 83_000, 83_000)]))
    assert not report.is_safe
    assert len(report.contrasts) == 200


@pytest.mark.parametrize("wrong", [{"severity": 1.1}, {"severity": -0.1}, {"limit": 0}, {"limit": 101}])
def test_impossible_standards_are_told(wrong: dict[str, float]) -> None:
    with pytest.raises(InputError):
        Standard(**wrong)  # type: ignore[arg-type]


def test_every_palette_of_the_catalogue_can_be_measured() -> None:
    distances = [check(scheme.largest).distance for scheme in catalogue().values()]
    assert np.isfinite(distances).all()
    assert 0 <= min(distances) < 1
    assert max(distances) < 100
