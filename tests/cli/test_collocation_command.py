from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from app.cli.collocation import collocation
from app.cli.output import guarded
from app.collocation.build import pipeline
from app.core.paths import HOME_VARIABLE, Paths
from tests.cli.conftest import ROOT, Result
from tests.collocation.homes import SHARED_HOME
from tests.collocation.pdf_files import pdf


class Caller:
    """Runs `paperdesk collocation` with arguments, in a home of its own."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str | Path) -> Result:
        returned: list[Any] = []
        words = [str(each) for each in arguments]
        code = guarded(lambda: returned.append(collocation.main(words, "paperdesk collocation", standalone_mode=False)))
        out, err = self._capsys.readouterr()
        assert "Traceback" not in err
        return Result(code or (returned[0] if returned and isinstance(returned[0], int) else 0), out, err)


@pytest.fixture
def call(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Caller:
    """A home that all tests of the shipped index share: expanding it takes some seconds. Nothing is built there."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path_factory.getbasetemp() / SHARED_HOME))
    return Caller(capsys)


@pytest.fixture
def call_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Caller:
    """A home for one test."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    return Caller(capsys)


def test_a_query_prints_phrases_with_bars(call: Caller) -> None:
    # WHEN
    code, out, err = call("plays _ _ role", "--limit", "3")

    # THEN
    lines = out.splitlines()
    assert code == 0
    assert [line.split("  ")[0].strip()[:19] for line in lines[:2]] == ["plays an important ", "plays a crucial rol"]
    assert len(lines) == 3
    assert "█" in lines[0]
    assert "phrases" in err


def test_words_need_no_quotation_marks_and_options_choose_what_is_counted(call: Caller) -> None:
    # WHEN
    every, physics = (
        json.loads(call("find", "plays", "a", "crucial", "role", "--json", *more).out)
        for more in ([], ["--field", "physics", "--period", "from2023", "--rank", "logdice"])
    )

    # THEN
    assert every["hits"][0]["text"] == physics["hits"][0]["text"] == "plays a crucial role"
    assert 0 < physics["total"] < every["total"]
    assert (physics["field"], physics["period"], physics["rank"]) == ("physics", "from2023", "logdice")
    assert physics["hits"][0]["score"] < 14
    assert every["hits"][0]["classes"] == ["verb", "determiner", "adjective", "noun"]


@pytest.mark.parametrize("question", ["what preposition follows consistent?", "consistent 后面接什么介词"])
def test_a_question_shows_its_query(call: Caller, question: str) -> None:
    # WHEN
    code, out, _ = call(question)

    # THEN
    assert code == 0
    assert out.splitlines()[0] == "Query: consistent prep."
    assert out.splitlines()[1].startswith("consistent with")


def test_a_choice_is_compared(call: Caller) -> None:
    # WHEN
    asked, told = call("is it depend on or depend of?"), call("compare", "depend on", "depend of")

    # THEN
    assert asked.out == told.out
    assert told.out.splitlines()[-1].endswith("write “depend on”.")


def test_a_comparison_as_json_says_everything(call: Caller) -> None:
    # WHEN
    row = json.loads(call("compare", "depend on", "depend of", "--json").out)

    # THEN
    assert row["verdict"] == "first"
    assert [each["phrase"] for each in row["candidates"]] == ["depend on", "depend of"]
    assert row["candidates"][0]["interval"][0] > 0.99


def test_an_empty_answer_names_the_nearest_queries(call: Caller) -> None:
    # WHEN
    code, out, _ = call("plaays a role")

    # THEN
    assert code == 0
    assert out.splitlines()[0].startswith("Nearest: plays a role (")


def test_a_sentence_is_scanned(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN the sentence on standard input
    monkeypatch.setattr(sys, "stdin", io.StringIO("The results depend of the number of layers."))

    # WHEN
    row = json.loads(call("scan", "-", "--json").out)

    # THEN
    assert row["text"].startswith("depend of")
    assert row["better"][0]["text"].startswith("depend on")
    assert call("scan", "We show that it works.").out == ""


def test_examples_are_printed_with_their_source(call: Caller) -> None:
    # WHEN
    code, out, _ = call("examples", "plays an important role", "--limit", "2")

    # THEN
    assert code == 0
    assert len(out.splitlines()) == 2
    assert all("plays an important role" in line.lower() and "CC" in line for line in out.splitlines())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["plays {a role"], "{ is never closed. Add }.\n  plays {a role\n        ^"),
        (["plays", "--field", "biology"], "no field called biology"),
        (["compare", "one"], "two different phrases"),
        (["plays", "--index", "papers"], "no index of your papers yet"),
        (["build"], "Name the files and folders"),
        (["build", "/nowhere/at/all"], "no file or folder"),
        (["build", "--academic", "/nowhere"], "belong together"),
        (["plays", "--rank", "best"], "Invalid value"),
    ],
)
def test_bad_input_is_said_with_exit_code_2(call: Caller, arguments: list[str], says: str) -> None:
    # WHEN
    code, out, err = call(*arguments)

    # THEN
    assert (code, out) == (2, "")
    assert says in err


def test_papers_are_counted_and_asked(call_alone: Caller, tmp_path: Path) -> None:
    # GIVEN two good papers and one that was scanned
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text("Our gadget frobs the widget.\nOur gadget frobs the gizmo well.\n")
    (folder / "b.pdf").write_bytes(pdf(["Our gadget frobs the widget again."]))
    (folder / "scan.pdf").write_bytes(pdf([]))

    # WHEN
    code, out, err = call_alone("build", folder)

    # THEN
    assert code == 2
    assert "words counted" in out
    assert "scan.pdf" in err
    assert "scanned" in err
    row = json.loads(call_alone("our gadget frobs the _", "--index", "papers", "--field", "mine", "--json").out)
    assert [(hit["text"], hit["count"]) for hit in row["hits"]] == [("our gadget frobs the widget", 2)]
    assert "a.txt" in call_alone("examples", "the gizmo", "--index", "papers").out

    # WHEN there is a new paper, the same folders are read again
    (folder / "c.txt").write_text("Our gadget frobs the gizmo.\n")
    call_alone("build")

    # THEN
    row = json.loads(call_alone("our gadget frobs the _", "--index", "papers", "--json").out)
    assert [hit["count"] for hit in row["hits"]] == [2, 2]


def test_a_killed_build_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # GIVEN many papers, and a build that is killed as soon as some of them have been read
    home, folder = tmp_path / "home", tmp_path / "papers"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.txt").write_text("Our gadget frobs the widget " + "and so on " * 40 + f"x{number}.\n" * 40)
    start = "import sys; from app.cli.collocation import collocation; collocation()"
    environment = {**os.environ, HOME_VARIABLE: str(home)}
    shards = Paths.under(home).data / "collocation" / "work" / "shards"
    with subprocess.Popen([sys.executable, "-c", start, "build", folder], cwd=ROOT, env=environment) as process:
        deadline = time.monotonic() + 60
        while not list(shards.glob("*.json")) and process.poll() is None and time.monotonic() < deadline:
            process.poll()
        process.kill()
    before = {path.name: path.stat().st_mtime_ns for path in shards.glob("*.json")}
    assert 0 < len(before) < 60

    # WHEN it is started again
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    kept: dict[str, int] = {}
    real = pipeline.make_vocabulary

    def look(*arguments: Any) -> None:
        kept.update({path.name: path.stat().st_mtime_ns for path in shards.glob("*.json")})
        real(*arguments)

    monkeypatch.setattr(pipeline, "make_vocabulary", look)
    collocation.main(["build", str(folder)], "paperdesk collocation", standalone_mode=False)

    # THEN what had been read was not read again, and nothing is missing
    assert {name: kept[name] for name in before} == before
    assert len(kept) == 60
    assert "phrases kept" in capsys.readouterr().out


def test_help_comes_without_the_engine() -> None:
    # GIVEN / WHEN
    code = "import sys; from app.cli.collocation import collocation; sys.exit('app.collocation.engine' in sys.modules)"

    # THEN
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
