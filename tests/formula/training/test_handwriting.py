from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from app.formula.training import dataset
from app.formula.training.augment import Augmenter
from app.formula.training.dataset import samples_of
from app.formula.training.draw import Boxes, Scene, Shard
from app.formula.training.hands import Drawing, Hands
from app.formula.training.handwriting import NotWritten, Writer, plan

NOTHING = [np.nan] * 4


class OneFormula:
    """Stands for a shard of layouts."""

    def __init__(self, tokens: Sequence[str], boxes: Sequence[Sequence[float]]) -> None:
        self.tokens, self._boxes = tokens, np.array(boxes, np.float32)

    def formula(self, number: int) -> list[int]:
        return list(range(len(self.tokens)))

    def boxes_of(self, number: int) -> Boxes:
        return self._boxes


@pytest.fixture
def hands() -> Hands:
    """One font, whose letters are full squares, and a drawing of one symbol: a cross."""
    collection = Hands([])
    square = np.array([[0, 0], [1, 0], [1, -1], [0, -1]], np.float32)
    collection.fonts = [{letter: Drawing((square,), 1.0, filled=True) for letter in "abcnsi(,"}]
    cross = (np.array([[0, 0], [1, 1]], np.float32), np.array([[0, 1], [1, 0]], np.float32))
    collection.strokes = {r"\otimes": [Drawing(cross)]}
    return collection


def written(hands: Hands, tokens: Sequence[str], boxes: Sequence[Sequence[float]], seed: int = 1) -> Scene:
    writer = Writer(hands, tokens, np.random.default_rng(seed))
    return writer.write(OneFormula(tokens, boxes), 0, 12.0)  # type: ignore[arg-type]


def ink_at(scene: Scene, token: int) -> float:
    left, top, right, bottom = scene.boxes[token]
    return float(scene.ink[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1].mean())


@pytest.mark.parametrize("seed", range(8))
def test_ink_lies_where_the_boxes_say(hands: Hands, seed: int) -> None:
    # GIVEN a fraction of two letters beside a symbol
    tokens = ["\\frac", "{", "a", "}", "{", "b", "}", r"\otimes"]
    boxes = [[2, 9, 12, 9.4], NOTHING, [5, 3, 9, 7], NOTHING, NOTHING, [5, 12, 9, 18], NOTHING, [16, 6, 22, 12]]
    # WHEN it is written in any hand
    scene = written(hands, tokens, boxes, seed)
    # THEN each of them is in its box, and the paper between them is clean
    assert ink_at(scene, 2) > 0.5
    assert ink_at(scene, 5) > 0.5
    assert ink_at(scene, 0) > 0.1
    assert 0.1 < ink_at(scene, 7) < 0.9
    gap = scene.ink[:, int((scene.boxes[0, 2] * 2 + scene.boxes[7, 0]) / 3) : int(scene.boxes[7, 0])]
    assert gap.mean() < 0.1


def test_no_two_pictures_are_the_same(hands: Hands) -> None:
    scenes = [written(hands, ["a"], [[2, 2, 6, 6]], seed) for seed in (1, 2)]
    assert scenes[0].ink.shape != scenes[1].ink.shape or not np.array_equal(scenes[0].ink, scenes[1].ink)


def test_letters_of_one_box_are_one_word() -> None:
    # GIVEN a word, a comma kerned to its last letter, and a letter of its own
    tokens = [r"\text", "{", "s", "i", "n", "}", ",", "a"]
    boxes = np.array(
        [NOTHING, NOTHING, [2, 2, 5, 8], [5, 2, 7, 8], [7, 2, 11, 8], NOTHING, [12, 7, 13, 9], [14, 4, 18, 8]]
    )
    # WHEN it is planned
    items = plan(tokens, boxes.astype(np.float32))
    # THEN the word is written as one
    assert [(item.text, item.box) for item in items] == [
        ("sin", (2, 2, 11, 8)), (",", (12, 7, 13, 9)), ("a", (14, 4, 18, 8)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "tokens",
    [[r"\mathbf", "{", "a", "}"], [r"\mathbb", "{", "a", "}"], ["c", "{", r"\beth", "}"], ["Q", "{", "a", "}"]],
)
def test_what_nobody_has_drawn_is_not_written(hands: Hands, tokens: list[str]) -> None:
    with pytest.raises(NotWritten):
        written(hands, tokens, [[2, 2, 6, 6], NOTHING, [8, 2, 12, 6], NOTHING])


def test_a_size_prints_nothing_but_its_delimiter(hands: Hands) -> None:
    boxes = np.array([[2, 2, 5, 30], [2, 2, 5, 30], [8, 12, 12, 16]], np.float32)
    assert [item.text for item in plan([r"\left", "(", "a"], boxes)] == ["(", "a"]


def test_a_matrix_has_its_brackets_at_both_sides(hands: Hands) -> None:
    tokens = [r"\begin{pmatrix}", "a", r"\end{pmatrix}"]
    scene = written(hands, tokens, [[2, 2, 6, 30], [10, 14, 14, 18], [18, 2, 22, 30]])
    assert all(ink_at(scene, token) > 0.03 for token in range(3))


def test_some_of_the_training_pictures_are_written(
    layouts: Path, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN layouts of tokens that are letters with a hand, and only formulas written by hand
    monkeypatch.setattr(dataset, "NEGATIVE_SHARE", 0.0)
    monkeypatch.setattr(dataset, "HAND_SHARE", 1.0)
    rng = np.random.default_rng(1)
    calls: list[int] = []
    original = Writer.write

    def counted(writer: Writer, shard: Shard, number: int, x_height: float) -> Scene:
        calls.append(number)
        return original(writer, shard, number, x_height)

    monkeypatch.setattr(Writer, "write", counted)
    # WHEN samples are drawn
    drawn = list(samples_of(layouts / "long-0", Augmenter(rng), writer=Writer(hands, ["a"] * 600, rng)))
    # THEN all come from the hand, and the tokens are where the ink is
    assert len(calls) >= len(drawn) > 30
    for one in drawn:
        x0, y0, x1, y1 = one.cells[0]
        row, column = int((y0 + y1) * 4), int((x0 + x1) * 4)
        assert one.pixels[max(0, row - 3) : row + 4, max(0, column - 3) : column + 4].max() > 0.4
