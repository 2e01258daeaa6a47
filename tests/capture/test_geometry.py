"""Every rectangle lies in its picture, is never empty, and covers what the user enclosed."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.capture.geometry import (
    Point,
    Rect,
    Region,
    Size,
    axis_ratio,
    between,
    clamp,
    cover,
    find_region,
    fit,
    magnifier_source,
    pixel_at,
    read_region,
    split,
    write_region,
)

sizes = st.builds(Size, st.integers(1, 8000), st.integers(1, 8000))
points = st.builds(Point, st.integers(-9000, 9000), st.integers(-9000, 9000))
rects = st.builds(Rect, st.integers(-9000, 9000), st.integers(-9000, 9000), st.integers(1, 9000), st.integers(1, 9000))
ratios = st.sampled_from([1.0, 1.1, 1.25, 1.5, 1.6, 1.75, 2.0, 2.25, 2.5, 3.0])
edges = st.floats(-100, 9000, allow_nan=False)


def lies_in(rect: Rect, size: Size) -> bool:
    return rect.x >= 0 and rect.y >= 0 and rect.right <= size.width and rect.bottom <= size.height


@given(points, points)
def test_a_rectangle_holds_both_corners_whichever_is_first(one: Point, other: Point) -> None:
    rect = between(one, other)
    assert rect == between(other, one)
    assert rect.contains(one)
    assert rect.contains(other)
    assert not rect.moved(rect.width, 0).contains(one)


@given(st.integers(1, 8000), ratios)
def test_an_honest_ratio_is_taken_as_it_is(pixels: int, ratio: float) -> None:
    assert axis_ratio(pixels, max(1, round(pixels / ratio)), ratio) in (ratio, float(pixels))


def test_a_ratio_that_disagrees_with_the_picture_is_not_believed() -> None:
    # GIVEN sway at scale 1.5, which tells Qt 2.0
    assert axis_ratio(2880, 1920, 2.0) == 1.5
    assert axis_ratio(1366, 911, 1.5) == 1.5


@given(st.integers(1, 8000), ratios, st.data())
def test_the_position_of_a_pixel_leads_back_to_it(pixels: int, ratio: float, data: st.DataObject) -> None:
    pixel = data.draw(st.integers(0, pixels - 1))
    assert pixel_at(pixel / ratio, ratio, pixels) == pixel
    assert pixel_at((pixel + 0.5) / ratio, ratio, pixels) == pixel


@given(st.floats(-1e6, 1e6, allow_nan=False), ratios, st.integers(1, 8000))
def test_a_position_outside_gives_the_nearest_pixel(position: float, ratio: float, pixels: int) -> None:
    assert 0 <= pixel_at(position, ratio, pixels) < pixels


@given(edges, edges, edges, edges, sizes)
def test_covering_is_never_empty_never_outside_and_never_short(
    a: float, b: float, c: float, d: float, size: Size
) -> None:
    left, right, top, bottom = min(a, b), max(a, b), min(c, d), max(c, d)
    rect = cover(left, top, right, bottom, size)
    assert rect.width >= 1
    assert rect.height >= 1
    assert lies_in(rect, size)
    if right < size.width:
        assert rect.right >= right - 1e-5
    if left >= 0:
        assert rect.x <= max(left + 1e-5, 0)


@given(edges, edges, sizes)
def test_covering_takes_no_pixel_too_many(left: float, right: float, size: Size) -> None:
    left, right = min(left, right), max(left, right)
    rect = cover(left, 0, right, 1, size)
    inner = min(right, size.width) - max(left, 0)
    assert rect.width <= max(1, math.ceil(inner) + 1)


@given(rects, sizes)
def test_fitting_keeps_the_size_where_it_can(rect: Rect, size: Size) -> None:
    fitted = fit(rect, size)
    assert lies_in(fitted, size)
    assert fitted.width == min(rect.width, size.width)
    assert fitted.height == min(rect.height, size.height)
    if lies_in(rect, size):
        assert fitted == rect


@given(points, sizes)
def test_clamping_gives_a_pixel_of_the_picture(point: Point, size: Size) -> None:
    assert Rect(0, 0, *size).contains(clamp(point, size))


@given(
    st.lists(st.tuples(st.integers(200, 4000), st.integers(200, 3000)), min_size=1, max_size=4),
    st.integers(-6000, 6000),
    st.integers(-3000, 3000),
    ratios,
)
def test_a_picture_of_the_desktop_splits_into_screens_without_gap(
    monitors: list[tuple[int, int]], x: int, y: int, ratio: float
) -> None:
    # GIVEN screens side by side, beginning anywhere, and a picture of all of them
    screens: list[Rect] = []
    for width, height in monitors:
        screens.append(Rect(x, y, width, height))
        x += width
    whole = Size(
        round(sum(width for width, _ in monitors) * ratio), round(max(height for _, height in monitors) * ratio)
    )
    # WHEN it is split
    parts = split(screens, whole)
    # THEN the parts lie in it and follow each other
    assert all(lies_in(part, whole) for part in parts)
    assert parts[0].x == 0
    assert parts[-1].right == whole.width
    for left, right in itertools.pairwise(parts):
        assert left.right - 1 <= right.x <= left.right


def test_screens_at_negative_coordinates_split_exactly() -> None:
    screens = [Rect(-1280, 56, 1280, 1024), Rect(0, 0, 1920, 1080)]
    assert split(screens, Size(6400, 2160)) == [Rect(0, 112, 2560, 2048), Rect(2560, 0, 3840, 2160)]


@given(st.integers(1, 40), sizes, st.data())
def test_the_magnifier_shows_what_exists_at_its_place(radius: int, size: Size, data: st.DataObject) -> None:
    cursor = Point(data.draw(st.integers(0, size.width - 1)), data.draw(st.integers(0, size.height - 1)))
    source, start = magnifier_source(cursor, radius, size)
    assert lies_in(source, size)
    assert source.contains(cursor)
    assert (cursor.x - source.x + start.x, cursor.y - source.y + start.y) == (radius, radius)
    assert start.x + source.width <= 2 * radius + 1


@given(st.text(), rects)
def test_a_region_survives_being_written(screen: str, rect: Rect) -> None:
    region = Region(screen, rect)
    assert read_region(write_region(region)) == region


@given(st.text())
def test_reading_a_region_from_anything_never_fails(text: str) -> None:
    region = read_region(text)
    assert region is None or read_region(write_region(region)) == region


@pytest.mark.parametrize("text", ["", "DP-1", "DP-1|1,2,3", "DP-1|1,2,0,4", "DP-1|1,2,3,x", "1,2,3,4"])
def test_damaged_regions_are_none(text: str) -> None:
    assert read_region(text) is None


def test_a_region_is_found_by_its_screen() -> None:
    region = Region("DP-1", Rect(1800, 1000, 200, 100))
    wide, small = ("DP-1", Size(2560, 1440)), ("eDP-1", Size(1920, 1080))
    assert find_region(region, [small, wide]) == (1, region.rect)
    assert find_region(region, [small, ("DP-1", Size(1920, 1080))]) == (1, Rect(1720, 980, 200, 100))
    assert find_region(region, [("renamed", Size(2560, 1440))]) == (0, region.rect)
    assert find_region(region, [small, ("HDMI-1", Size(2560, 1440))]) is None
