"""Programs that take pictures: their answers, their complaints and their silence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage

from app.capture import programs
from app.capture.backend import CaptureError, Screen, Shot, is_wayland
from app.capture.choose import grab
from app.capture.grim import Grim
from app.capture.programs import run_all

SCREEN = Screen("HEADLESS-1", QRect(0, 0, 4, 2), 1.0)


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_each_answer_belongs_to_its_command() -> None:
    assert run_all([python("print('one')"), python("print('two')")]) == [b"one\n", b"two\n"]


def test_a_complaint_is_passed_on() -> None:
    code = "import sys; sys.exit('compositor does not support wlr-screencopy')"
    with pytest.raises(CaptureError, match="wlr-screencopy"):
        run_all([python(code), python("print('fine')")])


def test_silence_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "TIMEOUT_S", 0.2)
    with pytest.raises(CaptureError, match="did not answer"):
        run_all([python("import signal; signal.pause()")])


def fake_grim(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = folder / "grim"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-9")


def test_grim_is_asked_for_each_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_grim(tmp_path, monkeypatch, f'echo "$@" >> {tmp_path}/calls; printf "P6 1 1 255\\n\\001\\002\\003"')
    assert Grim().is_available()
    shots = Grim().grab([SCREEN, Screen("DP-1", QRect(-4, 0, 4, 2), 1.5)])
    assert [shot.image.pixelColor(0, 0).getRgb()[:3] for shot in shots] == [(1, 2, 3), (1, 2, 3)]
    calls = sorted((tmp_path / "calls").read_text(encoding="utf-8").splitlines())
    assert calls == ["-t ppm -o DP-1 -", "-t ppm -o HEADLESS-1 -"]


def test_a_damaged_answer_of_grim_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_grim(tmp_path, monkeypatch, "echo nonsense")
    with pytest.raises(CaptureError, match="damaged"):
        Grim().grab([SCREEN])


@pytest.mark.parametrize(
    ("environment", "wayland"),
    [({}, False), ({"DISPLAY": ":0"}, False), ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, True)],
)
def test_a_wayland_desktop_is_known_by_its_variables(environment: dict[str, str], wayland: bool) -> None:
    assert is_wayland(environment) == wayland
    assert is_wayland({**environment, "XDG_SESSION_TYPE": "wayland"})


class Scripted:
    """A back-end that delivers a colour or fails."""

    threaded = False

    def __init__(self, name: str, colour: str | None) -> None:
        self.name, self._colour = name, colour

    def is_available(self) -> bool:
        return True

    def grab(self, screens: Sequence[Screen]) -> list[Shot]:
        if self._colour is None:
            raise CaptureError(f"{self.name} failed")
        image = QImage(4, 2, QImage.Format.Format_RGB32)
        image.fill(QColor(self._colour))
        return [Shot(image, screen.geometry, screen.name) for screen in screens]

    def release(self) -> None:
        pass


def test_the_first_that_works_is_used() -> None:
    shots = grab([Scripted("one", None), Scripted("two", "red"), Scripted("three", "blue")], [SCREEN])
    assert shots[0].image.pixelColor(0, 0) == QColor("red")


def test_when_none_works_the_last_says_why() -> None:
    with pytest.raises(CaptureError, match="two failed"):
        grab([Scripted("one", None), Scripted("two", None)], [SCREEN])


def test_without_any_the_user_learns_what_to_install() -> None:
    with pytest.raises(CaptureError, match="Install grim"):
        grab([], [SCREEN])


def test_a_program_that_has_gone_is_reported() -> None:
    with pytest.raises(CaptureError, match=r"no-such-grim.*No such file"):
        run_all([python("print('fine')"), ["no-such-grim"]])


TWO_OF_ONE_MODEL = """
from PySide6.QtGui import QGuiApplication
from app.capture.backend import screens_now
application = QGuiApplication([])
for screen in screens_now():
    print(screen.name)
"""


def test_two_monitors_of_one_model_are_told_apart(tmp_path: Path) -> None:
    # GIVEN a desktop whose two screens have the same name
    place = {"y": 0, "width": 800, "height": 600, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    screens = [{"name": "P2419H", "x": x, **place} for x in (0, 800)]
    file = tmp_path / "screens.json"
    file.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    # WHEN a program there asks for them
    variables = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={file}"}
    answer = subprocess.run(python(TWO_OF_ONE_MODEL), env=variables, capture_output=True, text=True, check=True)
    # THEN each has a name of its own
    assert answer.stdout.splitlines() == ["P2419H", "P2419H (2)"]
