from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from app.formula.components import component_boxes
from app.formula.engine import NoFormula
from app.formula.normalise import CELL, GLYPH_HEIGHT, MAX_PIXELS, glyph_height, ink_of, normalise


def letters(height: int, *, ink: str = "black", paper: str = "white", count: int = 5) -> Image.Image:
    """A row of hollow boxes, as high as letters of this height."""
    picture = Image.new("RGB", (count * 2 * height + 40, height + 40), paper)
    draw = ImageDraw.Draw(picture)
    for index in range(count):
        left = 20 + index * 2 * height
        draw.rectangle((left, 20, left + height - 1, 19 + height), outline=ink, width=max(1, height // 8))
    return picture


@pytest.mark.parametrize("height", [8, 14, 20, 40, 90, 300])
def test_glyphs_come_out_at_one_height_whatever_the_zoom(height: int) -> None:
    # GIVEN the same letters at different zooms
    picture = letters(height)

    # WHEN
    result = normalise(picture)

    # THEN
    assert abs(glyph_height(result.pixels) - GLYPH_HEIGHT) <= 1.5
    assert result.pixels.shape[0] % CELL == 0
    assert result.pixels.shape[1] % CELL == 0


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("black", "white"),
        ("white", "black"),
        ("#dddddd", "#202020"),
        ("#cc0000", "#fff8e0"),
        ("#777", "#999"),
        ("blue", "#ffff00"),
    ],
)
def test_colours_and_dark_paper_make_no_difference(ink: str, paper: str) -> None:
    # GIVEN letters in two colours and the same in black on white
    coloured, plain = letters(20, ink=ink, paper=paper), letters(20)

    # WHEN / THEN
    assert np.abs(normalise(coloured).pixels - normalise(plain).pixels).max() < 0.05


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK"])
def test_every_mode_of_picture_is_read(mode: str) -> None:
    assert normalise(letters(20).convert(mode)).pixels.max() > 0.9


@pytest.mark.parametrize("size", [(1, 1), (0, 0), (30, 0), (200, 100)])
def test_a_blank_picture_has_no_formula(size: tuple[int, int]) -> None:
    with pytest.raises(NoFormula, match="No formula found"):
        normalise(Image.new("RGB", size, "white"))


def test_a_huge_formula_stays_within_the_limit() -> None:
    # GIVEN thousands of letters
    tiled = np.tile(np.asarray(letters(14, count=2).convert("L"))[15:40, 15:65], (140, 70))

    # WHEN
    result = normalise(Image.fromarray(tiled))

    # THEN
    assert result.pixels.size <= MAX_PIXELS * 1.2


def test_the_way_back_leads_to_the_same_pixel() -> None:
    # GIVEN one dark box at a known place in a large empty picture
    picture = Image.new("L", (900, 700), 255)
    ImageDraw.Draw(picture).rectangle((400, 300, 439, 339), fill=0)

    # WHEN
    result = normalise(picture)

    # THEN the first column and row of ink lead back to the box's corner
    rows, columns = np.nonzero(result.pixels > 0.5)
    assert abs(result.left + columns.min() / result.scale - 400) < 3
    assert abs(result.top + rows.min() / result.scale - 300) < 3


def test_noise_on_the_paper_is_no_ink() -> None:
    # GIVEN
    generator = np.random.default_rng(7)
    noisy = np.asarray(letters(24).convert("L"), dtype=np.float32) * 0.9 + generator.normal(
        0, 4, letters(24).size[::-1]
    )

    # WHEN
    ink = ink_of(Image.fromarray(noisy.clip(0, 255).astype(np.uint8)))

    # THEN
    assert np.median(ink) == 0.0
    assert float((ink > 0.5).mean()) < 0.25


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 12), st.integers(1, 12), st.randoms(use_true_random=False), st.floats(0.0, 1.0))
def test_components_are_those_of_a_flood_fill(height: int, width: int, random: object, share: float) -> None:
    # GIVEN any small picture
    mask = np.array([[random.random() < share for _ in range(width)] for _ in range(height)])  # type: ignore[attr-defined]

    # WHEN / THEN
    assert sorted(map(tuple, component_boxes(mask).tolist())) == sorted(flood_fill(mask))


def flood_fill(mask: np.ndarray) -> list[tuple[int, int, int, int]]:
    """Boxes of the components by the plain textbook method."""
    left = {(int(y), int(x)) for y, x in zip(*np.nonzero(mask), strict=True)}
    boxes = []
    while left:
        piece, edge = set(), [left.pop()]
        while edge:
            y, x = edge.pop()
            piece.add((y, x))
            around = {(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)} & left
            left -= around
            edge.extend(around)
        ys, xs = [y for y, _ in piece], [x for _, x in piece]
        boxes.append((min(xs), min(ys), max(xs) + 1, max(ys) + 1))
    return boxes
