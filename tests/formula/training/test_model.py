from __future__ import annotations

import torch

from app.formula.training.layers import positions_2d
from app.formula.training.model import Config, Recogniser
from app.formula.vocabulary import EOS

SMALL = Config(
    vocabulary=20, width=32, heads=4, encoder_layers=1, decoder_layers=2, hidden=48, channels=(4, 8, 8, 16), dropout=0.0
)


def network() -> Recogniser:
    torch.manual_seed(0)
    return Recogniser(SMALL).eval()


def test_the_shipped_size_is_small() -> None:
    assert sum(parameter.numel() for parameter in Recogniser(Config(561)).parameters()) < 9e6


@torch.no_grad()
def test_one_token_at_a_time_gives_what_all_at_once_gives() -> None:
    # GIVEN two pictures, one of them half padding
    model = network()
    image, mask = torch.rand(2, 1, 32, 64), torch.ones(2, 4, 8)
    mask[1, :, 4:] = 0
    tokens = torch.randint(4, 20, (2, 6))
    memory = model.encoder(image, mask)
    together, looked = model.decoder(tokens, memory, mask)
    # WHEN the decoder goes step by step
    kept = (*model.decoder.keep(memory), mask.flatten(1))
    past = (torch.zeros(2, 2, 4, 0, 8), torch.zeros(2, 2, 4, 0, 8))
    for place in range(6):
        logits, *new = model.decoder.step(tokens[:, place : place + 1], torch.tensor([place]), past, kept)
        past = (new[0], new[1])
        # THEN the logits agree
        torch.testing.assert_close(logits, together[:, place], atol=1e-5, rtol=1e-4)
    # AND nothing looks at the padding
    assert len(looked) == 1
    assert looked[0].shape == (2, 6, 32)
    assert looked[0][1, :, (1 - mask[1]).flatten().bool()].max() == 0


@torch.no_grad()
def test_padding_changes_only_the_border() -> None:
    model = network()
    image = torch.rand(1, 1, 32, 64)
    wide = torch.zeros(1, 1, 32, 128)
    wide[..., :64] = image
    mask = torch.zeros(1, 4, 16)
    mask[..., :8] = 1

    alone = model.encoder(image, torch.ones(1, 4, 8)).unflatten(1, (4, 8))
    padded = model.encoder(wide, mask).unflatten(1, (4, 16))[:, :, :8]

    assert (alone - padded)[:, :, :2].abs().max() < 0.5 * alone.abs().max()


def test_greedy_stops_at_the_end_of_each_formula() -> None:
    model = network()
    with torch.no_grad():
        model.decoder.bias[EOS] = 1e3
    assert model.greedy(torch.rand(3, 1, 32, 32), torch.ones(3, 4, 4)) == [[], [], []]
    with torch.no_grad():
        model.decoder.bias[EOS] = -1e3
    answers = model.greedy(torch.rand(2, 1, 32, 32), torch.ones(2, 4, 4), longest=5)
    assert [len(answer) for answer in answers] == [5, 5]


def test_no_two_cells_have_the_same_place() -> None:
    codes = positions_2d(12, 40, 32, torch.zeros(()))
    assert torch.cdist(codes, codes).fill_diagonal_(1).min() > 0.01
