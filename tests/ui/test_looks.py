"""The whole window in both languages, light and dark: pictures are kept, texts fit, targets are large."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QRadioButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.about import About
from app.ui.acronym.empty_state import EXAMPLES
from app.ui.desk import Desk
from app.ui.theme import HIT_AREA_PX
from app.ui.window import Window

WAIT_MS = 10_000
SIZE = QSize(1280, 720)
SMALL = QSize(1024, 640)
PAGES = ("formula", "acronym", "palette", "history", "settings")
PLACES = (*PAGES, "commands", "keys", "about")
MORE_THAN_BLANK = 12
"""Colours that a picture with text in it has at least."""

Shot = Callable[[QWidget, str], Path]


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[Window]:
    desk.history.add("formula", r"\frac{a}{b}", detail={"confidence": 0.9})
    window = Window(desk)
    qtbot.addWidget(window)
    window.show_last_page()
    window.resize(SIZE)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    yield window
    window.hide()


def go(window: Window, place: str) -> QWidget:
    """Bring a place to the front and return what is to be looked at."""
    if place in PAGES:
        window.show_page(place)
    elif place == "commands":
        window.open_palette()
    elif place == "keys":
        window.open_help()
    else:
        window.desk.actions.find("program.about").action.trigger()
        (about,) = window.findChildren(About)
        return about
    return window


def painted(qtbot: QtBot, window: Window, widget: QWidget) -> None:
    """Wait until a place has its layout and its content."""
    qtbot.waitExposed(widget)
    qtbot.waitUntil(lambda: not window.desk.tasks.running, timeout=WAIT_MS)
    for each in (widget, *widget.findChildren(QWidget)):
        QApplication.sendPostedEvents(each, QEvent.Type.LayoutRequest.value)


def name_of(widget: QWidget) -> str:
    text = getattr(widget, "text", lambda: "")()
    return f"{type(widget).__name__} {text or widget.accessibleName() or widget.objectName()!r}"


def clipped(widget: QWidget) -> list[str]:
    """Return the visible texts that have less room than they need."""
    faults = []
    for each in widget.findChildren(QLabel):
        if each.isVisible() and each.text():
            ratio = each.heightForWidth(each.width()) if each.wordWrap() else each.sizeHint().height()
            wide = each.wordWrap() or each.width() >= each.sizeHint().width()
            if not wide or each.height() < ratio:
                faults.append(f"{name_of(each)}: {each.size()} < {each.sizeHint()}, {ratio}")
    for button in widget.findChildren(QAbstractButton):
        if isinstance(button, QToolButton) and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
            continue
        needs = button.minimumSizeHint() if isinstance(button, QToolButton) else button.sizeHint()
        if button.isVisible() and button.text() and button.width() < needs.width():
            faults.append(f"{name_of(button)}: {button.size()} < {needs}")
    return faults


def outside(widget: QWidget) -> list[str]:
    """Return the visible buttons that stick out of what contains them."""
    faults = []
    for each in widget.findChildren(QAbstractButton):
        place = QRect(each.mapTo(widget, QPoint(0, 0)), each.size())
        if each.isVisible() and not each.visibleRegion().isEmpty() and not widget.rect().contains(place):
            faults.append(f"{name_of(each)}: {place}")
    return faults


def too_small(widget: QWidget) -> list[str]:
    """Return the visible buttons that are hard to hit; a tick box is hit on its text too."""
    faults = []
    for each in widget.findChildren(QAbstractButton):
        if each.isVisible() and not each.visibleRegion().isEmpty():
            width = each.width() if not isinstance(each, QCheckBox | QRadioButton) else HIT_AREA_PX
            if min(width, each.height()) < HIT_AREA_PX:
                faults.append(f"{name_of(each)}: {each.size()}")
    return faults


def colours(widget: QWidget) -> set[int]:
    image = widget.grab().toImage()
    return {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_everything_is_whole_large_enough_and_in_its_colours(
    window: Window, qtbot: QtBot, shot: Shot, language: str, look: str, place: str
) -> None:
    # GIVEN a language and a look, chosen while the window is open
    window.desk.settings.set("general.language", language)
    window.desk.settings.set("general.theme", look)
    # WHEN a place is shown
    seen = go(window, place)
    painted(qtbot, window, seen)
    shot(seen, f"{language.partition('_')[0]}-{look}-{place}")
    # THEN its ground is light or dark and there is something on it
    ground = QColor(seen.grab().toImage().pixel(seen.width() // 2, seen.height() - 4)).lightness()
    assert (ground > 128) == (look == "light") or place in ("commands", "keys")
    assert len(colours(seen)) > MORE_THAN_BLANK
    # THEN no text is cut off, no button sticks out or is hard to hit
    assert clipped(seen) == []
    assert outside(seen) == []
    assert too_small(seen) == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_smallest_screen_has_room_for_everything(
    window: Window, desk: Desk, qtbot: QtBot, shot: Shot, language: str, place: str
) -> None:
    # GIVEN a window as large as the smallest screen
    desk.settings.set("general.language", language)
    window.resize(SMALL)
    qtbot.waitUntil(lambda: window.size() == SMALL, timeout=WAIT_MS)
    # WHEN a place is shown
    seen = go(window, place)
    painted(qtbot, window, seen)
    shot(seen, f"{language.partition('_')[0]}-small-{place}")
    # THEN everything fits
    assert clipped(seen) == []
    assert outside(seen) == []


@pytest.mark.parametrize("place", PLACES)
def test_nothing_english_is_left_in_chinese(window: Window, desk: Desk, qtbot: QtBot, place: str) -> None:
    # GIVEN the Chinese window
    desk.settings.set("general.language", "zh_CN")
    # WHEN a place is shown
    seen = go(window, place)
    painted(qtbot, window, seen)
    # THEN every button that is seen is named in Chinese, but for names
    names = {each.text() or each.accessibleName() for each in seen.findChildren(QAbstractButton) if each.isVisible()}
    allowed = {"", "English", "LaTeX", "Paperdesk", "$…$", "\\[…\\]", *EXAMPLES}
    left = [name for name in names - allowed if all(ord(letter) < 0x2E80 for letter in name)]
    assert left == []


def test_every_button_can_be_reached_and_is_named(window: Window, qtbot: QtBot) -> None:
    # GIVEN each page
    for page in PAGES:
        window.show_page(page)
        painted(qtbot, window, window)
        # WHEN its buttons are looked at
        buttons = [each for each in window.findChildren(QAbstractButton) if each.isVisible()]
        # THEN each says what it is to a screen reader
        assert [name_of(each) for each in buttons if not (each.text() or each.accessibleName())] == []
        assert buttons
        assert all(each.focusPolicy() != Qt.FocusPolicy.ClickFocus for each in buttons)
