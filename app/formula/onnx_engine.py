"""Paperdesk's own model in ONNX Runtime: the encoder once for each picture, the decoder once for each token."""

from __future__ import annotations

import hashlib
import json
import math
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.core.i18n import tr
from app.core.paths import resources_dir
from app.formula.decode import Floats, Integers, Reading, beam_search
from app.formula.engine import Answer, ModelError, NoFormula
from app.formula.latex_text import to_latex
from app.formula.normalise import Ink, normalise
from app.formula.vocabulary import Vocabulary

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

CELL: Final = 8
"""Pixels of a memory cell."""
BATCH_PIXELS: Final = 1_000_000
"""Pictures are read together while their padded sizes stay below this."""
MOST_THREADS: Final = 4
"""The model is small: more threads wait for each other longer than they work."""
PROVIDERS: Final = ("CUDAExecutionProvider", "DmlExecutionProvider", "CoreMLExecutionProvider", "CPUExecutionProvider")
FILES: Final = ("encoder.onnx", "decoder.onnx", "vocabulary.txt")
_NO_TELEMETRY: Final = ("ORT_DISABLE_TELEMETRY", "1")
"""ONNX Runtime reads it when it is imported; without it, it writes to the user's cache and reports to its makers."""


@dataclass(frozen=True)
class Card:
    """What model.json says of the model."""

    longest: int
    slope: float
    offset: float
    """The confidence is the logistic function of slope x (logarithm of the probability) + offset (Platt, 1999)."""
    hashes: dict[str, str]

    @classmethod
    def load(cls, folder: Path) -> Card:
        """Read model.json. Raises `ModelError`."""
        try:
            data = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            calibration = data["calibration"]
            return cls(
                int(data["max_length"]), float(calibration["slope"]), float(calibration["offset"]), dict(data["sha256"])
            )
        except FileNotFoundError as error:
            raise _missing(folder / "model.json") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _damaged(folder / "model.json", "-") from error

    def confidence(self, score: float) -> float:
        """Return the probability that an answer of this score is right."""
        return 1 / (1 + math.exp(-min(30.0, max(-30.0, self.slope * score + self.offset))))


@dataclass(frozen=True)
class _Model:
    """What the files hold, ready to be used."""

    card: Card
    vocabulary: Vocabulary
    encoder: InferenceSession
    decoder: InferenceSession


class OnnxEngine:
    """The engine "onnx".

    Args:
        folder: where the model's files are; the one that is shipped without.
        beam_width: readings kept for each picture.
        threads: of ONNX Runtime; 0 chooses.

    """

    name = "onnx"

    def __init__(self, folder: Path | None = None, *, beam_width: int = 3, threads: int = 0) -> None:
        self.folder = folder or resources_dir() / "models" / "formula"
        self.beam_width = beam_width
        self.threads = threads or min(os.cpu_count() or 1, MOST_THREADS)
        self._model: _Model | None = None

    def load(self) -> None:
        """Check the files, open them and read one blank picture, so that the first real one is not slow."""
        card = Card.load(self.folder)
        for name in FILES:
            self._check(self.folder / name, card.hashes.get(name, ""))
        with _readable_faults():
            vocabulary = Vocabulary.load(self.folder / "vocabulary.txt")
            model = _Model(card, vocabulary, self._session("encoder.onnx"), self._session("decoder.onnx"))
            self._read(model, [np.zeros((2 * CELL, 4 * CELL), dtype=np.float32)], longest=1)
        self._model = model

    def recognise(self, pictures: Sequence[Image.Image]) -> list[Answer]:
        """Return an answer to each picture, in order; an empty one where there is no formula. Raises `ModelError`."""
        model = self._model
        if model is None:
            raise ModelError(tr("The formula model is not loaded."))
        answers: dict[int, Answer] = {}
        inputs: dict[int, Ink] = {}
        for number, picture in enumerate(pictures):
            try:
                inputs[number] = normalise(picture).pixels
            except NoFormula:
                answers[number] = Answer("", 0.0, self.name, 0.0)
        for group in batches(inputs):
            started = time.perf_counter()
            with _readable_faults():
                readings = self._read(model, [inputs[number] for number in group], model.card.longest)
            seconds = (time.perf_counter() - started) / len(group)
            for number, reading in zip(group, readings, strict=True):
                latex = to_latex(model.vocabulary.tokens(reading.tokens))
                answers[number] = Answer(latex, model.card.confidence(reading.score), self.name, seconds)
        return [answers[number] for number in range(len(pictures))]

    def _read(self, model: _Model, inputs: Sequence[Ink], longest: int) -> list[Reading]:
        image, mask = stack(inputs)
        keys, values = model.encoder.run(("keys", "values"), {"image": image, "mask": mask})
        memory = _Memory(model.decoder, keys, values, mask.reshape(len(inputs), -1))
        return beam_search(memory.step, model.vocabulary, len(inputs), width=self.beam_width, longest=longest)

    def _session(self, name: str) -> InferenceSession:
        os.environ.setdefault(*_NO_TELEMETRY)
        import onnxruntime  # noqa: PLC0415 - takes a tenth of a second

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        available = onnxruntime.get_available_providers()
        return onnxruntime.InferenceSession(
            str(self.folder / name), options, providers=[each for each in PROVIDERS if each in available]
        )

    @staticmethod
    def _check(path: Path, expected: str) -> None:
        try:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise _missing(path) from error
        if found != expected:
            raise _damaged(path, found)


