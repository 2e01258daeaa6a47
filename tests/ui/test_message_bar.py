"""One message at a time: the newest, with those that last below it; closed with a key, by itself or by its action."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.desk import Desk
from app.ui.widgets.message_bar import KEPT, KINDS, MessageBar

WAIT_MS = 10_000


@pytest.fixture
def bar(desk: Desk, qtbot: QtBot) -> Iterator[MessageBar]:
    page = QWidget()
    qtbot.addWidget(page)
    bar = MessageBar(desk.theme)
    layout = QVBoxLayout(page)
    layout.addWidget(QPushButton("Elsewhere"))
    layout.addWidget(bar)
    page.resize(600, 200)
    page.show()
    qtbot.waitExposed(page)
    yield bar
    page.hide()


def label_of(bar: MessageBar) -> QLabel:
    return bar.findChildren(QLabel)[1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_is_shown_with_its_kind(bar: MessageBar, kind: str) -> None:
    # GIVEN an empty bar, which takes no room
    assert not bar.isVisible()
    heard: list[tuple[str, str]] = []
    bar.shown.connect(lambda *what: heard.append(what))
    # WHEN something is said
    bar.show_message("It happened.", kind)
    # THEN it is seen with a picture, and its kind is told to who cannot see it
    assert bar.isVisible()
    assert (bar.text, bar.kind) == ("It happened.", kind)
    assert not bar.findChildren(QLabel)[0].pixmap().isNull()
    assert label_of(bar).accessibleName() == f"{KINDS[kind]}: It happened."
    assert heard == [("It happened.", kind)]


def test_what_lasts_comes_back_when_newer_messages_have_gone(bar: MessageBar) -> None:
    # GIVEN a warning, news, and more news over it
    bar.show_message("The key is taken.", "warning")
    bar.show_message("One formula read.", "success")
    bar.show_message("Two formulas read.", "success")
    # WHEN the newest is closed
    assert bar.step_back()
    # THEN the warning is back, older news is not; and then nothing is left
    assert bar.text == "The key is taken."
    assert bar.step_back()
    assert not bar.isVisible()
    assert not bar.step_back()


def test_the_same_message_is_there_once_and_not_too_many_are_kept(bar: MessageBar) -> None:
    # GIVEN many errors, each said twice
    for number in range(3 * KEPT):
        for _ in range(2):
            bar.show_message(f"Error {number}", "error")
    # WHEN all are closed one by one
    steps = 0
    while bar.step_back():
        steps += 1
    # THEN the newest were there, once each
    assert steps == KEPT + 1


def test_its_action_is_called_once_and_the_message_goes(bar: MessageBar, qtbot: QtBot) -> None:
    # GIVEN a message with an action
    calls: list[str] = []
    bar.show_message("Cleared.", "info", ("Undo", lambda: calls.append(bar.text)))
    button = bar.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    assert button.text() == "Undo"
    # WHEN it is pressed
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    # THEN the message has gone before the action is called
    assert calls == [""]
    assert not bar.isVisible()
    # WHEN a message without one comes, THEN there is no button
    bar.show_message("News", "info")
    assert not button.isVisible()


def test_passing_news_goes_by_itself_and_takes_nothing_else_with_it(bar: MessageBar, qtbot: QtBot) -> None:
    # GIVEN a warning and passing news over it
    bar.show_message("The key is taken.", "warning")
    bar.show_message("Saved.", "success", timeout_ms=50)
    # WHEN its time is over
    qtbot.waitUntil(lambda: bar.text == "The key is taken.", timeout=WAIT_MS)
    # THEN the warning stays: a newer message stops the clock of the older
    bar.show_message("Saved.", "success", timeout_ms=50)
    bar.show_message("Lasting", "error")
    assert bar.text == "Lasting"
    assert not any(timer.isActive() for timer in bar.findChildren(QTimer))


@pytest.mark.parametrize("way", ["escape", "click"])
def test_it_is_closed_by_key_and_mouse_and_the_keyboard_goes_on(bar: MessageBar, qtbot: QtBot, way: str) -> None:
    # GIVEN a message with the keyboard on its button
    bar.show_message("News", "warning")
    close = bar.findChild(QToolButton)
    assert isinstance(close, QToolButton)
    bar.window().activateWindow()
    close.setFocus()
    qtbot.waitUntil(close.hasFocus, timeout=WAIT_MS)
    # WHEN it is closed
    if way == "escape":
        qtbot.keyClick(close, Qt.Key.Key_Escape)
    else:
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    # THEN it has gone and something else has the keyboard
    assert not bar.isVisible()
    focus = bar.window().focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Elsewhere"


def test_texts_are_texts_and_long_ones_are_seen_whole(bar: MessageBar, qtbot: QtBot) -> None:
    # GIVEN a text with what looks like markup in it, longer than the bar is wide
    text = "<b>x</b> " + "cannot be read because the file is damaged, " * 8
    # WHEN it is shown
    bar.show_message(text, "error")
    label = label_of(bar)
    # THEN it is shown as it is, on as many lines as it needs
    assert label.textFormat() == Qt.TextFormat.PlainText
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()), timeout=WAIT_MS)
    assert label.height() > 2 * label.fontMetrics().height()


def test_it_follows_the_theme(bar: MessageBar, desk: Desk) -> None:
    # GIVEN a message in light colours
    desk.settings.set("general.theme", "light")
    bar.show_message("News", "info")
    light = bar.grab().toImage().pixelColor(bar.width() // 2, 3).lightness()
    # WHEN dark is chosen, THEN its ground is dark
    desk.settings.set("general.theme", "dark")
    assert bar.grab().toImage().pixelColor(bar.width() // 2, 3).lightness() < 128 < light
