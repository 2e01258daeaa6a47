"""Captures under sway: grim takes the outputs, the frozen pictures cover them, the crop is exact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage

from app.capture.backend import CaptureError, Screen
from app.capture.grim import Grim
from tests.e2e.pattern_program import pattern
from tests.e2e.virtual_screens import Program
from tests.e2e.wayland.headless_sway import LEFT, ORIGIN, RIGHT, SIZE, headless_sway, type_keys
from tests.e2e.wayland.virtual_pointer import VirtualPointer, virtual_pointer

PLACE = (300, 200, 640, 400)
SCREENS = [Screen(RIGHT, QRect(0, 0, 1920, 1080), 1.0), Screen(LEFT, QRect(-1000, 56, 1000, 600), 2.0)]


@pytest.fixture
def variables() -> Iterator[dict[str, str]]:
    with headless_sway() as found:
        yield found


@pytest.fixture
def mouse(variables: dict[str, str]) -> Iterator[VirtualPointer]:
    with virtual_pointer(variables, ORIGIN, SIZE) as plugged_in:
        yield plugged_in


@pytest.fixture
def shown(variables: dict[str, str]) -> Iterator[Program]:
    with Program("tests.e2e.pattern_program", [str(number) for number in PLACE], variables) as program:
        program.wait_for("painted")
        yield program


@pytest.fixture
def desk(variables: dict[str, str], mouse: VirtualPointer, shown: Program, tmp_path: Path) -> Iterator[Program]:
    with Program("tests.e2e.capture_program", [str(tmp_path)], variables) as program:
        program.wait_for("ready")
        yield program


def part(x: int, y: int, width: int, height: int) -> QImage:
    return pattern(*PLACE[2:]).copy(x - PLACE[0], y - PLACE[1], width, height)


def begin(desk: Program) -> None:
    desk.tell("request")
    seen = {desk.wait_for("painted")["name"]}
    while len(seen) < 2:
        seen.add(desk.wait_for("painted")["name"])


def point(desk: Program, mouse: VirtualPointer, place: tuple[int, int], name: str) -> None:
    """Move the mouse until the overlay on that output feels it: it has only been drawn, not shown, before."""
    mouse.move(*place)
    while desk.wait_for("pointed")["name"] != name:
        pass


def captured(desk: Program) -> QImage:
    return QImage(desk.wait_for("captured")["file"]).convertToFormat(QImage.Format.Format_RGB32)


def test_grim_takes_each_output_in_its_own_pixels(
    variables: dict[str, str], shown: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, variables[name])
    assert Grim().is_available()
    right, left = Grim().grab(SCREENS)
    assert (right.image.width(), right.image.height()) == (1920, 1080)
    assert right.image.copy(*PLACE) == pattern(*PLACE[2:])
    assert (left.image.width(), left.image.height()) == (1500, 900)
    assert left.image.pixelColor(1499, 899) == QColor("#336699")


def test_an_output_that_is_gone_is_reported(variables: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, variables[name])
    with pytest.raises(CaptureError, match="grim could not take the screen"):
        Grim().grab([Screen("HDMI-A-9", QRect(0, 0, 10, 10), 1.0)])


def test_a_drag_captures_what_was_there_to_the_pixel(mouse: VirtualPointer, desk: Program) -> None:
    begin(desk)
    point(desk, mouse, (340, 240), RIGHT)
    mouse.drag((350, 250), (449, 299))
    assert captured(desk) == part(350, 250, 100, 50)


def test_a_drag_on_the_left_output_has_its_pixels(mouse: VirtualPointer, desk: Program) -> None:
    # GIVEN an output at negative coordinates whose scale is 1.5
    begin(desk)
    # WHEN 100 x 60 logical units of it are chosen
    point(desk, mouse, (-910, 146), LEFT)
    mouse.drag((-900, 156), (-800, 216))
    # THEN the picture has 1.5 pixels for each
    picture = captured(desk)
    assert picture.width() in (150, 151, 152)
    assert picture.height() in (90, 91, 92)
    assert picture.pixelColor(75, 45) == QColor("#336699")


def test_the_overlay_has_the_keyboard(variables: dict[str, str], mouse: VirtualPointer, desk: Program) -> None:
    begin(desk)
    type_keys(variables, "Escape")
    desk.wait_for("cancelled")
    # AND afterwards the desktop works as before
    begin(desk)
    point(desk, mouse, (400, 300), RIGHT)
    type_keys(variables, "Return", "Right", "Down", "Return")
    assert captured(desk) == part(400, 300, 2, 2)


def test_without_a_portal_the_hotkey_is_explained(desk: Program) -> None:
    texts = [each["text"] for each in desk.heard if each["event"] == "message"]
    assert len(texts) == 1
    assert "paperdesk capture" in texts[0]
