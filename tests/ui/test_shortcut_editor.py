from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.i18n import mark
from app.ui.desk import Desk
from app.ui.shortcut_commands import HOTKEY, MIRROR, Commands
from app.ui.shortcut_editor import ShortcutEditor, ShortcutPanel

WAIT_MS = 8000
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk) -> ShortcutEditor:
    """The shortcuts of three actions and the capture keys, in a window that has the keyboard."""
    add = desk.actions.add
    add("find", mark("Find an action"), lambda: None, shortcut="Ctrl+K", group=mark("Go to"))
    add("go.history", mark("History"), lambda: None, shortcut="Ctrl+H", group=mark("Go to"))
    add("quit", mark("Quit"), lambda: None, shortcut="Ctrl+Q")
    add(MIRROR, mark("Capture"), lambda: None).setShortcut("Ctrl+Alt+M")
    dialog = ShortcutEditor(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=WAIT_MS)
    dialog.panel.tree.setFocus()
    return dialog


@pytest.fixture
def panel(dialog: ShortcutEditor) -> ShortcutPanel:
    return dialog.panel


def shown(panel: ShortcutPanel) -> list[str]:
    rows = [item for item, _edit in panel._rows.values() if not item.isHidden()]
    return [item.text(0) for item in rows]


def choose(panel: ShortcutPanel, command_id: str) -> None:
    panel.tree.setFocus()
    panel.tree.setCurrentItem(panel._rows[command_id][0])


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key where the keyboard is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    qtbot.keyClick(widget, key, modifiers)


