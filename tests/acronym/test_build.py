from __future__ import annotations

import csv
import gzip
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from app.acronym import build

if TYPE_CHECKING:
    from pathlib import Path

ABSTRACTS = """\
Names matter. We present SPINE, a method for sparse interpretable neural embeddings. It works.
In this paper we introduce MemLong (a name), a memory-augmented retrieval for long text modeling, which is new.
We propose Graph, a graph network for graphs, and we present QRST, a method without these letters.
We release WAYS, a way that we say it is, yes.
"""
ARCHIVE = '[{"paper_title": "VAST: Value Function Factorization with Variable Agent Sub-Teams"}]\n'


@pytest.fixture
def corpus(tmp_path: Path) -> list[str]:
    files = {"abstracts.txt.gz": ABSTRACTS, "archive.json.gz": ARCHIVE}
    for name, text in files.items():
        (tmp_path / name).write_bytes(gzip.compress(text.encode()))
    return [str(tmp_path / name) for name in files]


def test_names_are_found_with_what_they_stand_for(corpus: list[str], tmp_path: Path) -> None:
    # WHEN
    table = tmp_path / "more.csv"
    done = CliRunner().invoke(build.build, ["titles", *corpus, "--out", str(table)])

    # THEN names whose letters run through the description are there, and nothing else
    assert done.exit_code == 0, done.output
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["name"], row["title_rest"]) for row in rows] == [
        ("SPINE", "method for sparse interpretable neural embeddings"),
        ("MemLong", "memory-augmented retrieval for long text modeling"),
        ("VAST", "Value Function Factorization with Variable Agent Sub-Teams"),
    ]
    assert {row["in_order"] for row in rows} == {"True"}


def test_the_list_of_names_leaves_out_those_that_judge(
    corpus: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a table of names that judge the fit
    table, judges, listed = tmp_path / "more.csv", tmp_path / "judges.csv", tmp_path / "names.txt.gz"
    CliRunner().invoke(build.build, ["titles", *corpus, "--out", str(table)])
    judges.write_text("name,title_rest,in_order\nSPINE,x,True\n")
    known = tmp_path / "known.txt"
    known.write_text("BigSpineNet (2019)\nResNet-50 with GloVe\n")
    monkeypatch.setattr(build, "names_file", lambda: listed)

    # WHEN
    done = CliRunner().invoke(build.build, ["names", str(table), str(known), "--without", str(judges)])

    # THEN neither these nor their variants are there
    assert done.exit_code == 0, done.output
    assert gzip.decompress(listed.read_bytes()).decode().split() == ["glove", "memlong", "vast"]
