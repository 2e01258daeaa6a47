"""The entry of the history that is on the desk, kept up to date with what the user makes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.core.errors import PaperdeskError
from app.ui.formula.recognition import TOOL

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.history import Entry
    from app.core.progress import Progress
    from app.ui.desk import Desk


class Keeper(QObject):
    """Writes edited formulas to the history, off the window's thread."""

    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.entry: Entry | None = None

    def hold(self, entry: Entry) -> None:
        """Take `entry` on the desk."""
        self.entry = entry

    def forget(self) -> None:
        """Have no entry on the desk."""
        self.entry = None

    def is_edited(self, latex: str) -> bool:
        """Return whether `latex` differs from the entry."""
        return self.entry is not None and latex.strip() != self.entry.text.strip()

    def keep(self, latex: str, *, typed: bool = False) -> None:
        """Write `latex` to the entry if it was edited; `typed`: make an entry for it if there is none."""
        latex = latex.strip()
        history, entry = self._desk.history, self.entry
        if entry is not None and latex and self.is_edited(latex):
            number, detail = entry.id, {**entry.detail, "edited": True}
            self.entry = replace(entry, text=latex, detail=detail)

            def update(_progress: Progress) -> None:
                history.update(number, text=latex, detail=detail)

            self._desk.tasks.run(update, self._written, self._fail)
        elif entry is None and typed and latex:

            def add(_progress: Progress) -> Entry:
                return history.add(TOOL, latex, detail={"source": "typed"})

            self._desk.tasks.run(add, self._added, self._fail, channel="formula.typed")

    def open(self, entry: Entry, show: Callable[[Entry, QImage, tuple[float, float]], None]) -> None:
        """Take `entry` on the desk and call `show` with its picture and the size of the picture's ink."""
        history = self._desk.history

        def work(_progress: Progress) -> tuple[Entry, QImage, tuple[float, float]]:
            from app.ui.formula.conversion import ink_size, to_pillow  # noqa: PLC0415 - see there

            data = entry.thumbnail if entry.thumbnail is not None else history.thumbnail(entry.id)
            image = QImage.fromData(data) if data else QImage()
            ink = (0.0, 0.0) if image.isNull() else ink_size(to_pillow(image))
            return entry, image, ink

        def done(found: tuple[Entry, QImage, tuple[float, float]]) -> None:
            self.hold(found[0])
            show(*found)

        self._desk.tasks.run(work, done, self._fail, channel="formula")

    def _added(self, entry: Entry) -> None:
        """Take the new entry on the desk."""
        if self.entry is None:
            self.entry = entry

    def _written(self, _nothing: None) -> None:
        """Be content: the history tells its views itself."""

    def _fail(self, error: Exception) -> None:
        """Say what could not be kept."""
        if not isinstance(error, PaperdeskError):
            self._desk.crashed.emit(error)
            return
        self.failed.emit(str(error))
