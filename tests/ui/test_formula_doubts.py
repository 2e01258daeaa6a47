"""What the engine is not sure of in its answer: underlined, named, and changed with a key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from app.formula.engine import Candidate, Doubt
from app.ui.desk import Desk
from app.ui.formula.pictures import Source
from app.ui.formula.recognition import candidates_in
from app.ui.tabs.formula import FormulaTab
from tests.ui.formula_parts import WAIT_MS, StubReader, entries, open_tab, picture, read

LATEX = r"\alpha n+x_i"
ANSWER = Candidate(LATEX, 0.6, doubts=(Doubt(7, 8, 0.4, "m"), Doubt(10, 12, 0.5)))


@pytest.fixture
def tab(desk: Desk, qtbot: QtBot) -> Iterator[FormulaTab]:
    reader = StubReader()
    reader.latex, reader.confidence, reader.candidates = LATEX, 0.6, (ANSWER,)
    with open_tab(desk, reader, qtbot) as tab:
        read(qtbot, tab, [Source("file", picture())])
        yield tab


def underlined(tab: FormulaTab) -> list[str]:
    wave = QTextCharFormat.UnderlineStyle.WaveUnderline
    marks = tab.editor.extraSelections()
    return [mark.cursor.selectedText() for mark in marks if mark.format.underlineStyle() == wave]


def middle_of(tab: FormulaTab, place: int) -> QPoint:
    """The middle of a doubtful place, in the editor's viewport."""
    cursor = tab.editor.textCursor()
    cursor.setPosition(tab.editor.doubts[place].cursor.selectionEnd())
    return tab.editor.cursorRect(cursor).center() - QPoint(2, 0)


def test_what_the_engine_is_not_sure_of_is_underlined_and_counted(tab: FormulaTab) -> None:
    assert underlined(tab) == ["n", "_i"]
    assert "2 places in doubt" in tab.bar.text
    assert tab.actions_of_tab.doubt.isEnabled()


def test_keys_go_to_a_doubt_and_change_it(qtbot: QtBot, tab: FormulaTab) -> None:
    # GIVEN the cursor at the end WHEN the next doubt is asked for
    tab.actions_of_tab.doubt.trigger()
    # THEN the first is selected, and what it may be is said
    assert tab.editor.textCursor().selectedText() == "n"
    qtbot.waitUntil(lambda: "It may be m" in QToolTip.text(), timeout=WAIT_MS)
    # WHEN it is changed
    with qtbot.waitSignal(tab.preview.drawn, timeout=WAIT_MS):
        tab.actions_of_tab.take_other.trigger()
    # THEN one doubt is left, where it was, and undo brings the other back
    assert tab.editor.latex == r"\alpha m+x_i"
    assert underlined(tab) == ["_i"]
    assert "1 place in doubt" in tab.bar.text
    tab.editor.undo()
    assert tab.editor.latex == LATEX
    assert underlined(tab) == ["n", "_i"]
    # AND the next doubt after the last is the first
    tab.editor.moveCursor(tab.editor.textCursor().MoveOperation.Start)
    for shown in ("n", "_i", "n"):
        tab.actions_of_tab.doubt.trigger()
        assert tab.editor.textCursor().selectedText() == shown


def test_a_doubt_without_another_reading_stays_as_it_is(tab: FormulaTab) -> None:
    cursor = tab.editor.textCursor()
    cursor.setPosition(11)
    tab.editor.setTextCursor(cursor)
    tab.actions_of_tab.take_other.trigger()
    assert tab.editor.latex == LATEX


def test_doubts_move_with_the_text_and_end_when_they_are_typed_over(qtbot: QtBot, tab: FormulaTab) -> None:
    # WHEN something is typed before the doubts THEN they stay with their letters
    tab.editor.moveCursor(tab.editor.textCursor().MoveOperation.Start)
    qtbot.keyClicks(tab.editor, "2")
    assert underlined(tab) == ["n", "_i"]
    # WHEN one of them is corrected THEN it is none any more
    tab.actions_of_tab.doubt.trigger()
    qtbot.keyClicks(tab.editor, "k")
    assert tab.editor.latex == r"2\alpha k+x_i"
    assert underlined(tab) == ["_i"]
    assert "1 place in doubt" in tab.bar.text


def test_the_mouse_hears_of_a_doubt_and_its_menu_changes_it(qtbot: QtBot, tab: FormulaTab) -> None:
    # GIVEN the mouse over a doubt WHEN it rests THEN it is told
    place = middle_of(tab, 0)
    everywhere = tab.editor.viewport().mapToGlobal(place)
    QApplication.sendEvent(tab.editor.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, place, everywhere))
    qtbot.waitUntil(lambda: "It may be m" in QToolTip.text(), timeout=WAIT_MS)

    # WHEN the first line of the menu is taken
    def take() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert menu.actions()[0].text() == "Change to m"
        menu.actions()[0].trigger()
        menu.close()

    QTimer.singleShot(0, take)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, everywhere, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(tab.editor.viewport(), event)
    # THEN the other reading is there
    assert tab.editor.latex == r"\alpha m+x_i"


def test_the_history_keeps_doubts(tab: FormulaTab, desk: Desk) -> None:
    # GIVEN the entry of the answer
    (entry,) = entries(desk)
    # THEN its doubts are in it, and what is no doubt is none
    (kept,) = candidates_in(entry.detail)
    assert [(each.start, each.end, each.instead) for each in kept.doubts] == [(7, 8, "m"), (10, 12, "")]
    assert candidates_in({"candidates": [["x", 0.5]]}) == [Candidate("x", 0.5)]
    assert candidates_in({"candidates": [["x", 0.5, [[1]]]]}) == []
    assert candidates_in({"candidates": [["x", 0.5, [[1, 900, 0.5, "y"]]]]})[0].doubts


def test_places_that_the_text_does_not_have_are_not_underlined(tab: FormulaTab) -> None:
    tab.editor.show_doubts([Doubt(5, 900, 0.1, "y")])
    assert underlined(tab) == []
