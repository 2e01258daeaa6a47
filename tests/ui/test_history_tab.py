from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QPixmap, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.history import Entry, History
from app.ui.desk import Desk
from app.ui.history_listing import Filter
from app.ui.history_model import KEPT, HistoryModel, Role
from app.ui.history_tab import HistoryTab
from app.ui.tabs.base import Tab

WAIT_MS = 20_000
MANY = 100_000
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

Open = Callable[[], HistoryTab]


class Receiver(Tab):
    """Stands where the Formula tab stands and notes what it is given."""

    key = "formula"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.entries: list[Entry] = []

    def accept_entry(self, entry: Entry) -> None:
        self.entries.append(entry)


def png(colour: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (120, 40), colour).save(buffer, "PNG")
    return buffer.getvalue()


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    qtbot.keyClick(widget, key, modifiers)


def texts(tab: HistoryTab) -> list[str]:
    """Return what all rows show, None for what is not read yet."""
    return [tab.model.data(tab.model.index(row)) for row in range(tab.model.rowCount())]


def selected(tab: HistoryTab) -> list[str]:
    """Return the texts of the selected rows; one that is deleted already may be selected for a moment longer."""
    chosen = tab.selected()
    found = tab.desk.history.entries(chosen)
    return [found[entry_id].text for entry_id in chosen if entry_id in found]


def button(tab: HistoryTab, text: str) -> QAbstractButton:
    shown = {each.text().replace("&", ""): each for each in tab.findChildren(QPushButton) if each.isVisible()}
    assert text in shown, list(shown)
    return shown[text]


def fill(history: History, count: int) -> None:
    """Put many results into the history, one a second, the newest a second ago."""
    now = datetime.now(tz=timezone.utc).timestamp()
    rows = ((now - count + number, f"x_{{{number}}} = {number % 97}") for number in range(count))
    with closing(sqlite3.connect(history.path)) as connection, connection:
        connection.executemany("INSERT INTO entry (tool, created, text, detail) VALUES ('formula', ?, ?, '{}')", rows)


@pytest.fixture
def open_tab(qtbot: QtBot, desk: Desk) -> Iterator[Open]:
    """Show the history in a window of its own, in step with the database."""

    def show() -> HistoryTab:
        window = QWidget()
        window.resize(1000, 640)
        tab = HistoryTab(desk)
        row = QHBoxLayout(window)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(tab)
        qtbot.addWidget(window)
        windows.append(window)
        with qtbot.waitSignal(tab.model.updated, timeout=WAIT_MS):
            window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
        tab.focus_input()
        qtbot.waitUntil(tab.search.hasFocus, timeout=WAIT_MS)
        return tab

    windows: list[QWidget] = []
    yield show


@pytest.fixture
def tab(open_tab: Open, desk: Desk) -> HistoryTab:
    """The history with three results: gamma is the newest."""
    for text in ("alpha", "beta", "gamma"):
        desk.history.add("formula", text)
    return open_tab()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Everything a tool finds for you is kept here"), ("zh_CN", "各工具为您得到的所有结果都会保存在这里")],
)
def test_an_empty_history_says_what_will_be_here(
    open_tab: Open, desk: Desk, shot: Callable[[QWidget, str], Path], language: str, words: str
) -> None:
    # GIVEN
    desk.settings.set("general.language", language)

    # WHEN
    tab = open_tab()

    # THEN
    assert words in tab._empty.texts()
    assert tab._empty.isVisible()
    assert not tab.list.isVisible()
    shot(tab, f"history-empty-{language}")


