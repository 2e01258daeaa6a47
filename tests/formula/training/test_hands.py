from __future__ import annotations

import json
import lzma
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from click.testing import CliRunner
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from app.core.errors import InputError
from app.formula.training.commands import hands
from app.formula.training.hands import Hands, read_font

SANS = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


def write_strokes(path: Path, samples: list[dict[str, object]]) -> Path:
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(sample) + "\n" for sample in samples)
    return path


def packed(folder: Path, samples: list[dict[str, object]]) -> Hands:
    strokes = write_strokes(folder / "samples.jsonl.xz", samples)
    done = CliRunner().invoke(hands, [str(strokes), str(SANS), "--out", str(folder / "hands.npz")])
    assert done.exit_code == 0, done.output
    return Hands.load(folder / "hands.npz")


def test_drawings_come_back_as_they_were_packed(tmp_path: Path) -> None:
    # GIVEN two drawings of one symbol, one of a letter in a font of its own, one refused and one of no token
    samples = [
        {"latex": r"\sum", "strokes": [[[1, 0], [0, 0], [0.5, 0.5]], [[0, 1], [1, 1]]]},
        {"latex": r"\sum", "strokes": [[[0, 0], [1, 1]]]},
        {"latex": r"\mathds{R}", "strokes": [[[0, 0], [0, 1]]]},
        {"latex": r"\pi", "strokes": [[[0, 0], [0, 1]]], "rejected": True},
        {"latex": r"\fancyhead", "strokes": [[[0, 0], [0, 1]]]},
    ]
    # WHEN they are packed with a font and loaded again
    loaded = packed(tmp_path, samples)
    # THEN they are what they were, by the names of tokens
    assert {label: len(drawings) for label, drawings in loaded.strokes.items()} == {r"\sum": 2, r"\mathbb{R}": 1}
    first = loaded.strokes[r"\sum"][0]
    assert [line.tolist() for line in first.lines] == [[[1, 0], [0, 0], [0.5, 0.5]], [[0, 1], [1, 1]]]
    assert not first.filled


def test_a_point_is_a_line_that_can_be_drawn(tmp_path: Path) -> None:
    loaded = packed(tmp_path, [{"latex": r"\cdot", "strokes": [[[0.5, 0.5]]]}])
    assert [len(line) for line in loaded.strokes[r"\cdot"][0].lines] == [2]


def test_letters_stand_on_the_baseline_of_their_font(tmp_path: Path) -> None:
    # GIVEN a font
    letters, _ = packed(tmp_path, [{"latex": r"\cdot", "strokes": [[[0, 0]]]}]).fonts
    # WHEN its letters are looked at
    spans = {
        name: (np.concatenate(letters[name].lines).min(0), np.concatenate(letters[name].lines).max(0)) for name in "xpo"
    }
    # THEN x ends at row 0, p goes below it, and o has an outside and an inside
    assert spans["x"][1][1] == pytest.approx(0, abs=0.01)
    assert spans["x"][0][1] == pytest.approx(-0.55, abs=0.03)
    assert spans["p"][1][1] > 0.15
    assert len(letters["o"].lines) == 2
    assert all(letters[name].filled and 0.3 < letters[name].advance < 0.8 for name in "xpo")


def test_an_outline_without_a_point_on_the_curve_is_closed(tmp_path: Path) -> None:
    # GIVEN a font whose letter o has only control points
    pen = TTGlyphPen(None)
    pen.qCurveTo((0, 0), (1000, 0), (1000, 1000), (0, 1000), None)
    pen.closePath()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "o"])
    builder.setupCharacterMap({ord("o"): "o"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "o": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "o": (1000, 0)})
    builder.setupHorizontalHeader()
    builder.setupPost()
    builder.save(tmp_path / "round.ttf")
    # WHEN it is read
    (entry,) = read_font(tmp_path / "round.ttf", 3)
    # THEN its outline is round: as far from the middle everywhere as a curve of this kind is
    (outline,) = entry.drawing.lines
    distance = np.hypot(*(outline - [0.5, -0.5]).T)
    assert len(outline) > 16
    assert distance.min() > 0.49
    assert distance.max() < 0.54


def test_what_is_no_font_or_no_drawings_is_named(tmp_path: Path) -> None:
    (tmp_path / "letters.ttf").write_bytes(b"no font")
    with pytest.raises(InputError, match=r"letters\.ttf"):
        list(read_font(tmp_path / "letters.ttf", 0))
    with pytest.raises(InputError, match=r"letters\.ttf"):
        Hands.load(tmp_path / "letters.ttf")
