"""What can be done in the formula tab: one action each, for menu, keys and command palette."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from app.core.i18n import mark
from app.formula.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from app.ui.tabs.formula import FormulaTab

GROUP: Final = mark("Formula")
COPY_AS: Final = {
    "latex": mark("Copy as plain LaTeX"),
    "inline": mark("Copy for a sentence: $…$"),
    "display": mark("Copy for its own line: \\[…\\]"),
    "equation": mark("Copy as a numbered equation"),
}
"""Key of `FORMATS` to the action's text."""


@dataclass(frozen=True)
class FormulaActions:
    """The tab's actions."""

    open: QAction
    paste: QAction
    copy: QAction
    copy_as: dict[str, QAction]
    clear: QAction
    edit: QAction
    zoom_in: QAction
    zoom_out: QAction
    zoom_fit: QAction

    def zooming(self) -> list[QAction]:
        """Return the actions that change the scale."""
        return [self.zoom_out, self.zoom_fit, self.zoom_in]


def make_actions(tab: FormulaTab) -> FormulaActions:
    """Enter the tab's actions in the registry."""

    def add(name: str, text: str, slot: Callable[[], None], keys: str = "", icon: str = "", tip: str = "") -> QAction:
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        return tab.desk.actions.add(
            f"formula.{name}", text, slot, shortcut=keys, icon=icon, tip=tip, group=GROUP, owner=tab, context=context
        )

    zoom = tab.compare.zoom
    return FormulaActions(
        open=add(
            "open", mark("Open pictures…"), tab.choose_files, "Ctrl+O", "open", mark("Read formulas from picture files")
        ),
        paste=add(
            "paste", mark("Paste a picture"), tab.paste, "Ctrl+V", "paste", mark("Read the picture on the clipboard")
        ),
        copy=add("copy", mark("Copy the LaTeX"), tab.copy, "Ctrl+Shift+C", "copy", mark("Copy in the form used last")),
        copy_as={form: add(f"copy_{form}", COPY_AS[form], partial(tab.copy_as, form)) for form in FORMATS},
        clear=add("clear", mark("Clear the formula"), tab.clear, "Ctrl+Shift+Backspace", "close", mark("Begin anew")),
        edit=add("edit", mark("Edit the LaTeX"), tab.edit, "Ctrl+E", "draw", mark("Put the cursor into the LaTeX")),
        zoom_in=add("zoom_in", mark("Enlarge"), zoom.zoom_in, "Ctrl++", "zoom-in"),
        zoom_out=add("zoom_out", mark("Reduce"), zoom.zoom_out, "Ctrl+-", "zoom-out"),
        zoom_fit=add("zoom_fit", mark("Fit the panes"), zoom.fit, "Ctrl+0", "zoom-fit"),
    )
