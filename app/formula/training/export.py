# mypy: disallow-subclassing-any=False
"""From a checkpoint to the networks that the program loads: encoder.onnx and decoder.onnx."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from app.formula.training.checkpoint import HALF_SUFFIX
from app.formula.training.model import Recogniser

NETWORKS = ("encoder.onnx", "decoder.onnx")
OPSET = 17
"""The newest that every supported ONNX Runtime reads and PyTorch's tracing exporter writes."""
SAMPLE = (2, 48, 96)
"""Batch, height and width of the picture that is traced; all three are free in the exported files."""
ENCODER_INPUTS = ("image", "mask")
ENCODER_OUTPUTS = ("keys", "values")
DECODER_INPUTS = ("token", "position", "past_keys", "past_values", "keys", "values", "memory_mask")
DECODER_OUTPUTS = ("logits", "new_keys", "new_values")
MATRIX = 2
"""Axes of the smallest tensor that is stored in 16 bits."""
KEPT_AXES = {1: "batch", 3: "cells"}
PAST_AXES = {1: "batch", 3: "past"}


class EncoderGraph(nn.Module):
    """The part that runs once a picture: the memory as keys and values of every decoder layer."""

    def __init__(self, model: Recogniser) -> None:
        super().__init__()
        self.encoder, self.decoder = model.encoder, model.decoder

    def forward(self, image: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return keys and values (L, B, heads, S, d)."""
        keys, values = self.decoder.keep(self.encoder(image, mask))
        return keys, values


class DecoderGraph(nn.Module):
    """The part that runs once a token."""

    def __init__(self, model: Recogniser) -> None:
        super().__init__()
        self.decoder = model.decoder

    def forward(self, token: Tensor, position: Tensor, *states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return logits and the new past; `states` are past keys, past values, keys, values and the mask."""
        past_keys, past_values, keys, values, mask = states
        logits, new_keys, new_values = self.decoder.step(
            token, position, (past_keys, past_values), (keys, values, mask)
        )
        return logits, new_keys, new_values


def export(model: Recogniser, folder: Path) -> None:
    """Write encoder.onnx and decoder.onnx of `model` to `folder`, weights as 16-bit floats under their own names."""
    folder.mkdir(parents=True, exist_ok=True)
    model.eval()
    batch, height, width = SAMPLE
    image = torch.rand(batch, 1, height, width)
    mask = torch.ones(batch, height // 8, width // 8)
    with torch.no_grad():
        keys, values = EncoderGraph(model)(image, mask)
    _write(
        EncoderGraph(model),
        (image, mask),
        folder / "encoder.onnx",
        (ENCODER_INPUTS, ENCODER_OUTPUTS),
        {
            "image": {0: "batch", 2: "height", 3: "width"},
            "mask": {0: "batch", 1: "rows", 2: "columns"},
            "keys": KEPT_AXES,
            "values": KEPT_AXES,
        },
    )
    past = torch.zeros(*keys.shape[:3], 2, keys.shape[4])
    _write(
        DecoderGraph(model),
        (torch.ones(batch, 1, dtype=torch.long), torch.tensor([2]), past, past, keys, values, mask.flatten(1)),
        folder / "decoder.onnx",
        (DECODER_INPUTS, DECODER_OUTPUTS),
        {
            "token": {0: "batch"},
            "past_keys": PAST_AXES,
            "past_values": PAST_AXES,
            "keys": KEPT_AXES,
            "values": KEPT_AXES,
            "memory_mask": {0: "batch", 1: "cells"},
            "logits": {0: "batch"},
            "new_keys": {1: "batch", 3: "longer"},
            "new_values": {1: "batch", 3: "longer"},
        },
    )


def _write(
    graph: nn.Module,
    inputs: tuple[Tensor, ...],
    path: Path,
    names: tuple[Sequence[str], Sequence[str]],
    axes: dict[str, dict[int, str]],
) -> None:
    """Trace `graph`, keep its parameters' names, and write it to `path` with 16-bit weights."""
    with warnings.catch_warnings():
        # The tracing exporter is the one that keeps names; it announces its own retirement and notes every traced size.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph,
            inputs,
            str(path),
            input_names=list(names[0]),
            output_names=list(names[1]),
            dynamic_axes=axes,
            opset_version=OPSET,
            do_constant_folding=False,
            training=torch.onnx.TrainingMode.PRESERVE,
            dynamo=False,
        )
    model = onnx.load(path)
    halve(model.graph)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def quantise(folder: Path, out: Path) -> None:
    """Write the networks in `folder` to `out` with matrices of 8-bit integers; convolutions keep their 16-bit floats.

    Activations are scaled as they come, so that no pictures are needed. Training cannot go on from these files.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="quantise-") as name:
        for file in NETWORKS:
            plain = Path(name) / file
            quant_pre_process(str(folder / file), str(plain), skip_symbolic_shape=True)
            small = Path(name) / f"int8-{file}"
            quantize_dynamic(
                plain, small, per_channel=True, op_types_to_quantize=["MatMul"], weight_type=QuantType.QInt8
            )
            model = onnx.load(small)
            halve(model.graph)
            onnx.checker.check_model(model)
            onnx.save(model, out / file)


def halve(graph: onnx.GraphProto) -> None:
    """Store the weight matrices of `graph` as 16-bit floats, each widened by a Cast that is folded on loading."""
    casts = []
    for tensor in graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or len(tensor.dims) < MATRIX:
            continue
        name = tensor.name
        small = numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), name + HALF_SUFFIX)
        tensor.CopyFrom(small)
        casts.append(helper.make_node("Cast", [name + HALF_SUFFIX], [name], name=name + ".widen", to=TensorProto.FLOAT))
    rest = list(graph.node)
    del graph.node[:]
    graph.node.extend([*casts, *rest])
