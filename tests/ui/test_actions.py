"""Actions in one place: shortcuts, where they work, what the user chose, their texts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.actions import OVERRIDES, ActionRegistry, tool_tip
from app.ui.desk import Desk
from app.ui.window import Window

WAIT_MS = 10_000
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    desk.actions.attach(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    return window


def test_an_action_is_called_by_its_keys_wherever_the_keyboard_is(desk: Desk, window: QWidget) -> None:
    # GIVEN actions made before and after the window
    calls: list[str] = []
    desk.actions.add("a.one", "One", lambda: calls.append("one"), shortcut="Ctrl+J")
    # WHEN its keys are pressed
    QTest.keyClick(window, Qt.Key.Key_J, CTRL)
    # THEN it was called once
    assert calls == ["one"]


def test_texts_tips_and_keys_are_told(desk: Desk) -> None:
    # GIVEN an action with an access key and a tip, and one without a tip
    registry = desk.actions
    action = registry.add("a.save", "&Save", lambda: None, shortcut="Ctrl+S", tip="Keep it", group="File")
    registry.add("a.plain", "Plain", lambda: None)
    # THEN its name has no mark, its tip has the keys, and who has no tip has the name
    entry = registry.find("a.save")
    assert (entry.title, entry.keys) == ("Save", "Ctrl+S")
    assert action.statusTip() == "Keep it"
    assert action.toolTip() == tool_tip(entry) == "Keep it (Ctrl+S)"
    assert tool_tip(registry.find("a.plain")) == "Plain"


def test_an_id_is_there_once(desk: Desk) -> None:
    # GIVEN an action, WHEN another with its id comes, THEN that is refused
    desk.actions.add("a.one", "One", lambda: None)
    with pytest.raises(ValueError, match=r"a\.one"):
        desk.actions.add("a.one", "Two", lambda: None)


def test_other_keys_work_at_once_and_after_the_next_start(desk: Desk, window: QWidget) -> None:
    # GIVEN an action with keys
    calls: list[str] = []
    desk.actions.add("a.one", "One", lambda: calls.append("one"), shortcut="Ctrl+J")
    # WHEN the user chooses others
    desk.actions.set_shortcut("a.one", "Ctrl+Y")
    QTest.keyClick(window, Qt.Key.Key_J, CTRL)
    QTest.keyClick(window, Qt.Key.Key_Y, CTRL)
    # THEN only they call it, the tip names them, and the next start knows them
    assert calls == ["one"]
    assert desk.actions.find("a.one").action.toolTip() == "One (Ctrl+Y)"
    again = ActionRegistry(desk.settings)
    again.add("a.one", "One", lambda: None, shortcut="Ctrl+J")
    assert again.find("a.one").keys == "Ctrl+Y"
    assert again.default_shortcut("a.one") == "Ctrl+J"
    # WHEN the usual keys are chosen again, THEN nothing is remembered
    desk.actions.set_shortcut("a.one", "Ctrl+J")
    assert desk.settings.text(OVERRIDES) == ""
    # WHEN it is to have none, THEN that is remembered too
    desk.actions.set_shortcut("a.one", "")
    assert desk.settings.text(OVERRIDES) == '{"a.one": ""}'
    again.deleteLater()


@pytest.mark.parametrize("stored", ["{", "[1]", '{"a.one": 3}'])
def test_damaged_choices_count_as_none(desk: Desk, stored: str) -> None:
    # GIVEN choices that cannot be read, WHEN an action comes, THEN it has its usual keys
    desk.settings.set(OVERRIDES, stored)
    desk.actions.add("a.one", "One", lambda: None, shortcut="Ctrl+J")
    assert desk.actions.find("a.one").keys == "Ctrl+J"


def test_keys_are_in_conflict_only_where_both_actions_work(desk: Desk, qtbot: QtBot) -> None:
    # GIVEN the same keys in two places, and an action that works everywhere
    one, two = QWidget(), QWidget()
    for each in (one, two):
        qtbot.addWidget(each)
    add = desk.actions.add
    add("one.a", "A", lambda: None, shortcut="Ctrl+D", owner=one)
    add("two.a", "A", lambda: None, shortcut="Ctrl+D", owner=two)
    add("one.b", "B", lambda: None, owner=one)
    add("all.c", "C", lambda: None, shortcut="Ctrl+L")

    def names(keys: str, action: str) -> list[str]:
        return [entry.id for entry in desk.actions.conflicts(keys, action)]

    # WHEN keys are asked about, THEN conflicts are where both work
    assert names("Ctrl+D", "one.b") == ["one.a"]
    assert names("Ctrl+D", "all.c") == ["one.a", "two.a"]
    assert names("Ctrl+L", "one.b") == ["all.c"]
    assert names("Ctrl+D", "one.a") == []
    assert names("", "one.b") == []


def test_an_action_goes_with_its_owner(desk: Desk, qtbot: QtBot) -> None:
    # GIVEN an action of a widget
    owner = QWidget()
    desk.actions.add("a.one", "One", lambda: None, owner=owner)
    assert [entry.id for entry in desk.actions.all()] == ["a.one"]
    # WHEN the widget is deleted
    with qtbot.waitSignal(owner.destroyed, timeout=WAIT_MS):
        owner.deleteLater()
    # THEN the action is gone, and another may have its name
    assert desk.actions.all() == []
    desk.actions.add("a.one", "One", lambda: None)


def test_a_change_of_language_is_told_once(desk: Desk, qtbot: QtBot) -> None:
    # GIVEN some actions, one of them shown by a menu
    add = desk.actions.add
    quit_action = add("a.quit", "Quit", lambda: None)
    for number in range(9):
        add(f"a.{number}", "History", lambda: None)
    heard, redrawn = list[bool](), list[bool]()
    desk.actions.changed.connect(lambda: heard.append(True))
    quit_action.changed.connect(lambda: redrawn.append(True))
    # WHEN the language becomes Chinese
    desk.settings.set("general.language", "zh_CN")
    # THEN texts and tips are Chinese, who lists them heard it once, and who shows one heard it too
    assert (quit_action.text(), quit_action.toolTip(), quit_action.statusTip()) == ("退出", "退出", "退出")
    assert heard == [True]
    assert redrawn


def test_a_checkable_action_tells_its_state(desk: Desk) -> None:
    # GIVEN an action that is switched on and off
    states: list[bool] = []
    action = desk.actions.add("a.pin", "Pin", states.append, checkable=True)
    # WHEN it is triggered twice, THEN each new state was told
    action.trigger()
    action.trigger()
    assert states == [True, False]


def test_every_action_of_the_window_is_complete(desk: Desk, qtbot: QtBot) -> None:
    # GIVEN the whole window
    window = Window(desk)
    qtbot.addWidget(window)
    window.build_pages()
    # WHEN its actions are looked at, in both languages
    for language in ("en", "zh_CN"):
        desk.settings.set("general.language", language)
        for entry in desk.actions.all():
            # THEN each has a name, a group, a tip and a drawing, and in Chinese a Chinese name
            assert entry.title, entry.id
            assert entry.group, entry.id
            assert entry.action.statusTip(), entry.id
            assert entry.action.toolTip(), entry.id
            assert not entry.icon or not entry.action.icon().isNull(), entry.id
            assert language == "en" or any(ord(letter) > 0x2E80 for letter in entry.title), entry.id
    # THEN no two have the same keys where both work
    clashes = {e.id: [o.id for o in desk.actions.conflicts(e.keys, e.id)] for e in desk.actions.all()}
    assert {key: value for key, value in clashes.items() if value} == {}
