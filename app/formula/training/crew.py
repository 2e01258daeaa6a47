"""Learners side by side: each takes whole batches on one thread, for two threads in one batch are a third slower."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import torch
from torch import Tensor

from app.formula.training.dataset import Batch
from app.formula.training.losses import losses
from app.formula.training.model import Recogniser


class Crew:
    """Computes gradients of `model` on several batches at once.

    Args:
        model: the network; its running statistics come from the first learner's batches.
        learners: threads, each with gradients of its own and the weights of `model`.

    """

    def __init__(self, model: Recogniser, learners: int) -> None:
        torch.set_num_threads(1)
        self.models = [model, *(_twin(model) for _ in range(1, learners))]
        self._pool = ThreadPoolExecutor(learners)

    def learn(self, batches: Sequence[Batch], progress: float) -> Tensor:
        """Leave the gradient of the mean loss of `batches`, one for each learner, in the network.

        Returns the mean losses of the next token, the glyphs and the look, shape (3,); `progress` (0 to 1) is that of
        the curriculum.
        """
        parts = list(self._pool.map(_learn, self.models, batches, [progress] * len(batches)))
        own, *others = ([parameter.grad for parameter in model.parameters()] for model in self.models)
        for other in others:
            torch._foreach_add_(own, other)
        torch._foreach_div_(own, len(batches))
        return torch.stack(parts).mean(0)


def _twin(model: Recogniser) -> Recogniser:
    """Return a network with the very weights of `model`, not copies, and gradients of its own."""
    twin = copy.deepcopy(model)
    for own, shared in zip(twin.parameters(), model.parameters(), strict=True):
        own.data = shared.data
    return twin


def _learn(model: Recogniser, batch: Batch, progress: float) -> Tensor:
    """Return the losses of `batch`, shape (3,), and leave their gradient in `model`.

    Matrices are multiplied in bfloat16, which halves the time of a processor that has instructions for it.
    """
    model.train()
    for parameter in model.parameters():
        parameter.grad = torch.zeros_like(parameter)
    with torch.autocast("cpu", torch.bfloat16):
        parts = losses(model, batch, progress)
    parts.total(progress).backward()
    return torch.stack([parts.token, parts.glyph, parts.look]).detach()
