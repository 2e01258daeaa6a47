from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.desk import Desk
from app.ui.widgets import toast as toast_module
from app.ui.widgets.toast import Toast
from tests.ui.conftest import Shot

WAIT_MS = 8000


@pytest.fixture
def toast(desk: Desk, qtbot: QtBot) -> Iterator[Toast]:
    toast = Toast(desk.theme)
    qtbot.addWidget(toast)
    yield toast
    toast.hide()


def test_it_is_seen_whole_and_leaves_the_keyboard_where_it_is(qtbot: QtBot, toast: Toast, shot: Shot) -> None:
    # GIVEN somebody who types
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is field, timeout=WAIT_MS)
    # WHEN it comes up, with a long text
    toast.say("LaTeX copied: " + r"\frac{-b\pm\sqrt{b^2-4ac}}{2a}" * 30, "success")
    qtbot.waitExposed(toast)
    # THEN all of it is on the screen, the text is cut short, and the keys still go to the field
    assert QGuiApplication.primaryScreen().availableGeometry().contains(toast.frameGeometry())
    assert toast.text.endswith("…")
    assert QApplication.activeWindow() is field
    shot(toast, "toast")


def test_it_goes_by_itself(qtbot: QtBot, toast: Toast, monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    # GIVEN little patience
    monkeypatch.setattr(toast_module, "SHOWN_MS", 50)
    hasty = Toast(desk.theme)
    qtbot.addWidget(hasty)
    # WHEN it comes up
    hasty.say("Read.", "info")
    assert hasty.isVisible()
    # THEN it is gone without being asked
    qtbot.waitUntil(lambda: not hasty.isVisible(), timeout=WAIT_MS)


def test_a_click_is_told(qtbot: QtBot, toast: Toast) -> None:
    toast.say("No formula found in the picture.", "info")
    with qtbot.waitSignal(toast.clicked, timeout=WAIT_MS):
        qtbot.mouseClick(toast, Qt.MouseButton.LeftButton)
    assert not toast.isVisible()
