from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import StorageError
from app.core.i18n import mark
from app.core.settings import Option, Settings
from app.ui.desk import Desk
from app.ui.key_edit import KeyEdit
from app.ui.preference_editors import Switch, make_editor
from app.ui.preference_row import PreferenceRow, highlighted
from app.ui.preferences import FILES_PAGE, SHORTCUTS_PAGE, PreferencesTab

WAIT_MS = 8000
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton

W = TypeVar("W", bound=QWidget)


class Login:
    """A desktop's list of programs started at log-in."""

    def __init__(self) -> None:
        self.command: list[str] = []
        self.refuses = False

    def is_enabled(self) -> bool:
        return bool(self.command)

    def enable(self, command: Sequence[str]) -> None:
        if self.refuses:
            raise StorageError("The desktop refused.")
        self.command = list(command)

    def disable(self) -> None:
        self.command = []


@pytest.fixture
def login() -> Login:
    return Login()


@pytest.fixture
def tab(qtbot: QtBot, desk: Desk, login: Login) -> PreferencesTab:
    """The settings, shown in a window that has the keyboard."""
    desk.actions.add("find", mark("Find an action"), lambda: None, shortcut="Ctrl+K")
    tab = PreferencesTab(desk, login)
    desk.actions.attach(tab)
    qtbot.addWidget(tab)
    tab.resize(1000, 640)
    tab.show()
    qtbot.waitExposed(tab)
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow, timeout=WAIT_MS)
    tab.focus_input()
    qtbot.waitUntil(tab._search.hasFocus, timeout=WAIT_MS)
    return tab


def row_of(tab: PreferencesTab, key: str) -> PreferenceRow:
    rows = [row for section in tab.sections for row in section.rows if isinstance(row, PreferenceRow)]
    return next(row for row in rows if row.option.key == key)


def page_of(tab: PreferencesTab, key: str) -> PreferenceRow:
    """Go to the page of a setting and return its row."""
    tab.show_page(next(section.title for section in tab.sections if row_of(tab, key) in section.rows))
    row = row_of(tab, key)
    assert row.isVisible()
    return row


def field_of(row: PreferenceRow, kind: type[W]) -> W:
    field = row.editor.field
    assert isinstance(field, kind)
    return field


def shown(tab: PreferencesTab) -> list[str]:
    rows = [row for section in tab.sections for row in section.rows if isinstance(row, PreferenceRow)]
    return [row.option.key for row in rows if row.isVisible()]


def search(qtbot: QtBot, tab: PreferencesTab, text: str) -> None:
    """Type into the search and wait until it was looked for."""
    tab._search.clear()
    if text.isascii():
        qtbot.keyClicks(tab._search, text)
    else:
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QApplication.sendEvent(tab._search, typed)
    qtbot.waitUntil(lambda: not tab._search_timer.isActive(), timeout=WAIT_MS)


def turn_wheel(widget: QWidget) -> None:
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place,
        QPointF(widget.mapToGlobal(place)),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def saved(desk: Desk) -> Settings:
    """Return the settings as the next start will read them."""
    return Settings(desk.settings.path, desk.settings.options)


def test_every_setting_that_is_not_hidden_has_a_row_on_its_page(tab: PreferencesTab, desk: Desk) -> None:
    # GIVEN
    visible = [option for option in desk.settings.options if not option.hidden]

    # WHEN / THEN
    for option in visible:
        row = page_of(tab, option.key)
        assert row.editor.field.accessibleName() == option.title
        assert row.editor.field.isEnabled()
    titles = [tab._pages.item(row).text() for row in range(tab._pages.count())]
    assert titles[:4] == ["General", "Capture", "History", "Formula"]
    assert titles == [*dict.fromkeys(option.group for option in visible), "Keyboard shortcuts", "Files"]


