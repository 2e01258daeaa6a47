"""Work on other threads: answers, errors, progress, cancelling, and answers that nobody wants any more."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from app.core.errors import InputError
from app.core.progress import Progress
from app.ui.tasks import LEAST_THREADS, Task, TaskRunner

WAIT_MS = 10_000
WAIT_S = WAIT_MS / 1000


@dataclass
class Gate:
    """Work that waits until it is let go, and says when it has begun."""

    answer: str = "done"
    entered: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def __call__(self, progress: Progress) -> str:
        self.entered.set()
        assert self.opened.wait(WAIT_S)
        progress.report(1, 2)
        return self.answer


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    assert runner.wait_all(WAIT_MS)
    runner.deleteLater()


def settled(qtbot: QtBot, runner: TaskRunner) -> None:
    qtbot.waitUntil(lambda: runner.running == 0, timeout=WAIT_MS)


def test_work_runs_elsewhere_and_answers_here(qtbot: QtBot, runner: TaskRunner) -> None:
    # GIVEN work that tells on which thread it runs
    heard: list[tuple[int, int]] = []
    # WHEN it is run
    runner.run(lambda _: threading.get_ident(), lambda worker: heard.append((worker, threading.get_ident())))
    settled(qtbot, runner)
    # THEN it ran on another thread and its answer came on this one
    ((worker, here),) = heard
    assert here == threading.get_ident() != worker


def test_progress_arrives_here_in_order_and_not_more_often_than_can_be_drawn(qtbot: QtBot, runner: TaskRunner) -> None:
    # GIVEN work that reports ten thousand times
    heard: list[tuple[float, float | None, str, int]] = []

    def work(progress: Progress) -> None:
        for done in range(10_001):
            progress.report(done, 10_000, "counting")

    # WHEN it is run
    runner.run(work, lambda _: None, None, lambda *what: heard.append((*what, threading.get_ident())))
    settled(qtbot, runner)
    # THEN a few reports came, the last one among them, on this thread
    done = [each[0] for each in heard]
    assert done == sorted(done)
    assert done[-1] == 10_000
    assert len(heard) < 1000
    assert {each[1:] for each in heard} == {(10_000, "counting", threading.get_ident())}


def test_cancelled_work_stops_at_its_next_report_and_calls_nobody(qtbot: QtBot, runner: TaskRunner) -> None:
    # GIVEN work that has begun
    gate, heard = Gate(), list[Any]()
    task = runner.run(gate, heard.append, heard.append, lambda *what: heard.append(what))
    ended = list[bool]()
    task.finished.connect(lambda: ended.append(True))
    assert gate.entered.wait(WAIT_S)
    # WHEN it is cancelled and goes on
    task.cancel()
    gate.opened.set()
    settled(qtbot, runner)
    # THEN it is over and nobody was called
    assert ended == [True]
    assert heard == []


def test_a_newer_run_on_a_channel_makes_the_older_answer_stale(qtbot: QtBot, runner: TaskRunner) -> None:
    # GIVEN two runs on a channel and one on another
    old, new, other = Gate("old"), Gate("new"), Gate("other")
    answers = list[str]()
    for gate, channel in ((old, "search"), (other, "count"), (new, "search")):
        runner.run(gate, answers.append, channel=channel)
    assert new.entered.wait(WAIT_S)
    # WHEN the newer ends before the older
    for gate in (new, old, other):
        gate.opened.set()
    settled(qtbot, runner)
    # THEN only the older one's answer was dropped
    assert sorted(answers) == ["new", "other"]


def test_errors_go_to_who_asked_otherwise_by_their_kind(qtbot: QtBot, runner: TaskRunner) -> None:
    # GIVEN somebody who hears expected errors, and somebody who hears the others
    failed, crashed, asked = list[str](), list[Exception](), list[Exception]()
    runner.failed.connect(failed.append)
    runner.crashed.connect(crashed.append)

    def fail(error: BaseException) -> None:
        raise error

    # WHEN work raises: with a handler, an expected error, one that nobody expected, one that ends programs
    runner.run(lambda _: fail(KeyError("asked")), lambda _: None, asked.append)
    runner.run(lambda _: fail(InputError("The file is empty.")), lambda _: None)
    runner.run(lambda _: fail(ZeroDivisionError("nobody")), lambda _: None)
    runner.run(lambda _: fail(SystemExit(3)), lambda _: None)
    settled(qtbot, runner)
    # THEN each came to the right place
    assert [type(error) for error in asked] == [KeyError]
    assert failed == ["The file is empty."]
    assert sorted(type(error).__name__ for error in crashed) == ["RuntimeError", "ZeroDivisionError"]


def test_who_is_gone_is_not_called(qtbot: QtBot, runner: TaskRunner) -> None:
    # GIVEN an object that waits for an answer
    heard = list[str]()

    class Listener(QObject):
        def hear(self, answer: str) -> None:
            heard.append(answer)

    listener, gate = Listener(), Gate()
    runner.run(gate, listener.hear)
    assert gate.entered.wait(WAIT_S)
    # WHEN it is deleted before the answer comes
    with qtbot.waitSignal(listener.destroyed, timeout=WAIT_MS):
        listener.deleteLater()
    gate.opened.set()
    settled(qtbot, runner)
    # THEN nobody is called and nothing fails
    assert heard == []


def test_long_work_leaves_threads_for_short_work(qtbot: QtBot, runner: TaskRunner) -> None:
    # GIVEN all threads but one at work
    gates = [Gate() for _ in range(LEAST_THREADS - 1)]
    for gate in gates:
        runner.run(gate, lambda _: None)
    for gate in gates:
        assert gate.entered.wait(WAIT_S)
    # WHEN short work is run
    answers = list[str]()
    runner.run(lambda _: "short", answers.append)
    # THEN it is done while they work on
    qtbot.waitUntil(lambda: answers == ["short"], timeout=WAIT_MS)
    assert runner.running == len(gates)
    for gate in gates:
        gate.opened.set()


def test_thousands_of_short_runs_leave_nothing_behind(qtbot: QtBot, runner: TaskRunner) -> None:
    # GIVEN nothing
    answers = list[int]()
    # WHEN much short work is run
    for number in range(2000):
        runner.run(lambda _, number=number: number, answers.append)
    settled(qtbot, runner)
    # THEN every answer came, and no task is left
    assert sorted(answers) == list(range(2000))
    assert runner.running == 0
    qtbot.waitUntil(lambda: not runner.findChildren(Task), timeout=WAIT_MS)


def test_the_end_cancels_what_runs_and_forgets_what_waits(qapp: QCoreApplication) -> None:
    # GIVEN a runner with all threads at work and more waiting
    runner, heard = TaskRunner(), list[Any]()
    gates = [Gate() for _ in range(LEAST_THREADS + 4)]
    for gate in gates:
        runner.run(gate, heard.append)
    for gate in gates[:LEAST_THREADS]:
        assert gate.entered.wait(WAIT_S)
    for gate in gates:
        gate.opened.set()
    # WHEN the program ends
    ended = runner.wait_all(WAIT_MS)
    # THEN the threads are over, and no answer is wanted any more
    assert ended
    QCoreApplication.sendPostedEvents()
    assert heard == []
    runner.deleteLater()


def test_what_python_knows_of_a_thread_lasts_from_one_task_to_the_next(qtbot: QtBot, runner: TaskRunner) -> None:
    # GIVEN something that each thread keeps for itself, as libraries in C++ do
    kept = threading.local()
    seen: set[int] = set()
    lost: list[int] = []

    def work(_progress: Progress) -> None:
        thread = threading.get_ident()
        if thread in seen and not hasattr(kept, "value"):
            lost.append(thread)
        seen.add(thread)
        kept.value = True

    # WHEN more tasks follow each other than there are threads
    for _ in range(3 * LEAST_THREADS):
        with qtbot.waitSignal(runner.run(work, lambda _: None).finished, timeout=WAIT_MS):
            pass
    # THEN no thread has lost it
    assert seen
    assert lost == []
