from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.cli.output import guarded
from app.cli.palette import palette
from app.core.paths import Paths
from app.palette import find
from tests.cli.conftest import Result

Palette = Callable[..., Result]


@pytest.fixture
def run(paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Palette:
    """Run `paperdesk palette` with arguments."""

    def call(*arguments: str | Path, typed: str | None = None) -> Result:
        monkeypatch.setattr(sys, "stdin", io.StringIO() if typed is None else Terminal(typed))
        codes: list[Any] = []
        failure = guarded(lambda: codes.append(palette.main(list(map(str, arguments)), standalone_mode=False)))
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Result(failure or codes[0] or 0, out, err)

    return call


class Terminal(io.StringIO):
    """What a user types."""

    def isatty(self) -> bool:
        return True


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_palettes_are_listed_and_filtered(run: Palette) -> None:
    # GIVEN / WHEN
    everything = run("list").out.splitlines()
    safe = rows(run("list", "--kind", "qualitative", "--count", "8", "--safe", "--sort", "safety", "--json").out)

    # THEN
    assert len(everything) >= 300
    assert [row["distance"] for row in safe] == sorted((row["distance"] for row in safe), reverse=True)
    assert all(row["safe"] and len(row["colours"]) == 8 for row in safe)
    assert "petroff.petroff8" in {row["key"] for row in safe}
    assert {row["source"] for row in rows(run("list", "--source", "colorbrewer", "--json").out)} == {"ColorBrewer"}
    assert [row["key"] for row in rows(run("list", "brewer", "set2", "--json").out)] == ["brewer.Set2"]
    printed = rows(run("list", "--print", "--kind", "sequential", "--json").out)
    assert all(row["grey"]["keeps"] for row in printed)


def test_a_palette_is_shown_with_names_of_its_colours(run: Palette) -> None:
    assert run("show", "Set2", "--count", "3").out.splitlines()[0] == "#66c2a5  turquoise"
    shown = rows(run("show", "viridis", "--count", "5", "--json").out)[0]
    assert (shown["colours"][0], len(shown["colours"]), shown["source"]) == ("#440154", 5, "Matplotlib")


def test_an_unsafe_palette_ends_with_exit_code_one(run: Palette, tmp_path: Path) -> None:
    # GIVEN
    style = tmp_path / "style.mplstyle"
    style.write_text("axes.prop_cycle: cycler('color', ['ff7f0e', '2ca02c'])\n")

    # WHEN
    code, out, err = run("check", style)

    # THEN
    assert (code, err) == (1, "")
    assert out.startswith("style: unsafe\n  1 (orange) and 2 (green) look alike to protans")


def test_a_safe_palette_ends_with_exit_code_zero(run: Palette) -> None:
    assert run("check", "petroff8", "Set2", "--count", "3").code == 0
    assert run("check", "petroff8", "tab10").code == 1
    assert run("check", "petroff8", "--limit", "12").code == 1
    assert run("check", "Okabe-Ito", "--grey").code == 1
    assert run("check", "Okabe-Ito", "--contrast").code == 1
    assert run("check", "Blues", "--count", "7").code == 0
    assert run("check", "Blues", "--count", "7", "--kind", "qualitative").code == 1


def test_json_holds_all_measures(run: Palette) -> None:
    # WHEN
    row = rows(run("check", "tab10", "--json").out)[0]

    # THEN
    assert (row["safe"], row["distance"], row["limit"]) == (False, 1.6, 10)
    assert row["worst"] == {"vision": "protan", "pair": [2, 3]}
    assert len(row["smallest"]) == 12
    assert len(row["contrast"]) == 10
    assert row["verdict"][0].startswith("2 (orange) and 3 (green)")


def test_a_palette_is_repaired_named_and_exported(run: Palette, tmp_path: Path) -> None:
    # WHEN
    command = ["repair", "tab10", "--limit", "10", "--name", "t10", "--export", "matplotlib,plotly"]
    code, out, _ = run(*command, "--out", tmp_path / "out", "--json")

    # THEN
    row = json.loads(out)
    assert code == 0
    assert row["distance"] >= 10
    assert len(row["moved"]) == 10
    names = {str(Path(file).relative_to(tmp_path / "out")) for file in row["files"]}
    assert names == {"t10.mplstyle", "t10/__init__.py", "t10/style.mplstyle", "t10.json", "t10_plotly.py"}
    assert run("check", tmp_path / "out" / "t10.mplstyle").code == 0
    assert run("check", tmp_path / "out" / "t10.json").code == 0


def test_colours_are_made_as_wished(run: Palette) -> None:
    # WHEN
    made = json.loads(run("make", "5", "--pin", "0072b2", "--hue", "#ff0000", "--seed", "3", "--json").out)

    # THEN
    assert made["colours"][0] == "#0072b2"
    assert made["distance"] > 15
    again = run("make", "5", "--pin", "0072b2", "--hue", "#ff0000", "--seed", "3")
    assert again.out.split() == made["colours"]
    assert "smallest distance to any reader" in again.err


def test_ramps_are_made_and_exported(run: Palette, tmp_path: Path) -> None:
    code, out, _ = run("ramp", "fff7bc,d95f0e", "--name", "warm", "--export", "css", "--out", tmp_path)
    assert code == 0
    assert out.splitlines() == ["#fff7bc … #d95f0e", str(tmp_path / "warm.css")]


def test_every_format_is_exported(run: Palette, tmp_path: Path) -> None:
    # WHEN
    code, out, _ = run(
        "export",
        "Set2",
        "--to",
        "all",
        "--out",
        tmp_path,
        "--marks",
        "--sequential",
        "viridis",
        "--diverging",
        "b2182b,2166ac",
    )

    # THEN
    assert code == 0
    assert all(Path(line).exists() for line in out.splitlines())
    assert {Path(line).suffix for line in out.splitlines()} >= {
        ".mplstyle",
        ".json",
        ".tex",
        ".typ",
        ".ase",
        ".gpl",
        ".R",
    }
    stored = json.loads((tmp_path / "set2.palette.json").read_text())
    assert stored["sequential"] == list(find("viridis").largest.colours)
    assert len(stored["markers"]) == 8


def test_files_that_exist_are_replaced_only_when_told(run: Palette, tmp_path: Path) -> None:
    # GIVEN
    (tmp_path / "set2.css").write_text("mine")

    # WHEN / THEN
    code, _, err = run("export", "Set2", "--to", "css", "--out", tmp_path)
    assert code == 2
    assert "set2.css exists already" in err
    assert (tmp_path / "set2.css").read_text() == "mine"
    code, _, err = run("export", "Set2", "--to", "css", "--out", tmp_path, "--replace")
    assert code == 0
    assert "the old file is kept as" in err
    assert any(file.read_text() == "mine" for file in tmp_path.iterdir())


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 130)])
def test_at_a_terminal_it_is_asked(run: Palette, tmp_path: Path, answer: str, code: int) -> None:
    # GIVEN
    (tmp_path / "set2.css").write_text("mine")

    # WHEN
    done = run("export", "Set2", "--to", "css", "--out", tmp_path, typed=answer)

    # THEN
    assert done.code == code
    assert ((tmp_path / "set2.css").read_text() == "mine") is (code != 0)