def test_results_come_newest_first_with_time_tool_and_picture(qtbot: QtBot, open_tab: Open, desk: Desk) -> None:
    # GIVEN
    desk.history.add("formula", "a")
    desk.history.add("formula", "b", thumbnail=png("#c02020"))

    # WHEN
    tab = open_tab()

    # THEN
    assert texts(tab) == ["b", "a"]
    first = tab.model.index(0)
    assert first.data(Role.WHEN) == "just now"
    assert first.data(Role.TOOL) == "Formula"
    qtbot.waitUntil(lambda: isinstance(first.data(Role.THUMBNAIL), QPixmap), timeout=WAIT_MS)

    def red_is_painted() -> bool:
        picture = tab.list.viewport().grab().toImage()
        row = tab.list.visualRect(first)
        return any(picture.pixelColor(x, row.center().y()) == QColor("#c02020") for x in range(row.width()))

    qtbot.waitUntil(red_is_painted, timeout=WAIT_MS)
    assert tab._count.text() == "2 results"


def test_what_is_typed_is_found_and_enter_copies_it(qtbot: QtBot, tab: HistoryTab) -> None:
    # WHEN a search is typed and Enter pressed before the search has begun
    qtbot.keyClicks(tab.search, "al")
    press(qtbot, Qt.Key.Key_Return)

    # THEN the first result found is selected
    qtbot.waitUntil(lambda: selected(tab) == ["alpha"], timeout=WAIT_MS)
    assert texts(tab) == ["alpha"]
    assert tab.list.hasFocus()

    # WHEN / THEN Enter copies it, and the button says so for a while
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "alpha", timeout=WAIT_MS)
    assert button(tab, "Copied").isEnabled()
    qtbot.waitUntil(lambda: tab._copy_button.text() == "&Copy", timeout=WAIT_MS)


def test_what_is_searched_for_is_marked(qtbot: QtBot, tab: HistoryTab, desk: Desk) -> None:
    # GIVEN
    marked = desk.theme.colour("difference")

    def is_marked(row: int) -> bool:
        picture = tab.list.viewport().grab().toImage()
        rect = tab.list.visualRect(tab.model.index(row))
        points = ((x, y) for x in range(rect.left(), rect.right(), 2) for y in range(rect.top(), rect.bottom(), 2))
        return any(picture.pixelColor(x, y) == marked for x, y in points)

    assert not is_marked(0)

    # WHEN
    qtbot.keyClicks(tab.search, "ALPH")

    # THEN
    qtbot.waitUntil(lambda: texts(tab) == ["alpha"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: is_marked(0), timeout=WAIT_MS)


def test_a_search_without_result_says_so_and_escape_clears_it(qtbot: QtBot, tab: HistoryTab) -> None:
    # WHEN
    qtbot.keyClicks(tab.search, "delta")

    # THEN
    qtbot.waitUntil(tab._empty.isVisible, timeout=WAIT_MS)
    assert "No result contains “delta”" in tab._empty.texts()

    # WHEN / THEN
    assert tab.go_back()
    qtbot.waitUntil(lambda: len(texts(tab)) == 3, timeout=WAIT_MS)
    assert tab.list.isVisible()
    assert not tab.go_back()


def test_the_keyboard_goes_into_the_list_and_back(qtbot: QtBot, tab: HistoryTab) -> None:
    # WHEN / THEN
    press(qtbot, Qt.Key.Key_Down)
    assert tab.list.hasFocus()
    assert selected(tab) == ["gamma"]
    press(qtbot, Qt.Key.Key_End)
    assert selected(tab) == ["alpha"]
    press(qtbot, Qt.Key.Key_Home)
    assert selected(tab) == ["gamma"]
    press(qtbot, Qt.Key.Key_Up)
    assert tab.search.hasFocus()

    # WHEN / THEN Tab leaves the list instead of walking through it
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Tab)
    assert not tab.list.hasFocus()
    tab.list.setFocus()
    assert tab.go_back()
    assert tab.search.hasFocus()


def test_several_results_are_copied_in_their_order(qtbot: QtBot, tab: HistoryTab) -> None:
    # WHEN
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Down, SHIFT)
    press(qtbot, Qt.Key.Key_C, CTRL)

    # THEN
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "gamma\nbeta", timeout=WAIT_MS)
    assert tab._count.text() == "2 of 3 selected"


