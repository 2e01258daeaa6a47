from __future__ import annotations

import numpy as np
import pytest
import torch

from app.formula.training.dataset import Batch, Sample, collate
from app.formula.training.model import Config, Recogniser
from app.formula.training.train import PEAK_RATE, WARM_UP, learning_rate, settle

SMALL = Config(vocabulary=12, width=32, heads=4, encoder_layers=1, decoder_layers=2, hidden=48, channels=(8, 8, 16, 16))


def batch(ink: float) -> Batch:
    """Two pictures that are evenly grey."""
    nothing = np.full((1, 4), np.nan, np.float32)
    return collate([Sample(np.full((32, 64), ink, np.float32), np.array([5]), nothing) for _ in range(2)])


def test_statistics_are_those_of_all_batches_alike() -> None:
    # GIVEN a network and batches as different as they can be
    torch.manual_seed(0)
    model, batches = Recogniser(SMALL), [batch(0.0), batch(0.0), batch(0.0), batch(1.0)]
    norm = model.encoder.stem[1]
    with torch.no_grad():
        seen = [model.encoder.stem[0](torch.from_numpy(each.image)).mean((0, 2, 3)) for each in batches]
    # WHEN the statistics are measured THEN their mean is the batches', in any order of them
    for order in (batches, batches[::-1]):
        settle(model, order)
        torch.testing.assert_close(norm.running_mean, torch.stack(seen).mean(0))
    # AND training goes on as before
    assert norm.momentum == pytest.approx(0.1)


def test_the_rate_rises_falls_and_never_is_nothing() -> None:
    rates = [
        learning_rate(PEAK_RATE, step, done) for step, done in ((0, 0.0), (WARM_UP, 0.0), (10_000, 0.5), (10_000, 1.0))
    ]
    assert rates[0] < rates[3] < rates[2] < rates[1] == PEAK_RATE
