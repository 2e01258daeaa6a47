"""From any picture of a formula to what the network reads: ink on paper at one size, whatever the zoom of the snip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.formula.components import component_boxes
from app.formula.engine import NoFormula

Ink = NDArray[np.float32]
"""Shape (H, W): 0 paper, 1 full ink."""

GLYPH_HEIGHT: Final = 16.0
"""Pixels: the median height of the glyphs after normalisation; letters such as x are then about 11.5 high."""
CELL: Final = 16
"""Pixels: the network's coarsest stride; both sides of its input are multiples of it."""
MARGIN: Final = 4
"""Pixels of paper left around the ink."""
MAX_PIXELS: Final = 512 * 1024
"""Largest input of the network; a larger formula is reduced below its nominal glyph height."""
MAX_SIDE: Final = 2048
MAX_WORKING_PIXELS: Final = 4_000_000
"""A larger picture is reduced before anything else."""
MIN_CONTRAST: Final = 0.06
"""Least difference between ink and paper, as a share of the range from black to white."""
MAX_ENLARGEMENT: Final = 4.0
INK_THRESHOLD: Final = 0.5
"""Above this a pixel is clearly ink."""
MIN_LETTER: Final = 3
"""Pixels: a lower piece cannot be read as a letter."""
COLOUR_SAMPLES: Final = 40_000


@dataclass(frozen=True)
class Normalised:
    """The network's input and the way back to the picture it came from."""

    pixels: Ink
    """Shape (H, W), both multiples of `CELL`."""
    scale: float
    """Pixels of the input per pixel of the picture."""
    left: float
    """Column of the picture that became column 0, in pixels of the picture."""
    top: float
    """Row of the picture that became row 0, in pixels of the picture."""


def normalise(picture: Image.Image) -> Normalised:
    """Return `picture` as ink at the nominal glyph height, cropped to the ink. Raises `NoFormula` for a blank one."""
    reduced = reduce(picture)
    ink = ink_of(reduced)
    left, top, right, bottom = _ink_box(ink)
    ink = ink[top:bottom, left:right]
    scale = _scale(ink)
    pixels = _place(resized(ink, scale))
    shrink = reduced.width / picture.width
    return Normalised(pixels, scale * shrink, (left - MARGIN / scale) / shrink, (top - MARGIN / scale) / shrink)


def ink_of(picture: Image.Image) -> Ink:
    """Return how far each pixel is from the paper's colour, 0 to 1; the commonest colour is the paper.

    Dark pictures, coloured ink and several colours of ink need no special case; a difference in colour counts
    as the root mean square over the channels, which also evens out the fringes of sub-pixel rendering.
    """
    colours = np.asarray(picture.convert("RGB"))
    difference = colours.astype(np.float32) - _paper_colour(colours)
    distance: Ink = np.sqrt(np.einsum("ijk,ijk->ij", difference, difference) / 3) / 255
    strongest = float(distance.max(initial=0.0))
    if strongest < MIN_CONTRAST:
        raise NoFormula
    floor = min(2.0 * float(np.median(distance)), 0.3 * strongest)
    marked = distance[distance > 0.4 * strongest]
    full = max(float(np.percentile(marked, 70)), floor + MIN_CONTRAST / 2)
    return _stretched(distance, floor, full)


def _stretched(ink: Ink, floor: float, full: float) -> Ink:
    """Return `ink` with `floor` moved to 0 and `full` to 1."""
    stretched: Ink = np.clip((ink - floor) / (full - floor), 0.0, 1.0).astype(np.float32)
    return stretched


def _paper_colour(colours: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the commonest colour of a picture of shape (H, W, 3): the mean of the fullest of 8 x 8 x 8 bins."""
    pixels = colours.reshape(-1, 3)
    sample = pixels[:: -(-len(pixels) // COLOUR_SAMPLES)]
    bins = (sample >> 5).astype(np.int32) @ np.array([64, 8, 1], dtype=np.int32)
    commonest = np.bincount(bins).argmax()
    mean: NDArray[np.float32] = sample[bins == commonest].mean(axis=0, dtype=np.float32)
    return mean


def reduce(picture: Image.Image) -> Image.Image:
    """Return `picture` with at most `MAX_WORKING_PIXELS` pixels. Raises `NoFormula` when it has none at all."""
    if not picture.width or not picture.height:
        raise NoFormula
    factor = int(np.ceil(np.sqrt(picture.width * picture.height / MAX_WORKING_PIXELS)))
    return picture.convert("RGB").reduce(factor) if factor > 1 else picture


def _ink_box(ink: Ink) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of what is clearly ink."""
    dark = ink > INK_THRESHOLD
    columns, rows = np.flatnonzero(dark.any(axis=0)), np.flatnonzero(dark.any(axis=1))
    if not len(columns):
        raise NoFormula
    return (
        max(int(columns[0]) - 1, 0),
        max(int(rows[0]) - 1, 0),
        min(int(columns[-1]) + 2, ink.shape[1]),
        min(int(rows[-1]) + 2, ink.shape[0]),
    )


def _scale(ink: Ink) -> float:
    """Return the factor that brings the glyphs of `ink` to the nominal height, within the limits of size."""
    height, width = ink.shape
    within_pixels = float(np.sqrt(MAX_PIXELS / (height * width)))
    within_side = (MAX_SIDE - 2 * MARGIN) / float(max(height, width))
    return min(GLYPH_HEIGHT / glyph_height(ink), MAX_ENLARGEMENT, within_pixels, within_side)


def glyph_height(ink: Ink) -> float:
    """Return the typical height of a glyph in pixels: the median over the connected pieces that can be letters.

    Rules, dots and minus signs are too thin to tell; a piece more than three times as high as the median of the
    rest is a bracket or an integral sign.
    """
    boxes = component_boxes(ink > INK_THRESHOLD)
    widths, heights = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    largest = float(heights.max())
    letters = heights[(heights >= MIN_LETTER) & (widths <= 4 * heights) & (heights > 0.45 * np.median(heights))]
    if not len(letters):
        return max(largest, float(MIN_LETTER))
    usual = letters[letters <= 3 * np.median(letters)]
    return float(np.median(usual))


def resized(ink: Ink, scale: float) -> Ink:
    """Return `ink` resampled by `scale`, its strokes brought back to full strength."""
    height, width = ink.shape
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    found: Ink = np.asarray(Image.fromarray(ink).resize(size, Image.Resampling.BICUBIC), dtype=np.float32)
    strong = found[found > 0.3 * found.max()]
    full = max(float(np.percentile(strong, 75)), 1e-3) if len(strong) else 1.0
    return _stretched(found, 0.0, full)


def _place(ink: Ink) -> Ink:
    """Return `ink` with its margin on paper whose sides are multiples of `CELL`."""
    height, width = ink.shape
    sides = [-(-(side + 2 * MARGIN) // CELL) * CELL for side in (height, width)]
    paper = np.zeros(sides, dtype=np.float32)
    paper[MARGIN : MARGIN + height, MARGIN : MARGIN + width] = ink
    return paper