def test_the_language_changes_at_once(qtbot: QtBot, tab: PreferencesTab, desk: Desk) -> None:
    # GIVEN
    box = field_of(page_of(tab, "general.language"), QComboBox)

    # WHEN it is chosen with the keyboard
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)

    # THEN
    assert box.currentText() == "简体中文"
    assert tab.title_label.text() == "设置"
    last = tab._pages.count() - 1
    shown_titles = [tab._pages.item(row).text() for row in (0, 2, 3, last - 1, last)]
    assert shown_titles == ["常规", "历史", "公式", "键盘快捷键", "文件"]
    assert tab._search.placeholderText() == "搜索所有设置"
    assert box.itemText(0) == "与系统一致"
    assert saved(desk).text("general.language") == "zh_CN"


def test_the_look_changes_at_once(qtbot: QtBot, tab: PreferencesTab, desk: Desk) -> None:
    # GIVEN
    desk.settings.set("general.theme", "light")
    box = field_of(page_of(tab, "general.theme"), QComboBox)
    assert box.currentText() == "Light"

    # WHEN
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)

    # THEN
    assert desk.theme.is_dark
    assert saved(desk).text("general.theme") == "dark"
    assert tab.palette().window().color() == desk.theme.colour("window")


def test_a_switch_takes_clicks_and_the_space_key(qtbot: QtBot, tab: PreferencesTab, desk: Desk) -> None:
    # GIVEN
    row = page_of(tab, "formula.auto_copy")
    switch = field_of(row, Switch)
    assert switch.isChecked()

    # WHEN / THEN
    qtbot.mouseClick(switch, LEFT)
    assert not desk.settings.flag("formula.auto_copy")
    assert row.reset_button.isVisible()
    switch.setFocus()
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert desk.settings.flag("formula.auto_copy")
    assert not row.reset_button.isVisible()


def test_starting_at_log_in_is_switched_on_and_off(qtbot: QtBot, tab: PreferencesTab, desk: Desk, login: Login) -> None:
    # GIVEN
    switch = field_of(page_of(tab, "general.autostart"), Switch)

    # WHEN / THEN
    qtbot.mouseClick(switch, LEFT)
    assert login.command[-1] == "--hidden"
    assert saved(desk).flag("general.autostart")
    qtbot.mouseClick(switch, LEFT)
    assert login.command == []
    assert not desk.settings.flag("general.autostart")


def test_what_the_desktop_refuses_is_said_in_the_row(
    qtbot: QtBot, tab: PreferencesTab, desk: Desk, login: Login
) -> None:
    # GIVEN
    login.refuses = True
    row = page_of(tab, "general.autostart")
    switch = field_of(row, Switch)

    # WHEN
    qtbot.mouseClick(switch, LEFT)

    # THEN
    assert row.error.isVisible()
    assert row.error.text() == "The desktop refused."
    assert not switch.isChecked()
    assert not desk.settings.flag("general.autostart")

    # WHEN / THEN the complaint goes with its cause
    login.refuses = False
    qtbot.mouseClick(switch, LEFT)
    assert switch.isChecked()
    assert not row.error.isVisible()


def test_what_the_desktop_changed_by_itself_is_taken_over(tab: PreferencesTab, desk: Desk, login: Login) -> None:
    # GIVEN the desktop's own settings switched it on
    login.command = ["paperdesk"]

    # WHEN the page comes to the front again
    tab.focus_input()

    # THEN
    assert desk.settings.flag("general.autostart")
    assert field_of(page_of(tab, "general.autostart"), Switch).isChecked()


def test_settings_that_cannot_be_saved_are_said_and_not_in_force(
    qtbot: QtBot, tab: PreferencesTab, desk: Desk, login: Login
) -> None:
    # GIVEN a folder in the place of the file
    desk.settings.path.unlink()
    desk.settings.path.mkdir()

    # WHEN / THEN in a row
    row = page_of(tab, "formula.auto_copy")
    switch = field_of(row, Switch)
    qtbot.mouseClick(switch, LEFT)
    assert "was not saved" in row.error.text()
    assert switch.isChecked()

    # WHEN / THEN with what the desktop changed
    login.command = ["paperdesk"]
    tab.focus_input()
    assert "was not saved" in tab.messages.text
    assert tab.messages.kind == "warning"


