"""Colours as all readers see them at once: what making and repairing palettes search in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.palette.appearance import linear_to_ucs
from app.palette.colour import Floats, to_linear
from app.palette.safety import Standard
from app.palette.vision import DEFICIENCIES, Vision, simulate_linear


def seen(rgb: Floats, standard: Standard) -> Floats:
    """Return sRGB colours (n, 3) as an array (readers, n, 3) in CAM02-UCS; the first reader has normal vision."""
    linear = to_linear(rgb)
    visions = (Vision.NORMAL, *DEFICIENCIES)
    views = [simulate_linear(linear, vision, standard.severity, standard.model) for vision in visions]
    return linear_to_ucs(np.clip(np.stack(views), 0, 1))


def distances(first: Floats, second: Floats) -> Floats:
    """Return how different colours (readers, n, 3) and (readers, m, 3) look to the reader who sees least: (n, m)."""
    lengths = [np.einsum("rnc,rnc->rn", points, points) for points in (first, second)]
    squares = lengths[0][:, :, None] + lengths[1][:, None] - 2 * first @ second.transpose(0, 2, 1)
    result: Floats = np.sqrt(np.maximum(squares.min(axis=0), 0))
    return result


def pair_distances(points: Floats) -> Floats:
    """Return the distances of n colours (readers, n, 3) among each other (n, n), infinite to themselves."""
    found = distances(points, points)
    np.fill_diagonal(found, np.inf)
    return found


def nearby(rgb: Floats, reach: int, count: int, chance: np.random.Generator) -> Floats:
    """Return `count` sRGB colours around one (3,), at most `reach` of 255 levels away in each channel: (count, 3)."""
    steps: npt.NDArray[np.int64] = chance.integers(-reach, reach + 1, (count, 3))
    return np.clip(np.rint(rgb * 255) + steps, 0, 255) / 255
