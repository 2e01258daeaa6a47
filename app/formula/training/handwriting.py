r"""Formulas written by hand: the boxes of a typeset formula filled with the drawings of many hands.

A picture has one hand for its letters, one pen and one slant; every symbol is a little off its place, size and angle.
What people write as they write something else, such as `\mathbf`, is not drawn at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.formula import symbols
from app.formula.training import shapes
from app.formula.training.draw import X_HEIGHT_POINTS, Boxes, Scene, Shard
from app.formula.training.hands import Drawing, Hands, Points
from app.formula.training.marking import KERNED

FINER: Final = 3
"""Pixels drawn for each pixel of the picture, in each direction."""
MOST_PIXELS: Final = 8_000_000
"""Of the drawing before it is reduced."""
PEN: Final = (0.07, 0.24)
"""Width of the pen over the height of x."""
SPREAD: Final = (0.95, 1.35)
"""Handwriting is wider than print."""
SLANT: Final = 0.16
"""Standard deviation of the slant: columns per row."""
CLIMB: Final = 0.02
"""Standard deviation of the slope of the line."""
WANDER: Final = 0.12
"""Standard deviation of the height of the wave of the line, over the height of x."""
OFF_PLACE: Final = 0.05
OFF_SIZE: Final = 0.12
OFF_ANGLE: Final = 0.07
OFF_SHAPE: Final = 0.05
"""Standard deviations of place (over the height of x), size (relative), angle (radians) and bends (over half the size)
of each symbol."""
HASTE: Final = 0.5
"""Standard deviation of the logarithm of a writer's factor on these."""
FREEDOM: Final = 1.5
"""A drawing keeps its own proportions up to this factor."""
FLAT: Final = 0.12
"""A drawing lower or narrower than this share of its other side has no proportions to keep."""
FONT_SIGN: Final = 0.35
"""Share of the signs that are taken from the font although there is a shape."""
TALLEST_SIGN: Final = 11.0
"""Points: a font's parenthesis is not stretched beyond."""
WORD_SPACE: Final = 0.3
"""Em."""
SMALL_DOT: Final = 1e-3
SUBPIXEL: Final = 4
"""Bits of a pixel that OpenCV draws with."""

Box = tuple[float, float, float, float]
_SKIPPED: Final = frozenset((*symbols.SIZES, r"\limits", r"\nolimits", r"\phantom", r"\displaystyle", r"\textstyle"))
_STYLED: Final = frozenset((r"\mathbb", r"\mathcal", r"\mathfrak", r"\mathscr"))
_WORDS: Final = frozenset((r"\text", r"\mathrm", r"\operatorname", r"\operatorname*"))
_NAMES: Final = {
    **{name: name[1:] for name in symbols.FUNCTIONS if not name.startswith(r"\var")},
    r"\liminf": "lim inf", r"\limsup": "lim sup", r"\injlim": "inj lim", r"\projlim": "proj lim", r"\bmod": "mod",
}  # fmt: skip


class NotWritten(ValueError):  # noqa: N818 - it is no error: the formula is drawn in print
    """A formula holds something that is not drawn by hand."""


@dataclass
class _Item:
    """A symbol to draw, or a word, and its box in points."""

    text: str
    box: Box
    word: bool = False
    last: int = field(default=-1)
    """Number of the token that a next letter of the word follows."""


def plan(tokens: Sequence[str], boxes: Boxes) -> list[_Item]:
    """Return what to draw where. Raises `NotWritten`."""
    items: list[_Item] = []
    fonts: list[str] = []
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else ""
        if token == "{":
            fonts.append(before if before in symbols.FONTS or before in _WORDS else "")
        elif token == "}":
            fonts.pop()
        if np.isnan(boxes[number, 0]) or token in _SKIPPED:
            continue
        font = next((name for name in reversed(fonts) if name), "")
        _add(items, number, _label(token, font), boxes[number])
    return items


def _label(token: str, font: str) -> str:
    if font in _STYLED:
        return f"{font}{{{token}}}"
    if font and font not in _WORDS:
        raise NotWritten(font)
    return token


def _add(items: list[_Item], number: int, label: str, sides: NDArray[np.float32]) -> None:
    """Append a symbol, or lengthen the word that it goes on with: its letters share one box, cut into columns."""
    left, top, right, bottom = (float(side) for side in sides)
    last = items[-1] if items else None
    goes_on = label in symbols.LETTERS or label in KERNED
    if goes_on and last is not None and last.word and last.last == number - 1:
        whole = last.box
        if (top, bottom) == (whole[1], whole[3]) and abs(left - whole[2]) < SMALL_DOT:
            items[-1] = _Item(last.text + label, (whole[0], top, right, bottom), word=True, last=number)
            return
    items.append(_Item(label, (left, top, right, bottom), word=label in symbols.LETTERS, last=number))