def test_days_are_typed_and_read_in_words(qtbot: QtBot, tab: PreferencesTab, desk: Desk) -> None:
    # GIVEN
    box = field_of(page_of(tab, "history.retention_days"), QSpinBox)
    assert box.text() == "For ever"

    # WHEN
    box.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(box, "3")
    assert desk.settings.integer("history.retention_days") == 0
    qtbot.keyClicks(box, "0")
    qtbot.keyClick(box, Qt.Key.Key_Return)

    # THEN it acts when it is complete
    assert desk.settings.integer("history.retention_days") == 30
    assert box.text() == "30 days"

    # WHEN / THEN
    desk.settings.set("history.retention_days", 1)
    assert box.text() == "1 day"
    desk.settings.set("general.language", "zh_CN")
    assert box.text() == "1 天"
    desk.settings.set("history.retention_days", 0)
    assert box.text() == "永久"


def test_the_way_back_to_the_default(qtbot: QtBot, tab: PreferencesTab, desk: Desk) -> None:
    # GIVEN
    desk.settings.set("formula.beam_width", 7)
    row = page_of(tab, "formula.beam_width")
    box = field_of(row, QSpinBox)
    assert box.value() == 7

    # WHEN it is pressed with the keyboard
    row.reset_button.setFocus()
    qtbot.keyClick(row.reset_button, Qt.Key.Key_Space)

    # THEN
    assert box.value() == desk.settings.option("formula.beam_width").default
    assert desk.settings.is_default("formula.beam_width")
    assert box.hasFocus()
    assert not row.reset_button.isVisible()
    assert "beam_width" not in desk.settings.path.read_text()


def test_the_wheel_changes_no_setting_even_in_the_field_with_the_keyboard(
    qtbot: QtBot, tab: PreferencesTab, desk: Desk
) -> None:
    # GIVEN a window so low that the page scrolls
    tab.resize(1000, 280)
    before = desk.settings.path.read_text()
    for key in ("general.theme", "general.close_to_tray", "history.retention_days", "formula.beam_width"):
        field = page_of(tab, key).editor.field
        field.setFocus()

        # WHEN
        turn_wheel(field)

        # THEN
        assert desk.settings.is_default(key)
    assert desk.settings.path.read_text() == before
    bar = tab._scroll.verticalScrollBar()
    field = page_of(tab, "general.theme").editor.field
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=WAIT_MS)
    turn_wheel(field)
    assert bar.value() > 0


def test_the_hotkey_is_set_by_pressing_it(qtbot: QtBot, tab: PreferencesTab, desk: Desk) -> None:
    # GIVEN
    row = page_of(tab, "capture.hotkey")
    field = field_of(row, KeyEdit)

    # WHEN
    qtbot.mouseClick(field, LEFT)
    qtbot.keyClick(field, Qt.Key.Key_F, CTRL | ALT)

    # THEN
    assert saved(desk).text("capture.hotkey") == "Ctrl+Alt+F"

    # WHEN / THEN keys that type text are refused in words
    qtbot.mouseClick(field, LEFT)
    qtbot.keyClick(field, Qt.Key.Key_F)
    assert "Hold Ctrl, Alt or Meta too" in row.error.text()
    assert desk.settings.text("capture.hotkey") == "Ctrl+Alt+F"

    # WHEN / THEN Backspace removes them
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert desk.settings.text("capture.hotkey") == ""
    assert not row.error.isVisible()


