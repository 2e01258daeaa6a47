# mypy: disallow-subclassing-any=False
"""The network: a convolutional encoder with a little attention, and a small decoder that keeps its keys and values."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - the name that every PyTorch program uses

from app.formula.training.layers import DecoderLayer, EncoderLayer, ResidualBlock, positions_1d, positions_2d
from app.formula.vocabulary import BOS, EOS

LONGEST: Final = 512
"""Positions the decoder knows."""
HIDDEN: Final = -1e4
"""Added to the score of what may not be looked at."""


@dataclass(frozen=True)
class Config:
    """Sizes of the network."""

    vocabulary: int
    width: int = 192
    heads: int = 6
    encoder_layers: int = 2
    decoder_layers: int = 3
    hidden: int = 640
    channels: tuple[int, int, int, int] = (24, 48, 96, 192)
    """Channels at strides 2, 4, 8, 16."""
    blocks: tuple[int, int, int, int] = (1, 1, 3, 2)
    dropout: float = 0.0
    """Nothing to guard against: no picture is drawn twice."""


class Encoder(nn.Module):
    """Residual convolutions down to stride 16, attention there, and the result added to the map at stride 8."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        channels, blocks = config.channels, config.blocks
        self.width = config.width
        self.stem = nn.Sequential(
            nn.Conv2d(1, channels[0], 5, 2, 2, bias=False), nn.BatchNorm2d(channels[0]), nn.ReLU()
        )
        self.stage1 = _stage(channels[0], channels[0], blocks[0], stride=1)
        self.stage2 = _stage(channels[0], channels[1], blocks[1])
        self.stage3 = _stage(channels[1], channels[2], blocks[2])
        self.stage4 = _stage(channels[2], channels[3], blocks[3])
        self.layers = nn.ModuleList(
            EncoderLayer(config.width, config.heads, config.hidden) for _ in range(config.encoder_layers)
        )
        self.fine = nn.Conv2d(channels[2], config.width, 1)
        self.coarse = nn.Conv2d(channels[3], config.width, 1)
        self.norm = nn.LayerNorm(config.width)

    def forward(self, image: Tensor, mask: Tensor) -> Tensor:
        """Return the memory, shape (B, S, width), of images (B, 1, H, W) with a mask (B, H/8, W/8), 0 on padding."""
        fine = self.stage3(self.stage2(self.stage1(self.stem(image))))
        coarse = self.coarse(self.stage4(fine))
        batch, _, rows, columns = coarse.shape
        tokens = coarse.flatten(2).transpose(1, 2) + positions_2d(rows, columns, self.width, coarse)
        bias = mask_bias(mask[:, ::2, ::2])
        for layer in self.layers:
            tokens = layer(tokens, bias)
        coarse = tokens.transpose(1, 2).reshape(batch, self.width, rows, columns)
        memory = self.fine(fine) + F.interpolate(coarse, scale_factor=2.0, mode="nearest")
        return self.norm(memory.flatten(2).transpose(1, 2) + positions_2d(2 * rows, 2 * columns, self.width, memory))


