"""How likely a title's lattice makes a name: a conditional random field over all paths, exact in value and gradient.

A path is drawn in proportion to the exponential of its score (Lafferty et al. 2001); a name is as likely as all of its
paths together. Sums over the paths are products of matrices of arcs, one for each letter of a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.acronym.alphabet import encode
from app.acronym.features import LENGTHS, PATH, Feature, Style, Weights, length_feature
from app.acronym.lattice import arcs, make_lattice, whole_pieces
from app.acronym.title import Title

Doubles = NDArray[np.float64]
MODELLED: Final = (*PATH, *LENGTHS)
"""The features whose weights the paths decide; the last weight of a field is that of the pairs of letters."""
ARMIJO: Final = 1e-4
"""Share of the expected gain that a step must bring (Armijo 1966)."""
LEAST_SCALE: Final = 1e-6
LEAST_CURVATURE: Final = 1e-12
LEAST_CHANGE: Final = 1e-4
"""Steps end when no weight changes by more."""


@dataclass(frozen=True)
class Field:
    """The features of a title's arcs; the first axis is `PATH` and, last, the pairs of letters."""

    codes: NDArray[np.uint8]
    start: Doubles
    """Shape (features, letters)."""
    step: Doubles
    """Shape (features, letters, letters)."""
    end: Doubles
    """Shape (features, letters)."""
    allowed: tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]
    """Which letters may be the first, which may follow which, and which may be the last."""


def make_field(title: Title, style: Style, pairs: NDArray[np.float32]) -> Field:
    """Return the features of a title in a style; `pairs` are the logarithms of letters after each other."""
    title = title.only(title.starts) if style is Style.INITIALS else title
    lattices = [make_lattice(title, Weights({each: float(each is feature) for each in Feature})) for feature in PATH]
    if style is Style.WHOLE:
        lattices = [whole_pieces(lattice) for lattice in lattices]
    start = np.array([*(each.start for each in lattices), pairs[-1][title.codes]], dtype=np.float64)
    step = np.array([*(arcs(each) for each in lattices), pairs[title.codes][:, title.codes]], dtype=np.float64)
    end = np.array([*(each.end for each in lattices), np.zeros(title.size)], dtype=np.float64)
    allowed = (np.isfinite(start[0]), np.isfinite(step[0]), np.isfinite(end[0]))
    finite = [np.where(can, values, 0.0) for can, values in zip(allowed, (start, step, end), strict=True)]
    return Field(title.codes, finite[0], finite[1], finite[2], allowed)


def log_likelihood(field: Field, theta: Doubles, name: str, sizes: range) -> tuple[float, Doubles]:
    """Return the logarithm of the probability of a name, and its gradient.

    Args:
        field: of the title.
        theta: weights of `MODELLED`, then that of the pairs of letters.
        name: folded; it runs through the title, and its length is one of `sizes`.
        sizes: lengths that names may have.

    """
    weights = np.append(theta[: len(PATH)], theta[-1])
    scores = (weights @ field.start, np.tensordot(weights, field.step, axes=1), weights @ field.end)
    start, step, end = (np.where(can, np.exp(each), 0.0) for can, each in zip(field.allowed, scores, strict=True))
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
    shared = field.start @ (forward[0] * backward[0]) + field.end @ sum(ends.values())
    if len(masks) > 1:
        shared = shared + np.tensordot(field.step, step * arc, axes=2)
    gradient = np.zeros(len(MODELLED) + 1)
    gradient[: len(PATH)], gradient[-1] = shared[:-1] / total, shared[-1] / total
    for size, mass in ends.items():
        gradient[_place(size)] += mass.sum() / total
    return float(np.log(total)), gradient


def _place(size: int) -> int:
    return MODELLED.index(length_feature(size))


def maximise(
    fields: Sequence[tuple[Field, str]], theta: Doubles, sizes: range, precision: float, steps: int
) -> Doubles:
    """Return the weights that make names most likely, under a normal prior around the given ones.

    Args:
        fields: titles and their names.
        theta: where to start, and the mean of the prior.
        sizes: lengths that names may have.
        precision: of the prior.
        steps: at most so many (Broyden, Fletcher, Goldfarb and Shanno 1970).

    """

    def cost(at: Doubles) -> tuple[float, Doubles]:
        parts = [log_likelihood(field, at, name, sizes) for field, name in fields]
        pull = at - theta
        value = precision / 2 * float(pull @ pull) - sum(value for value, _ in parts)
        return value, precision * pull - sum(gradient for _, gradient in parts)

    here, inverse = theta.copy(), np.eye(len(theta)) / max(1, len(fields))
    value, gradient = cost(here)
    for _ in range(steps):
        move = -inverse @ gradient
        scale = min(1.0, 1.0 / float(np.abs(move).max()))
        new_value, new_gradient = cost(here + scale * move)
        while new_value > value + ARMIJO * scale * float(gradient @ move) and scale > LEAST_SCALE:
            scale /= 2
            new_value, new_gradient = cost(here + scale * move)
        change, turn = scale * move, new_gradient - gradient
        here, value, gradient = here + change, new_value, new_gradient
        if (curvature := float(change @ turn)) > LEAST_CURVATURE:
            reach = np.eye(len(theta)) - np.outer(change, turn) / curvature
            inverse = reach @ inverse @ reach.T + np.outer(change, change) / curvature
        if float(np.abs(change).max()) < LEAST_CHANGE:
            break
    return here
