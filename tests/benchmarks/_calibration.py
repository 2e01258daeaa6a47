"""Weights of `app.formula.ranking.Calibration` for a model, fitted on answers whose truth is known."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from app.formula.engine import Candidate
from app.formula.ranking import TYPICAL, Calibration

START: Final = Calibration(slope=0.5, offset=0.0, agreement=10.0)
"""What the model is read with while its weights are not known."""
STEPS: Final = 5000
RATE: Final = 0.03
DECAY: Final = 1e-3
"""Ridge on the weights, in units of their features' spread."""


@dataclass(frozen=True)
class Evidence:
    """The candidates of a picture as `START` saw them, and which of them is right, None for none."""

    candidates: Sequence[Candidate]
    right: int | None

    def features(self) -> list[tuple[float, float]]:
        """Return score and agreement of each candidate: what their probabilities were made of."""
        nothing = max(1 - sum(each.confidence for each in self.candidates), 1e-12)
        rows = []
        for each in self.candidates:
            apart = 0.0 if each.agreement is None else each.agreement - TYPICAL
            odds = math.log(max(each.confidence, 1e-12) / nothing)
            rows.append(((odds - START.offset - START.agreement * apart) / START.slope, apart))
        return rows


def with_start(model: Path, folder: Path) -> Path:
    """Return a copy of a model in `folder` that is read with `START`."""
    copy = Path(shutil.copytree(model, folder / "model"))
    card = json.loads((copy / "model.json").read_text(encoding="utf-8"))
    card["calibration"] = {"slope": START.slope, "offset": START.offset, "agreement": START.agreement}
    (copy / "model.json").write_text(json.dumps(card), encoding="utf-8")
    return copy


def fit(evidence: Sequence[Evidence]) -> Calibration:
    """Return the weights of greatest likelihood (conditional logit, by Adam)."""
    most = max(len(each.candidates) for each in evidence)
    features = np.zeros((len(evidence), most + 1, 2))
    there = np.full((len(evidence), most + 1), -1e9)
    there[:, 0] = 0
    wanted = np.zeros(there.shape)
    for number, each in enumerate(evidence):
        features[number, 1 : len(each.candidates) + 1] = each.features()
        there[number, 1 : len(each.candidates) + 1] = 0
        wanted[number, 0 if each.right is None else each.right + 1] = 1
    spread = features[:, 1:][there[:, 1:] == 0].std(axis=0) + 1e-9
    is_candidate = np.arange(most + 1) > 0
    weights = np.zeros(3)
    mean, square = np.zeros(3), np.zeros(3)
    for step in range(1, STEPS + 1):
        exponent = (features / spread) @ weights[:2] + weights[2] * is_candidate + there
        chance = np.exp(exponent - exponent.max(axis=1, keepdims=True))
        error = chance / chance.sum(axis=1, keepdims=True) - wanted
        slope = np.einsum("ij,ijk->k", error, features / spread) / len(evidence) + DECAY * weights[:2]
        gradient = np.append(slope, (error * is_candidate).sum() / len(evidence))
        mean, square = 0.9 * mean + 0.1 * gradient, 0.999 * square + 0.001 * gradient**2
        weights -= RATE * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-9)
    return Calibration(float(weights[0] / spread[0]), float(weights[2]), float(weights[1] / spread[1]))


def confidence(evidence: Evidence, weights: Calibration) -> list[float]:
    """Return the probability of each candidate by other weights."""
    odds = [math.exp(weights.exponent(score, apart + TYPICAL)) for score, apart in evidence.features()]
    return [odd / (1 + sum(odds)) for odd in odds]
