"""Two monitors with different scales: pixels are exact on both, and a drag stays on the monitor where it began."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.e2e.pattern_program import pattern
from tests.e2e.virtual_screens import BOTH, Program, drag, environment, set_monitors, x_server, xdotool

ACROSS = (1100, 330, 1300, 400)
"""Where the pattern window lies: on both monitors."""


@pytest.fixture(params=["LEFT=1.25;RIGHT=2", "LEFT=1.5;RIGHT=1", "LEFT=2;RIGHT=1.75"])
def factors(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def desk(tmp_path: Path, factors: str) -> Iterator[tuple[str, Program]]:
    with ExitStack() as stack:
        display = stack.enter_context(x_server(BOTH))
        set_monitors(display)
        place = [str(number) for number in ACROSS]
        shown = stack.enter_context(Program("tests.e2e.pattern_program", place, environment(display)))
        shown.wait_for("painted")
        variables = environment(display, QT_SCREEN_SCALE_FACTORS=factors)
        program = stack.enter_context(Program("tests.e2e.capture_program", [str(tmp_path)], variables))
        program.wait_for("ready")
        yield display, program


def begin(display: str, program: Program) -> None:
    xdotool(display, "key", "ctrl+alt+m")
    seen = {program.wait_for("painted")["name"]}
    while len(seen) < 2:
        seen.add(program.wait_for("painted")["name"])


def captured(program: Program) -> QImage:
    return QImage(program.wait_for("captured")["file"]).convertToFormat(QImage.Format.Format_RGB32)


def part(x: int, y: int, width: int, height: int) -> QImage:
    return pattern(*ACROSS[2:]).copy(x - ACROSS[0], y - ACROSS[1], width, height)


def test_pixels_are_exact_on_both_monitors(desk: tuple[str, Program]) -> None:
    display, program = desk
    begin(display, program)
    drag(display, (1111, 333), (1345, 700))
    assert captured(program) == part(1111, 333, 235, 368)
    begin(display, program)
    drag(display, (1601, 341), (1367, 719))
    assert captured(program) == part(1367, 341, 235, 379)
    # AND the last region is found on its monitor again
    begin(display, program)
    xdotool(display, "key", "r")
    assert captured(program) == part(1367, 341, 235, 379)


def test_a_drag_stays_on_the_monitor_where_it_began(desk: tuple[str, Program]) -> None:
    display, program = desk
    begin(display, program)
    drag(display, (1200, 400), (1500, 450))
    assert captured(program) == part(1200, 400, 1366 - 1200, 51)
    begin(display, program)
    drag(display, (1500, 450), (1200, 400))
    assert captured(program) == part(1366, 400, 1500 - 1366 + 1, 51)


def test_the_keyboard_reaches_the_other_monitor(desk: tuple[str, Program]) -> None:
    # GIVEN the pointer is on the left monitor
    display, program = desk
    xdotool(display, "mousemove", 200, 500)
    begin(display, program)
    # WHEN a rectangle is chosen with keys on the other one, where the crosshair begins in the middle
    xdotool(display, "key", "Tab", "Return", "ctrl+Left", "Down", "Return")
    # THEN it is that of the right monitor
    whole = captured(program)
    assert (whole.width(), whole.height()) == (11, 2)
    assert whole == part(1366 + 960 - 10, 540, 11, 2)


def test_a_monitor_that_is_unplugged_ends_the_capture(desk: tuple[str, Program]) -> None:
    # GIVEN a capture that has begun
    display, program = desk
    begin(display, program)
    # WHEN a monitor goes
    subprocess.run(["xrandr", "--delmonitor", "RIGHT"], env=environment(display), check=True, stdout=subprocess.DEVNULL)
    # THEN the frozen pictures go too, and the next capture shows what is there now
    program.wait_for("cancelled")
    xdotool(display, "key", "ctrl+alt+m")
    assert program.wait_for("painted")["name"] == "LEFT"
    drag(display, (1111, 333), (1345, 700))
    assert captured(program) == part(1111, 333, 235, 368)
