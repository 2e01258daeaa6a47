from __future__ import annotations

from collections import Counter

import pytest

from app.core.errors import InputError
from app.palette import Flags, Kind, catalogue, find


def test_the_catalogue_has_all_of_colorbrewer_with_its_flags() -> None:
    # WHEN
    schemes = [scheme for scheme in catalogue().values() if scheme.source == "ColorBrewer"]

    # THEN 35 schemes at 265 sizes, each judged, of which four qualitative ones are for colour-blind readers
    kinds = Counter(scheme.kind for scheme in schemes)
    assert kinds == {Kind.SEQUENTIAL: 18, Kind.DIVERGING: 9, Kind.QUALITATIVE: 8}
    assert sum(len(scheme.sizes) for scheme in schemes) == 265
    assert all(set(scheme.flags) == set(scheme.sizes) for scheme in schemes)
    safe = [
        (scheme.name, count)
        for scheme in schemes
        if scheme.kind is Kind.QUALITATIVE
        for count, flags in scheme.flags.items()
        if flags.blind == 1
    ]
    assert len(safe) == 4
    assert max(count for _, count in safe) == 4
    assert find("Set2").at(3).flags == Flags(1, 1, 0, 1)
    assert find("Paired").at(12).flags == Flags(None, None, 0, None)


def test_the_catalogue_has_three_hundred_palettes_with_type_source_and_licence() -> None:
    schemes = catalogue()
    assert len(schemes) >= 300
    assert all(scheme.source and scheme.licence and scheme.sizes for scheme in schemes.values())
    assert {scheme.source for scheme in schemes.values()} >= {
        *("ColorBrewer", "Matplotlib", "Crameri", "Tol", "Okabe-Ito", "Petroff", "cmocean", "colorcet", "Plotly")
    }
    assert {scheme.kind for scheme in schemes.values()} == set(Kind)
    assert all(len(colours) == count for scheme in schemes.values() for count, colours in scheme.sizes.items())


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Set2", "#66c2a5", "#b3b3b3"),
        ("viridis", "#440154", "#fde725"),
        ("cividis", "#00224e", "#fee838"),
        ("tab10", "#1f77b4", "#17becf"),
        ("plotly", "#636efa", "#fecb52"),
        ("okabe-ito", "#000000", "#cc79a7"),
        ("batlow", "#011959", "#faccfa"),
    ],
)
def test_colours_are_those_published(name: str, first: str, last: str) -> None:
    colours = find(name).largest.colours
    assert (colours[0], colours[-1]) == (first, last)


def test_a_scheme_has_colours_of_its_own_for_each_size() -> None:
    blues = find("Blues")
    assert blues.at(3).colours == ("#deebf7", "#9ecae1", "#3182bd")
    assert blues.at(9).colours[0] == "#f7fbff"
    assert find("tab10").at(4).colours == find("tab10").largest.colours[:4]
    assert len(find("viridis").at(7)) == 7


def test_sizes_are_found_that_colorbrewer_judges_good() -> None:
    # GIVEN a scheme that is good for less, the more colours it has
    scheme = find("Set2")

    # THEN
    assert len(scheme.fitting() or ()) == 8
    assert len(scheme.fitting(uses=("blind",)) or ()) == 3
    assert len(scheme.fitting(5) or ()) == 5
    assert scheme.fitting(5, ("blind",)) is None
    assert scheme.fitting(uses=("blind", "copy")) is None
    assert scheme.fitting(9) is None
    assert find("viridis").fitting(uses=("blind",)) is None


def test_a_closed_ramp_is_sampled_without_its_end() -> None:
    ring = find("twilight").at(6).colours
    assert len(set(ring)) == 6


def test_names_are_found_in_any_case_and_by_source() -> None:
    assert find("SET2") is find("brewer.Set2")
    assert find("seaborn.muted") is not find("tol.muted")


def test_unknown_names_are_told_with_similar_ones() -> None:
    with pytest.raises(InputError, match=r"Is it one of these: .*viridis"):
        find("virdis")
    with pytest.raises(InputError, match="palette list"):
        find("qqqqqqqq")


def test_more_colours_than_there_are_is_told() -> None:
    with pytest.raises(InputError, match="Set2 has 8 colours, not 9"):
        find("Set2").at(9)
