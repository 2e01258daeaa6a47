"""Drawings by many hands, strokes of symbols and of letters and outlines of letters, and the reading of fonts."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.core.errors import InputError
from app.formula import symbols

Points = NDArray[np.float32]
"""Shape (N, 2): across and down."""

CHARACTERS: Final = symbols.LETTERS + tuple("+=()[],.:;!?/|<>*'&%#$@")
"""What is taken from fonts."""
CURVE_STEPS: Final = 5
"""Points on a curve of an outline."""
NO_FONT: Final = -1


@dataclass(frozen=True)
class Drawing:
    """One symbol by one hand: lines of a pen, or the outlines of a letter, which are filled."""

    lines: tuple[Points, ...]
    """Down from the top; the unit of a font's letter is the em and its row 0 the baseline."""
    advance: float = 0.0
    """How far a font's letter moves the next one, in em."""
    filled: bool = False
    """Whether the lines enclose ink."""


@dataclass(frozen=True)
class Entry:
    """What is packed: a drawing of a token, or of a font's letter."""

    label: str
    font: int
    drawing: Drawing


class Hands:
    """All drawings: pen strokes by label, and letters by font."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.strokes: dict[str, list[Drawing]] = {}
        fonts: dict[int, dict[str, Drawing]] = {}
        for entry in entries:
            if entry.font == NO_FONT:
                self.strokes.setdefault(entry.label, []).append(entry.drawing)
            else:
                fonts.setdefault(entry.font, {})[entry.label] = entry.drawing
        self.fonts = [letters for _, letters in sorted(fonts.items())]

    @classmethod
    def load(cls, path: Path) -> Hands:
        """Read what `pack` wrote. Raises `InputError` when that cannot be read."""
        try:
            with np.load(path) as arrays:
                return cls(_entries(arrays))
        except (OSError, ValueError, KeyError) as error:
            raise InputError(f"{path} holds no drawings: {error}") from error


def _entries(arrays: Any) -> Iterator[Entry]:
    points, line_ends, ends = arrays["points"], arrays["line_ends"], arrays["drawing_ends"]
    lines = np.split(points, line_ends[:-1])
    start = 0
    facts = zip(arrays["labels"], arrays["fonts"], arrays["advances"], arrays["filled"], ends, strict=True)
    for label, font, advance, filled, end in facts:
        yield Entry(str(label), int(font), Drawing(tuple(lines[start:end]), float(advance), bool(filled)))
        start = end


def pack(entries: Sequence[Entry], path: Path) -> None:
    """Write drawings to one file."""
    lines = [line for entry in entries for line in entry.drawing.lines]
    np.savez_compressed(
        path,
        points=np.concatenate(lines).astype(np.float32),
        line_ends=np.cumsum([len(line) for line in lines]).astype(np.int32),
        drawing_ends=np.cumsum([len(entry.drawing.lines) for entry in entries]).astype(np.int32),
        labels=np.array([entry.label for entry in entries]),
        fonts=np.array([entry.font for entry in entries], np.int16),
        advances=np.array([entry.drawing.advance for entry in entries], np.float32),
        filled=np.array([entry.drawing.filled for entry in entries], np.bool_),
    )


def read_strokes(path: Path) -> Iterator[Entry]:
    """Yield the drawings of a file of Detexify samples (JSON lines, xz) whose command is a token or a letter's font."""
    with lzma.open(path, "rt", encoding="utf-8") as samples:
        for line in samples:
            sample = json.loads(line)
            label = sample["latex"].replace(r"\mathds", r"\mathbb")
            strokes = tuple(_stroke(stroke) for stroke in sample["strokes"] if stroke)
            if strokes and not sample.get("rejected") and _is_known(label):
                yield Entry(label, NO_FONT, Drawing(strokes))


def _stroke(points: Sequence[Sequence[float]]) -> Points:
    """Return a line of a pen; a point is a line, too."""
    return np.asarray(points if len(points) > 1 else (*points, *points), np.float32)


def _is_known(label: str) -> bool:
    return label in symbols.TOKENS or (label[-1:] == "}" and label.partition("{")[0] in symbols.FONTS)


def read_font(path: Path, number: int) -> Iterator[Entry]:
    """Yield the letters, digits and signs of a font file that has them. Raises `InputError` for anything else."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen  # noqa: PLC0415 - only this command needs it
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415

    try:
        font = TTFont(path)
        glyphs, names, em = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
    except (OSError, TTLibError) as error:
        raise InputError(f"{path} is no font: {error}") from error
    for character in CHARACTERS:
        if ord(character) not in names:
            continue
        pen = DecomposingRecordingPen(glyphs)
        glyph = glyphs[names[ord(character)]]
        glyph.draw(pen)
        outlines = tuple(flattened(pen.value, em))
        if outlines and glyph.width > 0:
            yield Entry(character, number, Drawing(outlines, glyph.width / em, filled=True))


def flattened(commands: Iterable[tuple[str, tuple[Any, ...]]], em: float) -> Iterator[Points]:
    """Yield the lines that a pen of fontTools has recorded as polygons, in em, down from the baseline."""
    contour: list[tuple[float, float]] = []
    for name, arguments in commands:
        if name == "qCurveTo" and arguments[-1] is None:
            contour = list(_closed(arguments[:-1]))
        elif name == "moveTo":
            contour = [arguments[0]]
        elif name == "lineTo":
            contour.append(arguments[0])
        elif name in ("curveTo", "qCurveTo"):
            contour.extend(_curve(contour[-1], arguments, quadratic=name == "qCurveTo"))
        if name in ("closePath", "endPath") and contour:
            yield np.asarray(contour, np.float32) * np.array([1 / em, -1 / em], np.float32)
            contour = []


def _closed(controls: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Yield a closed quadratic curve that has no point on it."""
    (x0, y0), (x1, y1) = controls[-1], controls[0]
    start = ((x0 + x1) / 2, (y0 + y1) / 2)
    yield start
    yield from _curve(start, (*controls, start), quadratic=True)


def _curve(
    start: tuple[float, float], arguments: Sequence[tuple[float, float]], *, quadratic: bool
) -> Iterator[tuple[float, float]]:
    """Yield points on Bézier curves after `start`; a quadratic one may leave out its points between two controls."""
    if not quadratic:
        yield from _bezier((start, *arguments))
        return
    *controls, last = arguments
    for place, control in enumerate(controls):
        following = controls[place + 1] if place + 1 < len(controls) else None
        end = last if following is None else ((control[0] + following[0]) / 2, (control[1] + following[1]) / 2)
        yield from _bezier((start, control, end))
        start = end


def _bezier(controls: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Yield `CURVE_STEPS` points of a Bézier curve, by de Casteljau's method."""
    for step in range(1, CURVE_STEPS + 1):
        share = step / CURVE_STEPS
        points = np.asarray(controls, np.float64)
        while len(points) > 1:
            points = (1 - share) * points[:-1] + share * points[1:]
        yield float(points[0, 0]), float(points[0, 1])
