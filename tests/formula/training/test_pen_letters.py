from __future__ import annotations

import lzma
from pathlib import Path

import cv2
import matplotlib
import numpy as np
import pytest
from click.testing import CliRunner

from app.core.errors import InputError
from app.formula.training.commands import hands
from app.formula.training.hands import Hands, Points, read_font
from app.formula.training.pen_letters import middle_lines, read_pen_font, traced

SANS = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
SVG_FONT = """<svg xmlns="http://www.w3.org/2000/svg"><defs><font horiz-adv-x="500">
<font-face units-per-em="1000"/>
<glyph unicode="x" horiz-adv-x="450" d="M 0 0 L 400 500 M 0 500 L 400 0"/>
<glyph unicode="o" horiz-adv-x="420" d="M 200 500 C 0 500 0 0 200 0 C 400 0 400 500 200 500"/>
<glyph unicode="\u00e9" horiz-adv-x="420" d="M 0 0 L 1 1"/>
<glyph unicode=" " horiz-adv-x="300"/>
</font></defs></svg>"""


def box(left: float, top: float, right: float, bottom: float) -> Points:
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)


def inked(lines: list[Points], thickness: int) -> np.ndarray:
    """Lines in em on a page of 1.4 em."""
    page = np.zeros((280, 280), np.uint8)
    pixels = [np.round((line + np.array([0.2, 1.1])) * 200).astype(np.int32) for line in lines]
    if thickness:
        cv2.polylines(page, pixels, False, 1, thickness)
    else:
        cv2.fillPoly(page, pixels, 1)
    return page


def test_a_bar_becomes_a_line_along_its_middle() -> None:
    # GIVEN the outline of a bar, 0.1 em thick, above which floats a dot
    outlines = [box(0, -0.1, 1, 0), box(0.45, -0.5, 0.55, -0.4)]
    # WHEN a pen goes along its middle
    lines = sorted(middle_lines(outlines), key=len)
    # THEN the bar is one line at half its height, and the dot is still there
    assert len(lines) == 2
    assert np.abs(lines[1][:, 1] + 0.05).max() < 0.02
    assert np.ptp(lines[1][:, 0]) > 0.85
    assert np.abs(lines[0] - [0.5, -0.45]).max() < 0.06


@pytest.mark.parametrize("letter", ["B", "e", "i", "k", "8", "+"])
def test_a_pen_covers_the_letter_and_little_else(letter: str) -> None:
    # GIVEN a letter of a font whose lines are 0.09 em thick
    entry = next(each for each in read_font(SANS, 0) if each.label == letter)
    outline = inked(list(entry.drawing.lines), 0)
    # WHEN a pen of that width draws its middle lines
    pen = traced(entry, 1)
    drawn = inked(list(pen.drawing.lines), 18)
    # THEN both inks are nearly the same
    assert not pen.drawing.filled
    assert pen.drawing.advance == entry.drawing.advance
    assert (outline & drawn).sum() / (outline | drawn).sum() > 0.75


def test_the_lines_of_a_pen_font_stay_open(tmp_path: Path) -> None:
    # GIVEN an SVG font with x as two lines and o as curves
    path = tmp_path / "pen.svg"
    path.write_text(SVG_FONT, encoding="utf-8")
    # WHEN it is read THEN only what formulas hold is there, in em, standing on the baseline
    letters = {entry.label: entry.drawing for entry in read_pen_font(path, 4)}
    assert sorted(letters) == ["o", "x"]
    assert [line.tolist() for line in letters["x"].lines] == [
        [[0, 0], [pytest.approx(0.4), -0.5]],
        [[0, -0.5], [pytest.approx(0.4), 0]],
    ]
    assert letters["x"].advance == pytest.approx(0.45)
    assert len(letters["o"].lines[0]) == 11


def test_outlines_are_packed_twice_and_lines_once(tmp_path: Path) -> None:
    # GIVEN no drawing, a font of outlines and one of lines
    strokes, font = tmp_path / "samples.jsonl.xz", tmp_path / "pen.svg"
    strokes.write_bytes(lzma.compress(b""))
    font.write_text(SVG_FONT, encoding="utf-8")
    # WHEN they are packed
    done = CliRunner().invoke(hands, [str(strokes), str(SANS), str(font), "--out", str(tmp_path / "hands.npz")])
    # THEN there is a broad pen, a fine one, and the font's own
    assert done.exit_code == 0, done.output
    broad, fine, own = Hands.load(tmp_path / "hands.npz").fonts
    assert [letters["x"].filled for letters in (broad, fine, own)] == [True, False, False]
    assert len(broad) == len(fine) > 80
    assert len(own) == 2


@pytest.mark.parametrize("content", ["no font", "<svg/>", '<svg xmlns="http://www.w3.org/2000/svg"><font-face/></svg>'])
def test_what_is_no_font_of_lines_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "letters.svg").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"letters\.svg"):
        list(read_pen_font(tmp_path / "letters.svg", 0))
