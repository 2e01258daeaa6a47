"""The tray icon: its menu does what the window does, in both languages, and it tells what a hidden window cannot."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from app.ui.desk import Desk
from app.ui.tray import Tray, has_tray


@pytest.fixture
def tray(desk: Desk, qtbot: QtBot) -> Iterator[Tray]:
    tray = Tray(desk)
    yield tray
    tray.close()
    tray.deleteLater()


def heard_by(tray: Tray, desk: Desk) -> list[str]:
    heard: list[str] = []
    desk.capture_requested.connect(lambda: heard.append("capture"))
    tray.shown.connect(lambda: heard.append("show"))
    tray.ended.connect(lambda: heard.append("quit"))
    return heard


def test_its_menu_captures_shows_and_quits(tray: Tray, desk: Desk) -> None:
    # GIVEN the tray's menu
    heard = heard_by(tray, desk)
    actions = [action for action in tray.icon.contextMenu().actions() if not action.isSeparator()]
    assert [action.text() for action in actions] == ["Capture", "Show Paperdesk", "Quit"]
    assert all(not action.icon().isNull() for action in actions)
    # WHEN each is chosen, THEN it asks for what it says, once
    for action in actions:
        action.trigger()
    assert heard == ["capture", "show", "quit"]


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (QSystemTrayIcon.ActivationReason.Trigger, ["show"]),
        (QSystemTrayIcon.ActivationReason.DoubleClick, ["show"]),
        (QSystemTrayIcon.ActivationReason.Context, []),
        (QSystemTrayIcon.ActivationReason.MiddleClick, []),
    ],
)
def test_a_click_shows_the_window(
    tray: Tray, desk: Desk, reason: QSystemTrayIcon.ActivationReason, expected: list[str]
) -> None:
    # GIVEN the icon, WHEN it is clicked, THEN the window is asked for, unless the click is for the menu
    heard = heard_by(tray, desk)
    tray.icon.activated.emit(reason)
    assert heard == expected


def test_a_click_on_a_message_shows_the_window(tray: Tray, desk: Desk) -> None:
    # GIVEN a message at the icon, WHEN it is clicked, THEN the window is asked for
    heard = heard_by(tray, desk)
    tray.say("The key is taken.", "warning")
    tray.icon.messageClicked.emit()
    assert heard == ["show"]


def test_it_speaks_chinese_at_once(tray: Tray, desk: Desk) -> None:
    # GIVEN the tray in English, WHEN the language becomes Chinese, THEN so does its menu
    desk.settings.set("general.language", "zh_CN")
    texts = [action.text() for action in tray.icon.contextMenu().actions() if not action.isSeparator()]
    assert texts[1:] == ["显示 Paperdesk", "退出"]
    assert all(ord(letter) > 0x2E80 for letter in texts[0])


def test_a_desktop_without_a_tray_is_known(tray: Tray) -> None:
    # GIVEN a desktop without a tray, THEN that is known, and the icon waits for one
    assert not has_tray()
    assert tray.icon.isVisible()
    # WHEN it is taken down, THEN it waits no more
    tray.close()
    assert not tray.icon.isVisible()