def test_a_pinned_result_goes_to_the_top_and_stays_selected(qtbot: QtBot, tab: HistoryTab, desk: Desk) -> None:
    # GIVEN
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_End)

    # WHEN
    press(qtbot, Qt.Key.Key_P)

    # THEN
    qtbot.waitUntil(lambda: texts(tab) == ["alpha", "gamma", "beta"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: selected(tab) == ["alpha"], timeout=WAIT_MS)
    assert [entry.text for entry in desk.history.search(pinned=True)] == ["alpha"]

    # WHEN its button, which now unpins, is pressed
    qtbot.mouseClick(button(tab, "Unpin"), Qt.MouseButton.LeftButton)

    # THEN
    qtbot.waitUntil(lambda: texts(tab) == ["gamma", "beta", "alpha"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: selected(tab) == ["alpha"], timeout=WAIT_MS)
    assert button(tab, "Pin").isEnabled()


def test_a_letter_typed_in_the_search_pins_nothing(qtbot: QtBot, tab: HistoryTab, desk: Desk) -> None:
    # GIVEN a selected result and the cursor in the search
    tab.list.select_rows([0])

    # WHEN
    press(qtbot, Qt.Key.Key_P)

    # THEN
    assert tab.search.text() == "p"
    qtbot.waitUntil(lambda: len(texts(tab)) == 1, timeout=WAIT_MS)
    assert desk.history.count(pinned=True) == 0


def test_a_deleted_result_comes_back_with_undo(qtbot: QtBot, tab: HistoryTab, desk: Desk) -> None:
    # GIVEN the second of three results selected
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Down)

    # WHEN
    press(qtbot, Qt.Key.Key_Delete)

    # THEN it is gone without a question, and the next one is selected
    qtbot.waitUntil(lambda: texts(tab) == ["gamma", "alpha"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: selected(tab) == ["alpha"], timeout=WAIT_MS)
    assert tab.messages.text == "1 result deleted."
    assert desk.history.count() == 2

    # WHEN
    qtbot.mouseClick(button(tab, "Undo"), Qt.MouseButton.LeftButton)

    # THEN
    qtbot.waitUntil(lambda: texts(tab) == ["gamma", "beta", "alpha"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: selected(tab) == ["beta"], timeout=WAIT_MS)
    assert tab.messages.text == ""


def test_deletions_are_undone_one_after_the_other(qtbot: QtBot, tab: HistoryTab) -> None:
    # GIVEN two deletions in a row, the last of the last row
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_End)
    press(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: selected(tab) == ["beta"], timeout=WAIT_MS)
    press(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: selected(tab) == ["gamma"], timeout=WAIT_MS)

    # WHEN / THEN
    press(qtbot, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: texts(tab) == ["gamma", "beta"], timeout=WAIT_MS)
    assert tab.messages.text == "1 result deleted."

    # WHEN / THEN it works from the search too
    tab.focus_input()
    press(qtbot, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: texts(tab) == ["gamma", "beta", "alpha"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: tab.messages.text == "", timeout=WAIT_MS)
    assert not tab._undo.isEnabled()


def test_undo_leaves_other_messages_alone(qtbot: QtBot, tab: HistoryTab) -> None:
    # GIVEN a deletion, and news after it
    tab.messages.show_message("The old file is kept.", "warning")
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(texts(tab)) == 2, timeout=WAIT_MS)

    # WHEN
    press(qtbot, Qt.Key.Key_Z, CTRL)

    # THEN
    qtbot.waitUntil(lambda: len(texts(tab)) == 3, timeout=WAIT_MS)
    assert tab.messages.text == "The old file is kept."


def test_all_but_the_pinned_are_deleted_at_once(qtbot: QtBot, tab: HistoryTab, desk: Desk) -> None:
    # GIVEN
    desk.history.set_pinned([1], pinned=True)
    qtbot.waitUntil(lambda: texts(tab) == ["alpha", "gamma", "beta"], timeout=WAIT_MS)

    # WHEN
    desk.actions.find("history.clear").action.trigger()

    # THEN
    qtbot.waitUntil(lambda: texts(tab) == ["alpha"], timeout=WAIT_MS)
    assert tab.messages.text == "2 results deleted."

    # WHEN / THEN again
    desk.actions.find("history.clear").action.trigger()
    qtbot.waitUntil(lambda: "every result is pinned" in tab.messages.text, timeout=WAIT_MS)

    # WHEN / THEN undone
    desk.actions.find("history.undo").action.trigger()
    qtbot.waitUntil(lambda: texts(tab) == ["alpha", "gamma", "beta"], timeout=WAIT_MS)


def test_the_list_keeps_to_one_tool_or_to_what_is_pinned(qtbot: QtBot, open_tab: Open, desk: Desk) -> None:
    # GIVEN results of two tools, one of which is not installed any more
    desk.history.add("formula", "x")
    other = desk.history.add("ruler", "y")
    desk.history.set_pinned([other.id], pinned=True)
    tab = open_tab()
    assert texts(tab) == ["y", "x"]

    # WHEN / THEN one tool, chosen with the keyboard
    tab.filters.tools.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: texts(tab) == ["x"], timeout=WAIT_MS)
    assert tab.filters.tools.currentText() == "Formula"
    press(qtbot, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: len(texts(tab)) == 2, timeout=WAIT_MS)

    # WHEN / THEN pinned ones
    qtbot.mouseClick(tab.filters.pinned, Qt.MouseButton.LeftButton, pos=QPoint(8, tab.filters.pinned.height() // 2))
    qtbot.waitUntil(lambda: texts(tab) == ["y"], timeout=WAIT_MS)

    # THEN what no tool can show cannot be opened
    tab.list.select_rows([0])
    assert not button(tab, "Open").isEnabled()
    assert button(tab, "Copy").isEnabled()


def test_the_wheel_over_the_tools_changes_nothing(qtbot: QtBot, tab: HistoryTab) -> None:
    # GIVEN
    tools = tab.filters.tools
    tools.setFocus()
    place = QPointF(tools.rect().center())
    wheel = QWheelEvent(
        place,
        QPointF(tools.mapToGlobal(place)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    # WHEN
    QApplication.sendEvent(tools, wheel)

    # THEN
    assert tools.currentIndex() == 0


def test_a_result_is_opened_in_its_tool_with_its_picture(qtbot: QtBot, open_tab: Open, desk: Desk) -> None:
    # GIVEN the tool's tab in the same window
    desk.history.add("formula", "x", detail={"engine": "onnx"}, thumbnail=png("blue"))
    tab = open_tab()
    receiver = Receiver(desk)
    layout = tab.window().layout()
    assert layout
    layout.addWidget(receiver)
    asked: list[str] = []
    desk.tab_requested.connect(asked.append)

    # WHEN
    press(qtbot, Qt.Key.Key_Down)
    assert button(tab, "Open in Formula").isEnabled()
    press(qtbot, Qt.Key.Key_O, CTRL)

    # THEN
    qtbot.waitUntil(lambda: bool(receiver.entries), timeout=WAIT_MS)
    assert asked == ["formula"]
    assert receiver.entries[0].text == "x"
    assert receiver.entries[0].detail == {"engine": "onnx"}
    assert receiver.entries[0].thumbnail == png("blue")


def test_a_new_result_comes_without_disturbing_the_selection(qtbot: QtBot, tab: HistoryTab, desk: Desk) -> None:
    # GIVEN
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Down)
    assert selected(tab) == ["beta"]

    # WHEN
    desk.history.add("formula", "delta")
    desk.history.update(2, text="beta, corrected")

    # THEN
    qtbot.waitUntil(lambda: texts(tab) == ["delta", "gamma", "beta, corrected", "alpha"], timeout=WAIT_MS)
    assert selected(tab) == ["beta, corrected"]
    assert tab.list.currentIndex().row() == 2


def test_what_happens_while_nobody_looks_is_there_afterwards(qtbot: QtBot, tab: HistoryTab, desk: Desk) -> None:
    # GIVEN a history that is not shown, and another process
    tab.hide()
    other = History(desk.paths.history_file)

    # WHEN
    other.add("formula", "delta")
    other.delete([1])
    other.close()
    tab.show()

    # THEN
    qtbot.waitUntil(lambda: texts(tab) == ["delta", "gamma", "beta"], timeout=WAIT_MS)


def test_the_menu_of_a_row_offers_what_can_be_done(qtbot: QtBot, tab: HistoryTab) -> None:
    # GIVEN
    press(qtbot, Qt.Key.Key_Down)

    # WHEN
    tab.list.customContextMenuRequested.emit(tab.list.visualRect(tab.model.index(0)).center())
    menu = QApplication.activePopupWidget()

    # THEN
    assert isinstance(menu, QMenu)
    offered = {action.text(): action.isEnabled() for action in menu.actions() if isinstance(action, QAction)}
    menu.close()
    assert offered["Copy again"]
    assert offered["Delete result"]
    assert not offered["Undo deletion"]


def test_times_go_on_while_the_list_is_shown(qtbot: QtBot, desk: Desk) -> None:
    # GIVEN a result and a clock
    created = desk.history.add("formula", "x").created
    clock = [created]
    model = HistoryModel(desk, {"formula": "Formula"}, lambda: clock[0])
    with qtbot.waitSignal(model.updated, timeout=WAIT_MS):
        model.set_filter(Filter())
    assert model.index(0).data(Role.WHEN) == "just now"
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "x, Formula, just now"

    # WHEN
    clock[0] = created + timedelta(minutes=5)
    with qtbot.waitSignals([model.dataChanged, model.updated], timeout=WAIT_MS):
        model._clock.timeout.emit()

    # THEN
    assert model.index(0).data(Role.WHEN) == "5 min ago"


def test_a_hundred_thousand_results_are_all_within_reach(qtbot: QtBot, open_tab: Open, desk: Desk) -> None:
    # GIVEN
    fill(desk.history, MANY)
    tab = open_tab()
    assert tab._count.text() == "100,000 results"
    assert texts_read(tab) <= KEPT

    # WHEN / THEN the oldest is one key away
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_End)
    last = tab.model.index(MANY - 1)
    qtbot.waitUntil(lambda: last.data() == "x_{0} = 0", timeout=WAIT_MS)
    assert tab.list.viewport().rect().contains(tab.list.visualRect(last).center())

    # WHEN / THEN every page on the way shows what it should, and little of it is kept
    bar = tab.list.verticalScrollBar()
    for part in range(0, 101, 10):
        bar.setValue(bar.maximum() * part // 100)
        row = tab.list.rowAt(tab.list.viewport().height() // 2)
        number = MANY - 1 - row
        index = tab.model.index(row)
        qtbot.waitUntil(
            lambda index=index, number=number: index.data() == f"x_{{{number}}} = {number % 97}", timeout=WAIT_MS
        )
    assert texts_read(tab) <= KEPT

    # WHEN / THEN one of them is searched
    tab.focus_input()
    qtbot.keyClicks(tab.search, "x_{4711}")
    qtbot.waitUntil(lambda: texts(tab) == ["x_{4711} = 55"], timeout=WAIT_MS)
    tab.search.clear()
    qtbot.waitUntil(lambda: tab.model.rowCount() == MANY, timeout=WAIT_MS)

    # WHEN / THEN all are deleted and brought back
    tab.list.setFocus()
    press(qtbot, Qt.Key.Key_A, CTRL)
    assert tab._count.text() == "100,000 of 100,000 selected"
    press(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(tab._empty.isVisible, timeout=WAIT_MS)
    assert desk.history.count() == 0
    desk.actions.find("history.undo").action.trigger()
    qtbot.waitUntil(lambda: tab.model.rowCount() == MANY, timeout=WAIT_MS)
    assert desk.history.count() == MANY


def texts_read(tab: HistoryTab) -> int:
    return len(tab.model._entries.known())


def test_a_history_damaged_while_in_use_is_set_aside_in_words(qtbot: QtBot, tab: HistoryTab, desk: Desk) -> None:
    # GIVEN the file overwritten under the running program
    qtbot.waitUntil(lambda: desk.tasks.running == 0, timeout=WAIT_MS)
    with closing(sqlite3.connect(desk.history.path)) as connection:
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    with desk.history.path.open("r+b") as file:
        file.write(b"\xff" * desk.history.path.stat().st_size)

    # WHEN it is read next
    qtbot.keyClicks(tab.search, "a")

    # THEN the user hears of it, and what comes now is kept
    qtbot.waitUntil(lambda: "The old file is kept as" in tab.messages.text, timeout=WAIT_MS)
    assert list(desk.history.path.parent.glob("*.damaged-*"))
    desk.history.add("formula", "after")
    qtbot.waitUntil(lambda: texts(tab) == ["after"], timeout=WAIT_MS)


def test_what_could_not_be_deleted_stays_and_is_said(qtbot: QtBot, tab: HistoryTab, desk: Desk) -> None:
    # GIVEN a history that another program holds
    desk.history._connection.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(desk.history.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        # WHEN
        press(qtbot, Qt.Key.Key_Down)
        press(qtbot, Qt.Key.Key_Delete)

        # THEN
        qtbot.waitUntil(lambda: "in use by another program" in tab.messages.text, timeout=WAIT_MS)
        assert tab.messages.kind == "error"
        assert len(texts(tab)) == 3
        other.execute("ROLLBACK")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_is_said_in_chinese_at_once(
    qtbot: QtBot, tab: HistoryTab, desk: Desk, shot: Callable[[QWidget, str], Path], theme: str
) -> None:
    # GIVEN a result that was selected, and another deleted
    desk.settings.set("general.theme", theme)
    press(qtbot, Qt.Key.Key_Down)
    shot(tab, f"history-en-{theme}")

    # WHEN
    desk.settings.set("general.language", "zh_CN")

    # THEN
    assert tab.title_label.text() == "历史"
    assert tab.search.placeholderText() == "搜索历史"
    assert tab._count.text() == "3 个结果"
    assert tab.model.index(0).data(Role.WHEN) == "刚刚"
    assert tab.model.index(0).data(Role.TOOL) == "公式"
    button(tab, "在“公式”中打开(O)")
    assert tab.filters.tools.itemText(0) == "所有工具"
    assert desk.actions.find("history.pin").action.text() == "固定或取消固定"
    press(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: tab.messages.text == "已删除 1 个结果。", timeout=WAIT_MS)
    shot(tab, f"history-zh_CN-{theme}")


def test_deleted_results_go_for_good_with_the_next_start_and_old_ones_by_the_setting(desk: Desk) -> None:
    # GIVEN a deleted, an old and a new result
    gone, old, new = (desk.history.add("formula", text).id for text in ("gone", "old", "new"))
    with closing(sqlite3.connect(desk.history.path)) as connection, connection:
        connection.execute("UPDATE entry SET created = created - 86400 * 40 WHERE id = ?", (old,))
    desk.history.delete([gone])
    desk.settings.set("history.retention_days", 30)

    # WHEN
    desk.history.purge(desk.settings.integer("history.retention_days"))

    # THEN
    desk.history.restore([gone])
    assert desk.history.ids() == [new]