class Decoder(nn.Module):
    """Tokens from the memory, one after the other; the output layer is the embedding turned round."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.embedding = nn.Embedding(config.vocabulary, config.width)
        nn.init.normal_(self.embedding.weight, std=config.width**-0.5)
        self.layers = nn.ModuleList(
            DecoderLayer(config.width, config.heads, config.hidden, config.dropout)
            for _ in range(config.decoder_layers)
        )
        self.norm = nn.LayerNorm(config.width)
        self.bias = nn.Parameter(torch.zeros(config.vocabulary))
        self.scale = math.sqrt(config.width)
        self.register_buffer("places", positions_1d(LONGEST, config.width), persistent=False)

    def forward(self, tokens: Tensor, memory: Tensor, mask: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Return logits (B, T, V) of what follows each of `tokens` (B, T), and where the layers but the first looked.

        The attention is the mean of half of the heads, shape (B, T, S) a layer: those are taught where the glyphs are.
        """
        bias, length = mask_bias(mask), tokens.shape[1]
        later = torch.full((length, length), HIDDEN).triu(1)
        x = self.embed(tokens, self.places[:length])
        looked = []
        for number, layer in enumerate(self.layers):
            x, weights = layer(x, layer.keep(memory), bias, later)
            if number:
                looked.append(weights[:, : layer.heads // 2].mean(1))
        return self.logits(x), looked

    def keep(self, memory: Tensor) -> tuple[Tensor, Tensor]:
        """Return keys and values of all layers, each of shape (L, B, heads, S, d)."""
        kept = [layer.keep(memory) for layer in self.layers]
        return torch.stack([keys for keys, _ in kept]), torch.stack([values for _, values in kept])

    def step(self, token: Tensor, position: Tensor, past: tuple[Tensor, Tensor], memory: Memory) -> StepResult:
        """Return logits (B, V) of what follows `token` (B, 1) at `position` (1,), and the longer past.

        The past is keys and values of shape (L, B, heads, T, d), T = 0 at first.
        """
        bias = mask_bias(memory[2])
        x = self.embed(token, self.places[position])
        keys, values = [], []
        for number, layer in enumerate(self.layers):
            x, kept = layer.step(x, (past[0][number], past[1][number]), (memory[0][number], memory[1][number]), bias)
            keys.append(kept[0])
            values.append(kept[1])
        return self.logits(x)[:, 0], torch.stack(keys), torch.stack(values)

    def embed(self, tokens: Tensor, places: Tensor) -> Tensor:
        """Return vectors (B, T, width) of tokens (B, T) at `places` (T, width)."""
        return self.embedding(tokens) * self.scale + places

    def logits(self, x: Tensor) -> Tensor:
        """Return logits (B, T, V) of states (B, T, width)."""
        return F.linear(self.norm(x), self.embedding.weight, self.bias)


Memory = tuple[Tensor, Tensor, Tensor]
"""Keys and values (L, B, heads, S, d) and the mask (B, S) of the memory."""
StepResult = tuple[Tensor, Tensor, Tensor]
"""Logits (B, V), keys and values (L, B, heads, T + 1, d)."""


class Recogniser(nn.Module):
    """Encoder, decoder, and a reader of single cells that only training uses."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.decoder = Decoder(config)
        self.glyphs = nn.Linear(config.width, config.vocabulary)

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def greedy(self, image: Tensor, mask: Tensor, longest: int = 200) -> list[list[int]]:
        """Return the most probable token at each step, without <bos> and <eos>, for each picture of the batch."""
        memory = (*self.decoder.keep(self.encoder(image, mask)), mask.flatten(1))
        config, batch = self.config, image.shape[0]
        empty = torch.zeros(config.decoder_layers, batch, config.heads, 0, config.width // config.heads)
        past = (empty, empty)
        token = torch.full((batch, 1), BOS)
        done = torch.zeros(batch, dtype=torch.bool)
        answers: list[list[int]] = [[] for _ in range(batch)]
        for place in range(longest):
            logits, *kept = self.decoder.step(token, torch.tensor([place]), past, memory)
            past = (kept[0], kept[1])
            token = logits.argmax(-1, keepdim=True)
            done |= token[:, 0] == EOS
            if bool(done.all()):
                break
            for answer, chosen, ended in zip(answers, token[:, 0].tolist(), done.tolist(), strict=True):
                if not ended:
                    answer.append(chosen)
        return answers


def mask_bias(mask: Tensor) -> Tensor:
    """Return what to add to attention scores, shape (B, 1, 1, S), so that padding (0 in `mask`) gets none."""
    return ((1.0 - mask.flatten(1)) * HIDDEN)[:, None, None, :]


def _stage(before: int, after: int, count: int, stride: int = 2) -> nn.Sequential:
    """Return `count` residual blocks, the first of which goes to `after` channels and a coarser grid."""
    return nn.Sequential(ResidualBlock(before, after, stride), *(ResidualBlock(after, after) for _ in range(count - 1)))
