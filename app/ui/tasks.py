"""Work off the GUI thread: run a function, hear how far it is, get its answer, cancel it."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from itertools import count
from time import monotonic
from types import TracebackType
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from shiboken6 import isValid

from app.core.errors import Cancelled, PaperdeskError
from app.core.progress import Progress

T = TypeVar("T")
_of_thread = threading.local()
OnError = Callable[[Exception], None]
OnProgress = Callable[[float, "float | None", str], None]

LEAST_THREADS: Final = 4
"""So that a download and a long reading do not keep the history waiting on a machine with two cores."""
NEVER: Final = -1
REPORT_EVERY_S: Final = 0.04
"""Progress is drawn at most this often, however often the work reports it."""


class Task(QObject):
    """One piece of running work. `finished` is emitted when it is over, however it ended."""

    finished = Signal()

    def __init__(self, number: int, channel: str, parent: QObject) -> None:
        super().__init__(parent)
        self.number = number
        self.channel = channel
        self._cancelled = threading.Event()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was asked to stop; its answer is not wanted any more."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next report; its callbacks are not called any more."""
        self._cancelled.set()


class TaskRunner(QObject):
    """Runs functions on a thread pool and calls back on the thread it lives on."""

    failed = Signal(str)
    """The text of an expected error that nobody else handles."""
    crashed = Signal(object)
    """An exception that nobody expected and nobody else handles."""
    _reported = Signal(object, float, object, str)
    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(max(LEAST_THREADS, self._pool.maxThreadCount()))
        self._pool.setExpiryTimeout(NEVER)
        self._numbers = count(1)
        self._jobs: dict[int, _Job] = {}
        self._reported.connect(self._on_report)
        self._ended.connect(self._on_end)

    def run(
        self,
        func: Callable[[Progress], T],
        on_done: Callable[[T], None],
        on_error: OnError | None = None,
        on_progress: OnProgress | None = None,
        *,
        channel: str = "",
    ) -> Task:
        """Run `func` on another thread.

        Args:
            func: the work; it gets a `Progress`, whose `report` raises `Cancelled` once the task was cancelled.
            on_done: gets its result, on this thread.
            on_error: gets its exception; without it `PaperdeskError` goes to `failed`, anything else to `crashed`.
            on_progress: gets what is done, the total (None: unknown) and a text.
            channel: a newer run on the same named channel cancels the older ones, whose answers are dropped.

        """
        if channel:
            self.cancel_channel(channel)
        task = Task(next(self._numbers), channel, self)
        job = _Job(self, task, func)
        job.on_done, job.on_error, job.on_progress = on_done, on_error, on_progress
        self._jobs[task.number] = job
        self._pool.start(job)
        return task

    def cancel_channel(self, channel: str) -> None:
        """Cancel what runs on a channel."""
        for job in self._jobs.values():
            if job.task.channel == channel:
                job.task.cancel()

    @property
    def running(self) -> int:
        """How many tasks have not ended yet."""
        return len(self._jobs)

    def wait_all(self, timeout_ms: int) -> bool:
        """Cancel everything and wait for the threads; return whether all ended in time."""
        for job in self._jobs.values():
            job.task.cancel()
        self._pool.clear()
        return self._pool.waitForDone(timeout_ms)

    def report(self, task: Task, done: float, total: float | None, text: str) -> None:
        """Pass progress on to the GUI thread; called on any thread."""
        self._reported.emit(task, done, total, text)

    def end(self, task: Task, outcome: _Outcome) -> None:
        """Pass an outcome on to the GUI thread; called on any thread."""
        if isValid(self):
            self._ended.emit(task, outcome)

    def _on_report(self, task: Task, done: float, total: float | None, text: str) -> None:
        job = self._jobs.get(task.number)
        if job is not None and not task.is_cancelled and job.on_progress is not None and _is_alive(job.on_progress):
            job.on_progress(done, total, text)

    def _on_end(self, task: Task, outcome: _Outcome) -> None:
        job = self._jobs.pop(task.number, None)
        if job is None:
            return
        task.finished.emit()
        task.deleteLater()
        if task.is_cancelled or isinstance(outcome.error, Cancelled):
            return
        if outcome.error is None:
            if _is_alive(job.on_done):
                job.on_done(outcome.result)
        elif job.on_error is not None:
            if _is_alive(job.on_error):
                job.on_error(outcome.error)
        elif isinstance(outcome.error, PaperdeskError):
            self.failed.emit(str(outcome.error))
        else:
            self.crashed.emit(outcome.error)


class _Outcome:
    """Holds what a function returned, or the exception that left the `with` block, be it one that ends programs."""

    result: Any = None
    error: Exception | None = None

    def __enter__(self) -> _Outcome:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> bool:
        if error is not None:
            self.error = error if isinstance(error, Exception) else RuntimeError(repr(error))
        return True


class _Job(QRunnable):
    """The work on its thread."""

    on_done: Callable[[Any], None]
    on_error: OnError | None
    on_progress: OnProgress | None

    def __init__(self, runner: TaskRunner, task: Task, func: Callable[[Progress], Any]) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.task = task
        self._runner, self._func = runner, func

    def run(self) -> None:
        """Do the work unless it is not wanted any more."""
        _keep_thread_state()
        outcome = _Outcome()
        if not self.task.is_cancelled:
            with outcome:
                outcome.result = self._func(_Reporter(self._runner, self.task))
        self._runner.end(self.task, outcome)


def _keep_thread_state() -> None:
    """Keep what Python knows of this thread until the thread ends.

    Without, it is made and deleted for each run; pybind11, which matplotlib and ONNX Runtime share, keeps a pointer to
    the first and would follow it after its end.
    """
    if not hasattr(_of_thread, "is_kept"):
        ctypes.pythonapi.PyGILState_Ensure()
        _of_thread.is_kept = True


class _Reporter:
    """The `Progress` of a task."""

    def __init__(self, runner: TaskRunner, task: Task) -> None:
        self._runner, self._task = runner, task
        self._next = 0.0

    def report(self, done: float, total: float | None = None, text: str = "") -> None:
        """Tell the task's owner, seldom enough to keep the window free; raise `Cancelled`."""
        if self._task.is_cancelled:
            raise Cancelled
        now = monotonic()
        if now >= self._next or done == total:
            self._next = now + REPORT_EVERY_S
            self._runner.report(self._task, done, total, text)


def _is_alive(callback: Callable[..., None]) -> bool:
    """Say whether the object of a bound method still exists in Qt."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
