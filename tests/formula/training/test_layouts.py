from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from click.testing import CliRunner

from app.core.errors import InputError
from app.formula import symbols
from app.formula.canonical import canonical
from app.formula.training.__main__ import main
from app.formula.training.dataset import Library
from app.formula.training.draw import opened
from app.formula.training.layouts import Job, Setting, bucket_of, jobs, make_shard
from app.formula.training.marking import marked
from app.formula.training.typeset import FONTS, pages
from app.formula.vocabulary import Vocabulary

VOCABULARY = Vocabulary(symbols.TOKENS)
LATEX = (
    r"E=mc^2",
    r"\frac{a_1}{b}+\sqrt[3]{x}\sum_{i=1}^n\text{if and }\hat{\mathbf{x}}^2,f'",
    r"\begin{pmatrix}a&b\\c&d\end{pmatrix}\operatorname{tr}\left(\frac{\frac12}{3}\right)\binom{n}{k}P,\not\subset A",
    r"\begin{array}{|c|c|}\hline a&\mathrm{Spec}_i\\\hline b&\overset{a}{c}\\\hline\end{array}\hat{\bar x}\dots",
    r"f(x)=\begin{cases}x^2&\text{if }x\geq0\\0&\text{otherwise}\end{cases}",
    r"\underbrace{a+b}_{n}\overline{AB}\tilde{f}_i^{\dagger}\int_0^\infty e^{-x^2}dx\xrightarrow{fg}\boxed{E}",
)


def boxes_of(latex: str, folder: Path) -> dict[str, list[np.ndarray]]:
    """The boxes of the tokens that print, by token."""
    tokens = canonical(latex)
    assert make_shard(Job(folder / "one", 0, [tokens]), Setting("cm", VOCABULARY)) == 1
    with np.load(folder / "one.npz") as arrays:
        boxes = arrays["boxes"]
    found: dict[str, list[np.ndarray]] = {}
    for token, box in zip(tokens, boxes, strict=True):
        if not np.isnan(box[0]):
            found.setdefault(token, []).append(box)
    return found


def test_all_ink_lies_in_the_boxes_of_the_tokens(tmp_path: Path) -> None:
    # GIVEN a shard of formulas of every kind
    formulas = [canonical(latex) for latex in LATEX]
    assert make_shard(Job(tmp_path / "cm-1-0000", 1, formulas), Setting("cm", VOCABULARY)) == len(formulas)
    rng = np.random.default_rng(0)
    with opened(tmp_path / "cm-1-0000") as shard:
        for number, formula in enumerate(formulas):
            # WHEN one is drawn
            assert VOCABULARY.tokens(shard.formula(number).tolist()) == formula
            scene = shard.draw(number, 30, rng)
            ink = (scene.ink if scene.ink.ndim == 2 else scene.ink.mean(axis=2)).copy()
            # THEN every box holds ink, and none is elsewhere
            for box in scene.boxes[~np.isnan(scene.boxes[:, 0])]:
                left, top, right, bottom = (int(side) for side in box + np.array([-2, -2, 3, 3]))
                rows, columns = slice(max(top, 0), bottom), slice(max(left, 0), right)
                assert scene.ink[rows, columns].max() > 0.5
                ink[rows, columns] = 0
            assert ink.max() < 0.3, LATEX[number]


def test_a_token_owns_what_is_drawn_after_its_arguments(tmp_path: Path) -> None:
    found = boxes_of(r"\frac{a}{b}\sum_{i}^{n}\underline{xy}", tmp_path)

    (rule,), (upper,), (lower,) = found[r"\frac"], found["a"], found["b"]
    assert upper[3] < rule[1] < rule[3] < lower[1]
    (sign,), (below,), (above,) = found[r"\sum"], found["i"], found["n"]
    assert above[3] < sign[1] < sign[3] < below[1]
    (line,), (x,), (y,) = found[r"\underline"], found["x"], found["y"]
    assert line[0] <= x[0] < y[2] <= line[2] + 0.5
    assert line[1] > y[3] - 0.5


