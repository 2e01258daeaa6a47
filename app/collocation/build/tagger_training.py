"""Train the tagger: `python -m app.collocation.build.tagger_training SAMPLE OUT`.

SAMPLE has one text a line, each token as word/CLASS with the names of `WordClass`; tokens are those of
`app.collocation.tokens`. The last twentieth is held out and only measured. Softmax regression by AdaGrad (Duchi,
Hazan, Singer 2011, "Adaptive Subgradient Methods").
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from app.collocation.build.tagger import BUCKET_BITS, REACH, Tagger, buckets, hashes
from app.collocation.tags import CLASS_COUNT, WordClass
from app.collocation.tokens import LINE_END, kind_of

RATE: Final = 0.12
EPOCHS: Final = 1
BATCH: Final = 8192
HELD_OUT: Final = 20
LARGEST: Final = 127
"""Of an int8."""
_CLIPPED: Final = 5.0
"""Weights beyond are cut off when they become int8; hardly any are."""

Ids = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]


def read_sample(lines: Iterable[str]) -> tuple[Ids, npt.NDArray[np.uint8], list[str]]:
    """Return the ids, the classes and the vocabulary of a sample; lines are parted by `LINE_END`."""
    vocabulary = {LINE_END: 0}
    ids: list[int] = []
    classes: list[int] = []
    for line in lines:
        for token in line.split():
            word, _, name = token.rpartition("/")
            kind = kind_of(word)
            ids.append(vocabulary.setdefault(kind, len(vocabulary)))
            classes.append(WordClass[name])
        ids.append(0)
        classes.append(WordClass.OTHER)
    return np.array(ids, np.uint32), np.array(classes, np.uint8), list(vocabulary)


class Trainer:
    """Weights and their sums of squared gradients."""

    def __init__(self) -> None:
        self.weights: Floats = np.zeros((1 << BUCKET_BITS, CLASS_COUNT), np.float32)
        self._squares: Floats = np.full((1 << BUCKET_BITS, CLASS_COUNT), 1e-4, np.float32)

    def step(self, rows: npt.NDArray[np.uint32], classes: npt.NDArray[np.uint8]) -> None:
        """Learn from one batch: rows of shape (batch, templates)."""
        scores = self.weights[rows].sum(axis=1)
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        shares[np.arange(len(classes)), classes] -= 1
        order = np.argsort(rows, axis=None, kind="stable")
        flat = rows.ravel()[order]
        starts = np.flatnonzero(np.r_[True, flat[1:] != flat[:-1]])
        gradient = np.add.reduceat(shares[order // rows.shape[1]], starts, axis=0) / len(classes) * BATCH
        touched = flat[starts]
        self._squares[touched] += gradient**2
        self.weights[touched] -= RATE * gradient / np.sqrt(self._squares[touched])

    def tagger(self) -> Tagger:
        """Return the weights as int8."""
        scaled = np.clip(self.weights / _CLIPPED, -1, 1) * LARGEST
        return Tagger(np.rint(scaled).astype(np.int8))


def train(ids: Ids, classes: npt.NDArray[np.uint8], vocabulary: list[str], *, seed: int = 1) -> Tagger:
    """Return a tagger trained on every word of a sample."""
    words, endings = hashes(vocabulary), hashes(vocabulary, ending=True)
    padded = np.concatenate([np.zeros(REACH, np.uint32), ids, np.zeros(REACH, np.uint32)])
    rows = buckets(words[padded], endings[padded])
    chance = np.random.default_rng(seed)
    trainer = Trainer()
    for _ in range(EPOCHS):
        order = chance.permutation(len(ids))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            trainer.step(rows[chosen], classes[chosen])
    return trainer.tagger()


def agreement(tagger: Tagger, ids: Ids, classes: npt.NDArray[np.uint8], vocabulary: list[str]) -> dict[str, float]:
    """Return the share of words, of each class and of all, whose class is that of the sample."""
    told = tagger.tag(ids, vocabulary)
    is_word = np.array([word.isalpha() or len(word) > 1 for word in vocabulary])[ids]
    result = {"all": float((told == classes)[is_word].mean())}
    for each in WordClass:
        chosen = is_word & (classes == each)
        if chosen.any():
            result[each.name.lower()] = float((told == classes)[chosen].mean())
    return result


def main(sample: Path, out: Path) -> None:
    """Train, print the agreement on the held-out part, save."""
    with sample.open(encoding="utf-8") as file:
        ids, classes, vocabulary = read_sample(file)
    ends = np.flatnonzero(ids == 0)
    split = int(ends[len(ends) - len(ends) // HELD_OUT]) + 1
    tagger = train(ids[:split], classes[:split], vocabulary)
    for name, share in agreement(tagger, ids[split:], classes[split:], vocabulary).items():
        print(f"{name:14s} {share:6.1%}")
    tagger.save(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