def test_themes_are_installed(run: Palette, paths: Paths, tmp_path: Path) -> None:
    # WHEN
    done = json.loads(run("install", "petroff8", "plotly", "--name", "mine", "--json").out)

    # THEN
    assert Path(done["path"]) == paths.config / "plotly" / "mine.json"
    assert Path(done["path"]).exists()
    assert any("plotly_white+mine" in line for line in done["lines"])
    assert run("install", "petroff8", "plotly", "--name", "mine").out.splitlines() == done["lines"]


def test_previews_are_pages_and_pictures(run: Palette, tmp_path: Path) -> None:
    # GIVEN
    data = tmp_path / "data.csv"
    data.write_text("x,a,b\n1,2,3\n2,3,4\n")

    # WHEN / THEN
    assert run("preview", "Set2", "--out", tmp_path / "p.html", "--data", data).code == 0
    assert (tmp_path / "p.html").read_text(encoding="utf-8").count("<section>") == 9
    assert run("preview", "Set2", "--out", tmp_path / "p.png", "--data", data, "--vision", "grey").code == 0
    with Image.open(tmp_path / "p.png") as picture:
        assert picture.width > 1000
    code, _, err = run("preview", "Set2", "--out", tmp_path / "p.pdf")
    assert (code, "not p.pdf" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "nosuchpalette"], "There is no palette nosuchpalette"),
        (["check", "1f77b4,blue"], "“blue” is no colour"),
        (["check", "#1f77b4"], "2 to 256 colours, not 1"),
        (["check", "missing.mplstyle"], "There is no file missing.mplstyle"),
        (["check", "tab10", "--severity", "2"], "The severity is 0 to 1"),
        (["check", "tab10", "--background", "paper"], "“paper” is no colour"),
        (["show", "tab10", "--count", "11"], "tab10 has 10 colours, not 11"),
        (["make", "1"], "2 to 20 colours can be made, not 1"),
        (["make", "200"], "2 to 20 colours can be made, not 200"),
        (["make", "3", "--contrast", "21"], "No colour has such"),
        (["export", "tab10", "--to", "excel"], "There is no format excel"),
        (["check", "wrong.mplstyle"], "Matplotlib rejects wrong.mplstyle"),
        (["check", "broken.png"], "broken.png is no picture"),
        (["preview", "tab10", "--out", "p.png", "--data", "broken.png"], "broken.png is no text file"),
        (["ramp", "#111111,#222222,#333333,#444444"], "1 to 3 colours, not 4"),
    ],
)
def test_wrong_input_is_told_with_exit_code_two(
    run: Palette, arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("wrong.mplstyle").write_text("axes.prop_cycle: cycler('colour', ['k'])\n")
    Path("broken.png").write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_a_ramp_is_repaired_and_judged_by_colorbrewer_in_the_list(run: Palette) -> None:
    # GIVEN / WHEN
    ramp = json.loads(run("repair", "fff7bc,fee391,d95f0e,993404", "--kind", "sequential", "--json").out)
    judged = rows(run("list", "--brewer", "blind", "--brewer", "copy", "--json").out)

    # THEN
    assert (ramp["kind"], ramp["safe"], len(ramp["colours"])) == ("sequential", True, 4)
    assert judged
    assert all((row["colorbrewer"]["blind"], row["colorbrewer"]["copy"]) == (1, 1) for row in judged)
    assert run("repair", "RdYlGn").code == 1


def test_two_hundred_colours_are_checked_and_a_folder_that_cannot_be_written_is_told(run: Palette) -> None:
    many = ",".join(f"{70_000 * number:06x}" for number in range(200))
    assert run("check", many).out.startswith("palette: unsafe")
    code, _, err = run("repair", many)
    assert (code, "At most 40 colours" in err) == (1, True)
    code, _, err = run("export", "tab10", "--to", "css", "--out", "/proc/sys")
    assert (code, "was not saved" in err) == (1, True)


def test_a_repair_out_of_reach_ends_with_exit_code_one(run: Palette) -> None:
    code, _, err = run("repair", "000000,ffffff,ff0000", "--limit", "95")
    assert code == 1
    assert "3 colours cannot be moved to a distance of 95" in err