class Writer:
    """Writes formulas in the hands of a collection; `vocabulary` names its tokens."""

    def __init__(self, hands: Hands, vocabulary: Sequence[str], rng: np.random.Generator) -> None:
        self.hands = hands
        self.vocabulary = vocabulary
        self.rng = rng

    def write(self, shard: Shard, number: int, x_height: float) -> Scene:
        """Return a formula of `shard` with letters about `x_height` pixels high. Raises `NotWritten`."""
        tokens = [self.vocabulary[token] for token in shard.formula(number)]
        boxes = shard.boxes_of(number)
        items = plan(tokens, boxes)
        if not items:
            raise NotWritten("nothing")
        letters = self.hands.fonts[int(self.rng.integers(len(self.hands.fonts)))]
        pixels = x_height / X_HEIGHT_POINTS
        page = _Page(boxes, pixels, self.rng)
        for item in items:
            for lines, filled in self._drawn(item, letters):
                page.draw(lines, page.off(page.placed(item.box)), filled=filled)
        return page.scene(float(self.rng.uniform(*PEN)) * x_height)

    def _drawn(self, item: _Item, letters: dict[str, Drawing]) -> Iterator[tuple[list[Points], bool]]:
        """Yield the drawings that make up `item`, in their own units, and whether they are filled."""
        text = item.text
        width, height = item.box[2] - item.box[0], item.box[3] - item.box[1]
        if item.word or text in _NAMES:
            yield _word(_NAMES.get(text, text), letters)
        elif text == symbols.ROOT:
            yield shapes.root(width, height), False
        elif text == r"\binom":
            yield shapes.binomial(width, height), False
        elif text == r"\not":
            yield shapes.SLASH(), False
        else:
            yield self._symbol(text, letters, small=height < TALLEST_SIGN)

    def _symbol(self, text: str, letters: dict[str, Drawing], *, small: bool) -> tuple[list[Points], bool]:
        shape = shapes.DELIMITERS.get(text) or shapes.STRETCHED.get(text)
        if text in letters and (shape is None or (small and self.rng.random() < FONT_SIGN)):
            return list(letters[text].lines), letters[text].filled
        if shape is not None:
            return shape(), False
        drawings = self.hands.strokes.get(text)
        if not drawings:
            raise NotWritten(text)
        return list(drawings[int(self.rng.integers(len(drawings)))].lines), False


def _word(text: str, letters: dict[str, Drawing]) -> tuple[list[Points], bool]:
    """Return a word in the units of its font, and whether it is filled."""
    lines: list[Points] = []
    along = 0.0
    for letter in text:
        if letter == " ":
            along += WORD_SPACE
            continue
        if letter not in letters:
            raise NotWritten(letter)
        lines += [line + np.array([along, 0], np.float32) for line in letters[letter].lines]
        along += letters[letter].advance
    return lines, letters[text[0]].filled


