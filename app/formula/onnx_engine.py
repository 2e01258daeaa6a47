"""Paperdesk's own model in ONNX Runtime: the encoder once for each picture, the decoder once for each token."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.core.i18n import tr
from app.core.paths import resources_dir
from app.formula.decode import Floats, Integers, Reading, beam_search
from app.formula.devices import CPU
from app.formula.doubts import written
from app.formula.engine import MOST_CANDIDATES, Answer, ModelError, NoFormula
from app.formula.grammar import Grammar
from app.formula.memory import resident
from app.formula.normalise import Ink, Normalised, normalise
from app.formula.ranking import EM, Calibration, ranked
from app.formula.render import render_svg
from app.formula.runtime import open_session
from app.formula.vocabulary import Vocabulary

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

CELL: Final = 8
"""Pixels of a memory cell."""
BATCH_PIXELS: Final = 1_000_000
"""Pictures are read together while their padded sizes stay below this."""
MOST_THREADS: Final = 4
"""The model is small: more threads wait for each other longer than they work."""
FILES: Final = ("encoder.onnx", "decoder.onnx", "vocabulary.txt")


@dataclass(frozen=True)
class Card:
    """What model.json says of the model."""

    longest: int
    calibration: Calibration
    hashes: dict[str, str]

    @classmethod
    def load(cls, folder: Path) -> Card:
        """Read model.json. Raises `ModelError`."""
        try:
            data = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            return cls(int(data["max_length"]), Calibration.of(data["calibration"]), dict(data["sha256"]))
        except FileNotFoundError as error:
            raise _missing(folder / "model.json") from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise _damaged(folder / "model.json", "-") from error


@dataclass(frozen=True)
class _Model:
    """What the files hold, ready to be used."""

    card: Card
    grammar: Grammar
    encoder: InferenceSession
    decoder: InferenceSession


class OnnxEngine:
    """The engine "onnx".

    Args:
        folder: where the model's files are; the one that is shipped without.
        beam_width: readings kept for each picture.
        threads: of ONNX Runtime; 0 chooses.
        device: a key of `devices.DEVICES`.

    """

    name = "onnx"

    def __init__(
        self, folder: Path | None = None, *, beam_width: int = 3, threads: int = 0, device: str = CPU
    ) -> None:  # fmt: skip
        self.folder = folder or resources_dir() / "models" / "formula"
        self.beam_width = beam_width
        self.threads = threads or min(os.cpu_count() or 1, MOST_THREADS)
        self.device = device
        self._model: _Model | None = None
        self._bytes = 0

    def load(self) -> None:
        """Check the files, open them and read one blank picture, so that the first real one is not slow."""
        card = Card.load(self.folder)
        for name in FILES:
            self._check(self.folder / name, card.hashes.get(name, ""))
        before = resident()
        with _readable_faults():
            vocabulary = Vocabulary.load(self.folder / "vocabulary.txt")
            encoder, decoder = (open_session(self.folder / name, self.device, self.threads) for name in FILES[:2])
            model = _Model(card, Grammar(vocabulary), encoder, decoder)
            self._read(model, [np.zeros((2 * CELL, 4 * CELL), dtype=np.float32)], longest=1)
        if card.calibration.agreement:
            render_svg("x", size_px=EM, colour="#000000")
        self._bytes = max(resident() - before, 0)
        self._model = model

    def recognise(self, pictures: Sequence[Image.Image]) -> list[Answer]:
        """Return an answer to each picture, in order; an empty one where there is no formula. Raises `ModelError`."""
        model = self._model
        if model is None:
            raise ModelError(tr("The formula model is not loaded."))
        answers = dict.fromkeys(range(len(pictures)), Answer("", 0.0, self.name, 0.0))
        found: dict[int, Normalised] = {}
        for number, picture in enumerate(pictures):
            with suppress(NoFormula):
                found[number] = normalise(picture)
        for group in batches({number: each.pixels for number, each in found.items()}):
            answers |= zip(group, self._answers(model, [found[number] for number in group]), strict=True)
        return [answers[number] for number in range(len(pictures))]

    def memory(self) -> int:
        """Return by how many bytes loading has made the process larger."""
        return self._bytes

    def close(self) -> None:
        """Give the model's memory back."""
        self._model = None

    def _answers(self, model: _Model, pictures: Sequence[Normalised]) -> list[Answer]:
        """Return the answers to pictures that are read together."""
        started = time.perf_counter()
        with _readable_faults():
            readings = self._read(model, [picture.pixels for picture in pictures], model.card.longest)
        spent = (time.perf_counter() - started) / len(pictures)
        return [
            self._answer(model, picture, found, spent) for picture, found in zip(pictures, readings, strict=True)
        ]  # fmt: skip

    def _answer(self, model: _Model, picture: Normalised, readings: Sequence[Reading], spent: float) -> Answer:
        """Return the likeliest of the readings, which took `spent` seconds, with the others behind it."""
        started = time.perf_counter()
        candidates = ranked(
            [written(reading, model.grammar.vocabulary) for reading in readings], picture, model.card.calibration
        )
        seconds = spent + time.perf_counter() - started
        if not candidates:
            return Answer("", 0.0, self.name, seconds)
        return Answer(candidates[0].latex, candidates[0].confidence, self.name, seconds, candidates)

    def _read(self, model: _Model, inputs: Sequence[Ink], longest: int) -> list[list[Reading]]:
        image, mask = stack(inputs)
        keys, values = model.encoder.run(("keys", "values"), {"image": image, "mask": mask})
        memory = _Memory(model.decoder, keys, values, mask.reshape(len(inputs), -1))
        return beam_search(
            memory.step, model.grammar, len(inputs), width=self.beam_width, longest=longest, most=MOST_CANDIDATES
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
    except ModelError:
        raise
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
