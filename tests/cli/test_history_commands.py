from __future__ import annotations

import json
import subprocess

import pytest

from app.core.history import History
from app.core.paths import Paths
from tests.cli.conftest import Run


@pytest.fixture
def ids(paths: Paths) -> list[int]:
    """Three results: "a", "b of\ntwo lines", "勾股"."""
    history = History(paths.history_file)
    found = [history.add("formula", text, detail={"seconds": 1.5}).id for text in ("a", "b of\ntwo lines", "勾股")]
    history.close()
    return found


def rows(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_the_newest_are_listed_one_a_line(run: Run, ids: list[int]) -> None:
    out = run("history", "list").out.splitlines()
    assert [line.split(maxsplit=3)[-1] for line in out] == ["勾股", "b of two lines", "a"]
    assert len(run("history", "list", "--limit", "1").out.splitlines()) == 1


def test_a_list_holds_what_was_asked_for(run: Run, ids: list[int]) -> None:
    assert [row["text"] for row in rows(run("history", "list", "lines", "of", "--json").out)] == ["b of\ntwo lines"]
    assert rows(run("history", "list", "--tool", "palette", "--json").out) == []
    assert rows(run("history", "list", "--pinned", "--json").out) == []


def test_a_result_is_shown_with_its_details(run: Run, ids: list[int]) -> None:
    assert run("history", "show", str(ids[1])).out == "b of\ntwo lines\n"
    shown = json.loads(run("history", "show", str(ids[0]), "--json").out)
    assert (shown["id"], shown["tool"], shown["text"]) == (ids[0], "formula", "a")
    assert shown["detail"] == {"seconds": 1.5}


def test_results_are_pinned_deleted_and_restored(run: Run, ids: list[int]) -> None:
    # GIVEN / WHEN / THEN
    first, second, _ = map(str, ids)
    assert rows(run("history", "pin", first, "--json").out)[0]["pinned"] is True
    assert [row["id"] for row in rows(run("history", "list", "--pinned", "--json").out)] == [ids[0]]
    assert rows(run("history", "unpin", first, "--json").out)[0]["pinned"] is False
    assert [row["id"] for row in rows(run("history", "delete", first, second, "--json").out)] == ids[:2]
    assert len(run("history", "list").out.splitlines()) == 1
    assert rows(run("history", "restore", first, "--json").out)[0]["text"] == "a"
    assert len(run("history", "list").out.splitlines()) == 2


@pytest.mark.parametrize("command", ["show", "copy", "pin", "unpin", "delete", "restore"])
def test_a_result_that_is_not_there_is_named(run: Run, ids: list[int], command: str) -> None:
    code, out, err = run("history", command, "9223372036854775807")
    assert (code, out) == (2, "")
    assert "9223372036854775807" in err
    assert run("history", command, "9223372036854775808").code == 2


def test_a_wrong_number_among_right_ones_deletes_nothing(run: Run, ids: list[int]) -> None:
    assert run("history", "delete", str(ids[0]), "999").code == 2
    assert len(run("history", "list").out.splitlines()) == 3


def test_a_result_is_copied_to_the_clipboard(run: Run, ids: list[int]) -> None:
    # WHEN
    assert run("history", "copy", str(ids[2])).code == 0

    # THEN
    pasted = subprocess.run(["xclip", "-selection", "clipboard", "-out"], capture_output=True, check=True)
    assert pasted.stdout.decode() == "勾股"


def test_a_damaged_history_is_told_and_the_command_goes_on(run: Run, paths: Paths) -> None:
    # GIVEN
    paths.data.mkdir(parents=True)
    paths.history_file.write_bytes(b"\x00garbage" * 4000)

    # WHEN
    code, out, err = run("history", "list")

    # THEN
    assert (code, out) == (0, "")
    assert "starts anew" in err
