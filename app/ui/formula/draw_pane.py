"""The sheet to draw on with its tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.i18n import mark, tr
from app.ui.formula.canvas import Canvas
from app.ui.formula.pane import ToolPane
from app.ui.icons import icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.desk import Desk


class DrawPane(ToolPane):
    """A canvas and its actions, whose keys work while the keyboard is on it.

    Args:
        desk: theme and actions.
        group: marked; the heading under which the actions are listed.
        parent: the owner.

    """

    def __init__(self, desk: Desk, group: str, parent: QWidget | None = None) -> None:
        self.canvas = Canvas(desk.theme)
        super().__init__(desk, group, self.canvas, parent)
        self.erase = self.add_action("erase", mark("Erase"), self.canvas.set_erasing, "E", "eraser", checkable=True)
        self.erase.setIcon(icon("eraser", checked="accent"))
        self.undo = self.add_action("undo_stroke", mark("Undo the stroke"), self.canvas.undo, "Ctrl+Z", "undo")
        self.redo = self.add_action("redo_stroke", mark("Redo the stroke"), self.canvas.redo, "Ctrl+Shift+Z", "redo")
        self.wipe = self.add_action("clear_drawing", mark("Clear the drawing"), self.canvas.clear, "Delete", "delete")
        self.add_buttons([self.erase, self.undo, self.redo, self.wipe])
        self.canvas.changed.connect(self._show_state)
        self._show_state()
        self.retranslate()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.caption.setText(tr("Draw a formula"))
        self.canvas.retranslate()

    def _show_state(self) -> None:
        """Enable what can be done now."""
        ink = self.canvas.ink
        self.undo.setEnabled(ink.can_undo)
        self.redo.setEnabled(ink.can_redo)
        self.wipe.setEnabled(bool(ink.strokes))
        self.erase.setEnabled(bool(ink.strokes) or self.erase.isChecked())