def give(qtbot: QtBot, panel: ShortcutPanel, command_id: str, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    """Go to a row, press Enter, then the keys."""
    choose(panel, command_id)
    press(qtbot, Qt.Key.Key_Return)
    assert panel.key_edit(command_id).is_listening()
    press(qtbot, key, modifiers)


def keys_of(desk: Desk, command_id: str) -> str:
    found = Commands(desk).find(command_id)
    assert found
    return found.keys


def test_everything_with_a_shortcut_is_listed_once(panel: ShortcutPanel) -> None:
    # GIVEN / WHEN / THEN the capture action, which mirrors the hotkey, is not listed beside it
    assert shown(panel) == ["Capture hotkey", "Look-up hotkey", "Find an action", "History", "Quit"]
    assert [group.text(0) for group in panel._groups] == ["In every program", "Go to", "Others"]
    assert panel.key_edit("find").text() == "Ctrl+K"


def test_keys_are_given_by_pressing_them_and_kept(qtbot: QtBot, panel: ShortcutPanel, desk: Desk) -> None:
    # WHEN
    give(qtbot, panel, "find", Qt.Key.Key_P, CTRL | SHIFT)

    # THEN
    assert desk.actions.find("find").keys == "Ctrl+Shift+P"
    assert panel.key_edit("find").keys() == "Ctrl+Shift+P"
    assert panel._rows["find"][0].font(0).bold()
    assert panel.tree.hasFocus()
    assert "Ctrl+Shift+P" in desk.settings.text("shortcuts.overrides")


def test_a_click_into_the_field_works_too_and_escape_leaves_it(qtbot: QtBot, panel: ShortcutPanel, desk: Desk) -> None:
    # GIVEN
    edit = panel.key_edit("quit")

    # WHEN
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    assert edit.is_listening()
    press(qtbot, Qt.Key.Key_Escape)

    # THEN
    assert not edit.is_listening()
    assert edit.text() == "Ctrl+Q"
    assert desk.actions.find("quit").keys == "Ctrl+Q"


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_keys_are_removed(qtbot: QtBot, panel: ShortcutPanel, desk: Desk, key: Qt.Key) -> None:
    # WHEN
    choose(panel, "find")
    press(qtbot, key)

    # THEN
    assert desk.actions.find("find").keys == ""
    assert panel.key_edit("find").placeholderText() == "None"


def test_a_conflict_is_asked_about_in_words_and_can_be_left(qtbot: QtBot, panel: ShortcutPanel, desk: Desk) -> None:
    # WHEN
    give(qtbot, panel, "find", Qt.Key.Key_H, CTRL)

    # THEN
    assert panel.question.isVisible()
    assert panel.question.text() == "Ctrl+H already starts “History”."
    assert panel.question.take.text() == "&Use it for “Find an action”"
    assert panel.key_edit("find").keys() == "Ctrl+H"
    assert desk.actions.find("find").keys == "Ctrl+K"

    # WHEN / THEN Esc leaves the question and not the window
    press(qtbot, Qt.Key.Key_Escape)
    assert not panel.question.isVisible()
    assert panel.isVisible()
    assert panel.key_edit("find").keys() == "Ctrl+K"
    assert panel.tree.hasFocus()


def test_keys_are_taken_over_with_one_more_press(qtbot: QtBot, panel: ShortcutPanel, desk: Desk) -> None:
    # GIVEN
    give(qtbot, panel, "find", Qt.Key.Key_H, CTRL)
    assert panel.question.take.hasFocus()

    # WHEN
    press(qtbot, Qt.Key.Key_Return)

    # THEN
    assert desk.actions.find("find").keys == "Ctrl+H"
    assert desk.actions.find("go.history").keys == ""
    assert panel.key_edit("go.history").text() == ""
    assert not panel.question.isVisible()
    assert panel.tree.hasFocus()


def test_the_capture_keys_conflict_with_actions_both_ways(qtbot: QtBot, panel: ShortcutPanel, desk: Desk) -> None:
    # WHEN an action wants the keys that work everywhere
    give(qtbot, panel, "quit", Qt.Key.Key_M, CTRL | ALT)

    # THEN
    assert panel.question.text() == "Ctrl+Alt+M already starts “Capture hotkey”."
    qtbot.mouseClick(panel.question.leave, Qt.MouseButton.LeftButton)

    # WHEN / THEN the capture keys want those of an action
    give(qtbot, panel, HOTKEY, Qt.Key.Key_Q, CTRL)
    assert panel.question.text() == "Ctrl+Q already starts “Quit”."
    qtbot.mouseClick(panel.question.take, Qt.MouseButton.LeftButton)
    assert desk.settings.text(HOTKEY) == "Ctrl+Q"
    assert desk.actions.find("quit").keys == ""


def test_the_capture_keys_must_not_type_text(qtbot: QtBot, panel: ShortcutPanel, desk: Desk) -> None:
    # WHEN
    give(qtbot, panel, HOTKEY, Qt.Key.Key_Q, NONE)

    # THEN
    assert "Hold Ctrl, Alt or Meta too" in panel._note.text()
    assert panel._note.isVisible()
    assert desk.settings.is_default(HOTKEY)

    # WHEN / THEN the complaint goes when the field is left
    press(qtbot, Qt.Key.Key_Escape)
    assert not panel._note.isVisible()


def test_one_is_reset_and_asked_about_when_its_keys_are_taken(qtbot: QtBot, panel: ShortcutPanel, desk: Desk) -> None:
    # GIVEN an action that has given its keys to another
    choose(panel, "find")
    assert not panel.reset_one.isEnabled()
    give(qtbot, panel, "find", Qt.Key.Key_H, CTRL)
    press(qtbot, Qt.Key.Key_Return)
    choose(panel, "go.history")

    # WHEN
    qtbot.mouseClick(panel.reset_one, Qt.MouseButton.LeftButton)

    # THEN
    assert panel.question.text() == "Ctrl+H already starts “Find an action”."
    qtbot.mouseClick(panel.question.take, Qt.MouseButton.LeftButton)
    assert keys_of(desk, "go.history") == "Ctrl+H"
    assert keys_of(desk, "find") == ""
    choose(panel, "go.history")
    assert not panel.reset_one.isEnabled()


def test_all_are_reset_and_that_is_undone(qtbot: QtBot, panel: ShortcutPanel, desk: Desk) -> None:
    # GIVEN
    assert not panel.reset_all.isEnabled()
    give(qtbot, panel, "find", Qt.Key.Key_J, CTRL)
    give(qtbot, panel, HOTKEY, Qt.Key.Key_F9, NONE)

    # WHEN
    qtbot.mouseClick(panel.reset_all, Qt.MouseButton.LeftButton)

    # THEN
    assert (keys_of(desk, "find"), keys_of(desk, HOTKEY)) == ("Ctrl+K", "Ctrl+Alt+M")
    assert panel.question.text() == "2 shortcuts were reset."
    assert not panel.reset_all.isEnabled()

    # WHEN
    qtbot.mouseClick(panel.question.take, Qt.MouseButton.LeftButton)

    # THEN
    assert (keys_of(desk, "find"), keys_of(desk, HOTKEY)) == ("Ctrl+J", "F9")
    assert not panel.question.isVisible()


def test_actions_are_found_by_words_and_by_keys(qtbot: QtBot, panel: ShortcutPanel) -> None:
    # WHEN / THEN words of title or group
    qtbot.keyClicks(panel._text_filter, "go find")
    assert shown(panel) == ["Find an action"]
    assert [group.isHidden() for group in panel._groups] == [True, False, True]
    panel._text_filter.clear()

    # WHEN / THEN keys
    panel._key_filter.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Q, CTRL)
    assert shown(panel) == ["Quit"]

    # WHEN / THEN keys that do nothing
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_U, CTRL)
    assert shown(panel) == []
    assert panel._note.text() == "No action matches."
    press(qtbot, Qt.Key.Key_Backspace)
    assert len(shown(panel)) == 5


