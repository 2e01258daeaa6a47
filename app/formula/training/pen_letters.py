"""Letters as a pen draws them: the lines of single-line SVG fonts, and the middle lines of outlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import cv2
import numpy as np
from numpy.typing import NDArray

from app.core.errors import InputError
from app.formula.training.hands import CHARACTERS, Drawing, Entry, Points, flattened

FINENESS: Final = 160
"""Pixels of an em in which middle lines are found."""
SPUR: Final = 8
"""Pixels: a side line shorter than this is a corner of the outline, not a line."""
KEPT: Final = 3
"""One point in so many of a middle line is kept."""
SMOOTHED: Final = 5
"""Points over which a middle line is averaged."""

Pixel = tuple[int, int]
_AROUND: Final = ((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))
_SVG: Final = "{http://www.w3.org/2000/svg}"


def read_pen_font(path: Path, number: int) -> Iterator[Entry]:
    """Yield the letters, digits and signs of an SVG font of single lines. Raises `InputError` for anything else."""
    from fontTools.pens.recordingPen import RecordingPen  # noqa: PLC0415 - only this command needs it
    from fontTools.svgLib.path import parse_path  # noqa: PLC0415

    try:
        root = ElementTree.parse(path).getroot()  # noqa: S314 - a font that whoever trains has chosen
        em = float(root.find(f".//{_SVG}font-face").attrib["units-per-em"])  # type: ignore[union-attr]
    except (OSError, ElementTree.ParseError, AttributeError, KeyError, ValueError) as error:
        raise InputError(f"{path} is no SVG font: {error}") from error
    for glyph in root.iter(f"{_SVG}glyph"):
        character, drawn = glyph.get("unicode", ""), glyph.get("d")
        if character in CHARACTERS and drawn:
            pen = RecordingPen()
            parse_path(drawn, pen)
            lines = tuple(line for line in flattened(pen.value, em) if len(line) > 1)
            yield Entry(character, number, Drawing(lines, float(glyph.attrib["horiz-adv-x"]) / em))


def traced(entry: Entry, number: int) -> Entry:
    """Return a letter of outlines as a pen would draw it, for the hand `number`."""
    return Entry(entry.label, number, Drawing(tuple(middle_lines(entry.drawing.lines)), entry.drawing.advance))


def middle_lines(outlines: Sequence[Points]) -> list[Points]:
    """Return the lines along the middle of what `outlines` (em) enclose (thinned by Zhang and Suen, 1984)."""
    from skimage.morphology import skeletonize  # noqa: PLC0415 - only this command needs it

    corner = np.concatenate(outlines).min(0) - 2 / FINENESS
    pixels = [np.round((line - corner) * FINENESS).astype(np.int32) for line in outlines]
    across, down = np.concatenate(pixels).max(0) + 3
    ink = np.zeros((down, across), np.uint8)
    cv2.fillPoly(ink, pixels, 1)
    lines = [_smooth(line) for line in _followed(skeletonize(ink > 0))]
    return [(line[:, ::-1] / FINENESS + corner).astype(np.float32) for line in lines]


def _followed(middle: NDArray[np.bool_]) -> Iterator[list[Pixel]]:
    """Yield the lines of pixels that `middle` consists of; where lines meet, one goes on and the others end."""
    left: set[Pixel] = {(int(row), int(column)) for row, column in np.argwhere(middle)}
    seen: set[Pixel] = set()
    while left:
        here = min(left, key=lambda pixel: (len(_beside(pixel, left)), pixel))
        line = [*_beside(here, seen)[:1], here]
        left.remove(here)
        while following := _beside(here, left):
            here = following[0]
            left.remove(here)
            line.append(here)
        line += [pixel for pixel in _beside(here, seen)[:1] if pixel not in line]
        joined = bool(seen.intersection(line))
        seen.update(line)
        if not joined or len(line) > SPUR:
            yield line


def _beside(pixel: Pixel, among: set[Pixel]) -> list[Pixel]:
    places = ((pixel[0] + down, pixel[1] + across) for down, across in _AROUND)
    return [place for place in places if place in among]


def _smooth(line: Sequence[Pixel]) -> NDArray[Any]:
    """Return points along a line of pixels, without its steps; a single pixel becomes a line of no length."""
    points = np.asarray(line if len(line) > 1 else [*line, *line], float)
    padded = np.pad(points, ((SMOOTHED // 2, SMOOTHED // 2), (0, 0)), mode="edge")
    even = np.stack([padded[shift : shift + len(points)] for shift in range(SMOOTHED)]).mean(0)
    return np.concatenate([points[:1], even[KEPT:-KEPT:KEPT], points[-1:]])
