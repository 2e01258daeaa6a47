"""Ctrl+K: every action of the real window, found and called with keys alone, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.about import About
from app.ui.command_palette import CommandPalette
from app.ui.desk import Desk
from app.ui.formula.source_editor import SourceEditor
from app.ui.window import Window

WAIT_MS = 10_000
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[Window]:
    window = Window(desk)
    qtbot.addWidget(window)
    window.show_last_page()
    window.resize(1100, 700)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    yield window
    window.hide()


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None
    QTest.keyClick(target, key, modifier)


def opened(window: Window) -> CommandPalette:
    """Press Ctrl+K and return what comes up."""
    press(Qt.Key.Key_K, CTRL)
    palette = window.findChild(CommandPalette)
    assert isinstance(palette, CommandPalette)
    assert palette.isVisible()
    assert palette.field.hasFocus()
    return palette


def call(window: Window, letters: str) -> str:
    """Type letters into the palette, press Enter and return what was first."""
    palette = opened(window)
    palette.field.insert(letters)
    title = palette.rows()[0].title
    press(Qt.Key.Key_Return)
    assert not palette.isVisible()
    return title


def triggers(desk: Desk, action: str) -> list[str]:
    heard: list[str] = []
    desk.actions.find(action).action.triggered.connect(lambda: heard.append(action))
    return heard


def test_it_lists_every_action_that_can_be_done_now_but_itself(window: Window, desk: Desk) -> None:
    # GIVEN the window with its first page
    # WHEN the palette is opened
    listed = [row.entry.id for row in opened(window).rows()]
    # THEN the actions of all pages are there, also of those that were never shown, once each
    expected = [entry.id for entry in desk.actions.all() if entry.action.isEnabled() and entry.id != "program.palette"]
    assert sorted(listed) == sorted(expected)
    assert {name.partition(".")[0] for name in listed} >= {"formula", "history", "go", "program"}


def test_what_the_page_in_front_can_do_comes_first(window: Window) -> None:
    # GIVEN a page and nothing used yet, WHEN the palette is opened
    rows = opened(window).rows()
    # THEN its own actions are on top
    owners = [row.entry.owner is window.current_tab for row in rows]
    assert owners == sorted(owners, reverse=True)
    assert owners[0]


Look = Callable[[Window], Any]
GROUPS: list[tuple[str, str, str, Look]] = [
    ("go.history", "hist", "History", lambda window: window.current_key == "history"),
    ("go.settings", "settin", "Settings", lambda window: window.current_key == "settings"),
    ("program.about", "about", "About Paperdesk", lambda window: window.findChildren(About)),
    ("formula.edit", "edit la", "Edit the LaTeX", lambda window: isinstance(window.focusWidget(), SourceEditor)),
]


@pytest.mark.parametrize(("action", "letters", "title", "happened"), GROUPS)
def test_an_action_of_each_group_is_called_with_keys_alone(
    window: Window, qtbot: QtBot, action: str, letters: str, title: str, happened: Look
) -> None:
    # GIVEN an action
    heard = triggers(window.desk, action)
    # WHEN a few of its letters are typed and Enter is pressed
    assert call(window, letters) == title
    # THEN it was called once, and did what it does
    qtbot.waitUntil(lambda: heard == [action], timeout=WAIT_MS)
    assert happened(window)


def test_an_action_of_another_page_brings_that_page_to_the_front(window: Window, desk: Desk, qtbot: QtBot) -> None:
    # GIVEN the settings in front
    window.show_page("settings")
    window.build_pages()
    heard = triggers(desk, "formula.edit")
    # WHEN an action of the formula page is called
    call(window, "edit la")
    # THEN the page is in front and the action was called
    qtbot.waitUntil(lambda: heard == ["formula.edit"], timeout=WAIT_MS)
    assert window.current_key == "formula"


@pytest.mark.parametrize("letters", ["历史", "history", "前往历"])
def test_in_chinese_both_languages_find_it(window: Window, desk: Desk, qtbot: QtBot, letters: str) -> None:
    # GIVEN the Chinese window
    desk.settings.set("general.language", "zh_CN")
    # WHEN the name is typed in either language
    assert call(window, letters) == "历史"
    # THEN it is found and called
    qtbot.waitUntil(lambda: window.current_key == "history", timeout=WAIT_MS)


def test_the_arrows_go_round_and_enter_takes_what_is_chosen(window: Window, qtbot: QtBot) -> None:
    # GIVEN the palette with two fits for "go to": the pages of the foot and the tool
    palette = opened(window)
    palette.field.insert("go to")
    rows = [row.entry.id for row in palette.rows()]
    assert len(rows) >= 3
    chosen = [palette.list.currentIndex().row()]
    # WHEN the arrows are pressed up and twice down
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        press(key)
        chosen.append(palette.list.currentIndex().row())
    # THEN the choice goes to the end, the beginning and the second
    assert chosen == [0, len(rows) - 1, 0, 1]
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: f"go.{window.current_key}" == rows[1], timeout=WAIT_MS)


def test_what_was_used_last_is_on_top_the_next_time(window: Window, desk: Desk, qtbot: QtBot) -> None:
    # GIVEN two actions called one after the other
    call(window, "history")
    qtbot.waitUntil(lambda: window.current_key == "history", timeout=WAIT_MS)
    call(window, "settings")
    qtbot.waitUntil(lambda: window.current_key == "settings", timeout=WAIT_MS)
    # WHEN the palette is opened again
    rows = opened(window).rows()
    # THEN they are on top, the last one first, and the settings remember it
    assert [row.entry.id for row in rows[:2]] == ["go.settings", "go.history"]
    assert desk.settings.text("window.palette_recent") == '["go.settings", "go.history"]'


def test_nothing_that_fits_is_said_in_words_and_enter_does_nothing(window: Window, desk: Desk) -> None:
    # GIVEN letters that no action has
    palette = opened(window)
    palette.field.insert("zzzzqq")
    # THEN no row is there, and the card says so
    assert palette.rows() == []
    assert not palette.list.isVisible()
    # WHEN Enter is pressed, THEN the palette stays; Ctrl+K closes it
    press(Qt.Key.Key_Return)
    assert palette.isVisible()
    press(Qt.Key.Key_K, CTRL)
    assert not palette.isVisible()


def test_escape_gives_the_keyboard_back(window: Window) -> None:
    # GIVEN the palette over a page
    before = QApplication.focusWidget()
    palette = opened(window)
    palette.field.insert("hist")
    # WHEN Esc is pressed
    press(Qt.Key.Key_Escape)
    # THEN the keyboard is where it was; the next time the field is empty
    assert not palette.isVisible()
    assert QApplication.focusWidget() is before is not None
    assert opened(window).field.text() == ""


def test_a_click_calls_what_is_clicked_and_one_beside_closes(window: Window, qtbot: QtBot) -> None:
    # GIVEN the palette with one fit on top
    palette = opened(window)
    palette.field.insert("history")
    # WHEN its row is clicked
    place = palette.list.visualRect(palette.list.currentIndex()).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    # THEN it was called
    qtbot.waitUntil(lambda: window.current_key == "history", timeout=WAIT_MS)
    # WHEN it is opened again and the window beside it is clicked, THEN it goes
    opened(window)
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomLeft())
    assert not palette.isVisible()


def test_a_disabled_action_is_not_offered(window: Window, desk: Desk) -> None:
    # GIVEN an action that cannot be done now
    desk.actions.find("program.about").action.setEnabled(False)
    # WHEN the palette is opened, THEN it is not listed
    assert "program.about" not in [row.entry.id for row in opened(window).rows()]


@pytest.mark.parametrize("stored", ["{", "3", '["gone"]'])
def test_a_damaged_memory_counts_as_none(window: Window, desk: Desk, stored: str) -> None:
    # GIVEN a memory of what was used last that is none
    desk.settings.set("window.palette_recent", stored)
    # WHEN the palette is opened, THEN it lists what it lists otherwise
    assert opened(window).rows()