def test_a_hotkey_that_does_something_else_is_refused_in_words(qtbot: QtBot, tab: PreferencesTab, desk: Desk) -> None:
    # GIVEN
    row = page_of(tab, "capture.hotkey")
    field = field_of(row, KeyEdit)

    # WHEN
    qtbot.mouseClick(field, LEFT)
    qtbot.keyClick(field, Qt.Key.Key_K, CTRL)

    # THEN
    assert row.error.text().startswith("Ctrl+K already starts “Find an action”.")
    assert field.keys() == "Ctrl+Alt+M"
    assert desk.settings.is_default("capture.hotkey")


def test_news_of_an_old_hotkey_go_when_another_is_chosen(qtbot: QtBot, tab: PreferencesTab) -> None:
    # GIVEN
    tab.messages.show_message("Another program already uses Ctrl+Alt+M.", "warning")
    field = field_of(page_of(tab, "capture.hotkey"), KeyEdit)

    # WHEN
    qtbot.mouseClick(field, LEFT)
    qtbot.keyClick(field, Qt.Key.Key_J, CTRL | ALT)

    # THEN
    assert tab.messages.text == ""


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("dark", ["general.theme"]),
        ("NUMBERED", ["formula.copy_format"]),
        ("tray closed", ["general.close_to_tray"]),
        ("retention", ["history.retention_days"]),
        ("hotkey", ["general.close_to_tray", "general.autostart", "capture.hotkey", "look_up.hotkey"]),
    ],
)
def test_settings_are_found_by_any_of_their_words(
    qtbot: QtBot, tab: PreferencesTab, query: str, keys: list[str]
) -> None:
    # WHEN
    search(qtbot, tab, query)

    # THEN
    assert shown(tab) == keys

    # WHEN / THEN Down leads to the first
    qtbot.keyClick(tab._search, Qt.Key.Key_Down)
    assert row_of(tab, keys[0]).editor.field.hasFocus()


def test_a_search_in_chinese_finds_chinese_and_english_words(qtbot: QtBot, tab: PreferencesTab, desk: Desk) -> None:
    # GIVEN
    desk.settings.set("general.language", "zh_CN")

    # WHEN / THEN
    search(qtbot, tab, "深色")
    assert shown(tab) == ["general.theme"]
    search(qtbot, tab, "dark")
    assert shown(tab) == ["general.theme"]


def test_a_search_without_result_says_so_and_escape_clears_it(qtbot: QtBot, tab: PreferencesTab) -> None:
    # WHEN
    search(qtbot, tab, "zebra")

    # THEN
    assert tab._nothing.isVisible()
    assert tab._nothing.text() == "No setting contains “zebra”."

    # WHEN / THEN
    assert tab.go_back()
    assert tab._search.text() == ""
    assert shown(tab)[0] == "general.language"
    assert not tab.go_back()


def test_a_click_on_the_page_that_is_chosen_ends_the_search(qtbot: QtBot, tab: PreferencesTab) -> None:
    # GIVEN
    search(qtbot, tab, "cores")
    assert shown(tab) == ["formula.threads"]

    # WHEN
    place = tab._pages.visualItemRect(tab._pages.item(0)).center()
    qtbot.mouseClick(tab._pages.viewport(), LEFT, pos=place)

    # THEN
    assert tab._search.text() == ""
    assert "general.language" in shown(tab)


def test_a_search_leads_to_the_shortcuts_that_match(qtbot: QtBot, tab: PreferencesTab) -> None:
    # GIVEN
    search(qtbot, tab, "find an action")
    button = tab._shortcuts_link.button
    assert button.isVisible()

    # WHEN
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)

    # THEN
    assert tab.shortcuts.isVisible()
    assert tab.shortcuts._text_filter.text() == "find an action"


