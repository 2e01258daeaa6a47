from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app import __version__
from app.core.history import History
from app.core.i18n import language
from app.core.logs import log_file
from app.core.paths import Paths
from tests.cli.conftest import PAPERDESK, ROOT, Run

Start = Callable[..., subprocess.Popen[str]]
HEAVY = ("PySide6", "numpy", "onnxruntime", "PIL", "requests", "ziamath", "jeepney")
COMMANDS = ("formula", "capture", "completion", "history", "look-up", "models", "settings")


def test_help_names_every_command(run: Run) -> None:
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert all(f"\n  {command} " in out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run: Run, command: str) -> None:
    code, out, _ = run(command, "-h")
    assert code == 0
    assert out.startswith("Usage: paperdesk ")


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version").out == f"paperdesk, version {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["formula", "--help"], ["history", "list"], ["models", "--help"]])
def test_nothing_heavy_is_loaded_before_it_is_needed(paths: Paths, arguments: list[str]) -> None:
    # GIVEN
    program = (
        "import atexit, sys\n"
        f"atexit.register(lambda: print('loaded', *[n for n in {HEAVY!r} if n in sys.modules], file=sys.stderr))\n"
        "from app.cli.main import main; main()"
    )

    # WHEN
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )

    # THEN
    assert done.stderr == "loaded\n"


@pytest.mark.parametrize(
    "arguments",
    [["nothing"], ["--nothing"], ["history"], ["history", "show", "x"], ["--lang", "xx", "history", "list"]],
)
def test_a_wrong_use_is_explained_with_code_2(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "Usage" in err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_printed(run: Run, shell: str) -> None:
    code, out, _ = run("completion", shell)
    assert code == 0
    assert "_PAPERDESK_COMPLETE" in out


def test_bash_completes_with_the_printed_script(run: Run, tmp_path: Path) -> None:
    # GIVEN the script, and the command on the path
    (tmp_path / "script").write_text(run("completion", "bash").out)
    command = tmp_path / "paperdesk"
    command.write_text(f'#!/bin/sh\ncd {ROOT} && exec {" ".join(PAPERDESK)} "$@"\n')
    command.chmod(0o755)

    # WHEN bash completes "paperdesk hist" as it does for the Tab key
    words = "COMP_WORDS=(paperdesk hist); COMP_CWORD=1"
    asked = f'source "$1"; {words}; _paperdesk_completion paperdesk; echo "${{COMPREPLY[@]}}"'
    variables = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", asked, "bash", str(tmp_path / "script")],
        capture_output=True, text=True, env=variables, check=False,
    )  # fmt: skip

    # THEN
    assert done.stdout == "history\n", done.stderr


@pytest.mark.parametrize("display", ["", ":7654"])
@pytest.mark.parametrize("arguments", [[], ["--hidden"], ["capture"]])
def test_without_a_screen_the_command_line_is_pointed_to(
    run: Run, monkeypatch: pytest.MonkeyPatch, display: str, arguments: list[str]
) -> None:
    # GIVEN no display, or one that no server answers at
    monkeypatch.setenv("DISPLAY", display)

    # WHEN
    code, out, err = run(*arguments)

    # THEN
    assert (code, out) == (1, "")
    assert "paperdesk formula picture.png" in err
    assert len(err.splitlines()) == 1


def test_messages_come_in_the_language_asked_for(run: Run) -> None:
    code, _, err = run("--lang", "zh_CN", "history", "show", "7")
    assert code == 2
    assert err == "paperdesk: 历史记录中没有编号为 7 的结果。\n"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ('[general]\ntheme = "dark"\nlanguage = "zh_CN" # mine\n', "zh_CN"),
        ('[speech]\nlanguage = "zh_CN"\n', "en"),
        ('[general]\ntheme = "dark"\n[speech]\nlanguage = "zh_CN"\n', "en"),
        ('[general]\nlanguage = "elvish"\n', "en"),
        ("\x00 not TOML", "en"),
    ],
)
def test_the_language_of_the_settings_is_used(run: Run, paths: Paths, settings: str, expected: str) -> None:
    # GIVEN
    paths.config.mkdir(parents=True)
    paths.settings_file.write_text(settings)

    # WHEN
    run("settings", "path")

    # THEN
    assert language() == expected


def test_a_reader_that_goes_away_is_no_fault(paths: Paths, start: Start) -> None:
    # GIVEN a history much larger than a pipe holds
    history = History(paths.history_file)
    for _ in range(30):
        history.add("formula", "x" * 20_000)
    history.close()

    # WHEN its reader takes one line and goes, as in `paperdesk history list | head -1`
    with start("history", "list", "--limit", "100") as process:
        assert process.stdout
        assert process.stderr
        first = process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()

    # THEN
    assert "xxx" in first
    assert errors == ""
    assert process.returncode == 1


def test_ctrl_c_stops_with_one_word(start: Start) -> None:
    # GIVEN a command that waits for its standard input
    program, terminal = pty.openpty()
    with subprocess.Popen(
        [*PAPERDESK, "formula", "-"], cwd=ROOT, stdin=subprocess.PIPE, stdout=terminal, stderr=terminal
    ) as process:
        os.close(terminal)
        wait_until_reading(process.pid)

        # WHEN
        process.send_signal(signal.SIGINT)
        shown = os.read(program, 4096).decode()
        while "stopped" not in shown:
            shown += os.read(program, 4096).decode()

    # THEN
    os.close(program)
    assert shown.split() == ["paperdesk:", "stopped."]
    assert process.returncode == 130


def wait_until_reading(pid: int) -> None:
    """Wait until the process sleeps in a read of a pipe."""
    calls = Path(f"/proc/{pid}/syscall")
    while not calls.read_text().startswith("0 0x0 "):
        os.sched_yield()


def test_what_nobody_expected_is_one_sentence_and_a_log(
    run: Run, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a disk that fails in a way nobody thought of
    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError("the disk turned to dust")

    monkeypatch.setattr("app.cli.history.open_history", fail)

    # WHEN
    code, out, err = run("history", "list")

    # THEN
    assert (code, out) == (1, "")
    assert "turned to dust" in err
    assert len(err.splitlines()) == 1
    assert "Traceback" in log_file(paths).read_text()


def test_settings_are_listed_changed_and_refused(run: Run, paths: Paths) -> None:
    # GIVEN / WHEN / THEN
    assert run("settings", "set", "formula.beam_width", "5").code == 0
    assert run("settings", "get", "formula.beam_width").out == "5\n"
    assert json.loads(run("settings", "list", "--json").out)["formula.beam_width"] == 5
    assert "formula.beam_width = 5" in run("settings", "list").out
    assert json.loads(run("settings", "reset", "formula.beam_width", "--json").out) == {"formula.beam_width": 3}
    assert json.loads(run("settings", "path", "--json").out) == str(paths.settings_file)
    refused = run("settings", "set", "formula.beam_width", "many")
    assert (refused.code, refused.out) == (2, "")
    assert "a whole number" in refused.err
    assert run("settings", "get", "no.such").code == 2
