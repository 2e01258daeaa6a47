"""Training pictures: drawn, degraded and normalised exactly as the program will, then grouped into batches by size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.formula.engine import NoFormula
from app.formula.normalise import Normalised, normalise
from app.formula.onnx_engine import CELL
from app.formula.training.augment import Augmenter, Picture, Rng
from app.formula.training.draw import Boxes, Ink, Scene, Shard, opened
from app.formula.training.handwriting import NotWritten, Writer
from app.formula.training.negatives import negative
from app.formula.vocabulary import BOS, EOS, PAD

MOST_PIXELS: Final = 400_000
"""Larger pictures are left out: one of them costs as much as thirty usual ones."""
LONGEST: Final = 256
"""Tokens of the longest formula."""
MOST_IN_BATCH: Final = 48
POOL: Final = 1_500
"""Pictures that are sorted by size before they are cut into batches: 90 % of a batch is then picture, not padding."""
PER_SHARD: Final = 48
"""Pictures drawn from a shard before the next is opened."""
NEGATIVE_SHARE: Final = 0.02
HAND_SHARE: Final = 0.25
"""Share of the formulas that are written by hand if they can be."""
X_HEIGHT: Final = (4.6, 9.0, 40.0)
"""Pixels: smallest, median and largest height of the letter x in a picture before normalisation."""
X_HEIGHT_SPREAD: Final = 0.48
"""Standard deviation of the logarithm of the height."""
WIDTH_STEP: Final = 48
"""Pixels: pictures this near in width go by the length of the formula."""


@dataclass(frozen=True)
class Sample:
    """One picture and its formula."""

    pixels: Ink
    tokens: NDArray[np.int64]
    cells: Boxes
    """Shape (T, 4): the boxes of the tokens in memory cells, NaN where a token prints nothing."""


@dataclass(frozen=True)
class Batch:
    """Pictures of about one size: image (B, 1, H, W), mask (B, H/8, W/8), tokens before and after (B, T), boxes."""

    image: NDArray[np.float32]
    mask: NDArray[np.float32]
    before: NDArray[np.int64]
    after: NDArray[np.int64]
    boxes: NDArray[np.float32]


def make_sample(shard: Shard, number: int, augmenter: Augmenter, writer: Writer | None = None) -> Sample:
    """Draw a formula of `shard` as a user might photograph it, by hand at times if there is a `writer`.

    Raises `NoFormula` when nothing is left of it.
    """
    rng = augmenter.rng
    x_height = float(np.clip(X_HEIGHT[1] * np.exp(rng.normal(0, X_HEIGHT_SPREAD)), X_HEIGHT[0], X_HEIGHT[2]))
    scene = _scene(shard, number, x_height, rng, writer)
    picture = augmenter.degrade(scene)
    return _sample(normalise(Image.fromarray(picture)), shard.formula(number), scene.boxes)


def _scene(shard: Shard, number: int, x_height: float, rng: Rng, writer: Writer | None) -> Scene:
    if writer is not None and rng.random() < HAND_SHARE:
        with suppress(NotWritten):
            return writer.write(shard, number, x_height)
    return shard.draw(number, x_height, rng)


def make_negative(rng: Rng) -> Sample:
    """Draw a picture without a formula; its formula is empty. Raises `NoFormula` when it comes out blank."""
    picture: Picture = negative(rng)
    return _sample(normalise(Image.fromarray(picture)), np.zeros(0, np.int64), np.zeros((0, 4), np.float32))


def _sample(normalised: Normalised, tokens: NDArray[np.int64], boxes: Boxes) -> Sample:
    cells = boxes.copy()
    cells[:, 0::2] = (cells[:, 0::2] - normalised.left) * normalised.scale / CELL
    cells[:, 1::2] = (cells[:, 1::2] - normalised.top) * normalised.scale / CELL
    return Sample(normalised.pixels, tokens, cells)


def collate(samples: Sequence[Sample]) -> Batch:
    """Return `samples` as one batch, padded at the right and the bottom."""
    height = max(sample.pixels.shape[0] for sample in samples)
    width = max(sample.pixels.shape[1] for sample in samples)
    count, length = len(samples), max(len(sample.tokens) for sample in samples) + 1
    batch = Batch(
        np.zeros((count, 1, height, width), np.float32),
        np.zeros((count, height // CELL, width // CELL), np.float32),
        np.full((count, length), PAD, np.int64),
        np.full((count, length), PAD, np.int64),
        np.full((count, length, 4), np.nan, np.float32),
    )
    for place, sample in enumerate(samples):
        rows, columns = sample.pixels.shape
        last = len(sample.tokens)
        batch.image[place, 0, :rows, :columns] = sample.pixels
        batch.mask[place, : rows // CELL, : columns // CELL] = 1
        batch.before[place, 0], batch.before[place, 1 : last + 1] = BOS, sample.tokens
        batch.after[place, :last], batch.after[place, last] = sample.tokens, EOS
        batch.boxes[place, :last] = sample.cells
    return batch


def grouped(samples: Sequence[Sample], budget: int) -> Iterator[list[Sample]]:
    """Cut `samples` into groups of about one size with at most `budget` pixels, padding included."""
    ordered = sorted(samples, key=_likeness)
    group: list[Sample] = []
    for sample in ordered:
        members = [*group, sample]
        height = max(member.pixels.shape[0] for member in members)
        width = max(member.pixels.shape[1] for member in members)
        if group and (height * width * len(members) > budget or len(members) > MOST_IN_BATCH):
            yield group
            members = [sample]
        group = members
    if group:
        yield group


def _likeness(sample: Sample) -> tuple[int, int, int]:
    """Return what brings samples that pad each other little next to each other."""
    height, width = sample.pixels.shape
    return height, width // WIDTH_STEP, len(sample.tokens)


def curriculum(bucket: int, progress: float) -> float:
    """Return how often shards of a length bucket (0 short to 3 long) are drawn at `progress` (0 to 1) of training."""
    start, full, most = ((-1.0, 0.0, 1.0), (-0.03, 0.1, 1.0), (0.04, 0.3, 1.0), (0.2, 0.5, 0.45))[bucket]
    return most * min(1.0, max(0.0, (progress - start) / (full - start)))


class Library:
    """The shards of a folder; new ones are seen as they appear."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._buckets: dict[Path, int] = {}

    def by_bucket(self) -> dict[int, list[Path]]:
        """Return the stems of the shards by length bucket."""
        found: dict[int, list[Path]] = {}
        for path in sorted(self.folder.glob("*.npz")):
            stem = path.with_suffix("")
            if stem not in self._buckets:
                self._buckets[stem] = _bucket_of(path)
            found.setdefault(self._buckets[stem], []).append(stem)
        return found

    def pick(self, progress: float, rng: Rng) -> Path:
        """Return a random shard, short formulas first."""
        shards = self.by_bucket()
        weights = np.array([curriculum(bucket, progress) for bucket in shards])
        if not weights.sum():
            weights[:] = 1
        bucket = list(shards)[int(rng.choice(len(weights), p=weights / weights.sum()))]
        return shards[bucket][int(rng.integers(len(shards[bucket])))]


def _bucket_of(path: Path) -> int:
    """Return the length bucket of a shard; one that does not say is sorted by its mean length."""
    with np.load(path) as arrays:
        if "bucket" in arrays:
            return int(arrays["bucket"])
        return int(np.searchsorted((12, 25, 50), float(np.diff(arrays["offsets"]).mean())))


def samples_of(
    stem: Path, augmenter: Augmenter, most: int = PER_SHARD, writer: Writer | None = None
) -> Iterator[Sample]:
    """Yield pictures of up to `most` random formulas of a shard, and now and then one without a formula."""
    rng = augmenter.rng
    with opened(stem) as shard:
        for number in rng.permutation(len(shard))[:most]:
            empty = rng.random() < NEGATIVE_SHARE
            try:
                sample = make_negative(rng) if empty else make_sample(shard, int(number), augmenter, writer)
            except NoFormula:
                continue
            if sample.pixels.size <= MOST_PIXELS and len(sample.tokens) <= LONGEST:
                yield sample
