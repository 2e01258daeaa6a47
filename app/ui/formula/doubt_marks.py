"""The places of a formula's source that its engine is not sure of; they move as the user types around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTextDocument

    from app.formula.engine import Doubt


@dataclass(frozen=True)
class Mark:
    """A doubt in the text."""

    cursor: QTextCursor
    """Selects its characters."""
    text: str
    """What they were."""
    instead: str
    """What may be there instead; empty if that is not known."""

    def holds(self, position: int) -> bool:
        """Tell whether a cursor at `position` is in the place or at its edge."""
        return self.cursor.selectionStart() <= position <= self.cursor.selectionEnd()


class DoubtMarks:
    """Remembers where doubts are in `document`."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._marks: list[Mark] = []

    def take(self, doubts: Sequence[Doubt]) -> None:
        """Remember `doubts`, which are about the document as it is, and no others."""
        self._marks = []
        for doubt in doubts:
            if doubt.end < self._document.characterCount():
                cursor = QTextCursor(self._document)
                cursor.setPosition(doubt.start)
                cursor.setPosition(doubt.end, QTextCursor.MoveMode.KeepAnchor)
                self._marks.append(Mark(cursor, cursor.selectedText(), doubt.instead))

    def standing(self) -> list[Mark]:
        """Return the places that nobody has changed since, in the order of the text."""
        return [mark for mark in self._marks if mark.cursor.selectedText() == mark.text]

    def at(self, position: int) -> Mark | None:
        """Return the place that holds `position`."""
        return next((mark for mark in self.standing() if mark.holds(position)), None)

    def after(self, position: int) -> Mark | None:
        """Return the first place that ends after `position`, or the first of all."""
        standing = self.standing()
        return next((mark for mark in standing if mark.cursor.selectionEnd() > position), next(iter(standing), None))
