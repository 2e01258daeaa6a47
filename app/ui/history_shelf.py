"""What rows of the history show, read in the background when it is first asked for and kept while it is in use."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.errors import PaperdeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from app.core.progress import Progress
    from app.ui.desk import Desk

R = TypeVar("R")
T = TypeVar("T")


class Shelf(QObject, Generic[R, T]):
    """Gives what belongs to an entry at once if it is known, otherwise reads it and says when it is `ready`.

    Args:
        desk: runs the reading, hears of what nobody expected.
        read: returns the raw things of these entries by their ids; called on another thread.
        finish: makes of a raw thing what is kept; called on this thread.
        kept: how many are kept; those used longest ago go first.
        batch: how many are read at once; rows scrolled past are forgotten beyond four times as many.
        parent: the owner.

    """

    ready = Signal(list)
    """Ids of the entries whose things have been read."""

    def __init__(
        self,
        desk: Desk,
        read: Callable[[Sequence[int]], Mapping[int, R]],
        finish: Callable[[R], T],
        kept: int,
        batch: int,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._read_raw, self._finish = desk, read, finish
        self._kept_most, self._batch = kept, batch
        self._kept: OrderedDict[int, T] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._reading = False
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._read)

    def get(self, entry_id: int) -> T | None:
        """Return what belongs to the entry, or None while it is unknown."""
        if entry_id in self._kept:
            self._kept.move_to_end(entry_id)
        return self._kept.get(entry_id)

    def ask(self, entry_ids: Iterable[int]) -> None:
        """Read what is not known of these, the last ones first."""
        for entry_id in entry_ids:
            if entry_id not in self._kept:
                self._wanted[entry_id] = None
                self._wanted.move_to_end(entry_id)
        while len(self._wanted) > 4 * self._batch:
            self._wanted.popitem(last=False)
        if self._wanted and not self._reading:
            self._timer.start()

    def put(self, things: Mapping[int, R]) -> bool:
        """Keep what was read elsewhere; return whether anything of it is new."""
        finished = {entry_id: self._finish(thing) for entry_id, thing in things.items()}
        changed = any(entry_id not in self._kept or self._kept[entry_id] != new for entry_id, new in finished.items())
        self._kept.update(finished)
        while len(self._kept) > self._kept_most:
            self._kept.popitem(last=False)
        return changed

    def known(self) -> list[int]:
        """Return the ids of the entries that are known."""
        return list(self._kept)

    def _read(self) -> None:
        if self._reading or not self._wanted:
            return
        batch = [self._wanted.popitem()[0] for _ in range(min(self._batch, len(self._wanted)))]
        self._reading = True

        def work(_progress: Progress) -> Mapping[int, R]:
            return self._read_raw(batch)

        self._desk.tasks.run(work, self._keep, self._fail)

    def _keep(self, things: Mapping[int, R]) -> None:
        self._reading = False
        self.put(things)
        self.ready.emit(list(things))
        self.ask(())

    def _fail(self, error: Exception) -> None:
        """Leave the rows without: the list itself reports a history that cannot be read."""
        self._reading = False
        self._wanted.clear()
        if not isinstance(error, PaperdeskError):
            self._desk.crashed.emit(error)
