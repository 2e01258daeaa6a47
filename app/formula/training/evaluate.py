"""How well a network reads: pictures drawn from layouts it never saw, and labelled pictures of the real world."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from PIL import Image

from app.core.errors import InputError
from app.formula.canonical import canonical
from app.formula.engine import NoFormula
from app.formula.normalise import normalise
from app.formula.training.augment import Augmenter
from app.formula.training.dataset import Sample, collate, grouped, samples_of
from app.formula.training.model import Recogniser

BUDGET: Final = 600_000
"""Pixels of a batch."""
SEED: Final = 5


@dataclass(frozen=True)
class Labelled:
    """A picture and the formula that it shows, as LaTeX."""

    picture: Path
    latex: str


@dataclass(frozen=True)
class Score:
    """Figures of a set of pictures."""

    pictures: int
    exact: float
    """Share of the answers that equal the truth token by token."""
    distance: float
    """Mean edit distance to the truth over the length of the longer one, in tokens."""


def read_labels(folder: Path, most: int | None = None) -> list[Labelled]:
    """Return the pictures that `folder`/labels.jsonl lists, the same random `most` of them each time."""
    path = folder / "labels.jsonl"
    if not path.is_file():
        raise InputError(f"{path} does not exist")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    order = np.random.default_rng(SEED).permutation(len(rows))[:most]
    return [Labelled(folder / rows[place]["image"], rows[place]["latex"]) for place in order.tolist()]


def score(truths: Sequence[Sequence[object]], answers: Sequence[Sequence[object]]) -> Score:
    """Compare answers with truths, tokens with tokens."""
    pairs = list(zip(truths, answers, strict=True))
    exact = [list(truth) == list(answer) for truth, answer in pairs]
    distance = [edit_distance(truth, answer) / max(len(truth), len(answer), 1) for truth, answer in pairs]
    return Score(len(pairs), float(np.mean(exact or [False])), float(np.mean(distance or [0.0])))


def edit_distance(first: Sequence[object], second: Sequence[object]) -> int:
    """Return the least number of insertions, deletions and changes between two sequences (Levenshtein)."""
    row = list(range(len(second) + 1))
    for place, item in enumerate(first, 1):
        before, row = row, [place]
        for column, other in enumerate(second, 1):
            row.append(min(before[column] + 1, row[-1] + 1, before[column - 1] + (item != other)))
    return row[-1]


def read(model: Recogniser, samples: Sequence[Sample]) -> list[list[int]]:
    """Return the tokens that `model` reads in each picture, in order."""
    places = {id(sample): place for place, sample in enumerate(samples)}
    answers: list[list[int]] = [[] for _ in samples]
    for group in grouped(samples, BUDGET):
        batch = collate(group)
        read_now = model.greedy(torch.from_numpy(batch.image), torch.from_numpy(batch.mask))
        for sample, answer in zip(group, read_now, strict=True):
            answers[places[id(sample)]] = answer
    return answers


def score_layouts(model: Recogniser, folder: Path, most: int) -> dict[str, Score]:
    """Return figures by font on about `most` pictures drawn from the layouts of `folder`, always the same ones."""
    stems = sorted(path.with_suffix("") for path in folder.glob("*.npz"))
    augmenter = Augmenter(np.random.default_rng(SEED))
    scores: dict[str, Score] = {}
    for stem in stems:
        samples = list(samples_of(stem, augmenter, max(1, most // len(stems))))
        truths = [sample.tokens.tolist() for sample in samples]
        scores[stem.name] = score(truths, read(model, samples))
    return scores


def score_pictures(model: Recogniser, folder: Path, vocabulary: Sequence[str], most: int) -> Score:
    """Return figures on `most` labelled pictures; labels that have no canonical form are left out."""
    truths, samples = [], []
    for labelled in read_labels(folder, most):
        try:
            truth = canonical(labelled.latex)
            with Image.open(labelled.picture) as picture:
                pixels = normalise(picture).pixels
        except (ValueError, NoFormula):
            continue
        truths.append(truth)
        samples.append(Sample(pixels, np.zeros(0, np.int64), np.zeros((0, 4), np.float32)))
    answers = [[vocabulary[number] for number in answer] for answer in read(model, samples)]
    return score(truths, answers)
