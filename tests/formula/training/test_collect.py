from __future__ import annotations

import lzma
from pathlib import Path

from click.testing import CliRunner

from app.formula.canonical import canonical
from app.formula.training import collect
from app.formula.training.__main__ import main
from app.formula.training.collect import canonical_lines, is_held_out, is_printable


def textbook(folder: Path, name: str, lines: list[str]) -> None:
    folder.mkdir(exist_ok=True)
    with lzma.open(folder / f"{name}.txt.xz", "wt", encoding="utf-8") as file:
        file.write("\n".join(lines))


def run(sources: Path, out: Path, *options: str) -> tuple[list[str], list[str]]:
    """The lines of train.txt and held_out.txt."""
    done = CliRunner().invoke(main, ["collect", str(sources), str(out), *options])
    assert done.exit_code == 0, done.output
    train, held_out = ((out / name).read_text(encoding="utf-8").splitlines() for name in ("train.txt", "held_out.txt"))
    return train, held_out


def test_formulas_without_a_canonical_form_are_left_out() -> None:
    assert list(canonical_lines([r"x^2", r"\nosuch", "", r"\text{a<b}", r"a\le b"])) == ["x ^ { 2 }", r"a \leq b"]


def test_signs_that_text_prints_differently_are_fine_outside() -> None:
    assert is_printable(["a", "<", "b"])
    assert not is_printable([r"\text", "{", "<", "}"])
    assert not is_printable([])


def test_each_formula_is_trained_or_held_out_and_never_both(tmp_path: Path) -> None:
    # GIVEN two textbooks that share formulas
    formulas = [f"x_{{{number}}}={number}" for number in range(900)]
    textbook(tmp_path / "books", "lebl", formulas[:600])
    textbook(tmp_path / "books", "napkin", formulas[300:])
    # WHEN they are collected
    train, held_out = run(tmp_path / "books", tmp_path / "out", "--synthetic", "0")
    # THEN every formula is in one place, once
    assert len(train) == len(set(train))
    assert sorted([*train, *held_out]) == sorted(" ".join(canonical(formula)) for formula in formulas)
    assert all(is_held_out(line.split()) for line in held_out)
    assert 5 <= len(held_out) <= 40


def test_sources_count_by_their_weight(tmp_path: Path) -> None:
    textbook(tmp_path / "books", "stacks", [f"a_{{{number}}}" for number in range(1000)])
    textbook(tmp_path / "books", "qiskit", [f"b_{{{number}}}" for number in range(1000)])

    train, _ = run(tmp_path / "books", tmp_path / "out", "--synthetic", "0")

    assert 250 < sum(line.startswith("a") for line in train) < 450
    assert sum(line.startswith("b") for line in train) > 1900


def test_the_same_seed_collects_the_same_and_a_killed_run_goes_on(tmp_path: Path) -> None:
    textbook(tmp_path / "books", "hott", ["x", "y"])
    first = run(tmp_path / "books", tmp_path / "one", "--synthetic", "300", "--seed", "4")
    again = run(tmp_path / "books", tmp_path / "two", "--synthetic", "300", "--seed", "4")
    assert first == again
    # GIVEN parts that were made before
    part = tmp_path / "two" / "parts" / "hott.txt"
    part.write_text("z\n", encoding="utf-8")
    # WHEN the command is run once more
    train, _ = run(tmp_path / "books", tmp_path / "two", "--synthetic", "300", "--seed", "4")
    # THEN they stay as they are
    assert "z" in train
    assert not list((tmp_path / "two" / "parts").glob("*.part"))
    assert collect.BLOCK > 300