def test_accents_words_and_delimiters_are_told_apart(tmp_path: Path) -> None:
    found = boxes_of(r"\hat{x}\text{max}\left(\frac{1}{2}\right)\not\in", tmp_path)

    (hat,), (x, last) = found[r"\hat"], found["x"]
    assert hat[3] <= x[1]
    (m,), (a,) = found["m"], found["a"]
    assert m[0] < m[2] == pytest.approx(a[0]) and a[2] == pytest.approx(last[0])
    np.testing.assert_array_equal(found["("], found[r"\left"])
    np.testing.assert_array_equal(found[r"\in"], found[r"\not"])
    assert "{" not in found
    assert r"\text" not in found


@pytest.mark.parametrize("font", ["cm"])
def test_marks_do_not_change_the_picture(font: str, tmp_path: Path) -> None:
    # GIVEN formulas with marks and without
    bearing = [marked(canonical(latex)).latex for latex in LATEX]
    bare = [re.sub(r"\\M\{\d+\}", "", latex) for latex in bearing]
    # WHEN both are set
    for formulas, name in ((bearing, "bearing.pdf"), (bare, "bare.pdf")):
        assert pages(formulas, font, tmp_path / name) == list(range(len(LATEX)))
    # THEN the pages are the same but for italic corrections at the end of scripts
    with (
        pypdfium2.PdfDocument(tmp_path / "bearing.pdf") as first,
        pypdfium2.PdfDocument(tmp_path / "bare.pdf") as second,
    ):
        for one, other in zip(first, second, strict=True):
            assert one.get_size() == pytest.approx(other.get_size(), abs=1.0)


def test_formulas_that_do_not_compile_are_left_out(tmp_path: Path) -> None:
    assert pages(["x", r"\nosuchcommand", "y", r"x^2^3", "z"], "cm", tmp_path / "some.pdf") == [0, 2, 4]
    with pytest.raises(InputError, match="cannot set"):
        pages([r"\nosuchcommand"], "cm", tmp_path / "none.pdf")


def test_every_token_can_be_typeset(tmp_path: Path) -> None:
    plain = [*symbols.GREEK, *symbols.SYMBOLS, *symbols.BIG, *symbols.FUNCTIONS, *symbols.DELIMITERS]
    assert len(
        pages([marked([token]).latex for token in plain if token != r"\degree"], "cm", tmp_path / "all.pdf")
    ) == (len(plain) - 1)


def test_shards_hold_one_bucket_each_and_take_turns(tmp_path: Path) -> None:
    formulas = [["x"] * (1 + number % 60) for number in range(600)]

    made = jobs(formulas, tmp_path, "cm", size=50)

    assert sorted(len(one) for job in made for one in job.formulas) == sorted(map(len, formulas))
    assert all(bucket_of(one) == job.bucket for job in made for one in job.formulas)
    assert {job.bucket for job in made[:4]} == {0, 1, 2, 3}
    assert len({job.stem for job in made}) == len(made)


def test_the_command_makes_shards_once(tmp_path: Path) -> None:
    source, out = tmp_path / "formulas.txt", tmp_path / "out"
    source.write_text("".join(" ".join(canonical(latex)) + "\n" for latex in LATEX), encoding="utf-8")
    arguments = ["layouts", str(source), str(out), "--label", "some", "--shard-size", "3"]

    first, second = (CliRunner().invoke(main, arguments) for _ in range(2))

    assert first.exit_code == second.exit_code == 0, first.output
    assert "formulas" in first.output
    assert second.output == ""
    assert sum(map(len, Library(out).by_bucket().values())) == len(list(out.glob("some-*.npz"))) > 1
    assert set(FONTS) >= {"cm", "newtx", "stix2"}
