"""Cards over the window: the keys behind F1, and what all cards have in common."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.ui.desk import Desk
from app.ui.help_sheet import HelpSheet
from app.ui.widgets.sheet import Sheet
from app.ui.window import Window

WAIT_MS = 10_000


def active(qtbot: QtBot, window: QWidget) -> None:
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifier)


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[Window]:
    window = Window(desk)
    qtbot.addWidget(window)
    window.show_last_page()
    window.resize(1100, 760)
    active(qtbot, window)
    yield window
    window.hide()


def help_of(window: Window) -> HelpSheet:
    """Press F1 and return the sheet."""
    press(Qt.Key.Key_F1)
    sheet = window.findChild(HelpSheet)
    assert isinstance(sheet, HelpSheet)
    return sheet


def test_f1_shows_the_keys_of_the_page_and_those_that_work_everywhere(window: Window, desk: Desk) -> None:
    # GIVEN a page
    # WHEN F1 is pressed
    sheet = help_of(window)
    # THEN every shortcut that works here is listed with its name, and Esc
    assert sheet.isVisible()
    here = [each for each in desk.actions.all() if each.owner in (None, window.current_tab) and each.keys]
    assert {(each.keys, each.title) for each in here} <= set(sheet.rows)
    assert sheet.rows[-1] == ("Esc", "One step back")
    # WHEN it is pressed again, THEN the sheet goes
    press(Qt.Key.Key_F1)
    assert not sheet.isVisible()


def test_each_page_has_its_own_keys_and_changed_ones_are_shown(window: Window, desk: Desk) -> None:
    # GIVEN history in front, and other keys for one of the first page's actions
    window.show_page("history")
    desk.actions.set_shortcut("program.about", "Ctrl+F12")
    # WHEN F1 is pressed
    rows = help_of(window).rows
    # THEN the first page's keys are not there, those of this page and the new keys are
    formula = {each.title for each in desk.actions.all() if each.id.startswith("formula.")}
    assert not formula & {title for _, title in rows}
    own = {each.title for each in desk.actions.all() if each.owner is window.current_tab and each.keys}
    assert own <= {title for _, title in rows}
    assert ("Ctrl+F12", "About Paperdesk") in rows


def test_in_chinese_the_sheet_is_chinese(window: Window, desk: Desk) -> None:
    # GIVEN the Chinese window, WHEN F1 is pressed
    desk.settings.set("general.language", "zh_CN")
    sheet = help_of(window)
    # THEN every line of it is Chinese
    assert all(any(ord(letter) > 0x2E80 for letter in text) for _, text in sheet.rows)
    assert "按键" in [label.text() for label in sheet.findChildren(QLabel)]


def test_what_does_not_fit_is_scrolled_with_keys(window: Window, qtbot: QtBot) -> None:
    # GIVEN a low window
    window.resize(700, 400)
    qtbot.waitUntil(lambda: window.size() == QSize(700, 400), timeout=WAIT_MS)
    sheet = help_of(window)
    area = sheet.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=WAIT_MS)
    # WHEN a key is pressed
    press(Qt.Key.Key_PageDown)
    # THEN the sheet scrolls, and it is within the window
    assert bar.value() > 0
    assert window.rect().contains(sheet.card.geometry())


def test_the_sheet_has_a_button_to_close_it(window: Window, qtbot: QtBot) -> None:
    # GIVEN the sheet, WHEN its button is clicked
    sheet = help_of(window)
    close = sheet.card.findChild(QToolButton)
    assert isinstance(close, QToolButton)
    assert close.accessibleName() == "Close"
    with qtbot.waitSignal(sheet.closed, timeout=WAIT_MS):
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    # THEN it has gone
    assert not sheet.isVisible()


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[QWidget]:
    """A window with two fields."""
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    for _ in range(2):
        layout.addWidget(QLineEdit())
    page.resize(700, 500)
    active(qtbot, page)
    yield page
    page.hide()


def sheet_over(desk: Desk, page: QWidget) -> Sheet:
    """Open a sheet with two buttons over a window whose first field has the keyboard."""
    fields(page)[0].setFocus()
    sheet = Sheet(desk.theme, page, 300)
    for name in ("One", "Two"):
        sheet.body.addWidget(QPushButton(name))
    sheet.open()
    sheet.findChildren(QPushButton)[0].setFocus()
    return sheet


def fields(page: QWidget) -> list[QLineEdit]:
    return [each for each in page.findChildren(QLineEdit) if each.parent() is page]


def test_tab_stays_in_the_card(desk: Desk, page: QWidget) -> None:
    # GIVEN a sheet with two buttons, the first with the keyboard
    sheet = sheet_over(desk, page)
    one, two = sheet.findChildren(QPushButton)
    # WHEN Tab is pressed again and again, and once with Shift
    seen = []
    for _ in range(3):
        press(Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    # THEN the keyboard goes round in the card
    assert seen == [two, one, two]
    assert one.hasFocus()


def test_keys_do_not_reach_the_window_below_and_escape_gives_the_keyboard_back(desk: Desk, page: QWidget) -> None:
    # GIVEN a sheet over a field
    sheet = sheet_over(desk, page)
    # WHEN letters and Esc are pressed
    press(Qt.Key.Key_A)
    press(Qt.Key.Key_Escape)
    # THEN the letters went nowhere, and the field has the keyboard again
    assert not sheet.isVisible()
    assert fields(page)[0].text() == ""
    assert fields(page)[0].hasFocus()


def test_it_goes_when_the_keyboard_goes_elsewhere(desk: Desk, page: QWidget) -> None:
    # GIVEN a sheet
    sheet = sheet_over(desk, page)
    # WHEN an action puts the keyboard into another field below
    fields(page)[1].setFocus()
    # THEN the sheet is not in the way, and the keyboard stays there
    assert not sheet.isVisible()
    assert fields(page)[1].hasFocus()


def test_what_had_the_keyboard_may_be_gone_when_it_closes(desk: Desk, page: QWidget) -> None:
    # GIVEN a sheet over a field that is deleted meanwhile
    sheet = sheet_over(desk, page)
    delete(fields(page)[0])
    # WHEN the sheet is closed, THEN it goes
    sheet.close_sheet()
    assert not sheet.isVisible()


def test_it_follows_the_size_of_the_window(desk: Desk, page: QWidget, qtbot: QtBot) -> None:
    # GIVEN a sheet that covers the window
    sheet = sheet_over(desk, page)
    assert sheet.geometry() == page.rect()
    # WHEN the window becomes narrower than the card
    page.resize(260, 300)
    # THEN the sheet covers it still, and the card is within it
    qtbot.waitUntil(lambda: sheet.geometry() == page.rect(), timeout=WAIT_MS)
    assert sheet.rect().contains(sheet.card.geometry())