class _Memory:
    """The decoder's kept keys and values, following the beams from row to row."""

    def __init__(self, decoder: InferenceSession, keys: Floats, values: Floats, mask: Floats) -> None:
        self._decoder = decoder
        self._kept = (keys, values, mask)
        layers, _, heads, _, depth = keys.shape
        empty: Floats = np.zeros((layers, len(mask), heads, 0, depth), dtype=np.float32)
        self._past = (empty, empty)
        self._owners: NDArray[np.int64] = np.arange(len(mask))
        """Which picture each row belongs to."""
        self._rows = self._kept

    def step(self, tokens: Integers, position: int, parents: Integers) -> Floats:
        """Run the decoder for one token in every row; see `Step`."""
        if len(parents) != len(self._owners) or not np.array_equal(parents, np.arange(len(parents))):
            self._follow(parents)
        keys, values, mask = self._rows
        logits, *past = self._decoder.run(
            ("logits", "new_keys", "new_values"),
            {
                "token": tokens[:, None],
                "position": np.array([position], dtype=np.int64),
                "past_keys": self._past[0],
                "past_values": self._past[1],
                "keys": keys,
                "values": values,
                "memory_mask": mask,
            },
        )
        self._past = (past[0], past[1])
        result: Floats = logits
        return result

    def _follow(self, parents: Integers) -> None:
        self._past = (self._past[0][:, parents], self._past[1][:, parents])
        owners = self._owners[parents]
        if not np.array_equal(owners, self._owners):
            keys, values, mask = self._kept
            self._rows = (keys[:, owners], values[:, owners], mask[owners])
        self._owners = owners


@contextmanager
def _readable_faults() -> Iterator[None]:
    """Raise what ONNX Runtime raises, whose exceptions have no common class, as `ModelError`."""
    try:
        yield
    except Exception as error:
        raise ModelError(tr("The formula model cannot be run: {reason}", reason=error)) from error


def stack(inputs: Sequence[Ink]) -> tuple[Floats, Floats]:
    """Return the pictures as one array (B, 1, H, W), padded with paper, and the mask of their cells (B, H/8, W/8)."""
    height, width = (max(pixels.shape[axis] for pixels in inputs) for axis in (0, 1))
    image = np.zeros((len(inputs), 1, height, width), dtype=np.float32)
    mask = np.zeros((len(inputs), height // CELL, width // CELL), dtype=np.float32)
    for number, pixels in enumerate(inputs):
        rows, columns = pixels.shape
        image[number, 0, :rows, :columns] = pixels
        mask[number, : rows // CELL, : columns // CELL] = 1.0
    return image, mask


def batches(inputs: dict[int, Ink]) -> Iterator[list[int]]:
    """Yield the numbers of pictures to read together: of similar size, so that little is padded."""
    group: list[int] = []
    height = width = 0
    for number in sorted(inputs, key=lambda each: (inputs[each].shape[1], inputs[each].shape[0])):
        rows, columns = inputs[number].shape
        if group and max(height, rows) * max(width, columns) * (len(group) + 1) > BATCH_PIXELS:
            yield group
            group, height, width = [], 0, 0
        group.append(number)
        height, width = max(height, rows), max(width, columns)
    if group:
        yield group


def _missing(path: Path) -> ModelError:
    return ModelError(tr("The file {path} of the formula model is missing. Install Paperdesk again.", path=path))


def _damaged(path: Path, found: str) -> ModelError:
    text = tr(
        "The file {path} of the formula model is damaged (SHA-256 {found}). Install Paperdesk again.",
        path=path,
        found=found,
    )
    return ModelError(text)
