"""Weights on disk: the file that training keeps, and reading weights back from the shipped ONNX files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from app.core.errors import InputError
from app.formula.training.model import Config, Recogniser

Weights = dict[str, Tensor]
HALF_SUFFIX = ".half"
"""Ends the names of the 16-bit weights in the ONNX files."""


def save(path: Path, model: Recogniser, facts: dict[str, Any]) -> None:
    """Write the weights of `model` as 16-bit floats with its sizes and `facts` to `path`, all or nothing."""
    weights = {name: value.half() if _shrinks(value) else value for name, value in model.state_dict().items()}
    save_atomic(path, {"config": asdict(model.config), "weights": weights, **facts})


def save_atomic(path: Path, content: dict[str, Any]) -> None:
    """Write `content` to a temporary file beside `path` and rename it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(path.suffix + ".tmp")
    torch.save(content, temporary)
    temporary.replace(path)


def load(path: Path) -> tuple[Recogniser, dict[str, Any]]:
    """Return the network of a training checkpoint, in evaluation mode, and the facts saved with it."""
    content = torch.load(path, weights_only=True)
    sizes: dict[str, Any] = content.pop("config")
    listed: Any = {name: tuple(size) if isinstance(size, list) else size for name, size in sizes.items()}
    model = Recogniser(Config(**listed))
    model.load_state_dict({name: _full(value) for name, value in content.pop("weights").items()})
    return model.eval(), content


def weights_of(path: Path) -> Weights:
    """Return weights by name from a checkpoint (.pt) or from a folder with encoder.onnx and decoder.onnx.

    Raises `InputError` when `path` is neither.
    """
    if path.is_file():
        content = torch.load(path, weights_only=True)
        return {name: _full(value) for name, value in content["weights"].items()}
    files = [path / "encoder.onnx", path / "decoder.onnx"]
    if not all(file.is_file() for file in files):
        raise InputError(f"{path} is neither a checkpoint nor a folder with encoder.onnx and decoder.onnx")
    return {name: value for file in files for name, value in _initialisers(file)}


def restore(model: Recogniser, weights: Weights) -> list[str]:
    """Put `weights` into `model` by name; return the names of those of the model that found none or another shape."""
    own = model.state_dict()
    fitting = {name: value for name, value in weights.items() if name in own and own[name].shape == value.shape}
    model.load_state_dict(fitting, strict=False)
    return sorted(name for name in own.keys() - fitting.keys() if not name.endswith("num_batches_tracked"))


def _initialisers(file: Path) -> Iterator[tuple[str, Tensor]]:
    for tensor in onnx.load(file).graph.initializer:
        value = torch.from_numpy(numpy_helper.to_array(tensor).copy())
        yield tensor.name.removesuffix(HALF_SUFFIX), _full(value)


def _shrinks(value: Tensor) -> bool:
    """Tell whether `value` keeps its meaning in 16 bits: matrices do, running variances may not."""
    return bool(value.is_floating_point() and value.ndim > 1)


def _full(value: Tensor) -> Tensor:
    return value.float() if value.is_floating_point() else value
