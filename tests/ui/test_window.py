"""The window: pages, keys, Esc, narrow and wide, what closing means, what it remembers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from app.core.paths import Paths
from app.ui.about import About
from app.ui.close_choice import CloseChoice
from app.ui.desk import Desk
from app.ui.help_sheet import HelpSheet
from app.ui.pages import Page
from app.ui.tabs.base import Tab
from app.ui.window import COLLAPSE_BELOW, Window

WAIT_MS = 10_000


class PlainTab(Tab):
    """A page with one field, which remembers what it is given."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.field = QLineEdit()
        self.content.addWidget(self.field)
        self.captured: list[QImage] = []
        self.steps = 0
        desk.actions.add(f"{self.key}.do", f"Do with {self.key}", self.do, shortcut="Ctrl+D", owner=self)
        self.done = 0
        self.retranslate()

    def do(self) -> None:
        self.done += 1

    def focus_input(self) -> None:
        self.field.setFocus()

    def accept_capture(self, image: QImage) -> None:
        self.captured.append(image)

    def go_back(self) -> bool:
        self.steps -= 1
        return self.steps >= 0


class FirstTab(PlainTab):
    key = "first"


class SecondTab(PlainTab):
    key = "second"


class HistoryTab(PlainTab):
    key = "history"


TOOLS = (
    Page("first", "First", "formula", "tests.ui.test_window:FirstTab"),
    Page("second", "Second", "picture", "tests.ui.test_window:SecondTab", captures=True),
)
FOOT = (Page("history", "History", "history", "tests.ui.test_window:HistoryTab"),)

Open = Callable[[], Window]


@pytest.fixture
def open_window(desk: Desk, qtbot: QtBot) -> Iterator[Open]:
    """Make windows one after another on one desk, as starts of the program do."""
    windows: list[Window] = []

    def make() -> Window:
        window = Window(desk, TOOLS, FOOT)
        windows.append(window)
        window.show_last_page()
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
        return window

    yield make
    for window in windows:
        window.hide()
        window.deleteLater()


@pytest.fixture
def window(open_window: Open) -> Window:
    return open_window()


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    target = QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None
    QTest.keyClick(target, key, modifier)


CTRL = Qt.KeyboardModifier.ControlModifier


def tab_of(window: Window, key: str) -> PlainTab:
    tab = window.tab(key)
    assert isinstance(tab, PlainTab)
    return tab


def test_pages_are_built_when_first_shown_and_have_keys(window: Window, qtbot: QtBot) -> None:
    # GIVEN a window with its first page, the keyboard in its input
    assert window.stack.count() == 1
    assert tab_of(window, "first").field.hasFocus()
    # WHEN the keys of the other pages are pressed
    press(Qt.Key.Key_2, CTRL)
    # THEN they come to the front, with the keyboard in their input
    assert window.current_key == "second"
    assert tab_of(window, "second").field.hasFocus()
    assert window.sidebar.button("second").isChecked()
    press(Qt.Key.Key_H, CTRL)
    assert window.current_key == "history"
    assert window.stack.currentWidget() is window.tab("history")
    press(Qt.Key.Key_1, CTRL)
    assert window.current_key == "first"


def test_the_sidebar_is_reached_and_left_with_keys_alone(window: Window) -> None:
    # GIVEN the keyboard in the input of a page
    # WHEN Tab is pressed until it is in the sidebar
    for _ in range(20):
        press(Qt.Key.Key_Tab)
        if window.sidebar.isAncestorOf(QApplication.focusWidget()):
            break
    assert window.sidebar.button("first").hasFocus()
    # THEN the arrows show the pages, round and round, and stay in the sidebar
    for key in ("second", "history", "first"):
        press(Qt.Key.Key_Down)
        assert window.current_key == key
        assert window.sidebar.button(key).hasFocus()
    press(Qt.Key.Key_Up)
    assert window.current_key == "history"
    # WHEN Enter is pressed, THEN the keyboard is in the page
    press(Qt.Key.Key_Return)
    assert tab_of(window, "history").field.hasFocus()


