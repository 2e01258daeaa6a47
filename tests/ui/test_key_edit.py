from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.key_edit import KeyEdit, portable_keys

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
META = Qt.KeyboardModifier.MetaModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def edit(qtbot: QtBot) -> KeyEdit:
    field = KeyEdit()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=8000)
    return field


@pytest.mark.parametrize(
    ("key", "modifiers", "keys"),
    [
        (Qt.Key.Key_M, CTRL | ALT, "Ctrl+Alt+M"),
        (Qt.Key.Key_F5, NONE, "F5"),
        (Qt.Key.Key_Question, CTRL | SHIFT, "Ctrl+?"),
        (Qt.Key.Key_A, CTRL | SHIFT, "Ctrl+Shift+A"),
        (Qt.Key.Key_Backtab, CTRL | SHIFT, "Ctrl+Shift+Tab"),
        (Qt.Key.Key_PageDown, META, "Meta+PgDown"),
        (Qt.Key.Key_1, CTRL | Qt.KeyboardModifier.KeypadModifier, "Ctrl+1"),
        (Qt.Key.Key_Plus, CTRL, "Ctrl++"),
    ],
)
def test_a_pressed_combination_is_taken_as_portable_text(
    qtbot: QtBot, edit: KeyEdit, key: Qt.Key, modifiers: Qt.KeyboardModifier, keys: str
) -> None:
    # GIVEN a listening field
    edit.listen()

    # WHEN
    with qtbot.waitSignal(edit.keys_changed) as taken:
        qtbot.keyClick(edit, key, modifiers)

    # THEN
    assert taken.args == [keys]
    assert edit.keys() == keys
    assert QKeySequence.fromString(keys, QKeySequence.SequenceFormat.PortableText).toString() == keys
    assert not edit.is_listening()


def test_a_system_wide_key_keeps_its_shift() -> None:
    # GIVEN a symbol typed with Shift, WHEN it is for the whole system, THEN Shift stays
    assert portable_keys(Qt.Key.Key_Exclam, CTRL | SHIFT, keep_shift=True) == "Ctrl+Shift+!"


def test_modifiers_show_while_they_are_held(qtbot: QtBot, edit: KeyEdit) -> None:
    # GIVEN
    edit.listen()
    assert edit.placeholderText() == "Press the keys"

    # WHEN / THEN
    press, release = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
    steps = [
        (press, Qt.Key.Key_Control, NONE, "Ctrl+…"),
        (press, Qt.Key.Key_Shift, CTRL, "Ctrl+Shift+…"),
        (release, Qt.Key.Key_Shift, CTRL | SHIFT, "Ctrl+…"),
        (release, Qt.Key.Key_Control, CTRL, ""),
    ]
    for kind, key, held, shown in steps:
        QApplication.sendEvent(edit, QKeyEvent(kind, key, held))
        assert edit.text() == shown
    assert edit.is_listening()


def test_escape_goes_back_and_backspace_clears(qtbot: QtBot, edit: KeyEdit) -> None:
    # GIVEN keys
    edit.set_keys("Ctrl+M")
    changes: list[str] = []
    edit.keys_changed.connect(changes.append)

    # WHEN listening is given up, THEN they stay
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.is_listening()
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert not edit.is_listening()
    assert edit.text() == "Ctrl+M"
    assert changes == []

    # WHEN cleared, THEN they are gone
    qtbot.keyClick(edit, Qt.Key.Key_Space)
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    assert changes == [""]
    assert edit.placeholderText() == "None"


def test_a_key_that_types_text_is_refused_where_a_modifier_is_needed(qtbot: QtBot) -> None:
    # GIVEN
    edit = KeyEdit(require_modifier=True)
    qtbot.addWidget(edit)
    edit.show()
    edit.listen()

    # WHEN a letter is pressed with Shift alone, THEN it is refused and the field goes on listening
    with qtbot.waitSignal(edit.refused) as refused:
        qtbot.keyClick(edit, Qt.Key.Key_M, SHIFT)
    assert "Ctrl" in refused.args[0]
    assert edit.is_listening()

    # WHEN a key that types nothing is pressed, THEN it is taken
    qtbot.keyClick(edit, Qt.Key.Key_Print)
    assert edit.keys() == "Print"


def test_while_listening_no_other_shortcut_and_no_tab_acts(qtbot: QtBot) -> None:
    # GIVEN a window with a shortcut and a field that listens
    window = QMainWindow()
    qtbot.addWidget(window)
    content = QWidget()
    layout = QVBoxLayout(content)
    edit, other = KeyEdit(), QPushButton("other")
    layout.addWidget(edit)
    layout.addWidget(other)
    window.setCentralWidget(content)
    fired: list[str] = []
    action = window.addAction("Act")
    action.setShortcut("Ctrl+D")
    action.triggered.connect(lambda: fired.append("act"))
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    edit.listen()

    # WHEN / THEN the shortcut's keys are taken and it does not fire
    qtbot.keyClick(edit, Qt.Key.Key_D, CTRL)
    assert edit.keys() == "Ctrl+D"
    assert fired == []

    # WHEN / THEN Tab is a key like any other while it listens, and moves on at rest
    edit.listen()
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.keys() == "Tab"
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert window.focusWidget() is other


def test_losing_the_focus_ends_listening(qtbot: QtBot, edit: KeyEdit) -> None:
    # GIVEN
    edit.set_keys("Ctrl+M")
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    assert edit.is_listening()

    # WHEN
    edit.clearFocus()

    # THEN
    assert not edit.is_listening()
    assert edit.keys() == "Ctrl+M"
