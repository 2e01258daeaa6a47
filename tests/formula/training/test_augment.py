from __future__ import annotations

import numpy as np
import pytest

from app.formula.training import augment
from app.formula.training.augment import CHANGES, Augmenter, Change
from app.formula.training.draw import Scene
from app.formula.training.negatives import PAINTERS, negative

SQUARES = np.array([[20, 12, 32, 24], [60, 30, 72, 42], [100, 12, 112, 24], [np.nan] * 4], np.float32)


def scene(channels: int = 0) -> Scene:
    ink = np.zeros((60, 140), np.float32)
    for x0, y0, x1, y1 in SQUARES[:3].astype(int):
        ink[y0:y1, x0:x1] = 1
    return Scene(np.repeat(ink[..., None], channels, 2) if channels else ink, SQUARES.copy())


def centres_hold_ink(drawn: Scene) -> bool:
    middle = np.round((drawn.boxes[:3, :2] + drawn.boxes[:3, 2:]) / 2).astype(int)
    return all(float(np.mean(drawn.ink[row, column])) > 0.5 for column, row in middle)


@pytest.mark.parametrize("change", [change for _, change in CHANGES], ids=lambda change: change.__name__)
@pytest.mark.parametrize("channels", [0, 3])
def test_the_boxes_follow_each_change(change: Change, channels: int) -> None:
    rng = np.random.default_rng(3)
    for _ in range(30):
        drawn = scene(channels)
        change(drawn, rng)
        assert centres_hold_ink(drawn)
        assert np.isnan(drawn.boxes[3]).all()


def test_the_boxes_follow_all_changes_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(augment, "NEIGHBOUR_SHARE", 0.5)
    augmenter = Augmenter(np.random.default_rng(4))
    for number in range(60):
        drawn = scene(3 if number % 4 == 0 else 0)
        picture = augmenter.degrade(drawn)
        assert picture.dtype == np.uint8
        assert picture.shape == (*drawn.ink.shape[:2], 3)
        assert centres_hold_ink(drawn)


def test_pictures_come_dark_light_and_coloured() -> None:
    augmenter = Augmenter(np.random.default_rng(5))
    corners = [augmenter.degrade(scene())[-1, -1].astype(int) for _ in range(200)]
    assert sum(corner.mean() < 80 for corner in corners) > 20
    assert sum(corner.mean() > 250 for corner in corners) > 60
    assert sum(np.ptp(corner) > 40 for corner in corners) > 15


@pytest.mark.parametrize("painter", sorted(set(PAINTERS), key=lambda painter: painter.__name__))
def test_pictures_without_a_formula_have_the_size_asked_for(painter: object) -> None:
    assert callable(painter)
    assert painter(40, 200, np.random.default_rng(6)).shape == (40, 200, 3)


def test_pictures_without_a_formula_are_never_alike() -> None:
    rng = np.random.default_rng(7)
    assert len({negative(rng).tobytes() for _ in range(20)}) == 20
