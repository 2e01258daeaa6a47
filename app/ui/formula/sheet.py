"""The drawing on the sheet and its answer: one entry of the history, made anew while the drawing grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from app.core.history import Entry
    from app.ui.formula.canvas import Canvas
    from app.ui.formula.keeper import Keeper
    from app.ui.formula.session import Session
    from app.ui.formula.workbench import Workbench


class Sheet(QObject):
    """Reads the drawing whenever the hand rests.

    Args:
        canvas: what is drawn on.
        workbench: where the answer is shown.
        keeper: the entry that is shown.
        session: reads.

    """

    def __init__(self, canvas: Canvas, workbench: Workbench, keeper: Keeper, session: Session) -> None:
        super().__init__(canvas)
        self._canvas, self._workbench, self._keeper, self._session = canvas, workbench, keeper, session
        self._entry: Entry | None = None
        self._is_read = True
        canvas.changed.connect(self._on_changed)

    def take_up(self) -> None:
        """Show the answer to the drawing that is on the sheet."""
        if not self._is_read:
            self._canvas.rest()
        elif self._entry is not None:
            self._keeper.hold(self._entry)
            self._show(self._entry)
        else:
            self._keeper.forget()
            self._workbench.clear()

    def remember(self) -> None:
        """Know what became of the answer, before another formula is shown."""
        shown = self._keeper.entry
        if self._entry is not None and shown is not None and shown.id == self._entry.id:
            self._entry = shown

    def read(self, image: QImage) -> None:
        """Read the drawing, null when there is none any more. What the user corrected meanwhile stays an entry."""
        editor = self._workbench.editor
        corrected = self._keeper.is_edited(editor.latex)
        self._keeper.keep(editor.latex)
        if image.isNull():
            self._entry, self._is_read = None, True
            self._session.stop()
            self._keeper.forget()
            self._workbench.clear()
            return
        replaced = None if corrected or self._entry is None else self._entry.id
        self._session.read_drawing(image, replaced)
        editor.setReadOnly(True)

    def show(self, entry: Entry) -> None:
        """Show an answer to the drawing."""
        self._entry, self._is_read = entry, True
        self._show(entry)

    def _show(self, entry: Entry) -> None:
        self._workbench.show_entry(entry, QImage(), (0.0, 0.0))

    def _on_changed(self) -> None:
        self._is_read = False
