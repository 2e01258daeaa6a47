"""Long work tells how far it is and can be stopped; short work does not flash by."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from app.core.errors import Cancelled
from app.core.i18n import set_language
from app.core.progress import Progress
from app.ui.desk import Desk
from app.ui.widgets.progress_line import ProgressLine, duration

WAIT_MS = 10_000


@pytest.fixture
def line(desk: Desk, qtbot: QtBot) -> Iterator[ProgressLine]:
    line = ProgressLine(desk.theme)
    qtbot.addWidget(line)
    line.resize(600, 60)
    yield line
    line.finish()


def words(line: ProgressLine) -> str:
    return " | ".join(label.text() for label in line.findChildren(QLabel))


def button(line: ProgressLine) -> QPushButton:
    found = line.findChild(QPushButton)
    assert isinstance(found, QPushButton)
    return found


def test_it_comes_when_work_takes_a_while_and_goes_with_it(line: ProgressLine, qtbot: QtBot) -> None:
    # GIVEN nothing to wait for
    assert not line.isVisible()
    # WHEN work begins
    line.start(text="Reading")
    # THEN nothing flashes up, and the line comes after a while
    assert not line.isVisible()
    qtbot.waitUntil(line.isVisible, timeout=WAIT_MS)
    assert words(line).startswith("Reading | 0 s")
    # WHEN it ends, THEN the line goes
    line.finish()
    assert not line.isVisible()


def test_work_that_is_over_at_once_shows_nothing(line: ProgressLine) -> None:
    # GIVEN a line, WHEN work begins and ends
    line.start()
    line.finish()
    # THEN the line is not there, and nothing will bring it
    assert not line.isVisible()
    assert not any(timer.isActive() for timer in line.findChildren(QTimer))


@pytest.mark.parametrize(
    ("done", "total", "value", "text"),
    [(1, 4, 250, "25%"), (4, 4, 1000, "100%"), (9, 4, 1000, "100%"), (0, 4, 0, "0%")],
)
def test_it_says_how_far_the_work_is(line: ProgressLine, done: float, total: float, value: int, text: str) -> None:
    # GIVEN work, WHEN it reports
    line.start(text="Counting")
    line.update(done, total, "Almost")
    # THEN bar and number say so, and the newest text is there
    bar = line.findChild(QProgressBar)
    assert isinstance(bar, QProgressBar)
    assert (bar.value(), bar.maximum()) == (value, 1000)
    assert text in words(line)
    assert words(line).startswith("Almost")
    assert ("left" in words(line)) == (done > 0)


def test_work_of_unknown_length_moves_without_a_number(line: ProgressLine) -> None:
    # GIVEN work that knows not how much there is, WHEN it reports
    line.start(text="Searching")
    line.update(7)
    # THEN the bar is busy, and no number is invented
    bar = line.findChild(QProgressBar)
    assert isinstance(bar, QProgressBar)
    assert bar.maximum() == 0
    assert "%" not in words(line)
    assert words(line).startswith("Searching")


def test_cancel_stops_the_task_and_the_line_goes(line: ProgressLine, desk: Desk, qtbot: QtBot) -> None:
    # GIVEN work that goes on until it is stopped
    stopped = threading.Event()

    def work(progress: Progress) -> None:
        waiting = threading.Event()
        try:
            for done in range(100_000):
                progress.report(done)
                waiting.wait(0.005)
        except Cancelled:
            stopped.set()
            raise

    answers: list[None] = []
    task = desk.tasks.run(work, answers.append, None, line.update)
    line.start(task, "Working")
    qtbot.waitUntil(line.isVisible, timeout=WAIT_MS)
    # WHEN Cancel is pressed
    with qtbot.waitSignal(line.cancelled, timeout=WAIT_MS):
        qtbot.mouseClick(button(line), Qt.MouseButton.LeftButton)
    # THEN the work stops, nobody gets an answer, and the line has gone
    assert stopped.wait(WAIT_MS / 1000)
    qtbot.waitUntil(lambda: desk.tasks.running == 0, timeout=WAIT_MS)
    assert answers == []
    assert not line.isVisible()


def test_it_follows_the_newest_work_only(line: ProgressLine, desk: Desk, qtbot: QtBot) -> None:
    # GIVEN work that ends when it is let go, and newer work the line follows now
    gates = [threading.Event(), threading.Event()]

    def waiting(gate: threading.Event) -> bool:
        return gate.wait(WAIT_MS / 1000)

    tasks = [desk.tasks.run(lambda _, gate=gate: waiting(gate), lambda _: None) for gate in gates]
    for task in tasks:
        line.start(task)
    qtbot.waitUntil(line.isVisible, timeout=WAIT_MS)
    # WHEN the older ends
    gates[0].set()
    qtbot.waitUntil(lambda: desk.tasks.running == 1, timeout=WAIT_MS)
    # THEN the line stays, until the newer ends too
    assert line.isVisible()
    gates[1].set()
    qtbot.waitUntil(lambda: not line.isVisible(), timeout=WAIT_MS)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-1, "0 s"), (0.4, "0 s"), (59.4, "59 s"), (59.6, "1:00"), (187, "3:07"), (3600, "1:00:00"), (3765, "1:02:45")],
)
def test_times_are_written_as_people_read_them(seconds: float, text: str) -> None:
    # GIVEN a time, THEN it is short and in whole units
    assert duration(seconds) == text


def test_it_speaks_chinese_at_once(line: ProgressLine) -> None:
    # GIVEN work half done, in English
    line.start(text="x")
    line.update(1, 2)
    assert button(line).text() == "Cancel"
    # WHEN the language becomes Chinese, THEN so does all that the line says itself
    set_language("zh_CN")
    line.retranslate()
    assert button(line).text() == "取消"
    assert "剩余" in words(line)
