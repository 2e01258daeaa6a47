from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from app.core.errors import InputError
from app.formula.training import checkpoint
from app.formula.training.export import (
    DECODER_INPUTS,
    DECODER_OUTPUTS,
    ENCODER_INPUTS,
    ENCODER_OUTPUTS,
    export,
    quantise,
)
from app.formula.training.model import Config, Recogniser

SMALL = Config(vocabulary=20, width=32, heads=4, encoder_layers=1, decoder_layers=2, hidden=48, channels=(4, 8, 8, 16))


@pytest.fixture(scope="module")
def model() -> Recogniser:
    """A network whose batch norms have seen something."""
    torch.manual_seed(0)
    network = Recogniser(SMALL)
    network.encoder(torch.rand(4, 1, 48, 64), torch.ones(4, 6, 8))
    return network.eval()


@pytest.fixture(scope="module")
def folder(model: Recogniser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("model")
    export(model, out)
    return out


@pytest.fixture
def halved(model: Recogniser, folder: Path) -> Recogniser:
    """The network with its weights as the files hold them."""
    network = Recogniser(SMALL).eval()
    network.load_state_dict(model.state_dict())
    checkpoint.restore(network, checkpoint.weights_of(folder))
    return network


@pytest.mark.parametrize(("batch", "height", "width"), [(1, 16, 16), (3, 64, 320), (2, 80, 48)])
@torch.no_grad()
def test_the_files_compute_what_the_network_computes(
    folder: Path, halved: Recogniser, batch: int, height: int, width: int
) -> None:
    # GIVEN pictures of another size than the traced one, the last one partly padding
    encoder, decoder = (onnxruntime.InferenceSession(folder / f"{name}.onnx") for name in ("encoder", "decoder"))
    image, mask = torch.rand(batch, 1, height, width), torch.ones(batch, height // 8, width // 8)
    mask[-1, :, width // 16 :] = 0
    # WHEN both encode them
    expected = halved.decoder.keep(halved.encoder(image, mask))
    keys, values = encoder.run(None, {"image": image.numpy(), "mask": mask.numpy()})
    # THEN they agree
    np.testing.assert_allclose(keys, expected[0].numpy(), atol=1e-4)
    np.testing.assert_allclose(values, expected[1].numpy(), atol=1e-4)
    # AND so do the decoders, from an empty past on
    past = (torch.zeros(2, batch, 4, 0, 8), torch.zeros(2, batch, 4, 0, 8))
    for place in range(4):
        token = torch.randint(4, 20, (batch, 1))
        inputs = (token, torch.tensor([place]), *past, *expected, mask.flatten(1))
        feed = dict(zip(DECODER_INPUTS, (part.numpy() for part in inputs), strict=True))
        logits, *new = halved.decoder.step(token, torch.tensor([place]), past, (*expected, mask.flatten(1)))
        outputs = decoder.run(list(DECODER_OUTPUTS), feed)
        for ours, theirs in zip((logits, *new), outputs, strict=True):
            np.testing.assert_allclose(theirs, ours.numpy(), atol=1e-4)
        past = (new[0], new[1])


def test_inputs_and_outputs_have_the_agreed_names(folder: Path) -> None:
    for name, inputs, outputs in (
        ("encoder", ENCODER_INPUTS, ENCODER_OUTPUTS),
        ("decoder", DECODER_INPUTS, DECODER_OUTPUTS),
    ):
        session = onnxruntime.InferenceSession(folder / f"{name}.onnx")
        assert [one.name for one in session.get_inputs()] == list(inputs)
        assert [one.name for one in session.get_outputs()] == list(outputs)


def test_matrices_are_stored_in_16_bits(folder: Path) -> None:
    for name in ("encoder", "decoder"):
        for tensor in onnx.load(folder / f"{name}.onnx").graph.initializer:
            assert tensor.data_type != onnx.TensorProto.FLOAT or len(tensor.dims) < 2


def test_training_can_go_on_from_the_shipped_files(model: Recogniser, folder: Path) -> None:
    fresh = Recogniser(SMALL)

    missing = checkpoint.restore(fresh, checkpoint.weights_of(folder))

    assert missing == ["glyphs.bias", "glyphs.weight"]
    for name, value in fresh.state_dict().items():
        if name not in missing and not name.endswith("num_batches_tracked"):
            torch.testing.assert_close(value, model.state_dict()[name], atol=1e-3, rtol=1e-3)


def test_a_checkpoint_comes_back_as_it_was_saved(model: Recogniser, tmp_path: Path) -> None:
    checkpoint.save(tmp_path / "deep" / "latest.pt", model, {"step": 7})

    loaded, facts = checkpoint.load(tmp_path / "deep" / "latest.pt")

    assert facts == {"step": 7}
    assert loaded.config == SMALL
    assert not loaded.training
    assert checkpoint.restore(Recogniser(SMALL), checkpoint.weights_of(tmp_path / "deep" / "latest.pt")) == []
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["latest.pt"]


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="neither a checkpoint nor a folder"):
        checkpoint.weights_of(tmp_path)


@torch.no_grad()
def test_8_bit_files_compute_nearly_the_same(folder: Path, halved: Recogniser, tmp_path: Path) -> None:
    # GIVEN the networks with matrices of 8-bit integers
    quantise(folder, tmp_path)
    encoder, decoder = (onnxruntime.InferenceSession(tmp_path / f"{name}.onnx") for name in ("encoder", "decoder"))
    # WHEN they read a picture and write a token
    image, mask = torch.rand(2, 1, 48, 96), torch.ones(2, 6, 12)
    keys, values = encoder.run(None, {"image": image.numpy(), "mask": mask.numpy()})
    past = np.zeros((2, 2, 4, 0, 8), np.float32)
    feed = (np.ones((2, 1), np.int64), np.array([0]), past, past, keys, values, mask.flatten(1).numpy())
    (logits,) = decoder.run(["logits"], dict(zip(DECODER_INPUTS, feed, strict=True)))
    # THEN the answer is nearly that of the network
    expected = halved.decoder.keep(halved.encoder(image, mask))
    nothing = torch.zeros(2, 2, 4, 0, 8)
    wanted, *_ = halved.decoder.step(
        torch.ones(2, 1, dtype=torch.long), torch.tensor([0]), (nothing, nothing), (*expected, mask.flatten(1))
    )
    assert np.abs(logits - wanted.numpy()).max() < 0.1 * float(wanted.abs().max())
    # AND the matrices are there as integers
    kinds = {tensor.data_type for tensor in onnx.load(tmp_path / "decoder.onnx").graph.initializer}
    assert onnx.TensorProto.INT8 in kinds
