from __future__ import annotations

import numpy as np
import torch

from app.formula.training.crew import Crew
from app.formula.training.dataset import Batch, Sample, collate
from app.formula.training.model import Config, Recogniser

SMALL = Config(vocabulary=12, width=32, heads=4, encoder_layers=1, decoder_layers=2, hidden=48, channels=(8, 8, 16, 16))


def batch(seed: int) -> Batch:
    """Four noisy pictures of three tokens each, the places of which are unknown."""
    rng = np.random.default_rng(seed)
    nowhere = np.full((3, 4), np.nan, np.float32)
    samples = [Sample(rng.random((32, 64), np.float32), rng.integers(4, 12, 3), nowhere) for _ in range(4)]
    return collate(samples)


def gradients(model: Recogniser) -> torch.Tensor:
    return torch.cat([parameter.grad.flatten() for parameter in model.parameters() if parameter.grad is not None])


def test_two_learners_find_the_mean_of_what_each_batch_teaches() -> None:
    # GIVEN one learner's gradient and losses on each of two batches
    torch.manual_seed(0)
    model, batches = Recogniser(SMALL), [batch(1), batch(2)]
    alone, told = [], []
    for each in batches:
        told.append(Crew(model, 1).learn([each], 1.0))
        alone.append(gradients(model))
    # WHEN two learn side by side
    both = Crew(model, 2).learn(batches, 1.0)
    # THEN the network has the mean, to the digits of 16 bits
    torch.testing.assert_close(both, torch.stack(told).mean(0))
    assert torch.nn.functional.cosine_similarity(gradients(model), torch.stack(alone).mean(0), dim=0) > 0.9999
    assert not torch.equal(alone[0], alone[1])


def test_a_step_on_the_weights_reaches_every_learner() -> None:
    # GIVEN two learners, the second of which has a batch of its own
    torch.manual_seed(0)
    model, each = Recogniser(SMALL), batch(1)
    crew = Crew(model, 2)
    crew.learn([each, each], 1.0)
    # WHEN the network's weights move
    torch.optim.SGD(model.parameters(), lr=0.5).step()
    # THEN both compute with the moved ones
    first, second = (torch.cat([p.flatten() for p in one.parameters()]) for one in crew.models)
    assert torch.equal(first, second)
