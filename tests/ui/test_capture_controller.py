"""From a request to a picture: what goes wrong is said in words, what was chosen is kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from app.capture.backend import CaptureError, Screen, Shot
from app.hotkey.backend import HotkeyError, taken
from app.hotkey.keys import parse
from app.ui.capture_controller import HOTKEY, LAST_REGION, CaptureController
from app.ui.desk import Desk
from app.ui.key_edit import KeyEdit
from app.ui.overlay.window import OverlayWindow

WAIT_MS = 10_000


@dataclass
class Camera:
    """Delivers a red picture of each screen, or fails with a text."""

    failure: str = ""
    threaded: bool = False
    suffix: str = ""
    """Added to the names of the screens."""
    released: int = 0
    name: str = "camera"

    def is_available(self) -> bool:
        return True

    def grab(self, screens: Sequence[Screen]) -> list[Shot]:
        if self.failure:
            raise CaptureError(self.failure)
        return [Shot(self._picture(screen), screen.geometry, screen.name + self.suffix) for screen in screens]

    def release(self) -> None:
        self.released += 1

    @staticmethod
    def _picture(screen: Screen) -> QImage:
        image = QImage(screen.geometry.size(), QImage.Format.Format_RGB32)
        image.fill(QColor("red"))
        return image


@dataclass
class Keyboard:
    """Gives the hotkey unless another program has it."""

    is_taken: bool = False
    held: str = ""
    asked: int = 0
    name: str = "keyboard"
    press: Callable[[], None] = field(default=lambda: None)

    def is_available(self) -> bool:
        return True

    def register(self, keys: str, pressed: Callable[[], None], failed: Callable[[HotkeyError], None]) -> None:
        self.asked += 1
        parse(keys)
        if self.is_taken:
            raise taken(keys)
        self.held, self.press = keys, pressed

    def unregister(self) -> None:
        self.held = ""


@dataclass
class Stage:
    """A controller, what it sees and hears, and what it said."""

    desk: Desk
    camera: Camera
    keyboard: Keyboard
    controller: CaptureController
    messages: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[QImage] = field(default_factory=list)

    def overlay(self, qtbot: QtBot) -> OverlayWindow:
        qtbot.waitUntil(lambda: self.controller.session.is_open, timeout=WAIT_MS)
        return self.controller.session.windows[0]

    def come_back(self) -> None:
        """Do what Qt does when the user comes back from another program."""
        QGuiApplication.instance().applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)


Build = Callable[[Camera, Keyboard], Stage]


@pytest.fixture
def build(desk: Desk, qtbot: QtBot) -> Iterator[Build]:
    made: list[Stage] = []

    def make(camera: Camera, keyboard: Keyboard) -> Stage:
        stage = Stage(desk, camera, keyboard, CaptureController(desk, [camera], keyboard))
        made.append(stage)
        desk.message.connect(lambda text, kind: stage.messages.append((text, kind)))
        desk.captured.connect(stage.pictures.append)
        qtbot.waitUntil(lambda: keyboard.asked > 0, timeout=WAIT_MS)
        return stage

    yield make
    for stage in made:
        stage.controller.close()


def choose(qtbot: QtBot, window: OverlayWindow) -> None:
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(window, left, pos=QPoint(10, 20))
    qtbot.mouseMove(window, QPoint(49, 39))
    qtbot.mouseRelease(window, left, pos=QPoint(49, 39))


@pytest.mark.parametrize("threaded", [False, True])
def test_the_hotkey_ends_with_a_picture_and_the_region_is_kept(build: Build, qtbot: QtBot, threaded: bool) -> None:
    # WHEN the hotkey is pressed three times in a row and a region chosen
    stage = build(Camera(threaded=threaded), Keyboard())
    for _ in range(3):
        stage.keyboard.press()
    choose(qtbot, stage.overlay(qtbot))
    # THEN there is one picture, and one key takes the same region again
    qtbot.waitUntil(lambda: bool(stage.desk.settings.text(LAST_REGION)), timeout=WAIT_MS)
    assert [(each.width(), each.height()) for each in stage.pictures] == [(40, 20)]
    assert not stage.controller.session.is_open
    stage.controller.again()
    qtbot.waitUntil(lambda: len(stage.pictures) == 2, timeout=WAIT_MS)
    assert stage.pictures[1] == stage.pictures[0]


@pytest.mark.parametrize("threaded", [False, True])
def test_a_failure_is_said_in_its_own_words(build: Build, qtbot: QtBot, threaded: bool) -> None:
    stage = build(Camera(failure="The screen is locked.", threaded=threaded), Keyboard())
    stage.desk.capture_requested.emit()
    qtbot.waitUntil(lambda: bool(stage.messages), timeout=WAIT_MS)
    assert stage.messages == [("The screen is locked.", "error")]
    assert not stage.controller.session.is_open


def test_screens_that_went_meanwhile_are_not_passed_over_in_silence(build: Build) -> None:
    stage = build(Camera(suffix=" that went"), Keyboard())
    stage.controller.start()
    ((text, kind),) = stage.messages
    assert "Capture again" in text
    assert kind == "warning"


def test_without_a_last_region_the_user_chooses(build: Build, qtbot: QtBot) -> None:
    stage = build(Camera(), Keyboard())
    stage.controller.again()
    choose(qtbot, stage.overlay(qtbot))
    assert len(stage.pictures) == 1


def test_a_region_that_cannot_be_kept_spoils_nothing(build: Build, qtbot: QtBot) -> None:
    # GIVEN a settings folder that cannot be written any more
    stage = build(Camera(), Keyboard())
    shutil.rmtree(stage.desk.paths.config)
    stage.desk.paths.config.touch()
    # WHEN a region is captured
    stage.controller.start()
    choose(qtbot, stage.overlay(qtbot))
    # THEN the picture is there, and the user learns of the settings
    assert len(stage.pictures) == 1
    qtbot.waitUntil(lambda: bool(stage.messages), timeout=WAIT_MS)
    assert stage.messages[0][1] == "warning"


def test_a_hotkey_that_is_taken_is_asked_for_again_when_the_user_comes_back(build: Build) -> None:
    # GIVEN another program that has the key
    stage = build(Camera(), Keyboard(is_taken=True))
    ((text, kind),) = stage.messages
    assert (kind, "Ctrl+Alt+M" in text) == ("warning", True)
    # WHEN the user comes back, first in vain, then when the key is free
    stage.come_back()
    assert len(stage.messages) == 1
    stage.keyboard.is_taken = False
    stage.come_back()
    # THEN the key works, that is said once, and nobody asks any more
    assert stage.keyboard.held == "Ctrl+Alt+M"
    stage.come_back()
    assert [kind for _, kind in stage.messages] == ["warning", "success"]
    assert stage.keyboard.asked == 3


def test_keys_that_cannot_be_a_hotkey_are_not_tried_again(build: Build) -> None:
    stage = build(Camera(), Keyboard())
    stage.desk.settings.set(HOTKEY, "M")
    stage.come_back()
    assert len(stage.messages) == 1
    assert stage.keyboard.asked == 2


def test_memory_is_given_back_at_the_end(build: Build, qtbot: QtBot) -> None:
    stage = build(Camera(), Keyboard())
    stage.controller.start()
    stage.overlay(qtbot)
    stage.controller.close()
    assert not stage.controller.session.is_open
    assert stage.camera.released


def test_the_hotkey_is_taken_as_keys_by_a_field_that_listens_for_keys(build: Build, qtbot: QtBot) -> None:
    # GIVEN a field for keys that waits for some
    stage = build(Camera(), Keyboard())
    field = KeyEdit()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.listen()
    qtbot.waitUntil(field.hasFocus, timeout=WAIT_MS)
    # WHEN the user presses the hotkey in force
    with qtbot.waitSignal(field.keys_changed, timeout=WAIT_MS) as heard:
        stage.keyboard.press()
    # THEN the field has it and nothing is captured
    assert heard.args == ["Ctrl+Alt+M"]
    assert not field.is_listening()
    assert not stage.controller.session.is_open
    # AND pressed again it calls the capture
    stage.keyboard.press()
    stage.overlay(qtbot)
