"""CAM02-UCS: the space in which the distance of two colours says how different they look.

CIECAM02 (CIE 159:2004) under the viewing conditions of sRGB (average surround, a fifth of 64 lx over pi as adapting
luminance, grey world), and its uniform space (Luo, Cui and Li, 2006). All functions work on whole arrays.
"""

from __future__ import annotations

from math import exp, pi
from typing import Final

import numpy as np

from app.palette.colour import Floats, from_linear, to_linear

_SRGB_TO_XYZ: Final = np.array(
    [
        [0.41239079926595934, 0.357584339383878, 0.1804807884018343],
        [0.21263900587151027, 0.715168678767756, 0.07219231536073371],
        [0.01933081871559182, 0.11919477979462598, 0.9505321522496607],
    ]
)
"""Linear sRGB to CIE XYZ, white at Y = 1 (IEC 61966-2-1)."""
_CAT02: Final = np.array([[0.7328, 0.4296, -0.1624], [-0.7036, 1.6975, 0.0061], [0.0030, 0.0136, 0.9834]])
_HUNT: Final = np.array([[0.38971, 0.68898, -0.07868], [-0.22981, 1.18340, 0.04641], [0.0, 0.0, 1.0]])
"""XYZ to the cones of Hunt, Pointer and Estevez."""

_ADAPTING: Final = 64 / pi / 5
"""Luminance of the surroundings, cd/m2."""
_BACKGROUND: Final = 20.0
"""Luminance behind the colour, percent of white."""
_SURROUND: Final = 0.69
_K: Final = 1 / (5 * _ADAPTING + 1)
_F_L: Final = _K**4 * _ADAPTING + 0.1 * (1 - _K**4) ** 2 * (5 * _ADAPTING) ** (1 / 3)
_N: Final = _BACKGROUND / 100
_N_BB: Final = 0.725 * _N**-0.2
_Z: Final = 1.48 + _N**0.5
_DEGREE: Final = 1 - exp((-_ADAPTING - 42) / 92) / 3.6
_CHROMA: Final = (1.64 - 0.29**_N) ** 0.73

_C1: Final = 0.007
_C2: Final = 0.0228
"""Coefficients of the uniform space (Luo, Cui and Li)."""

_WHITE: Final = 100 * _CAT02 @ _SRGB_TO_XYZ.sum(axis=1)
_TO_CONES: Final = _HUNT @ np.linalg.inv(_CAT02) @ np.diag(100 * _DEGREE / _WHITE + 1 - _DEGREE) @ _CAT02 @ _SRGB_TO_XYZ
"""Linear sRGB to adapted cone responses, white at 1."""
_FROM_CONES: Final = np.linalg.inv(_TO_CONES)
_OPPONENTS: Final = np.array([[2, 1, 0.05], [1, -12 / 11, 1 / 11], [1 / 9, 1 / 9, -2 / 9], [1, 1, 1.05]])
"""Compressed cones to brightness, red-green, yellow-blue and the sum that chroma is measured by."""
_FROM_OPPONENTS: Final = np.linalg.inv(_OPPONENTS[:3])


def _compress(cones: Floats) -> Floats:
    power = (_F_L * np.abs(cones)) ** 0.42
    result: Floats = np.sign(cones) * 400 * power / (power + 27.13)
    return result


def _expand(compressed: Floats) -> Floats:
    size = np.minimum(np.abs(compressed), 399.9)
    result: Floats = np.sign(compressed) / _F_L * (27.13 * size / (400 - size)) ** (1 / 0.42)
    return result


_WHITE_BRIGHTNESS: Final = float(_OPPONENTS[0] @ _compress(_TO_CONES.sum(axis=1)))


def to_ucs(rgb: Floats) -> Floats:
    """Return sRGB values (..., 3) as J' (0 black to 100 white), a' and b' (..., 3)."""
    return linear_to_ucs(to_linear(rgb))


def linear_to_ucs(linear: Floats) -> Floats:
    """Return linear sRGB (..., 3), outside 0 to 1 too, as J', a' and b' (..., 3)."""
    brightness, red_green, yellow_blue, total = np.moveaxis(_compress(linear @ _TO_CONES.T) @ _OPPONENTS.T, -1, 0)
    hue = np.arctan2(yellow_blue, red_green)
    root = (np.maximum(brightness, 0) / _WHITE_BRIGHTNESS) ** (_SURROUND * _Z / 2)
    strength = _eccentricity(hue) * np.hypot(red_green, yellow_blue) / np.maximum(total + 0.305, 1e-9)
    colourfulness = strength**0.9 * _CHROMA * root * _F_L**0.25
    radius = np.log1p(_C2 * colourfulness) / _C2
    lightness = 100 * root**2
    return np.stack(
        [(1 + 100 * _C1) * lightness / (1 + _C1 * lightness), radius * np.cos(hue), radius * np.sin(hue)], axis=-1
    )


def from_ucs(ucs: Floats) -> Floats:
    """Return J', a' and b' (..., 3) as sRGB values (..., 3); those a screen cannot show lie outside 0 to 1."""
    uniform, red_green, yellow_blue = np.moveaxis(ucs, -1, 0)
    hue = np.arctan2(yellow_blue, red_green)
    lightness = np.maximum(uniform / (1 + 100 * _C1 - _C1 * uniform), 1e-9)
    root = np.sqrt(lightness / 100)
    colourfulness = np.expm1(_C2 * np.hypot(red_green, yellow_blue)) / _C2
    strength = (colourfulness / (_F_L**0.25 * _CHROMA * root)) ** (1 / 0.9)
    brightness = _WHITE_BRIGHTNESS * root ** (2 / (_SURROUND * _Z))
    direction = np.stack([np.zeros_like(hue), np.cos(hue), np.sin(hue)], axis=-1)
    grey, slope = _total(brightness[..., None] * np.array([1.0, 0.0, 0.0])), _total(direction)
    radius = strength * (grey + 0.305) / (_eccentricity(hue) - strength * slope)
    opponents = direction * radius[..., None]
    opponents[..., 0] = brightness
    return from_linear(_expand(opponents @ _FROM_OPPONENTS.T) @ _FROM_CONES.T)


def _eccentricity(hue: Floats) -> Floats:
    """Return the factor of a hue (radians) between opponent signals and chroma."""
    result: Floats = 50_000 / 13 * _N_BB * 0.25 * (np.cos(hue + 2) + 3.8)
    return result


def _total(opponents: Floats) -> Floats:
    """Return the sum that chroma is measured by for brightness, red-green and yellow-blue (..., 3)."""
    result: Floats = opponents @ _FROM_OPPONENTS.T @ _OPPONENTS[3]
    return result
