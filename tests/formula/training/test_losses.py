from __future__ import annotations

import numpy as np
import torch

from app.formula.training.dataset import Batch, Sample, collate
from app.formula.training.losses import glyph_targets, look_loss, look_weight, losses
from app.formula.training.model import Config, Recogniser

SMALL = Config(
    vocabulary=12,
    width=32,
    heads=4,
    encoder_layers=1,
    decoder_layers=2,
    hidden=48,
    channels=(8, 8, 16, 16),
    dropout=0.0,
)


def batch() -> Batch:
    """Eight pictures of three bars, each token a bar of its own height."""
    rng = np.random.default_rng(0)
    samples = []
    for _ in range(8):
        pixels, tokens = np.zeros((32, 64), np.float32), rng.integers(4, 12, 3)
        cells = np.zeros((3, 4), np.float32)
        for place, token in enumerate(tokens.tolist()):
            pixels[24 - 2 * (token - 3) : 24, 4 + 20 * place : 10 + 20 * place] = 1
            cells[place] = (0.5 + 2.5 * place, 1, 1.25 + 2.5 * place, 3)
        samples.append(Sample(pixels, tokens, cells))
    return collate(samples)


def test_a_small_network_learns_a_batch_by_heart() -> None:
    torch.manual_seed(0)
    model, drawn = Recogniser(SMALL), batch()
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-3)
    first = losses(model, drawn, 0.0)
    for _ in range(150):
        optimiser.zero_grad()
        losses(model, drawn, 0.0).total(0.0).backward()
        optimiser.step()
    last = losses(model, drawn, 0.0)

    assert last.token < 0.35 * first.token
    assert last.glyph < 0.2 * first.glyph
    assert last.look < 0.5 * first.look
    answers = model.eval().greedy(torch.from_numpy(drawn.image), torch.from_numpy(drawn.mask))
    assert answers == [row[:3] for row in drawn.after.tolist()]


def test_pictures_without_boxes_teach_the_tokens_only() -> None:
    torch.manual_seed(0)
    drawn = batch()
    drawn.boxes[:] = np.nan

    parts = losses(Recogniser(SMALL), drawn, 0.0)

    assert parts.token > 0
    assert parts.glyph == parts.look == 0


def test_a_glyph_is_taught_in_the_cell_of_its_middle() -> None:
    boxes = torch.tensor([[[0.0, 0, 1, 2], [4.2, 0.5, 5.9, 1.2], [9, 9, 9, 9]]])
    known = torch.tensor([[True, True, False]])

    targets = glyph_targets(torch.tensor([[7, 8, 9]]), boxes, known, torch.ones(1, 2, 6))

    assert targets.tolist() == [[[0, 0, 0, 0, 0, 8], [7, 0, 0, 0, 0, 0]]]


def test_looking_at_the_glyph_costs_nothing_and_looking_elsewhere_much() -> None:
    boxes, known, mask = torch.tensor([[[1.0, 0, 2, 1]]]), torch.tensor([[True]]), torch.ones(1, 2, 6)
    right, wrong = torch.zeros(1, 1, 12), torch.zeros(1, 1, 12)
    right[..., 1] = 1
    wrong[..., 11] = 1
    assert look_loss([right], boxes, known, mask) < 1e-3
    assert look_loss([wrong], boxes, known, mask) > 5


def test_the_supervision_of_the_attention_ends_before_training_does() -> None:
    assert look_weight(0.0) > look_weight(0.5) > look_weight(0.8) == 0
