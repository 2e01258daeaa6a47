"""Pictures without a formula, so that the network learns to answer nothing: noise, shapes, controls, lines of prose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from app.formula.training.augment import Picture, Rng

LETTERS: Final = "eeeeetttaaaoooiiinnnssshhhrrrdlcumwfgypbvk"
"""Letters about as often as in English prose."""
LEAST_WORDS: Final = 5
LIGHT_SHARE: Final = 0.8
"""Share of the prose that is dark on light."""


def negative(rng: Rng) -> Picture:
    """Return a random picture that shows no formula, 24 to 160 pixels high."""
    height, width = int(rng.integers(24, 160)), int(rng.integers(48, 420))
    painter: Callable[[int, int, Rng], Picture] = PAINTERS[int(rng.integers(len(PAINTERS)))]
    return painter(height, width, rng)


def prose(height: int, width: int, rng: Rng) -> Picture:
    """Return lines of made-up words."""
    paper, ink = (255, 0) if rng.random() < LIGHT_SHARE else (20, 230)
    image = Image.new("L", (width, height), paper)
    size = int(rng.integers(10, 22))
    font = ImageFont.load_default(size)
    lines = max(1, height // (size + 6))
    for line in range(lines):
        words = " ".join(_word(rng) for _ in range(max(LEAST_WORDS, width // (4 * size))))
        ImageDraw.Draw(image).text((2, 2 + line * (size + 6)), words, fill=ink, font=font)
    return np.asarray(image.convert("RGB"), np.uint8)


def shapes(height: int, width: int, rng: Rng) -> Picture:
    """Return lines, ellipses and boxes on a plain ground: diagrams, icons, controls of a program."""
    picture = np.full((height, width, 3), rng.integers(0, 256, 3), np.uint8)
    for _ in range(int(rng.integers(2, 14))):
        colour = tuple(int(value) for value in rng.integers(0, 256, 3))
        start = (int(rng.integers(width)), int(rng.integers(height)))
        end = (int(rng.integers(width)), int(rng.integers(height)))
        thickness = int(rng.choice([-1, 1, 2, 3]))
        kind = int(rng.integers(3))
        if kind == 0:
            cv2.line(picture, start, end, colour, max(thickness, 1), cv2.LINE_AA)
        elif kind == 1:
            cv2.rectangle(picture, start, end, colour, thickness)
        else:
            axes = (int(rng.integers(2, width // 3)), int(rng.integers(2, height // 2)))
            cv2.ellipse(picture, start, axes, float(rng.uniform(0, 180)), 0, 360, colour, thickness, cv2.LINE_AA)
    return picture


def clouds(height: int, width: int, rng: Rng) -> Picture:
    """Return soft coloured blobs with grain, like a photograph of nothing in particular."""
    coarse = rng.uniform(0, 255, (max(2, height // 16), max(2, width // 16), 3)).astype(np.float32)
    picture = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    picture += rng.normal(0, rng.uniform(0, 12), picture.shape)
    return np.asarray(np.clip(picture, 0, 255), np.uint8)


def grains(height: int, width: int, rng: Rng) -> Picture:
    """Return noise, smoothed at times."""
    picture = rng.integers(0, 256, (height, width, 3), dtype=np.uint8)
    smooth = float(rng.uniform(0.2, 3))
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), smooth), np.uint8)


PAINTERS: Final = (prose, prose, shapes, clouds, grains)


def _word(rng: Rng) -> str:
    return "".join(LETTERS[int(rng.integers(len(LETTERS)))] for _ in range(int(rng.integers(2, 10))))
