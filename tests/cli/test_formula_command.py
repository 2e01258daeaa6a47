from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from app.cli import formula as command
from app.core.errors import StorageError
from app.core.history import History
from app.core.paths import Paths
from app.formula.copying import FORMS, written
from app.formula.onnx_engine import OnnxEngine
from app.formula.service import ENGINES
from tests.cli.conftest import Run, formula_picture


def kept(paths: Paths) -> list[str]:
    history = History(paths.history_file)
    found = [entry.text for entry in history.search()]
    history.close()
    return found


def test_a_picture_gives_one_line_that_is_kept(run: Run, paths: Paths, picture: Path) -> None:
    # WHEN
    code, out, err = run("formula", picture)

    # THEN
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 1
    assert kept(paths) == [out.strip()]


def test_json_says_everything(run: Run, paths: Paths, picture: Path) -> None:
    # WHEN
    code, out, _ = run("formula", "--json", "--format", "inline", "--no-history", picture)

    # THEN
    row = json.loads(out)
    assert code == 0
    assert set(row) == {"image", "latex", "text", "confidence", "engine", "seconds"}
    assert (row["image"], row["engine"]) == (str(picture), "onnx")
    assert 0 <= row["confidence"] <= 1
    assert row["text"] == written("inline", row["latex"])
    assert not paths.history_file.exists()


def test_standard_input_and_the_clipboard_are_pictures_too(run: Run, picture: Path) -> None:
    # GIVEN
    expected = run("formula", picture).out
    subprocess.run(["xclip", "-selection", "clipboard", "-target", "image/png", str(picture)], check=True)

    # WHEN / THEN
    assert run("formula", "-", stdin=picture.read_bytes()).out == expected
    assert run("formula", "clipboard").out == expected


def test_an_empty_clipboard_or_input_is_said(run: Run) -> None:
    # GIVEN a text on the clipboard
    subprocess.run(["xclip", "-selection", "clipboard"], input=b"text", check=True)

    # WHEN / THEN
    assert run("formula", "clipboard").err == "paperdesk: There is no picture on the clipboard.\n"
    assert run("formula", "-").err == "paperdesk: The picture is empty.\n"


def test_what_was_read_is_copied(run: Run, picture: Path) -> None:
    out = run("formula", "--copy", picture).out
    pasted = subprocess.run(["xclip", "-selection", "clipboard", "-out"], capture_output=True, check=True)
    assert pasted.stdout.decode() == out.strip()


def test_unreadable_pictures_are_named_and_the_rest_goes_on(
    run: Run, picture: Path, blank: Path, tmp_path: Path
) -> None:
    # GIVEN
    (tmp_path / "text.png").write_text("no picture")

    # WHEN
    code, out, err = run("formula", tmp_path / "missing.png", blank, tmp_path / "text.png", picture)

    # THEN each has its line, empty for those that cannot be read
    assert code == 2
    assert [bool(line) for line in out.split("\n")[:-1]] == [False, False, False, True]
    assert "missing.png" in err
    assert "blank.png: No formula found" in err
    assert "text.png is not a picture" in err


def test_json_of_an_unreadable_picture_names_it(run: Run, blank: Path) -> None:
    code, out, _ = run("formula", "--json", blank)
    row = json.loads(out)
    assert (code, row["image"]) == (2, str(blank))
    assert "No formula found" in row["error"]


