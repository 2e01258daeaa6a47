"""Conditional logit: weights under which what people chose stands out from what else there was (McFadden 1974)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.acronym.minimise import Doubles, minimise

MOST_STEPS: Final = 150


@dataclass(frozen=True)
class Choice:
    """One choice among several things; the first is what was chosen."""

    features: NDArray[np.float32]
    """Shape (things, features)."""
    stands_for: NDArray[np.float32]
    """Natural logarithm of how many things each stands for, when only a sample of them is here."""
    weight: float = 1.0
    """How much the choice counts beside others."""


def fit_choices(choices: Sequence[Choice], precision: float) -> Doubles:
    """Return the weights that make the choices most likely, under a normal prior around 0 of a precision."""
    features = np.concatenate([each.features for each in choices])
    offsets = np.concatenate([each.stands_for for each in choices])
    sizes = np.array([len(each.features) for each in choices])
    firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(choices)), sizes)
    weights = np.array([each.weight for each in choices])

    def cost(at: Doubles) -> tuple[float, Doubles]:
        scores = features @ at + offsets
        best = np.maximum.reduceat(scores, firsts)
        odds = np.exp(scores - best[group])
        total = np.add.reduceat(odds, firsts)
        expected = (odds / total[group]) * weights[group]
        expected[firsts] -= weights
        likelihood = weights @ (scores[firsts] - best - np.log(total))
        return precision / 2 * float(at @ at) - float(likelihood), precision * at + expected @ features

    return minimise(cost, np.zeros(features.shape[1]), MOST_STEPS)