def test_what_other_places_change_is_shown(qtbot: QtBot, panel: ShortcutPanel, desk: Desk) -> None:
    # WHEN / THEN the keys of an action
    desk.actions.set_shortcut("find", "Ctrl+J")
    qtbot.waitUntil(lambda: panel.key_edit("find").text() == "Ctrl+J", timeout=WAIT_MS)

    # WHEN / THEN the capture keys
    desk.settings.set(HOTKEY, "F9")
    qtbot.waitUntil(lambda: panel.key_edit(HOTKEY).text() == "F9", timeout=WAIT_MS)

    # WHEN / THEN a new action
    desk.actions.add("new", mark("Clear the formula"), lambda: None)
    qtbot.waitUntil(lambda: "Clear the formula" in shown(panel), timeout=WAIT_MS)


def test_shortcuts_that_cannot_be_saved_are_said_and_not_in_force(
    qtbot: QtBot, panel: ShortcutPanel, desk: Desk
) -> None:
    # GIVEN a folder in the place of the file
    desk.settings.path.unlink()
    desk.settings.path.mkdir()

    # WHEN
    give(qtbot, panel, "find", Qt.Key.Key_J, CTRL)

    # THEN
    assert "was not saved" in panel._note.text()
    assert desk.actions.find("find").keys == "Ctrl+K"
    assert panel.key_edit("find").text() == "Ctrl+K"


def test_escape_closes_the_window_when_nothing_is_asked(qtbot: QtBot, dialog: ShortcutEditor) -> None:
    # WHEN
    press(qtbot, Qt.Key.Key_Escape)

    # THEN
    assert not dialog.isVisible()


def test_everything_is_said_in_chinese_at_once(
    qtbot: QtBot, dialog: ShortcutEditor, desk: Desk, shot: Callable[[QWidget, str], Path]
) -> None:
    # GIVEN
    panel = dialog.panel
    shot(dialog, "shortcuts-en")

    # WHEN
    desk.settings.set("general.language", "zh_CN")

    # THEN
    assert dialog.windowTitle() == "键盘快捷键"
    assert panel.tree.headerItem().text(0) == "操作"
    assert shown(panel)[0] == "截图快捷键"
    give(qtbot, panel, HOTKEY, Qt.Key.Key_K, CTRL)
    assert panel.question.text().startswith("Ctrl+K 已用于“")
    shot(dialog, "shortcuts-zh_CN")