@pytest.mark.parametrize(
    "name", ["-dash.png", "two\nlines.png", '"quo\'ted".png', "勾股 定理.png", "batch", "caf\udce9.png"]
)
def test_any_name_is_a_file(
    run: Run, picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    # GIVEN
    monkeypatch.chdir(tmp_path)
    shutil.copy(picture, tmp_path / name)

    # WHEN
    code, out, _ = run("formula", "--json", "--", name)

    # THEN
    assert code == 0
    assert json.loads(out)["image"] == name


@pytest.mark.parametrize("name", ["-dash.png", "two\nlines.png", "caf\udce9.png"])
def test_an_error_with_any_name_is_one_line(run: Run, name: str) -> None:
    code, out, err = run("formula", "--", name)
    assert (code, out) == (2, "\n")
    assert len(err.splitlines()) == 1


def test_an_answer_that_cannot_be_kept_is_printed_all_the_same(
    run: Run, picture: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a folder in whose place there is a file
    paths.data.parent.mkdir(parents=True, exist_ok=True)
    paths.data.write_text("")

    # WHEN
    code, out, err = run("formula", picture, picture)

    # THEN
    assert code == 1
    assert all(out.splitlines())
    assert len(err.splitlines()) == 1
    assert "history cannot be opened" in err


def test_a_history_that_fails_later_is_told_once(run: Run, picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a disk that is full when the first answer is to be kept
    def full(*_arguments: object, **_details: object) -> None:
        raise StorageError("the disk is full")

    monkeypatch.setattr(History, "add", full)

    # WHEN
    code, out, err = run("formula", picture, picture)

    # THEN
    assert (code, len(out.splitlines())) == (1, 2)
    assert err.count("the disk is full") == 1


def test_a_broken_model_is_said_once(run: Run, picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN an engine whose files are not there
    monkeypatch.setitem(ENGINES, "onnx", lambda *_: OnnxEngine(tmp_path / "nothing"))

    # WHEN
    code, out, err = run("formula", picture, picture)

    # THEN
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert "model.json" in err


def test_formats_of_the_command_are_those_of_the_window() -> None:
    option = next(each for each in command.read.params if each.name == "form")
    assert list(option.type.to_info_dict()["choices"]) == list(FORMS)


def test_names_of_commands_do_not_hide_files(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN
    monkeypatch.chdir(tmp_path)
    formula_picture().save(tmp_path / "read", "PNG")

    # WHEN / THEN
    assert run("formula", "./read").code == 0


def test_several_candidates_are_lines_behind_the_first(run: Run, picture: Path) -> None:
    # WHEN
    code, out, _ = run("formula", "--candidates", "3", "--no-history", picture)

    # THEN
    first, *others = out.rstrip("\n").split("\n")
    assert code == 0
    assert first == run("formula", "--no-history", picture).out.strip()
    assert 1 <= len(others) <= 2
    assert all(line.startswith("\t") and line.strip() != first for line in others)


def test_json_tells_how_likely_each_candidate_is(run: Run, picture: Path) -> None:
    row = json.loads(run("formula", "--json", "--candidates", "3", "--no-history", picture).out)
    found = row["candidates"]
    assert found[0]["latex"] == row["latex"]
    assert found[0]["confidence"] == row["confidence"]
    assert [each["confidence"] for each in found] == sorted((each["confidence"] for each in found), reverse=True)
    assert sum(each["confidence"] for each in found) <= 1


@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("png", "sympy", "unicode", "asciimath")])
def test_every_form_is_printed_on_one_line(run: Run, picture: Path, form: str) -> None:
    code, out, err = run("formula", "--format", form, "--no-history", picture)
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 1


def test_a_picture_of_the_formula_is_written_to_a_file(run: Run, picture: Path, tmp_path: Path) -> None:
    # WHEN
    code, out, _ = run("formula", "--format", "png", "--out", tmp_path / "answer.png", picture)

    # THEN
    assert (code, out) == (0, "")
    with Image.open(tmp_path / "answer.png") as answer:
        assert answer.width > 10


def test_a_picture_of_the_formula_is_no_line(run: Run, paths: Paths, picture: Path) -> None:
    code, out, err = run("formula", "--format", "png", picture)
    assert (code, out) == (2, "\n")
    assert "is a picture: write it to a file" in err
    assert len(kept(paths)) == 1


def test_pictures_of_two_formulas_do_not_fit_a_file(run: Run, picture: Path, tmp_path: Path) -> None:
    code, _, err = run("formula", "--format", "png", "--out", tmp_path / "answer.png", picture, picture)
    assert code == 2
    assert "do not fit one file" in err
    assert not (tmp_path / "answer.png").exists()


def test_a_region_of_a_pdf_is_a_picture_too(run: Run, picture: Path, tmp_path: Path) -> None:
    # GIVEN a page that shows the picture in its middle
    page = Image.new("RGB", (612, 792), "white")
    with Image.open(picture) as shown:
        page.paste(shown, (100, 300))
        box = f"100,300,{100 + shown.width},{300 + shown.height}"
    page.save(tmp_path / "paper.pdf", resolution=72)

    # WHEN
    code, out, err = run("formula", f"{tmp_path}/paper.pdf#page=1&box={box}")

    # THEN
    assert (code, err) == (0, "")
    assert out.strip()
    assert run("formula", f"{tmp_path}/paper.pdf#page=2&box={box}").code == 2
    assert "page=3&box=72,100,300,140" in run("formula", f"{tmp_path}/paper.pdf#page=1&box=1").err


def test_engine_and_device_of_this_call_overrule_the_settings(run: Run, picture: Path) -> None:
    assert run("formula", "--device", "cpu", "--engine", "onnx", picture).code == 0
    missing = run("formula", "--engine", "pix2tex", picture)
    assert missing.code == 1
    assert "install-pix2tex" in missing.err
    assert "cannot be used on this machine" in run("formula", "--device", "directml", picture).err
