"""From a selected text to the tool that looks it up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from pytestqt.qtbot import QtBot

from app.ui.desk import Desk
from app.ui.look_up_controller import HOTKEY, LONGEST, LookUpController
from app.ui.pages import Page
from app.ui.shortcut_commands import Commands
from app.ui.tabs.base import Tab
from app.ui.window import Window
from tests.ui.test_capture_controller import Keyboard

WAIT_MS = 10_000


class TakerTab(Tab):
    key = "taker"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.texts: list[str] = []

    def accept_text(self, text: str) -> None:
        self.texts.append(text)


@pytest.fixture
def keyboard() -> Keyboard:
    return Keyboard()


@pytest.fixture
def controller(desk: Desk, keyboard: Keyboard, qtbot: QtBot) -> Iterator[LookUpController]:
    controller = LookUpController(desk, keyboard)
    qtbot.waitUntil(lambda: keyboard.held == "Ctrl+Alt+W", timeout=WAIT_MS)
    yield controller
    controller.close()
    assert keyboard.held == ""


def select(text: str) -> None:
    QGuiApplication.clipboard().setText(text, QClipboard.Mode.Selection)


def test_the_hotkey_gives_the_selected_text(
    desk: Desk, controller: LookUpController, keyboard: Keyboard, qtbot: QtBot
) -> None:
    # GIVEN text that is selected, and other text that was copied
    select("  plays an\nimportant   role ")
    desk.copy_text("something else")
    # WHEN / THEN
    with qtbot.waitSignal(desk.selected, timeout=WAIT_MS) as told:
        keyboard.press()
    assert told.args == ["plays an important role"]


def test_a_book_that_is_selected_is_cut(desk: Desk, controller: LookUpController, qtbot: QtBot) -> None:
    select("role " * LONGEST)
    with qtbot.waitSignal(desk.selected, timeout=WAIT_MS) as told:
        desk.look_up_requested.emit()
    assert len(told.args[0]) <= LONGEST


def test_a_selection_that_can_only_be_read_in_front_is_read_there(
    desk: Desk, controller: LookUpController, qtbot: QtBot
) -> None:
    # GIVEN nothing that can be read from behind
    select("")
    texts: list[str] = []
    desk.selected.connect(texts.append)
    # WHEN the window has come to the front
    controller.start()
    assert texts == [""]
    select("a crucial role")
    QGuiApplication.instance().applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    # THEN the text comes once
    assert texts == ["", "a crucial role"]
    QGuiApplication.instance().applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert len(texts) == 2


def test_nothing_selected_is_said(desk: Desk, controller: LookUpController, qtbot: QtBot) -> None:
    select("")
    with qtbot.waitSignal(desk.message, timeout=WAIT_MS) as told:
        controller.start()
    assert told.args[0].startswith("Nothing is selected.")


def test_the_window_comes_to_the_front_with_the_tool_that_looks_up(desk: Desk, qtbot: QtBot) -> None:
    # GIVEN a window that is hidden, with another tool in front
    pages = [
        Page("other", "Other", "search", "tests.ui.test_look_up_controller:TakerTab"),
        Page("taker", "Taker", "search", "tests.ui.test_look_up_controller:TakerTab", looks_up=True),
    ]
    window = Window(desk, pages, [])
    qtbot.addWidget(window)
    window.show_page("other")
    # WHEN
    desk.selected.emit("plays a role")
    # THEN
    assert window.isVisible()
    assert window.current_key == "taker"
    assert window.current_tab.texts == ["plays a role"]  # type: ignore[attr-defined]


def test_the_keys_are_changed_like_those_of_the_capture(
    desk: Desk, controller: LookUpController, keyboard: Keyboard
) -> None:
    # GIVEN
    commands = Commands(desk)
    command = commands.find(HOTKEY)
    assert command is not None
    assert command.is_global
    # WHEN they would be those of the capture, that is known
    assert [one.id for one in commands.owners("Ctrl+Alt+M", command)] == ["capture.hotkey"]
    # AND other ones work at once
    commands.set(command, "Ctrl+Alt+F9")
    assert keyboard.held == "Ctrl+Alt+F9"
    assert desk.actions.find("look_up.start").keys == "Ctrl+Alt+F9"
    assert "look_up.start" not in [one.id for one in commands.all()]