class _Page:
    """Paper of the size of a formula, finer than its picture will be."""

    def __init__(self, boxes: Boxes, pixels: float, rng: np.random.Generator) -> None:
        self.rng = rng
        self.spread = float(rng.uniform(*SPREAD))
        known = boxes[~np.isnan(boxes[:, 0])]
        width, height = (float(known[:, side].max()) for side in (2, 3))
        self.margin = 2.0 * X_HEIGHT_POINTS
        area = (width * self.spread + 2 * self.margin) * (height + 2 * self.margin) * (FINER * pixels) ** 2
        self.finer = FINER * min(1.0, float(np.sqrt(MOST_PIXELS / area)))
        self.scale = pixels * self.finer
        self.boxes = boxes.copy()
        self.boxes[:, 0::2] = (boxes[:, 0::2] * self.spread + self.margin) * self.scale
        self.boxes[:, 1::2] = (boxes[:, 1::2] + self.margin) * self.scale
        self.size = (
            int((width * self.spread + 2 * self.margin) * self.scale) + 1,
            int((height + 2 * self.margin) * self.scale) + 1,
        )
        self.lines: list[tuple[list[Points], bool]] = []
        self.haste = float(np.exp(rng.normal(0, HASTE)))
        self.bend = _Bend(self.size, X_HEIGHT_POINTS * self.scale, rng)

    def placed(self, box: Box) -> Box:
        """Return a box of the formula on this paper, in pixels of the picture."""
        left, top, right, bottom = box
        across, down = self.scale / self.finer * self.spread, self.scale / self.finer
        edge = self.margin * down
        return left * across + edge, top * down + edge, right * across + edge, bottom * down + edge

    def off(self, box: Box) -> Box:
        """Return `box` (pixels of the picture) a little off."""
        left, top, right, bottom = box
        across, down = self.rng.normal(0, self.haste * OFF_PLACE * X_HEIGHT_POINTS * self.scale / self.finer, 2)
        wider, higher = np.exp(self.rng.normal(0, self.haste * OFF_SIZE, 2)) / 2
        middle, level = (left + right) / 2 + across, (top + bottom) / 2 + down
        width, height = (right - left) * wider, (bottom - top) * higher
        return middle - width, level - height, middle + width, level + height

    def draw(self, lines: list[Points], box: Box, *, filled: bool) -> None:
        """Put a drawing into a box (pixels of the picture), turned and bent a little."""
        every = np.concatenate(lines)
        low, high = every.min(0), every.max(0)
        middle = (low + high) / 2
        size = np.array([box[2] - box[0], box[3] - box[1]]) * self.finer
        scale = _scales(high - low, size)
        centre = np.array([box[0] + box[2], box[1] + box[3]]) / 2 * self.finer
        angle = self.rng.normal(0, self.haste * OFF_ANGLE) * min(
            1.0, 3 * float(min(size)) / max(float(max(size)), SMALL_DOT)
        )
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        change = scale[:, None] * turn
        half = np.maximum(high - low, SMALL_DOT) / 2
        bends = self.rng.normal(0, self.haste * OFF_SHAPE, (3, 2))
        around = [(line - middle) / half for line in lines]
        bent = [(each + _squares(each) @ bends) * half @ change + centre for each in around]
        self.lines.append(([self.bend(line) for line in bent], filled))

    def scene(self, pen: float) -> Scene:
        """Return the picture, drawn with a pen `pen` pixels wide, and its boxes."""
        paper = np.zeros((self.size[1], self.size[0]), np.uint8)
        thickness = max(1, round(pen * self.finer))
        for lines, filled in self.lines:
            fixed = [np.round(line * (1 << SUBPIXEL)).astype(np.int32) for line in lines]
            if filled:
                cv2.fillPoly(paper, fixed, 255, cv2.LINE_AA, SUBPIXEL)
            else:
                cv2.polylines(paper, fixed, False, 255, thickness, cv2.LINE_AA, SUBPIXEL)
        size = (max(1, round(self.size[0] / self.finer)), max(1, round(self.size[1] / self.finer)))
        small = cv2.resize(paper, size, interpolation=cv2.INTER_AREA)
        boxes = self.boxes.copy()
        centres = np.stack([boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]], axis=1) / 2
        boxes += np.tile(self.bend(centres) - centres, 2)
        return Scene(small.astype(np.float32) / np.float32(255), (boxes / self.finer).astype(np.float32))


class _Bend:
    """The slant of a hand, and a line that climbs and wanders."""

    def __init__(self, size: tuple[int, int], x_height: float, rng: np.random.Generator) -> None:
        self.slant = float(np.clip(rng.normal(0, SLANT), -2 * SLANT, 2 * SLANT))
        self.climb = float(rng.normal(0, CLIMB))
        self.height = float(rng.normal(0, WANDER)) * x_height
        self.period = float(rng.uniform(12, 40)) * x_height
        self.phase = float(rng.uniform(0, 2 * np.pi))
        self.centre = np.array(size) / 2

    def __call__(self, points: NDArray[np.floating]) -> Points:
        """Return where `points` (N, 2) come to lie."""
        across, down = points[:, 0], points[:, 1]
        wave = self.height * np.sin(2 * np.pi * across / self.period + self.phase)
        moved = np.stack(
            [across - self.slant * (down - self.centre[1]), down + wave - self.climb * (across - self.centre[0])],
            axis=1,
        )
        return moved.astype(np.float32)


def _squares(points: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the squares and products, shape (N, 3), of the coordinates of `points` (N, 2)."""
    across, down = points[:, 0], points[:, 1]
    return np.stack([across * across, across * down, down * down], axis=1)


def _scales(own: NDArray[np.floating], wanted: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the factors that bring a drawing of size `own` into a box, its proportions not quite given up."""
    if own[0] < FLAT * own[1] or own[1] < FLAT * own[0] or min(own) < SMALL_DOT:
        one = float(max(wanted) / max(*own, SMALL_DOT))
        return np.array([one, one])
    scale = wanted / own
    mean = float(np.sqrt(scale[0] * scale[1]))
    return np.clip(scale, mean / FREEDOM, mean * FREEDOM)
