# mypy: disallow-subclassing-any=False
"""Layers of the network and the codes of positions."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - the name that every PyTorch program uses

LONGEST_WAVE_2D = 400.0
"""Cells: about the widest picture."""
LONGEST_WAVE_1D = 10_000.0


class ResidualBlock(nn.Module):
    """Two 3 x 3 convolutions and a way round them."""

    def __init__(self, before: int, after: int, stride: int = 1) -> None:
        super().__init__()
        self.first = nn.Conv2d(before, after, 3, stride, 1, bias=False)
        self.first_norm = nn.BatchNorm2d(after)
        self.second = nn.Conv2d(after, after, 3, 1, 1, bias=False)
        self.second_norm = nn.BatchNorm2d(after)
        same = stride == 1 and before == after
        self.short = (
            nn.Identity()
            if same
            else nn.Sequential(nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after))
        )

    def forward(self, x: Tensor) -> Tensor:
        """Return a map (B, after, H/stride, W/stride) of a map (B, before, H, W)."""
        inner = F.relu(self.first_norm(self.first(x)))
        return F.relu(self.second_norm(self.second(inner)) + self.short(x))


class EncoderLayer(nn.Module):
    """Self-attention over the cells of the picture, then a network on each cell (pre-norm)."""

    def __init__(self, width: int, heads: int, hidden: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm_hidden = nn.LayerNorm(width)
        self.up = nn.Linear(width, hidden)
        self.down = nn.Linear(hidden, width)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Return states (B, S, width) of states of that shape; `bias` (B, 1, 1, S) hides the padding."""
        queries, keys, values = (split_heads(part, self.heads) for part in self.qkv(self.norm(x)).chunk(3, -1))
        x = x + self.out(join_heads(attention(queries, keys, bias) @ values))
        return x + self.down(F.relu(self.up(self.norm_hidden(x))))


class DecoderLayer(nn.Module):
    """Causal self-attention, attention to the picture, then a network on each token (pre-norm)."""

    def __init__(self, width: int, heads: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm_cross = nn.LayerNorm(width)
        self.query = nn.Linear(width, width)
        self.memory = nn.Linear(width, 2 * width)
        self.out_cross = nn.Linear(width, width)
        self.norm_hidden = nn.LayerNorm(width)
        self.up = nn.Linear(width, hidden)
        self.down = nn.Linear(hidden, width)
        self.dropout = nn.Dropout(dropout)

    def keep(self, memory: Tensor) -> tuple[Tensor, Tensor]:
        """Return keys and values (B, heads, S, d) of the memory (B, S, width)."""
        keys, values = self.memory(memory).chunk(2, -1)
        return split_heads(keys, self.heads), split_heads(values, self.heads)

    def forward(self, x: Tensor, kept: tuple[Tensor, Tensor], bias: Tensor, later: Tensor) -> tuple[Tensor, Tensor]:
        """Return states (B, T, width) of all places at once and the attention to the picture (B, heads, T, S).

        `bias` (B, 1, 1, S) hides the padding of the picture, `later` (T, T) from each place those after it.
        """
        queries, keys, values = self._own(x)
        attended = attention(queries, keys, later) @ values
        return self._rest(x + self.dropout(self.out(join_heads(attended))), kept, bias)

    def step(
        self, x: Tensor, past: tuple[Tensor, Tensor], kept: tuple[Tensor, Tensor], bias: Tensor
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """Return the state (B, 1, width) of one more place and the past with its key and value."""
        queries, key, value = self._own(x)
        keys, values = torch.cat([past[0], key], 2), torch.cat([past[1], value], 2)
        attended = attention(queries, keys) @ values
        x, _ = self._rest(x + self.out(join_heads(attended)), kept, bias)
        return x, (keys, values)

    def _own(self, x: Tensor) -> tuple[Tensor, ...]:
        return tuple(split_heads(part, self.heads) for part in self.qkv(self.norm(x)).chunk(3, -1))

    def _rest(self, x: Tensor, kept: tuple[Tensor, Tensor], bias: Tensor) -> tuple[Tensor, Tensor]:
        queries = split_heads(self.query(self.norm_cross(x)), self.heads)
        weights = attention(queries, kept[0], bias)
        x = x + self.dropout(self.out_cross(join_heads(weights @ kept[1])))
        return x + self.dropout(self.down(F.relu(self.up(self.norm_hidden(x))))), weights


def attention(queries: Tensor, keys: Tensor, bias: Tensor | None = None) -> Tensor:
    """Return weights (B, heads, T, S) of queries (B, heads, T, d) on keys (B, heads, S, d); `bias` is added to scores.

    Written out, for on a CPU PyTorch's fused attention is two to six times slower in 16 bits at these sizes.
    """
    scores = (queries / math.sqrt(queries.shape[-1])) @ keys.transpose(-1, -2)
    return (scores if bias is None else scores + bias.to(scores.dtype)).softmax(-1)


def split_heads(x: Tensor, heads: int) -> Tensor:
    """Return (B, heads, T, d) of (B, T, heads * d)."""
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)


def join_heads(x: Tensor) -> Tensor:
    """Return (B, T, heads * d) of (B, heads, T, d)."""
    return x.transpose(1, 2).flatten(2)


def positions_2d(rows: int, columns: int, width: int, like: Tensor) -> Tensor:
    """Return sines and cosines of the row and of the column, shape (rows * columns, width), of the type of `like`."""
    quarter = width // 4
    rate = torch.exp(torch.arange(quarter, dtype=like.dtype) * (-math.log(LONGEST_WAVE_2D) / quarter))
    down = torch.arange(rows, dtype=like.dtype)[:, None] * rate
    across = torch.arange(columns, dtype=like.dtype)[:, None] * rate
    row_code = torch.cat([down.sin(), down.cos()], 1)[:, None].expand(-1, columns, -1)
    column_code = torch.cat([across.sin(), across.cos()], 1)[None].expand(rows, -1, -1)
    return torch.cat([row_code, column_code], 2).flatten(0, 1)


def positions_1d(length: int, width: int) -> Tensor:
    """Return sines and cosines of the place in the text, shape (length, width)."""
    half = width // 2
    rate = torch.exp(torch.arange(half) * (-math.log(LONGEST_WAVE_1D) / half))
    angle = torch.arange(length)[:, None] * rate
    return torch.cat([angle.sin(), angle.cos()], 1)