def test_a_click_in_the_sidebar_shows_a_page_and_goes_into_it(window: Window, qtbot: QtBot) -> None:
    # GIVEN the first page
    # WHEN another is clicked
    qtbot.mouseClick(window.sidebar.button("second"), Qt.MouseButton.LeftButton)
    # THEN it is in front and has the keyboard
    assert window.current_key == "second"
    assert tab_of(window, "second").field.hasFocus()


def test_escape_goes_back_one_step_at_a_time(window: Window) -> None:
    # GIVEN history in front, reached from the second tool, with an open step of its own, a message, and a sheet
    window.show_page("second")
    window.show_page("history")
    tab = tab_of(window, "history")
    tab.steps = 1
    window.show_message("News", "warning")
    window.open_help()
    sheet = QApplication.focusWidget()
    # WHEN Esc is pressed again and again, THEN each goes one step back: the sheet, the step, the message, the page
    press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is tab.field is not sheet
    assert (tab.steps, tab.messages.text, window.current_key) == (1, "News", "history")
    press(Qt.Key.Key_Escape)
    assert (tab.steps, tab.messages.text, window.current_key) == (0, "News", "history")
    press(Qt.Key.Key_Escape)
    assert (tab.messages.text, window.current_key) == ("", "history")
    press(Qt.Key.Key_Escape)
    assert window.current_key == "second"
    # WHEN it is pressed in a tool, THEN nothing is lost
    press(Qt.Key.Key_Escape)
    assert window.current_key == "second"
    assert window.isVisible()


def test_escape_leaves_the_sidebar_first(window: Window) -> None:
    # GIVEN the keyboard in the sidebar, at history
    window.show_page("history")
    window.sidebar.focus_page("history")
    # WHEN Esc is pressed
    press(Qt.Key.Key_Escape)
    # THEN the keyboard is in the page, which stays
    assert window.current_key == "history"
    assert tab_of(window, "history").field.hasFocus()


def test_the_sidebar_shows_icons_only_when_there_is_little_room(window: Window, qtbot: QtBot) -> None:
    # GIVEN a wide window with names
    window.resize(COLLAPSE_BELOW + 100, 600)
    qtbot.waitUntil(lambda: window.width() == COLLAPSE_BELOW + 100, timeout=WAIT_MS)
    button = window.sidebar.button("first")
    assert not window.sidebar.is_collapsed
    assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    wide = window.sidebar.width()
    # WHEN it becomes narrow
    window.resize(COLLAPSE_BELOW - 1, 600)
    # THEN only icons are left, whose names are still told
    qtbot.waitUntil(lambda: window.sidebar.is_collapsed, timeout=WAIT_MS)
    assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    assert window.sidebar.width() < wide / 2
    assert button.accessibleName() == "First"
    assert button.toolTip() == "First (Ctrl+1)"
    # WHEN it is wide again, THEN the names are back
    window.resize(COLLAPSE_BELOW, 600)
    qtbot.waitUntil(lambda: not window.sidebar.is_collapsed, timeout=WAIT_MS)


def test_place_size_and_page_are_remembered(paths: Paths, qtbot: QtBot) -> None:
    # GIVEN a window that was moved, made smaller and left on its second page
    for start in (1, 2):
        desk = Desk(paths)
        window = Window(desk, TOOLS, FOOT)
        window.show_last_page()
        window.show()
        qtbot.waitExposed(window)
        if start == 1:
            window.show_page("second")
            window.resize(700, 420)
            window.move(300, 200)
        # WHEN the next start opens one, THEN it is where and as it was
        qtbot.waitUntil(lambda: place_of(window) == (QPoint(300, 200), QSize(700, 420)), timeout=WAIT_MS)  # noqa: B023
        assert window.current_key == "second"
        window.save_state()
        window.hide()
        assert desk.close()
        delete(window)
        desk.deleteLater()


def test_a_damaged_or_unknown_memory_counts_as_none(desk: Desk, open_window: Open) -> None:
    # GIVEN settings with a place that is none and a page that is gone
    desk.settings.set("window.geometry", "né?")
    desk.settings.set("window.last_tab", "gone")
    # WHEN the window opens
    window = open_window()
    # THEN it shows its first page and fits the screen
    assert window.current_key == "first"
    room = QGuiApplication.primaryScreen().availableSize()
    assert window.width() <= room.width()
    assert window.height() <= room.height()


