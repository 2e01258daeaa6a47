"""A text selected in one program is looked up in the real Paperdesk, by its hotkey or by its command."""

from __future__ import annotations

import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.core.settings import Settings
from app.registry import all_options
from tests.e2e.real_program import RealProgram, real_program
from tests.e2e.virtual_screens import TIMEOUT_S, environment, wait_until, xdotool


def select(display: str, text: str) -> None:
    """Select a text in another program."""
    command = ["xclip", "-selection", "primary", "-in"]
    subprocess.run(
        command,
        env=environment(display),
        input=text,
        text=True,
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=TIMEOUT_S,
    )


def has_been_asked(program: RealProgram) -> bool:
    """Tell whether the tab came to the front: it opens its index then."""
    return (program.paths.cache / "collocation").exists()


@pytest.mark.parametrize("way", ["key", "command"])
def test_the_selected_text_brings_the_tool_to_the_front(
    stack: ExitStack, display: str, tmp_path: Path, way: str
) -> None:
    # GIVEN Paperdesk with another tool in front, and a text selected elsewhere
    program = stack.enter_context(real_program(tmp_path / "home", environment(display)))
    program.wait_for_log("listening for Ctrl+Alt+W")
    assert not has_been_asked(program)
    select(display, "plays an important role")
    # WHEN
    if way == "key":
        xdotool(display, "key", "ctrl+alt+w")
    else:
        assert program.command("look-up").returncode == 0
    # THEN
    wait_until(lambda: has_been_asked(program), "the tab is in front")
    assert program.close() == 0
    assert Settings(program.paths.settings_file, all_options()).text("window.last_tab") == "collocation"


def test_the_command_says_when_paperdesk_is_not_running(stack: ExitStack, display: str, tmp_path: Path) -> None:
    program = stack.enter_context(real_program(tmp_path / "home", environment(display)))
    program.wait_for_log("listening for Ctrl+Alt+W")
    assert program.close() == 0
    done = program.command("look-up")
    assert done.returncode == 2
    assert done.stderr == "paperdesk: Paperdesk is not running. Start it first: paperdesk\n"
