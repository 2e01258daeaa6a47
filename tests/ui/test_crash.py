"""Faults that nobody expected end in a dialog with all that a report needs, wherever they happen."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.ui.application import Program
from app.ui.crash_dialog import KEPT, CrashDialog
from app.ui.desk import Desk
from app.ui.faults import FaultWatch
from app.ui.instance_server import InstanceServer

WAIT_MS = 10_000


@pytest.fixture(autouse=True)
def socket_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


def started(desk: Desk, qtbot: QtBot, crash: str = "") -> Program:
    """Put the program together on a desk and wait until everything is loaded."""
    program = Program(desk, InstanceServer(desk.paths, desk), crash)
    program.start()
    qtbot.waitExposed(program.window)
    qtbot.waitUntil(lambda: program.tray is not None and not desk.tasks.running, timeout=WAIT_MS)
    return program


@pytest.fixture
def program(desk: Desk, qtbot: QtBot) -> Iterator[Program]:
    program = started(desk, qtbot)
    yield program
    end(program)


def end(program: Program) -> None:
    """Take down what the desk's own fixture does not."""
    program.signals.close()
    assert program.capture is not None
    program.capture.close()
    assert program.tray is not None
    program.tray.close()
    program.window.hide()
    program.watch.remove()
    program.window.deleteLater()


def dialog_of(program: Program, qtbot: QtBot) -> CrashDialog:
    qtbot.waitUntil(lambda: bool(program.window.findChildren(CrashDialog)), timeout=WAIT_MS)
    (dialog,) = program.window.findChildren(CrashDialog)
    qtbot.waitUntil(dialog.isActiveWindow, timeout=WAIT_MS)
    return dialog


def test_a_workers_fault_ends_in_the_dialog_with_all_a_report_needs(program: Program, desk: Desk, qtbot: QtBot) -> None:
    # GIVEN work with a fault in it
    def work(_progress: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    # WHEN it runs
    desk.tasks.run(work, lambda _: None)
    # THEN a dialog tells where it was and on what machine
    dialog = dialog_of(program, qtbot)
    assert "ZeroDivisionError: a fault of ours" in dialog.report
    assert "in work" in dialog.report
    for word in ("Paperdesk ", "Python ", "Qt ", "System: ", "Window system: xcb", "Screen: "):
        assert word in dialog.report
    # WHEN its details are copied with a key
    QTest.keyClick(dialog, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    # THEN they are on the clipboard
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == dialog.report, timeout=WAIT_MS)
    # WHEN Enter is pressed, THEN the program goes on
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not isValid(dialog), timeout=WAIT_MS)
    assert program.window.isVisible()


def test_faults_in_slots_and_threads_come_into_one_dialog(program: Program, qtbot: QtBot) -> None:
    # GIVEN a fault in a slot and one in a thread that nobody waits for
    def fail(text: str) -> None:
        raise ValueError(text)

    program.watch.take(ValueError("in a slot"))
    dialog = dialog_of(program, qtbot)
    # WHEN more follow while the dialog is open
    thread = threading.Thread(target=fail, args=("in a thread",))
    hook = threading.excepthook
    threading.excepthook = program.watch._on_thread_exception
    thread.start()
    thread.join()
    threading.excepthook = hook
    qtbot.waitUntil(lambda: "in a thread" in dialog.report, timeout=WAIT_MS)
    for number in range(3 * KEPT):
        program.watch.take(ValueError(f"again {number}"))
    # THEN there is one dialog that shows some and counts all
    assert program.window.findChildren(CrashDialog) == [dialog]
    assert dialog.report.count("ValueError: again") == KEPT - 2
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert any(f"Faults that followed: {3 * KEPT + 1}." in text for text in words)
    dialog.accept()


def test_quit_saves_before_it_ends(program: Program, desk: Desk, qtbot: QtBot) -> None:
    # GIVEN the dialog
    program.watch.take(ValueError("a fault"))
    dialog = dialog_of(program, qtbot)
    # WHEN Quit is pressed
    QTest.keyClick(dialog, Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)
    # THEN the window's state is saved
    qtbot.waitUntil(lambda: desk.settings.text("window.last_tab") == "formula", timeout=WAIT_MS)


def test_what_an_earlier_run_left_is_shown_at_the_start(desk: Desk, qtbot: QtBot) -> None:
    # GIVEN a program whose last run crashed
    program = started(desk, qtbot, "Fatal Python error: Segmentation fault\n\nThread 0x1 in paint")
    messages = program.window.current_tab.messages
    # THEN a message says so and offers to show it
    assert messages.text == "Paperdesk ended unexpectedly the last time."
    assert messages.kind == "warning"
    # WHEN that is pressed
    qtbot.mouseClick(messages._button, Qt.MouseButton.LeftButton)
    # THEN the stack is there, with nothing to quit, and the message is gone
    dialog = dialog_of(program, qtbot)
    assert "Segmentation fault" in dialog.findChildren(QPlainTextEdit)[0].toPlainText()
    assert not dialog._quit.isVisible()
    assert messages.text == ""
    dialog.accept()
    end(program)


def test_the_dialog_speaks_chinese_at_once(program: Program, desk: Desk, qtbot: QtBot) -> None:
    # GIVEN the dialog in English
    program.watch.take(ValueError("a fault"))
    dialog = dialog_of(program, qtbot)
    assert dialog._go_on.text() == "&Go on"
    # WHEN the language becomes Chinese, THEN so does the dialog
    desk.settings.set("general.language", "zh_CN")
    assert dialog._go_on.text() == "继续(&G)"
    dialog.accept()


def test_the_watch_gives_everything_back(qtbot: QtBot) -> None:
    # GIVEN the hooks as they are
    hooks = (sys.excepthook, threading.excepthook)
    watch = FaultWatch()
    # WHEN a watch is installed and taken away
    watch.install()
    assert sys.excepthook != hooks[0]
    watch.remove()
    # THEN they are as they were
    assert (sys.excepthook, threading.excepthook) == hooks


def test_what_qt_says_is_in_the_log(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    # GIVEN a watch
    watch = FaultWatch()
    watch.install()
    # WHEN Qt warns
    with caplog.at_level(logging.WARNING):
        qWarning("a wire is loose")
    watch.remove()
    # THEN the log has it
    assert ("qt", logging.WARNING, "default: a wire is loose") in caplog.record_tuples


def test_ctrl_c_is_no_fault(qtbot: QtBot) -> None:
    # GIVEN a watch
    watch, heard = FaultWatch(), list[str]()
    watch.caught.connect(heard.append)
    # WHEN somebody presses Ctrl+C, THEN it is not reported
    watch.take(KeyboardInterrupt())
    assert heard == []


def test_an_exception_in_a_slot_reaches_the_watch(qtbot: QtBot) -> None:
    # GIVEN a watch and a slot with a fault
    watch, heard = FaultWatch(), list[str]()
    watch.caught.connect(heard.append)

    def slot() -> None:
        raise LookupError("in the slot")

    watch.install()
    # WHEN Qt calls it
    QTimer.singleShot(0, slot)
    try:
        qtbot.waitUntil(lambda: bool(heard), timeout=WAIT_MS)
    finally:
        watch.remove()
    # THEN its traceback came
    assert "LookupError: in the slot" in heard[0]
