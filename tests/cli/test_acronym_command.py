from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.acronym.features import Feature, Style, read_weights, shipped_weights
from tests.cli.conftest import Run

TITLE = "Recurrent Neural Network Enhanced Transformer"
NAMES = [
    ("SPINE", "Sparse Interpretable Neural Embeddings"),
    ("CCRL", "Contrastive Cell Representation Learning"),
    ("VAST", "Value Function Factorization with Variable Agent Sub-Teams"),
    ("MemLong", "Memory-Augmented Retrieval for Long Text Modeling"),
    ("BARF", "Bundle-Adjusting Neural Radiance Fields"),
    ("DDD", "Deep Driving Dataset"),
    ("R-Transformer", "Recurrent Neural Network Enhanced Transformer"),
    ("PAL", "Proxy-Guided Black-Box Attack on Large Language Models"),
]


def test_names_are_listed_best_first_with_their_letters(run: Run) -> None:
    # WHEN
    code, out, err = run("acronym", TITLE, "--top", "5")

    # THEN
    lines = out.splitlines()
    assert (code, len(lines)) == (0, 5)
    for line in lines:
        name = re.split(r" {2,}|(?<=initials) |(?<=word) ", line.lower().strip())[2].split()[0]
        assert "".join(re.findall(r"\((.*?)\)", line)).lower().startswith(name)
    scores = [float(line.split()[0]) for line in lines]
    assert scores == sorted(scores, reverse=True)
    assert "names found" in err


def test_json_has_all_that_is_known(run: Run) -> None:
    # WHEN
    code, out, err = run("acronym", "A Robustly Optimized BERT Pretraining Approach", "--json", "--pattern", "roberta")

    # THEN
    (name,) = json.loads(out)
    assert (code, err) == (0, "")
    assert name["kind"] == "word"
    assert "RoBERTa" in name["forms"]
    assert {"name": "roberta", "source": "transformers"} in name["taken"]
    places = name["alignments"][0]["places"]
    assert "".join("A Robustly Optimized BERT Pretraining Approach"[at] for at in places).lower() == "roberta"
    assert sum(name["reasons"].values()) == pytest.approx(name["score"], abs=0.02)


def test_a_title_is_read_from_standard_input_and_names_are_printed_in_a_form(run: Run) -> None:
    code, out, _ = run("acronym", "-", "--top", "1", "--as", "macro", stdin=b"Sparse Neural\n Embeddings\n")
    assert code == 0
    assert out.startswith("\\newcommand{\\")
    assert out.endswith("}\\xspace}\n")


def test_options_reach_the_search(run: Run) -> None:
    options = [
        "--kind",
        "word",
        "--shortest",
        "4",
        "--longest",
        "6",
        "--begins",
        "r",
        "--contains",
        "e",
        "--buried",
        "1",
    ]
    code, out, _ = run("acronym", "find", TITLE, "--json", "--language", "en", "--letters", "anywhere", *options)
    names = json.loads(out)
    assert code == 0
    assert names
    assert all(4 <= len(name["letters"]) <= 6 and name["letters"][0] == "r" for name in names)


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["深度学习"], "no Latin letters"),
        ([TITLE, "--begins", "z"], "Without the beginning"),
        ([TITLE, "--shortest", "9", "--longest", "4"], "at least 9 and at most 4"),
        ([TITLE, "--language", "xx"], "no lexicon xx"),
        (["check", "xyz", TITLE], "do not run through the title"),
        (["backronym", "m4"], "from a to z"),
        (["backronym", "maple", "--field", "x"], "no field x"),
        (["refit", "nowhere.csv"], "no table of names"),
    ],
)
def test_what_cannot_be_done_is_explained_with_code_2(run: Run, arguments: list[str], part: str) -> None:
    code, out, err = run("acronym", *arguments)
    assert (code, out) == (2, "")
    assert part in err


def test_a_name_of_ones_own_is_judged(run: Run) -> None:
    # WHEN
    code, out, _ = run("acronym", "check", "R-Transformer", TITLE)
    as_json = json.loads(run("acronym", "check", "R-Transformer", TITLE, "--json").out)

    # THEN
    assert code == 0
    assert "(R)ecurrent" in out
    assert "R-Transformer" in out
    assert as_json["letters"] == "rtransformer"
    assert as_json["online"] == []


def test_titles_for_a_name(run: Run) -> None:
    # WHEN
    code, out, _ = run("acronym", "backronym", "MAPLE", "language", "model", "--top", "3")

    # THEN every title spells the name with its words, the small ones aside
    small = {"of", "for", "with", "and", "in", "from", "via"}
    assert code == 0
    for line in out.splitlines():
        name, _, title = line.partition(": ")
        initials = "".join(word[0] for word in title.split() if word not in small)
        assert initials.upper().startswith(name)
        assert {"language", "model"} <= set(title.lower().split())


def write_names(table: Path, names: Sequence[tuple[str, str]]) -> Path:
    """Write a table of names as they are fitted on, with one that is not in order."""
    with table.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "title_rest", "in_order"])
        writer.writerows([*((name, title, "True") for name, title in names), ("X", "Not in order", "False")])
    return table


def test_the_ranking_is_fitted_anew(run: Run, tmp_path: Path) -> None:
    # GIVEN a table of names like those that are fitted on, with titles on both sides of the split
    table, out = tmp_path / "names.csv", tmp_path / "weights.tsv"
    write_names(table, NAMES)

    # WHEN
    code, printed, _ = run("acronym", "refit", table, "--out", out, "--json")

    # THEN a table was written that can be read, and both parts are reported
    report = json.loads(printed)
    assert code == 0
    assert report["fitted"]["titles"] + report["held_out"]["titles"] == len(NAMES)
    assert report["fitted"]["formed"] == report["fitted"]["titles"]
    fitted = read_weights(out)
    assert set(fitted) == set(Style)
    assert any(fitted[Style.PIECES][each] != shipped_weights()[Style.PIECES][each] for each in Feature)


def test_names_from_elsewhere_are_fitted_on_but_do_not_judge(run: Run, tmp_path: Path) -> None:
    # GIVEN a table, and another one with its names and two of its own
    new = [("GLUE", "General Language Understanding Evaluation"), ("ELMo", "Embeddings from Language Models")]
    table = write_names(tmp_path / "table.csv", NAMES)
    more = write_names(tmp_path / "more.csv", [*NAMES, *new])

    # WHEN
    alone = json.loads(run("acronym", "refit", table, "--json").out)
    with_known = json.loads(run("acronym", "refit", table, "--more", table, "--json").out)
    with_more = json.loads(run("acronym", "refit", table, "--more", more, "--json").out)

    # THEN the same titles are reported; what is new changes the weights, what is known does not
    titles = [each["fitted"]["titles"] + each["held_out"]["titles"] for each in (alone, with_more)]
    assert titles == [len(NAMES)] * 2
    assert with_known["weights"] == alone["weights"]
    assert with_more["weights"] != alone["weights"]


def test_a_table_from_elsewhere_that_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    table = write_names(tmp_path / "table.csv", NAMES)
    code, out, err = run("acronym", "refit", table, "--more", "nowhere.csv")
    assert (code, out) == (2, "")
    assert "no table of names" in err
