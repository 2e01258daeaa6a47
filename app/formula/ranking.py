"""Which of the readings of a picture is the answer, and how sure that is.

The probability that a reading is right follows a conditional logit model (McFadden, "Conditional logit analysis of
qualitative choice behavior", 1974) over the readings and "none of them", which with one reading is the calibration of
Platt ("Probabilistic outputs for support vector machines", 1999).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.formula.agreement import Sketch, compare
from app.formula.doubts import Written
from app.formula.engine import Candidate, NoFormula
from app.formula.normalise import Normalised
from app.formula.render import RenderError, render_svg

TYPICAL: Final = 0.7
"""The agreement of a drawing in another font; taken for what cannot be drawn."""
EM: Final = 32.0
"""Pixels of the font in which answers are drawn to be compared: letters then have about the network's size."""
REACH: Final = 0.3
"""Readings differ in agreement by less than this."""
LIMIT: Final = 30.0
"""Beyond this exponent a probability is 0 or 1."""


@dataclass(frozen=True)
class Calibration:
    """Weights of the model, fitted on pictures that the network was not trained on."""

    slope: float
    """Of the logarithm of the probability that the network gives."""
    offset: float
    agreement: float = 0.0
    """Of the agreement; 0 draws nothing."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Calibration:
        """Return what model.json says. Raises KeyError, TypeError and ValueError."""
        return cls(float(data["slope"]), float(data["offset"]), float(data.get("agreement", 0.0)))

    def exponent(self, score: float, agreement: float | None) -> float:
        """Return the logarithm of how much likelier a reading is than that none is right."""
        seen = TYPICAL if agreement is None else agreement
        value = self.slope * score + self.agreement * (seen - TYPICAL) + self.offset
        return min(LIMIT, max(-LIMIT, value))


def ranked(readings: Sequence[Written], picture: Normalised, weights: Calibration) -> tuple[Candidate, ...]:
    """Return the different readings, the likeliest first.

    Args:
        readings: what the network read, the best first.
        picture: what they were read in.
        weights: of the model.

    """
    different = {reading.latex: reading for reading in reversed(readings) if reading.latex}
    scores = {latex: reading.score for latex, reading in different.items()}
    agreements = _agreements(scores, picture, weights) if weights.agreement else {}
    odds = {latex: math.exp(weights.exponent(score, agreements.get(latex))) for latex, score in scores.items()}
    whole = 1 + sum(odds.values())
    candidates = [
        Candidate(latex, odd / whole, agreements.get(latex), different[latex].doubts) for latex, odd in odds.items()
    ]
    return tuple(sorted(candidates, key=lambda each: -each.confidence))


def _agreements(scores: Mapping[str, float], picture: Normalised, weights: Calibration) -> dict[str, float]:
    """Return how far the drawings of the readings agree with the picture, of those that it can bring to the top."""
    sketch = Sketch.of(picture)
    least = max(scores.values(), default=0.0) - weights.agreement * REACH / weights.slope
    found = {}
    for latex, score in scores.items():
        if score >= least and (drawing := _drawing(latex)):
            found[latex] = compare(sketch, drawing).share
    return found


def _drawing(latex: str) -> Sketch | None:
    """Return the sketch of how LaTeX looks, None when it cannot be drawn."""
    try:
        return Sketch.of_drawing(render_svg(latex, size_px=EM, colour="#000000"))
    except (RenderError, NoFormula):
        return None
