"""Opens the indexes off the window's thread; the shipped one is expanded the first time, which takes some seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.core.errors import InputError, PaperdeskError
from app.core.i18n import tr

if TYPE_CHECKING:
    from app.collocation.engine import Engine
    from app.collocation.library import Library
    from app.core.progress import Progress
    from app.ui.desk import Desk
    from app.ui.tasks import Task
    from app.ui.widgets.message_bar import MessageBar
    from app.ui.widgets.progress_line import ProgressLine


class IndexLoader(QObject):
    """Keeps the engines that are open.

    Args:
        desk: the tasks.
        library: the indexes of this user.
        progress: shows how far the expanding is, and lets it be stopped.
        messages: says what went wrong.
        parent: the owner.

    """

    ready = Signal(str)
    """The key of an index whose engine can be asked now."""
    stopped = Signal(str)
    """The key of an index that was not opened after all."""

    def __init__(
        self, desk: Desk, library: Library, progress: ProgressLine, messages: MessageBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._library = desk, library
        self._progress, self._messages = progress, messages
        self._engines: dict[str, Engine] = {}
        self._opening: dict[str, Task] = {}

    def engine(self, name: str) -> Engine | None:
        """Return an engine, None while it is not open."""
        return self._engines.get(name)

    def is_opening(self, name: str) -> bool:
        """Tell whether an index is being opened."""
        return name in self._opening

    def open(self, name: str) -> None:
        """Open an index; `ready` or `stopped` follows. Nothing happens while it is open or being opened."""
        if name in self._engines or name in self._opening:
            return
        library = self._library

        def work(progress: Progress) -> Engine:
            return library.engine(name, progress)

        task = self._desk.tasks.run(
            work,
            lambda engine: self._keep(name, engine),
            lambda error: self._tell(name, error),
            self._progress.update,
        )
        self._opening[name] = task
        task.finished.connect(lambda: self._ended(name))
        self._progress.start(task, tr("Opening the phrases"))

    def forget(self, name: str) -> None:
        """Open an index anew when it is asked next: it was built again."""
        self._engines.pop(name, None)

    def _keep(self, name: str, engine: Engine) -> None:
        self._engines[name] = engine
        self.ready.emit(name)

    def _ended(self, name: str) -> None:
        """Offer to go on when the user has stopped it; the callbacks of a stopped task are not called."""
        task = self._opening.pop(name)
        if task.is_cancelled:
            again = (tr("Go on"), lambda: self.open(name))
            self._messages.show_message(tr("Without its phrases this tab has no answers."), "info", again)
            self.stopped.emit(name)

    def _tell(self, name: str, error: Exception) -> None:
        if isinstance(error, InputError):
            self._messages.show_message(str(error), "warning")
        elif isinstance(error, PaperdeskError):
            self._messages.show_message(str(error), "error", (tr("Try again"), lambda: self.open(name)))
        else:
            self._desk.crashed.emit(error)
        self.stopped.emit(name)
