"""What the network is taught: the next token, the glyph in each cell, and where to look for each token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - the name that every PyTorch program uses

from app.formula.training.dataset import Batch
from app.formula.training.model import Recogniser
from app.formula.vocabulary import PAD

LABEL_SMOOTHING: Final = 0.05
GLYPH_WEIGHT: Final = 0.5
LOOK_WEIGHT: Final = 0.35
"""At the start; it falls to nothing at 1 / `LOOK_DECAY` of training."""
LOOK_DECAY: Final = 1.3
EMPTY_CELLS: Final = 0.12
"""Share of the cells without a glyph that are taught as empty."""
BORDER: Final = 0.6
"""Cells: a token's box is this much larger on each side where the attention may lie."""
LEAST_MASS: Final = 1e-4


@dataclass(frozen=True)
class Losses:
    """The parts of the loss, each a scalar."""

    token: Tensor
    glyph: Tensor
    look: Tensor

    def total(self, progress: float) -> Tensor:
        """Return the weighted sum at `progress` (0 to 1) of training."""
        return self.token + GLYPH_WEIGHT * self.glyph + look_weight(progress) * self.look


def look_weight(progress: float) -> float:
    """Return the weight of the attention's supervision at `progress` (0 to 1) of training."""
    return LOOK_WEIGHT * max(0.0, 1.0 - LOOK_DECAY * progress)


def losses(model: Recogniser, batch: Batch, progress: float) -> Losses:
    """Run `model` on `batch` and return the parts of the loss."""
    image, mask, before, after, boxes = (
        torch.from_numpy(part) for part in (batch.image, batch.mask, batch.before, batch.after, batch.boxes)
    )
    memory = model.encoder(image, mask)
    logits, looked = model.decoder(before, memory, mask)
    token = F.cross_entropy(logits.flatten(0, 1), after.flatten(), ignore_index=PAD, label_smoothing=LABEL_SMOOTHING)
    known = ~torch.isnan(boxes[..., 0])
    nothing = torch.zeros(())
    if not bool(known.any()):
        return Losses(token, nothing, nothing)
    filled = torch.nan_to_num(boxes)
    glyph = glyph_loss(model, memory, mask, glyph_targets(after, filled, known, mask))
    look = look_loss(looked, filled, known, mask) if look_weight(progress) else nothing
    return Losses(token, glyph, look)


def glyph_targets(tokens: Tensor, boxes: Tensor, known: Tensor, mask: Tensor) -> Tensor:
    """Return the token printed in each cell, 0 for none, shape (B, rows, columns)."""
    _, rows, columns = mask.shape
    across = ((boxes[..., 0] + boxes[..., 2]) / 2).long().clamp(0, columns - 1)
    down = ((boxes[..., 1] + boxes[..., 3]) / 2).long().clamp(0, rows - 1)
    targets = torch.zeros(mask.shape, dtype=torch.long)
    which = known.nonzero()[:, 0]
    targets[which, down[known], across[known]] = tokens[known]
    return targets


def glyph_loss(model: Recogniser, memory: Tensor, mask: Tensor, targets: Tensor) -> Tensor:
    """Return the cross-entropy of the glyphs of single cells; most of the empty cells are left out."""
    labelled = (targets > 0).flatten(1).any(1)[:, None, None]
    empty = (targets == 0) & (mask > 0) & labelled & (torch.rand(targets.shape) < EMPTY_CELLS)
    chosen = ((targets > 0) | empty).flatten(1)
    return F.cross_entropy(model.glyphs(memory[chosen]), targets.flatten(1)[chosen])


def look_loss(looked: list[Tensor], boxes: Tensor, known: Tensor, mask: Tensor) -> Tensor:
    """Return minus the logarithm of the attention (B, T, S) inside the box of the token being written."""
    rows = torch.arange(mask.shape[1])[:, None] + 0.5
    columns = torch.arange(mask.shape[2]) + 0.5
    left, top, right, bottom = (boxes[..., side, None, None] for side in range(4))
    inside = (rows >= top - BORDER) & (rows <= bottom + BORDER)
    inside = inside & (columns >= left - BORDER) & (columns <= right + BORDER)
    area = inside.flatten(2)
    parts = [-torch.log((weights * area).sum(-1)[known] + LEAST_MASS).mean() for weights in looked]
    return torch.stack(parts).mean()
