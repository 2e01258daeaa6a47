"""A real hotkey and a real drag on a real X server: what comes out is, pixel for pixel, what was on the screen."""

from __future__ import annotations

import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.e2e.pattern_program import pattern
from tests.e2e.virtual_screens import Program, drag, environment, xdotool

PLACE = (300, 200, 640, 400)


@pytest.fixture
def shown(stack: ExitStack, display: str) -> Program:
    return show_pattern(stack, display)


@pytest.fixture
def desk(stack: ExitStack, display: str, shown: Program, tmp_path: Path) -> Program:
    return start_desk(stack, tmp_path, environment(display))


def show_pattern(stack: ExitStack, display: str, place: tuple[int, int, int, int] = PLACE) -> Program:
    program = Program("tests.e2e.pattern_program", [str(number) for number in place], environment(display))
    stack.enter_context(program)
    program.wait_for("painted")
    return program


def start_desk(stack: ExitStack, folder: Path, variables: dict[str, str]) -> Program:
    program = stack.enter_context(Program("tests.e2e.capture_program", [str(folder)], variables))
    program.wait_for("ready")
    return program


def press_hotkey(display: str, desk: Program, keys: str = "ctrl+alt+m") -> None:
    xdotool(display, "key", keys)
    desk.wait_for("painted")


def click_on(display: str, shown: Program) -> None:
    """Give the pattern window the focus."""
    xdotool(display, "mousemove", PLACE[0] + 10, PLACE[1] + 10, "click", 1, "key", "a")
    assert shown.wait_for("key")["key"] == ord("A")


def captured(desk: Program) -> QImage:
    answer = desk.wait_for("captured")
    assert answer["ratio"] == 1.0
    return QImage(answer["file"]).convertToFormat(QImage.Format.Format_RGB32)


def part(x: int, y: int, width: int, height: int) -> QImage:
    """Return the pixels that the pattern window shows at a place of the desktop."""
    return pattern(*PLACE[2:]).copy(x - PLACE[0], y - PLACE[1], width, height)


def test_what_was_dragged_over_is_captured_to_the_pixel(display: str, desk: Program) -> None:
    press_hotkey(display, desk)
    drag(display, (350, 250), (449, 299))
    assert captured(desk) == part(350, 250, 100, 50)


def test_a_drag_towards_the_top_left_is_the_same(display: str, desk: Program) -> None:
    press_hotkey(display, desk)
    drag(display, (449, 299), (350, 250))
    assert captured(desk) == part(350, 250, 100, 50)


def test_the_program_below_gets_neither_the_hotkey_nor_the_keys(display: str, shown: Program, desk: Program) -> None:
    # GIVEN the pattern window has the focus
    click_on(display, shown)
    # WHEN a capture is called, keys are pressed during it, and others after it
    press_hotkey(display, desk)
    xdotool(display, "key", "x", "Escape")
    desk.wait_for("cancelled")
    xdotool(display, "key", "z")
    # THEN the window has got only the last
    assert shown.wait_for("key")["key"] == ord("Z")
    assert [each["key"] for each in shown.heard if each["event"] == "key"] == [ord("A"), ord("Z")]


def test_num_lock_and_caps_lock_do_not_matter(display: str, desk: Program) -> None:
    for lock in ("Num_Lock", "Caps_Lock"):
        xdotool(display, "key", lock)
        press_hotkey(display, desk)
        xdotool(display, "key", "Escape")
        desk.wait_for("cancelled")


def test_a_held_hotkey_calls_once(display: str, desk: Program) -> None:
    # GIVEN keys that soon repeat, and a hand that holds them until after the drag
    subprocess.run(["xset", "r", "rate", "100", "50"], env=environment(display), check=True)
    xdotool(display, "keydown", "ctrl", "keydown", "alt", "keydown", "m")
    desk.wait_for("painted")
    drag(display, (350, 250), (449, 299))
    captured(desk)
    heard = len(desk.heard)
    xdotool(display, "sleep", 0.5, "keyup", "m", "keyup", "alt", "keyup", "ctrl")
    # THEN no second capture has begun, and the next press begins one
    desk.tell("set capture.last_region")
    desk.wait_for("set")
    assert [each["event"] for each in desk.heard[heard:]] == ["set"]
    press_hotkey(display, desk)


