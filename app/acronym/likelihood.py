"""How likely a title's lattice makes a name: a conditional random field over all paths, exact in value and gradient.

A path is drawn in proportion to the exponential of its score (Lafferty et al. 2001); a name is as likely as all of its
paths together. Sums over the paths are products of matrices of arcs, one for each letter of a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.acronym.alphabet import encode
from app.acronym.features import LENGTHS, PATH, Feature, length_feature
from app.acronym.lattice import Lattice, arcs
from app.acronym.path import Floats, PathCounts

Doubles = NDArray[np.float64]
SUMMED: Final = (*PATH, Feature.SOUND)
MODELLED: Final = (*SUMMED, *LENGTHS)
"""The features whose weights the paths decide."""


@dataclass(frozen=True)
class Field:
    """The features of a title's arcs; the first axis is `SUMMED`."""

    codes: NDArray[np.uint8]
    start: Floats
    """Shape (features, letters)."""
    step: Floats
    """Shape (features, letters, letters)."""
    end: Floats
    """Shape (features, letters)."""
    allowed: tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]
    """Which letters may be the first, which may follow which, and which may be the last."""


def make_field(counts: PathCounts, lattice: Lattice, pairs: Floats) -> Field:
    """Return the features of a title.

    Args:
        counts: of the title.
        lattice: of the title in a style, which says what is allowed.
        pairs: the sound of each character after each other, see `log_total`.

    """
    codes, slot = lattice.codes, counts.title.slot
    allowed = (np.isfinite(lattice.start), np.isfinite(arcs(lattice)), np.isfinite(lattice.end))
    start = np.concatenate([counts.enter + counts.begin[:, slot], [pairs[-1][codes]]])
    step = np.concatenate([counts.arcs(), [pairs[codes][:, codes]]])
    end = np.concatenate([counts.leave + counts.finish[:, slot], np.zeros((1, len(codes)))])
    start, step, end = (
        np.where(can, values, 0).astype(np.float32) for can, values in zip(allowed, (start, step, end), strict=True)
    )
    return Field(codes, start, step, end, allowed)


def log_likelihood(field: Field, theta: Doubles, name: str, sizes: range) -> tuple[float, Doubles]:
    """Return the logarithm of the probability of a name, and its gradient.

    Args:
        field: of the title.
        theta: weights of `MODELLED`.
        name: folded; it runs through the title, and its length is one of `sizes`.
        sizes: lengths that names may have.

    """
    weights = theta[: len(SUMMED)].astype(np.float32)
    scores = (weights @ field.start, np.tensordot(weights, field.step, axes=1), weights @ field.end)
    start, step, end = (
        np.where(can, np.exp(each.astype(np.float64)), 0.0) for can, each in zip(field.allowed, scores, strict=True)
    )
    anything = np.ones((sizes.stop - 1, len(field.codes)))
    lengths = {size: float(np.exp(theta[_place(size)])) for size in sizes}
    all_paths = _expectation(field, (start, step, end), anything, lengths)
    letters = (encode(name)[:, None] == field.codes).astype(np.float64)
    paths = _expectation(field, (start, step, end), letters, {len(name): lengths[len(name)]})
    return paths[0] - all_paths[0], paths[1] - all_paths[1]


def _expectation(
    field: Field, potentials: tuple[Doubles, Doubles, Doubles], masks: Doubles, lengths: dict[int, float]
) -> tuple[float, Doubles]:
    """Return the logarithm of the sum over paths and the expectation of the features (forward and backward).

    `masks` say which letters of the title may be each letter of the name.
    """
    start, step, end = potentials
    forward = [start * masks[0]]
    for mask in masks[1:]:
        forward.append((forward[-1] @ step) * mask)
    backward = [np.zeros_like(end)]
    for size in range(len(masks), 0, -1):
        onward = step @ (masks[size] * backward[-1]) if size < len(masks) else 0.0
        backward.append(onward + end * lengths.get(size, 0.0))
    backward = backward[:0:-1]
    total = float(forward[0] @ backward[0])
    arc = sum(
        np.outer(before, mask * after) for before, mask, after in zip(forward, masks[1:], backward[1:], strict=False)
    )
    ends = {size: forward[size - 1] * end * worth for size, worth in lengths.items()}
    gradient = np.zeros(len(MODELLED))
    shared = field.start @ (forward[0] * backward[0]) + field.end @ sum(ends.values())
    if len(masks) > 1:
        shared = shared + np.tensordot(field.step, (step * arc).astype(np.float32), axes=2)
    gradient[: len(SUMMED)] = shared / total
    for size, mass in ends.items():
        gradient[_place(size)] += mass.sum() / total
    return float(np.log(total)), gradient


def _place(size: int) -> int:
    return MODELLED.index(length_feature(size))
