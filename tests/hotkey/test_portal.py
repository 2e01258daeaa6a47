"""The desktop's portal keeps the hotkey: presses arrive, refusals are explained, the thread ends."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.hotkey.backend import HotkeyError
from app.hotkey.portal import Portal
from tests.desktop_portal import DESKTOP, DesktopPortal, desktop_portal, private_bus

SESSION = f"{DESKTOP}/session/1_1/paperdesk"


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DesktopPortal]:
    with private_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with desktop_portal() as running:
            running.answers = {"CreateSession": (0, {"session_handle": ("s", SESSION)}), "BindShortcuts": (0, {})}
            yield running


@pytest.fixture
def heard() -> list[object]:
    return []


@pytest.fixture
def hotkey(portal: DesktopPortal, heard: list[object]) -> Iterator[Portal]:
    backend = Portal()
    assert backend.is_available()
    yield backend
    backend.unregister()
    assert "hotkey-portal" not in {thread.name for thread in threading.enumerate()}


def test_each_press_is_heard_once(qtbot: QtBot, portal: DesktopPortal, hotkey: Portal, heard: list[object]) -> None:
    # GIVEN the shortcut is bound
    hotkey.register("Ctrl+Alt+M", lambda: heard.append("pressed"), heard.append)
    qtbot.waitUntil(lambda: bool(portal.called("BindShortcuts")))
    session, shortcuts, *_ = portal.called("BindShortcuts")[0]
    assert session == SESSION
    assert shortcuts[0][1]["preferred_trigger"] == ("s", "CTRL+ALT+m")
    # WHEN it is pressed twice, and somebody else's shortcut once
    portal.press(SESSION)
    portal.press(SESSION, "other")
    portal.press(f"{DESKTOP}/session/other")
    portal.press(SESSION)
    # THEN two presses are heard
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == ["pressed", "pressed"]


@pytest.mark.parametrize(("code", "words"), [(1, "did not give"), (2, "could not")])
def test_a_refusal_says_what_to_do(
    qtbot: QtBot, portal: DesktopPortal, hotkey: Portal, heard: list[object], code: int, words: str
) -> None:
    portal.answers["BindShortcuts"] = (code, {})
    hotkey.register("Ctrl+Alt+M", lambda: None, heard.append)
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert isinstance(heard[0], HotkeyError)
    assert words in str(heard[0])
    assert "paperdesk capture" in str(heard[0])


def test_a_desktop_without_hotkeys_says_what_to_do(
    qtbot: QtBot, portal: DesktopPortal, hotkey: Portal, heard: list[object]
) -> None:
    portal.answers.clear()
    hotkey.register("Ctrl+Alt+M", lambda: None, heard.append)
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert "paperdesk capture" in str(heard[0])


def test_a_new_key_replaces_the_old_one(
    qtbot: QtBot, portal: DesktopPortal, hotkey: Portal, heard: list[object]
) -> None:
    hotkey.register("Ctrl+Alt+M", lambda: heard.append("old"), heard.append)
    qtbot.waitUntil(lambda: len(portal.called("BindShortcuts")) == 1)
    hotkey.register("Ctrl+Alt+N", lambda: heard.append("new"), heard.append)
    qtbot.waitUntil(lambda: len(portal.called("BindShortcuts")) == 2)
    portal.press(SESSION)
    qtbot.waitUntil(lambda: heard == ["new"])
