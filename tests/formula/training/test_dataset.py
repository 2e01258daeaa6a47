from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.formula.training import dataset
from app.formula.training.augment import Augmenter
from app.formula.training.dataset import Library, Sample, collate, curriculum, grouped, samples_of
from app.formula.vocabulary import BOS, EOS, PAD


def sample(height: int, width: int, tokens: list[int]) -> Sample:
    boxes = np.tile(np.array([0, 0, 1, 1], np.float32), (len(tokens), 1))
    return Sample(np.ones((height, width), np.float32), np.array(tokens, np.int64), boxes)


def test_the_cells_of_the_tokens_hold_their_glyphs(layouts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN layouts, and only formulas
    monkeypatch.setattr(dataset, "NEGATIVE_SHARE", 0.0)
    augmenter = Augmenter(np.random.default_rng(1))
    # WHEN pictures are drawn from them
    drawn = list(samples_of(layouts / "long-0", augmenter))
    # THEN the cell of a token is dark
    assert len(drawn) > 30
    for one in drawn:
        for x0, y0, x1, y1 in one.cells:
            row, column = int((y0 + y1) * 4), int((x0 + x1) * 4)
            assert one.pixels[row, column] > 0.4


def test_pictures_without_a_formula_have_no_tokens(layouts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset, "NEGATIVE_SHARE", 1.0)
    drawn = list(samples_of(layouts / "long-0", Augmenter(np.random.default_rng(1)), 10))
    assert drawn
    assert all(len(one.tokens) == 0 for one in drawn)


def test_a_batch_is_padded_at_the_right_and_the_bottom() -> None:
    batch = collate([sample(32, 48, [7, 8, 9]), sample(16, 64, [5])])

    assert batch.image.shape == (2, 1, 32, 64)
    assert batch.image[1, 0, 16:].sum() == 0
    assert batch.mask[0, :, :6].all()
    assert batch.mask[0].sum() == 4 * 6
    assert batch.before.tolist() == [[BOS, 7, 8, 9], [BOS, 5, PAD, PAD]]
    assert batch.after.tolist() == [[7, 8, 9, EOS], [5, EOS, PAD, PAD]]
    assert np.isnan(batch.boxes[1, 1:]).all()


def test_groups_hold_every_picture_once_within_the_budget() -> None:
    rng = np.random.default_rng(2)
    pool = [sample(16 * int(rng.integers(1, 9)), 16 * int(rng.integers(1, 40)), [4]) for _ in range(300)]

    groups = list(grouped(pool, 100_000))

    assert sorted(id(one) for group in groups for one in group) == sorted(id(one) for one in pool)
    for group in groups:
        image = collate(group).image
        assert image.size <= 100_000 or len(group) == 1


def test_short_formulas_come_first() -> None:
    assert curriculum(0, 0.0) == 1.0
    assert curriculum(3, 0.1) == 0.0
    assert curriculum(2, 0.04) < curriculum(2, 0.2) < curriculum(2, 0.4) == 1.0


def test_new_shards_are_seen_as_they_appear(layouts: Path, shard_writer: Callable[..., Path]) -> None:
    library = Library(layouts)
    assert sorted(library.by_bucket()) == [0, 2]

    shard_writer(layouts, "more-1", [[(4, 2.0)]], bucket=3)

    assert [stem.name for stem in library.by_bucket()[3]] == ["more-1"]
    assert library.pick(1.0, np.random.default_rng(0)).parent == layouts


def test_a_shard_that_does_not_say_its_bucket_goes_by_its_length(layouts: Path) -> None:
    with np.load(layouts / "long-0.npz") as arrays:
        rest = {name: arrays[name] for name in arrays if name != "bucket"}
    np.savez(layouts / "long-0.npz", **rest)
    assert [stem.name for stem in Library(layouts).by_bucket()[0]] == ["long-0", "short-0"]