def test_without_a_tray_closing_quits_and_asks_nothing(window: Window, desk: Desk, qtbot: QtBot) -> None:
    # GIVEN a desktop without a tray, and nothing remembered
    assert desk.settings.text("window.last_tab") == ""
    # WHEN the window is closed
    assert window.close()
    # THEN the program quits and remembers, without a question
    qtbot.waitUntil(lambda: desk.settings.text("window.last_tab") == "first", timeout=WAIT_MS)
    assert window.findChild(CloseChoice) is None


def asked(window: Window, qtbot: QtBot) -> CloseChoice:
    """Close a window that has a tray and return the question."""
    window.has_tray = lambda: True
    assert not window.close()
    dialog = window.findChild(CloseChoice)
    assert isinstance(dialog, CloseChoice)
    qtbot.waitUntil(dialog.isActiveWindow, timeout=WAIT_MS)
    return dialog


def test_the_choice_to_stay_in_the_tray_is_made_once(window: Window, desk: Desk, qtbot: QtBot) -> None:
    # GIVEN a window with a tray that is closed for the first time
    dialog = asked(window, qtbot)
    assert window.isVisible()
    # WHEN Enter is pressed on what is offered
    press(Qt.Key.Key_Return)
    # THEN the window goes, nothing quits, and the choice is a setting
    qtbot.waitUntil(lambda: not isValid(dialog), timeout=WAIT_MS)
    assert not window.isVisible()
    assert desk.settings.text("general.close_to_tray") == "tray"
    # WHEN it is called back and closed again, THEN nothing is asked
    window.show_and_raise()
    qtbot.waitExposed(window)
    assert window.close()
    assert window.findChild(CloseChoice) is None
    assert not window.isVisible()


def test_a_choice_that_is_not_to_be_remembered_is_asked_again(window: Window, desk: Desk, qtbot: QtBot) -> None:
    # GIVEN the question with its tick taken away
    dialog = asked(window, qtbot)
    dialog.remember.click()
    # WHEN the tray is chosen
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    # THEN the window goes, and the next time it is asked again
    qtbot.waitUntil(lambda: not isValid(dialog), timeout=WAIT_MS)
    assert not window.isVisible()
    assert desk.settings.text("general.close_to_tray") == "ask"
    window.show_and_raise()
    qtbot.waitExposed(window)
    asked(window, qtbot).reject()


def test_going_back_from_the_question_changes_nothing(window: Window, desk: Desk, qtbot: QtBot) -> None:
    # GIVEN the question
    dialog = asked(window, qtbot)
    # WHEN Esc is pressed
    press(Qt.Key.Key_Escape)
    # THEN the window stays, and nothing was chosen
    qtbot.waitUntil(lambda: not isValid(dialog), timeout=WAIT_MS)
    assert window.isVisible()
    assert desk.settings.text("general.close_to_tray") == "ask"


def test_quit_can_be_chosen_too(window: Window, desk: Desk, qtbot: QtBot) -> None:
    # GIVEN the question
    dialog = asked(window, qtbot)
    # WHEN Quit is pressed
    qtbot.mouseClick(dialog.leave, Qt.MouseButton.LeftButton)
    # THEN the program quits and remembers, and from now on closing is not asked about
    assert desk.settings.text("general.close_to_tray") == "quit"
    assert desk.settings.text("window.last_tab") == "first"
    assert window.close()


def test_logging_out_saves_and_asks_nothing(window: Window, desk: Desk) -> None:
    # GIVEN a window with a tray whose closing was never decided, on its second page
    window.has_tray = lambda: True
    window.show_page("second")
    # WHEN the session ends and closes all windows
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.commitDataRequest.emit(None)
    # THEN everything was remembered before, and no question holds the session up
    assert desk.settings.text("window.last_tab") == "second"
    assert window.close()
    assert window.findChild(CloseChoice) is None