def test_right_click_cancels_and_leaves_nothing_on_the_screen(display: str, desk: Program) -> None:
    press_hotkey(display, desk)
    xdotool(display, "mousemove", 400, 300, "click", 3)
    desk.wait_for("cancelled")
    press_hotkey(display, desk)
    drag(display, (350, 250), (449, 299))
    assert captured(desk) == part(350, 250, 100, 50)


def test_the_keyboard_alone_is_enough(display: str, desk: Program) -> None:
    xdotool(display, "mousemove", 400, 300)
    press_hotkey(display, desk)
    xdotool(display, "key", "Right", "ctrl+Down", "Return", "ctrl+Right", "ctrl+Right", "Down", "Return")
    assert captured(desk) == part(401, 310, 21, 2)


def test_space_moves_and_shift_keeps_for_adjusting(display: str, desk: Program) -> None:
    press_hotkey(display, desk)
    xdotool(display, "mousemove", 350, 250, "mousedown", 1, "mousemove", 400, 280, "mousemove", 449, 299)
    xdotool(display, "keydown", "space", "mousemove", 459, 304, "keyup", "space")
    xdotool(display, "keydown", "shift", "mouseup", 1, "key", "Right", "keyup", "shift", "key", "Down", "Return")
    assert captured(desk) == part(360, 256, 101, 50)


def test_one_key_takes_the_last_region_again(display: str, desk: Program) -> None:
    press_hotkey(display, desk)
    drag(display, (350, 250), (449, 299))
    first = captured(desk)
    press_hotkey(display, desk)
    xdotool(display, "key", "r")
    assert captured(desk) == first
    desk.tell("again")
    assert captured(desk) == first


def test_a_modal_dialog_of_ours_is_not_in_the_way(display: str, desk: Program) -> None:
    desk.tell("dialog")
    desk.tell("request")
    desk.wait_for("painted")
    drag(display, (350, 250), (449, 299))
    assert captured(desk) == part(350, 250, 100, 50)


def test_a_new_hotkey_works_at_once_and_the_old_one_no_more(display: str, shown: Program, desk: Program) -> None:
    desk.tell("set capture.hotkey Ctrl+Shift+F9")
    desk.wait_for("set")
    click_on(display, shown)
    xdotool(display, "key", "ctrl+alt+m")
    assert shown.wait_for("key")
    press_hotkey(display, desk, "ctrl+shift+F9")
    xdotool(display, "key", "Escape")
    desk.wait_for("cancelled")


def test_no_hotkey_is_a_choice(display: str, shown: Program, desk: Program) -> None:
    desk.tell("set capture.hotkey")
    desk.wait_for("set")
    click_on(display, shown)
    xdotool(display, "key", "ctrl+alt+m")
    assert shown.wait_for("key")
    assert "message" not in {each["event"] for each in desk.heard}


def test_a_key_that_another_program_has_is_named(stack: ExitStack, display: str, tmp_path: Path) -> None:
    thief = Program("tests.e2e.key_thief_program", ["Ctrl+Alt+M"], environment(display))
    stack.enter_context(thief)
    thief.wait_for("ready")
    desk = start_desk(stack, tmp_path, environment(display))
    message = next(each for each in desk.heard if each["event"] == "message")
    assert "Ctrl+Alt+M" in message["text"]
    assert "Settings" in message["text"]
    # AND the other program still has its key, and ours works once the key is free
    xdotool(display, "key", "ctrl+alt+m")
    thief.wait_for("pressed")
    assert thief.close() == 0
    desk.tell("set capture.hotkey Ctrl+Alt+M")
    desk.wait_for("set")


def test_the_hotkey_follows_a_changed_layout(display: str, desk: Program) -> None:
    # GIVEN the letters m and q have changed places
    swap = ["xmodmap", "-e", "keycode 58 = q Q", "-e", "keycode 24 = m M"]
    subprocess.run(swap, env=environment(display), check=True)
    # WHEN the key that bears an m now is pressed, as soon as the desk has noticed
    for _ in range(20):
        xdotool(display, "key", "ctrl+alt+m")
        if desk.hears("painted", 0.5):
            break
    # THEN a capture begins
    drag(display, (350, 250), (449, 299))
    assert captured(desk) == part(350, 250, 100, 50)