def test_the_pages_are_walked_with_the_keyboard(qtbot: QtBot, tab: PreferencesTab) -> None:
    # WHEN
    qtbot.keyClick(tab._search, Qt.Key.Key_Down)
    assert tab._pages.hasFocus()
    qtbot.keyClick(tab._pages, Qt.Key.Key_Down)

    # THEN
    assert shown(tab) == ["capture.hotkey", "look_up.hotkey"]

    # WHEN / THEN Tab goes into the page
    qtbot.keyClick(tab._pages, Qt.Key.Key_Tab)
    assert row_of(tab, "capture.hotkey").editor.field.hasFocus()


def test_folders_are_opened_or_named(
    qtbot: QtBot, tab: PreferencesTab, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a desktop that opens folders, or does not
    opened: list[QUrl] = []
    answers = [True, False]

    def open_url(url: QUrl) -> bool:
        opened.append(url)
        return answers.pop(0)

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    desk.paths.data.mkdir(parents=True, exist_ok=True)
    tab.show_page(FILES_PAGE)
    button = next(section for section in tab.sections if section.title == FILES_PAGE).rows[0].button  # type: ignore[union-attr]

    # WHEN / THEN
    qtbot.mouseClick(button, LEFT)
    assert Path(opened[0].toLocalFile()) == desk.paths.data
    assert tab.messages.text == ""
    qtbot.mouseClick(button, LEFT)
    assert str(desk.paths.data) in tab.messages.text


def test_what_is_changed_elsewhere_is_shown(tab: PreferencesTab, desk: Desk) -> None:
    # GIVEN
    row = page_of(tab, "general.close_to_tray")

    # WHEN
    desk.settings.set("general.close_to_tray", "tray")

    # THEN
    assert field_of(row, QComboBox).currentText() == "Stay in the tray"
    assert row.reset_button.isVisible()


def test_decimals_and_texts_are_edited_too(qtbot: QtBot, desk: Desk) -> None:
    # GIVEN fields for settings that a tool may add
    number = make_editor(Option("t.scale", float, 1.0, "Scale", minimum=0.5, maximum=2.0), desk.theme)
    text = make_editor(Option("t.name", str, "a", "Name"), desk.theme)
    heard: list[object] = []
    for editor, value in ((number, 1.0), (text, "a")):
        qtbot.addWidget(editor)
        editor.show_value(value)
        editor.changed.connect(heard.append)
    assert heard == []

    # WHEN
    number.field.setFocus()
    qtbot.keyClick(number.field, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(number.field, "1.75")
    qtbot.keyClick(number.field, Qt.Key.Key_Return)
    qtbot.keyClicks(text.field, "bc")
    assert heard == [1.75]
    qtbot.keyClick(text.field, Qt.Key.Key_Return)

    # THEN
    assert heard == [1.75, "abc"]


def test_what_is_searched_for_is_marked_and_nothing_else_becomes_markup(desk: Desk) -> None:
    # GIVEN / WHEN
    text = highlighted("a <b> & A", ["a"], desk.theme.colour("difference"))

    # THEN
    colour = desk.theme.colour("difference").name()
    mark = f'<span style="background-color: {colour}">'
    assert text == f"{mark}a</span> &lt;b&gt; &amp; {mark}A</span>"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_cut_off_on_any_page(
    tab: PreferencesTab, desk: Desk, shot: Callable[[QWidget, str], Path], language: str, theme: str
) -> None:
    # GIVEN the smallest supported window less the sidebar
    desk.settings.set("general.language", language)
    desk.settings.set("general.theme", theme)
    tab.resize(860, 640)

    # WHEN / THEN
    for number, section in enumerate(tab.sections):
        tab.show_page(section.title)
        shot(tab, f"preferences-{number}-{language}-{theme}")
        if section.title == SHORTCUTS_PAGE:
            continue
        assert section.isVisible()
        assert section.width() >= section.minimumSizeHint().width()
        assert section.mapTo(tab._scroll.viewport(), section.rect().topRight()).x() <= tab._scroll.viewport().width()
    widths = [tab._pages.sizeHintForColumn(0), tab._pages.viewport().width()]
    assert widths == sorted(widths)