def test_messages_of_any_page_reach_the_tray_while_the_window_is_hidden(window: Window, desk: Desk) -> None:
    # GIVEN a window, and somebody who shows messages elsewhere
    heard: list[tuple[str, str]] = []
    window.unseen_message.connect(lambda *what: heard.append(what))
    desk.message.emit("Seen", "info")
    # WHEN it is hidden and something happens
    window.hide()
    desk.message.emit("The key is taken.", "warning")
    window.tab("second").messages.show_message("Not read.", "error")
    # THEN it was told there, once, and is in the window too
    assert heard == [("The key is taken.", "warning"), ("Not read.", "error")]
    assert window.tab("first").messages.text == "The key is taken."


@pytest.mark.parametrize(("shown", "taker"), [("first", "second"), ("history", "second"), ("second", "second")])
def test_captures_go_to_a_page_that_takes_them(window: Window, desk: Desk, shown: str, taker: str) -> None:
    # GIVEN a page in front
    window.show_page(shown)
    # WHEN a picture is captured
    desk.captured.emit(QImage(8, 8, QImage.Format.Format_RGB32))
    # THEN the page that takes pictures has it and is in front
    assert window.current_key == taker
    assert [image.width() for image in tab_of(window, taker).captured] == [8]


def test_a_shortcut_works_in_the_page_that_is_seen_only(window: Window) -> None:
    # GIVEN two pages with the same keys for actions of their own
    first, second = tab_of(window, "first"), tab_of(window, "second")
    # WHEN they are pressed in each
    press(Qt.Key.Key_D, CTRL)
    window.show_page("second")
    press(Qt.Key.Key_D, CTRL)
    press(Qt.Key.Key_D, CTRL)
    # THEN each page did its own
    assert (first.done, second.done) == (1, 2)


def test_the_menu_lists_what_can_be_done_here(window: Window, desk: Desk, qtbot: QtBot) -> None:
    # GIVEN both tools built
    window.build_pages()
    # WHEN F10 is pressed
    menu = window.tab("first").menu_button.menu()
    texts: list[list[str]] = []

    def look() -> None:
        texts.append([action.text() for action in menu.actions()])
        menu.close()

    menu.aboutToShow.connect(lambda: QTimer.singleShot(0, menu, look))
    press(Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: bool(texts), timeout=WAIT_MS)
    # THEN the page's own actions come first, those of other pages are not there, the program's are at the foot
    assert texts[0][0] == "Do with first"
    assert "Do with second" not in texts[0]
    assert "Go to" in texts[0]
    assert [text for text in texts[0] if text][-1] == "Quit"


def test_about_is_opened_once(window: Window, desk: Desk, qtbot: QtBot) -> None:
    # GIVEN About beside the window
    desk.actions.find("program.about").action.trigger()
    # WHEN it is called again
    desk.actions.find("program.about").action.trigger()
    # THEN there is one, which Esc takes away for good
    (dialog,) = window.findChildren(About)
    qtbot.waitUntil(dialog.isActiveWindow, timeout=WAIT_MS)
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(About), timeout=WAIT_MS)


def test_the_language_is_switched_while_it_is_open(window: Window, desk: Desk) -> None:
    # GIVEN an English window with its sheets made
    window.open_help()
    window.open_palette()
    # WHEN the language becomes Chinese
    desk.settings.set("general.language", "zh_CN")
    # THEN sidebar, tips, titles and the palette are Chinese at once
    assert window.sidebar.button("history").text() == "历史"
    assert window.sidebar.button("history").toolTip() == "历史 (Ctrl+H)"
    assert window.tab("first").menu_button.accessibleName() == "全部操作"
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.placeholderText() == "想做什么？"
    assert desk.actions.find("program.quit").action.text() == "退出"
    # WHEN it goes back, THEN they are English again
    desk.settings.set("general.language", "en")
    assert window.sidebar.button("history").text() == "History"


def test_going_to_a_page_closes_the_sheet_over_the_window(window: Window) -> None:
    # GIVEN the list of keys over the first page
    window.open_help()
    sheet = window.findChild(HelpSheet)
    assert isinstance(sheet, HelpSheet)
    # WHEN a shortcut leads to another page
    press(Qt.Key.Key_2, CTRL)
    # THEN nothing covers it, and the keyboard is in it
    assert not sheet.isVisible()
    assert tab_of(window, "second").field.hasFocus()


def place_of(window: QWidget) -> tuple[QPoint, QSize]:
    return window.pos(), window.size()
