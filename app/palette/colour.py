"""sRGB colours as text and as arrays: hexadecimal notation, linear light, luminance and contrast."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from app.core.errors import InputError
from app.core.i18n import tr

Floats: TypeAlias = npt.NDArray[np.float64]

WHITE: Final = "#ffffff"
BLACK: Final = "#000000"

LUMINANCE: Final = np.array([0.2126, 0.7152, 0.0722])
"""Share of each linear channel in the luminance (IEC 61966-2-1, WCAG 2)."""
_TOE: Final = 0.04045
_SLOPE: Final = 12.92
"""The straight part of the curve of sRGB (IEC 61966-2-1)."""
_GLARE: Final = 0.05
"""What the screen reflects, added to both luminances of a contrast (WCAG 2)."""
_HEX: Final = re.compile(r"#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_OPAQUE: Final = 255
_SHORT: Final = 40
"""Characters of a text that are repeated to the user."""


def parse_hex(text: str, background: str = WHITE) -> str:
    """Return a colour such as "1F77B4", "#fff" or "#1f77b480" as "#rrggbb"; a translucent one as it looks on white.

    `background` is what a translucent colour lies on, "#rrggbb". Raises `InputError` that names the wrong text.
    """
    found = _HEX.fullmatch(text.strip())
    if not found:
        raise InputError(
            tr(
                "“{colour}” is no colour. Write it as six hexadecimal digits, such as #1f77b4.",
                colour=in_short(text.strip()),
            )
        )
    digits = found[1].lower()
    if len(digits) < len("rrggbb"):
        digits = "".join(2 * digit for digit in digits)
    opaque = f"#{digits[:6]}"
    return opaque if len(digits) == len("rrggbb") else flatten(opaque, int(digits[6:], 16) / _OPAQUE, background)


def in_short(text: str, most: int = _SHORT) -> str:
    """Return a text of the user's with at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def flatten(colour: str, alpha: float, background: str) -> str:
    """Return how `colour` looks on `background` when `alpha`, 0 to 1, of it covers; mixed as screens mix, in sRGB."""
    return to_hex(alpha * to_rgb([colour]) + (1 - alpha) * to_rgb([background]))[0]


def to_rgb(colours: Sequence[str]) -> Floats:
    """Return colours "#rrggbb" as an array (n, 3) of sRGB values, 0 to 1."""
    numbers = np.array([int(colour[1:], 16) for colour in colours], np.int64)
    result: Floats = (numbers[:, None] >> np.array([16, 8, 0]) & _OPAQUE) / _OPAQUE
    return result


def to_hex(rgb: Floats) -> tuple[str, ...]:
    """Return an array (n, 3) of sRGB values as "#rrggbb"; what a screen cannot show is clipped."""
    levels = np.clip(np.rint(rgb * _OPAQUE), 0, _OPAQUE).astype(np.int64)
    return tuple(f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in levels)


def from_levels(levels: Iterable[float]) -> str:
    """Return red, green and blue, 0 to 255, as "#rrggbb"; what is outside is clipped."""
    return "#" + "".join(f"{min(max(round(level), 0), _OPAQUE):02x}" for level in levels)


def to_linear(rgb: Floats) -> Floats:
    """Return sRGB values as linear light (IEC 61966-2-1); values outside 0 to 1 are mirrored at 0."""
    size = np.abs(rgb)
    result: Floats = np.sign(rgb) * np.where(size <= _TOE, size / _SLOPE, ((size + 0.055) / 1.055) ** 2.4)
    return result


def from_linear(linear: Floats) -> Floats:
    """Return linear light as sRGB values (IEC 61966-2-1)."""
    size = np.abs(linear)
    result: Floats = np.sign(linear) * np.where(size <= _TOE / _SLOPE, size * _SLOPE, 1.055 * size ** (1 / 2.4) - 0.055)
    return result


def luminance(rgb: Floats) -> Floats:
    """Return the relative luminance (...) of sRGB values (..., 3): 0 black to 1 white."""
    share: Floats = to_linear(rgb) @ LUMINANCE
    return share


def lightness(rgb: Floats) -> Floats:
    """Return the lightness L* (...) of sRGB values (..., 3): 0 black to 100 white (CIE 15:2004)."""
    share = luminance(rgb)
    return np.where(share > (6 / 29) ** 3, 116 * np.cbrt(share) - 16, share * (29 / 3) ** 3)


def contrast(rgb: Floats, background: str) -> Floats:
    """Return the contrast ratio (...) of sRGB values (..., 3) with `background`: 1 none to 21 (WCAG 2.2)."""
    first, second = luminance(rgb) + _GLARE, luminance(to_rgb([background]))[0] + _GLARE
    ratio: Floats = np.maximum(first, second) / np.minimum(first, second)
    return ratio
