"""What happens to a formula between the typesetter and the screen: weight, blur, zoom, colours, noise, compression."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.formula.training.draw import Ink, Scene

Picture = NDArray[np.uint8]
"""Shape (H, W, 3)."""
Rng = np.random.Generator

MARGINS: Final = (0, 0, 1, 2, 4, 8, 16, 40)
"""Pixels; a user cuts tightly about as often as widely."""
MOST_PIXELS: Final = 1_500_000
LEAST_SIDE: Final = 8
ENLARGING: Final = (cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4, cv2.INTER_NEAREST)
REDUCING: Final = (cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_AREA)
ABOVE_SHARE: Final = 0.5
"""Share of the neighbouring lines that are above."""
FAINT: Final = 0.1
"""Ink up to this leaves a gap between glyphs."""
BOLDER_SHARE: Final = 0.65
"""Share of the changes of weight that make it bolder."""
BLACK_ON_WHITE: Final = 0.5
DARK_MODE: Final = 0.16
TINTED: Final = 0.2
"""Shares of the colours of a picture; the rest has any colours."""
MIDDLE: Final = 0.5
"""Grey between light and dark."""
PAST_PICTURES: Final = 6
"""Pictures kept to cut neighbouring lines from."""


class Augmenter:
    """Degrades pictures at random; remembers a few to show bits of neighbouring lines."""

    def __init__(self, rng: Rng) -> None:
        self.rng = rng
        self.past: deque[Ink] = deque(maxlen=PAST_PICTURES)

    def degrade(self, scene: Scene) -> Picture:
        """Return the picture a user might take of `scene`; the boxes of `scene` follow. Linear in its pixels."""
        fresh = scene.ink
        if self.past and self.rng.random() < NEIGHBOUR_SHARE:
            self._show_neighbour(scene)
        self.past.append(fresh)
        for share, change in CHANGES:
            if self.rng.random() < share:
                change(scene, self.rng)
        picture = _coloured(np.clip(scene.ink, 0, 1), self.rng)
        return _compressed(picture, self.rng) if self.rng.random() < JPEG_SHARE else picture

    def _show_neighbour(self, scene: Scene) -> None:
        """Put the lowest or uppermost rows of an earlier picture above or below `scene`."""
        other = _flat(self.past[int(self.rng.integers(len(self.past)))])
        height, width = scene.ink.shape[:2]
        rows = int(self.rng.integers(1, 1 + max(2, min(height, other.shape[0]) // 4)))
        gap = int(self.rng.integers(3, 8 + height // 3))
        above = bool(self.rng.random() < ABOVE_SHARE)
        strip = np.zeros((rows + gap, width), np.float32)
        shown = min(width, other.shape[1])
        if above:
            strip[:rows, :shown] = other[-rows:, :shown]
        else:
            strip[-rows:, :shown] = other[:rows, :shown]
        parts = [strip, _flat(scene.ink)] if above else [_flat(scene.ink), strip]
        scene.ink = np.concatenate(parts)
        scene.move((1, 1), (0, rows + gap if above else 0))


def spread(scene: Scene, rng: Rng) -> None:
    r"""Widen a gap between two glyphs, as authors do with \quad, which canonical formulas leave out."""
    columns = _flat(scene.ink).max(axis=0) > FAINT
    gaps = np.flatnonzero(~columns)
    inside = gaps[(gaps > len(columns) // 8) & (gaps < len(columns) - LEAST_SIDE)]
    if not len(inside):
        return
    at = int(rng.choice(inside))
    extra = int(rng.integers(2, 12 + scene.ink.shape[0]))
    blank = np.zeros((scene.ink.shape[0], extra, *scene.ink.shape[2:]), np.float32)
    scene.ink = np.concatenate([scene.ink[:, :at], blank, scene.ink[:, at:]], axis=1)
    later = scene.boxes[:, 0] >= at - 1
    scene.boxes[later, 0::2] += extra


def pad(scene: Scene, rng: Rng) -> None:
    """Leave paper around the formula, a different width on each side."""
    top, bottom, left, right = (int(side) for side in rng.choice(MARGINS, 4))
    channels = ((0, 0),) * (scene.ink.ndim - 2)
    scene.ink = np.pad(scene.ink, ((top, bottom), (left, right), *channels))
    scene.move((1, 1), (left, top))


def change_gamma(scene: Scene, rng: Rng) -> None:
    """Make half-covered pixels darker or lighter, as screens and renderers differ."""
    scene.ink = np.clip(scene.ink, 0, 1) ** np.float32(np.exp(rng.uniform(-0.6, 0.5)))


def change_weight(scene: Scene, rng: Rng) -> None:
    """Make strokes thicker or thinner by part of a pixel."""
    kernel = np.ones((2, 2), np.uint8)
    change = cv2.dilate if rng.random() < BOLDER_SHARE else cv2.erode
    share = np.float32(rng.uniform(0.3, 1.0 if change is cv2.dilate else 0.6))
    scene.ink = (1 - share) * scene.ink + share * change(scene.ink, kernel)


def turn(scene: Scene, rng: Rng) -> None:
    """Turn and slant the picture a little, as in photographs and scans."""
    angle, slant = np.deg2rad(rng.uniform(-1.8, 1.8)), rng.uniform(-0.07, 0.07)
    matrix = np.array([[np.cos(angle), slant - np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0]])
    height, width = scene.ink.shape[:2]
    middle = np.array([width / 2, height / 2])
    matrix[:, 2] = middle - matrix[:, :2] @ middle
    scene.ink = cv2.warpAffine(scene.ink, matrix, (width, height), flags=cv2.INTER_LINEAR)
    centres = (scene.boxes[:, :2] + scene.boxes[:, 2:]) / 2
    moved = centres @ matrix[:, :2].T + matrix[:, 2] - centres
    scene.boxes += np.tile(moved, 2).astype(np.float32)


def blur(scene: Scene, rng: Rng) -> None:
    """Blur by 0.3 to 1.1 pixels."""
    scene.ink = cv2.GaussianBlur(scene.ink, (0, 0), float(rng.uniform(0.3, 1.1)))


def zoom(scene: Scene, rng: Rng) -> None:
    """Enlarge or reduce with one of the filters that programs use."""
    factor = float(np.exp(rng.uniform(-0.55, 0.7)))
    height, width = scene.ink.shape[:2]
    if height * width * factor * factor > MOST_PIXELS:
        return
    size = (max(LEAST_SIDE, round(width * factor)), max(LEAST_SIDE, round(height * factor)))
    filters = ENLARGING if factor > 1 else REDUCING
    scene.ink = cv2.resize(scene.ink, size, interpolation=int(rng.choice(filters)))
    scene.move((size[0] / width, size[1] / height), (0, 0))


def make_bitonal(scene: Scene, rng: Rng) -> None:
    """Keep black and white only, as fax machines and old scans do."""
    scene.ink = (scene.ink > rng.uniform(0.35, 0.6)).astype(np.float32)


Change = Callable[[Scene, Rng], None]
CHANGES: Final[tuple[tuple[float, Change], ...]] = (
    (0.15, spread),
    (1.0, pad),
    (0.45, change_gamma),
    (0.15, change_weight),
    (0.12, turn),
    (0.30, blur),
    (0.40, zoom),
    (0.03, make_bitonal),
)
"""Share of pictures and change, in the order in which they happen."""
NEIGHBOUR_SHARE: Final = 0.03
NOISE_SHARE: Final = 0.25
UNEVEN_LIGHT_SHARE: Final = 0.06
JPEG_SHARE: Final = 0.2


def _coloured(ink: Ink, rng: Rng) -> Picture:
    """Return `ink` in random colours of ink and paper, with noise and uneven light at times."""
    paper, colour = (side.astype(np.float32) for side in _colours(rng))
    cover = ink if ink.ndim > 2 else ink[..., None]  # noqa: PLR2004 - a third axis holds the sub-pixels
    picture = paper + (colour - paper) * cover
    if rng.random() < NOISE_SHARE:
        grains = rng.standard_normal(picture.shape[:2], dtype=np.float32)[..., None]
        picture += grains * np.float32(rng.uniform(0.005, 0.06))
    if rng.random() < UNEVEN_LIGHT_SHARE:
        picture *= _light(picture.shape[0], picture.shape[1], rng)
    return np.asarray(np.clip(picture, 0, 1) * 255 + 0.5, np.uint8)


def _colours(rng: Rng) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return colours of paper and of ink: black on white, dark mode, tinted or arbitrary, and faint ones."""
    style = rng.random()
    if style < BLACK_ON_WHITE:
        return np.ones(3), np.zeros(3)
    if style < BLACK_ON_WHITE + DARK_MODE:
        return rng.uniform(0, 0.25, 3), rng.uniform(0.65, 1, 3)
    if style < BLACK_ON_WHITE + DARK_MODE + TINTED:
        return rng.uniform(0.85, 1, 3), rng.uniform(0, 0.6, 3)
    paper = rng.uniform(0, 1, 3)
    dark = float(paper.mean()) > MIDDLE
    return paper, rng.uniform(0, 0.35, 3) if dark else rng.uniform(0.65, 1, 3)


def _light(height: int, width: int, rng: Rng) -> NDArray[np.float32]:
    """Return a soft slope of brightness, shape (H, W, 1), around 0.9."""
    across, down = rng.uniform(-0.1, 0.1, 2)
    rows = np.linspace(-1, 1, height)[:, None] * down
    light: NDArray[np.float32] = (0.9 + rows + np.linspace(-1, 1, width) * across).astype(np.float32)[..., None]
    return light


def _compressed(picture: Picture, rng: Rng) -> Picture:
    """Return `picture` after JPEG compression."""
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(30, 93))])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def _flat(ink: Ink) -> Ink:
    """Return ink of shape (H, W), sub-pixels averaged."""
    return ink.mean(axis=2, dtype=np.float32) if ink.ndim > 2 else ink  # noqa: PLR2004 - a third axis holds sub-pixels
