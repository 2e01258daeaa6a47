"""Finding the least value of a smooth function whose gradient is known."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
ARMIJO: Final = 1e-4
"""Share of the expected gain that a step must bring (Armijo 1966)."""
MEMORY: Final = 10
"""Steps from which the curvature is known."""
LEAST_SCALE: Final = 1e-8
LEAST_CURVATURE: Final = 1e-12
LEAST_GAIN: Final = 1e-6
"""Steps end when the value changes by less than this share of it."""


def minimise(cost: Callable[[Doubles], tuple[float, Doubles]], start: Doubles, steps: int) -> Doubles:
    """Return where a function is least: L-BFGS (Liu and Nocedal 1989), with steps halved until they are worth it.

    Args:
        cost: returns the value at a point, and its gradient.
        start: where to begin.
        steps: at most so many.

    """
    here = start.copy()
    value, gradient = cost(here)
    history: deque[tuple[Doubles, Doubles]] = deque(maxlen=MEMORY)
    for _ in range(steps):
        move = _direction(gradient, history)
        scale, slope = 1.0, float(gradient @ move)
        new_value, new_gradient = cost(here + move)
        while new_value > value + ARMIJO * scale * slope and scale > LEAST_SCALE:
            scale /= 2
            new_value, new_gradient = cost(here + scale * move)
        change, turn = scale * move, new_gradient - gradient
        if float(change @ turn) > LEAST_CURVATURE:
            history.append((change, turn))
        gain = value - new_value
        here, value, gradient = here + change, new_value, new_gradient
        if gain < LEAST_GAIN * abs(value):
            break
    return here


def _direction(gradient: Doubles, history: deque[tuple[Doubles, Doubles]]) -> Doubles:
    """Return the way down as the last steps tell the curvature (the two loops of Nocedal 1980)."""
    way = gradient.copy()
    shares = []
    for change, turn in reversed(history):
        share = float(change @ way) / float(turn @ change)
        way -= share * turn
        shares.append(share)
    if not history:
        return -way / max(1.0, float(np.linalg.norm(way)))
    change, turn = history[-1]
    way *= float(change @ turn) / float(turn @ turn)
    for (change, turn), share in zip(history, reversed(shares), strict=True):
        way += change * (share - float(turn @ way) / float(turn @ change))
    return -way
