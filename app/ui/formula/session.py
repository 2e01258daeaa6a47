"""The reading that runs: one at a time, the newest counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.ui.formula.recognition import Readings, read_all, read_drawing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QImage

    from app.core.progress import Progress
    from app.ui.desk import Desk
    from app.ui.formula.engine_loader import EngineLoader
    from app.ui.formula.pictures import Source
    from app.ui.tasks import Task

CHANNEL: Final = "formula"


class Session(QObject):
    """Starts readings and tells what became of them.

    Args:
        desk: runs the work and keeps the answers.
        engine: has what reads.
        parent: the owner.

    """

    answered = Signal(object)
    """The `Readings`."""
    failed = Signal(object)
    """The exception, when there is no answer."""
    progressed = Signal(float, object, str)
    """Done, total (None: unknown) and what is done now."""
    ended = Signal()
    """Nothing is awaited any more."""

    def __init__(self, desk: Desk, engine: EngineLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._engine = desk, engine
        self._task: Task | None = None

    @property
    def is_reading(self) -> bool:
        """Whether an answer is awaited."""
        return self._task is not None

    def read(self, sources: Sequence[Source]) -> Task:
        """Read pictures in turn."""
        reader, history = self._engine.reader, self._desk.history
        return self._run(lambda progress: read_all(sources, reader, history, progress))

    def read_drawing(self, image: QImage, replaced: int | None) -> Task:
        """Read a drawing; its entry takes the place of the entry `replaced`."""
        reader, history = self._engine.reader, self._desk.history

        def work(progress: Progress) -> Readings:
            return Readings(read_drawing(image, reader, history, replaced, progress), 1)

        return self._run(work)

    def stop(self) -> None:
        """Await no answer any more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self.ended.emit()

    def _run(self, work: Callable[[Progress], Readings]) -> Task:
        self.stop()
        task = self._desk.tasks.run(work, self._on_done, self._on_error, self._on_progress, channel=CHANNEL)
        task.finished.connect(self._on_finished)
        self._task = task
        return task

    # Methods, not the signals themselves: the tasks leave those of a window alone that was closed meanwhile.

    def _on_done(self, readings: Readings) -> None:
        self.answered.emit(readings)

    def _on_error(self, error: Exception) -> None:
        self.failed.emit(error)

    def _on_progress(self, done: float, total: float | None, text: str) -> None:
        self.progressed.emit(done, total, text)

    def _on_finished(self) -> None:
        if self.sender() is self._task:
            self._task = None
            self.ended.emit()
