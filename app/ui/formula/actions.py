"""What can be done in the formula tab: one action each, for menu, keys and command palette."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from app.core.i18n import mark
from app.formula.copying import FORMS
from app.ui.icons import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from app.ui.tabs.formula import FormulaTab

GROUP: Final = mark("Formula")
COPY_AS: Final = {
    "latex": mark("Copy as plain LaTeX"),
    "inline": mark("Copy for a sentence: $…$"),
    "parentheses": mark("Copy for a sentence: \\(…\\)"),
    "display": mark("Copy for its own line: \\[…\\]"),
    "equation": mark("Copy as a numbered equation"),
    "align": mark("Copy as aligned lines"),
    "markdown": mark("Copy as Markdown"),
    "word": mark("Copy as an equation for Word"),
    "mathml": mark("Copy as MathML"),
    "typst": mark("Copy as Typst"),
    "asciimath": mark("Copy as AsciiMath"),
    "sympy": mark("Copy as Python for SymPy"),
    "unicode": mark("Copy as plain text with Unicode"),
    "svg": mark("Copy as a picture: SVG"),
    "png": mark("Copy as a picture: PNG"),
}
"""Key of `FORMS` to the action's text."""
TAKE: Final = (mark("Take the first answer"), mark("Take the second answer"), mark("Take the third answer"))


@dataclass(frozen=True)
class FormulaActions:
    """The tab's actions."""

    open: QAction
    paste: QAction
    draw: QAction
    show_pdf: QAction
    close_pane: QAction
    copy: QAction
    copy_as: dict[str, QAction]
    take: tuple[QAction, ...]
    clear: QAction
    edit: QAction
    doubt: QAction
    take_other: QAction
    differences: QAction
    compare_engines: QAction
    zoom_in: QAction
    zoom_out: QAction
    zoom_fit: QAction

    def show_state(self, tab: FormulaTab) -> None:
        """Enable what can be done now."""
        at_work, workbench = not tab.stage.is_empty, tab.workbench
        for action in (self.copy, *self.copy_as.values()):
            action.setEnabled(bool(tab.editor.latex.strip()))
        for action in (self.clear, *self.zooming()):
            action.setEnabled(at_work)
        for number, action in enumerate(self.take):
            action.setEnabled(at_work and number < len(workbench.candidates.candidates))
        for action in (self.doubt, self.take_other):
            action.setEnabled(at_work and bool(tab.editor.doubts))
        self.differences.setEnabled(at_work and workbench.differences.picture is not None)
        self.close_pane.setEnabled(tab.stage.pane is not None)
        self.show_pdf.setEnabled(tab.pdf_pane.is_open)

    def zooming(self) -> list[QAction]:
        """Return the actions that change the scale."""
        return [self.zoom_out, self.zoom_fit, self.zoom_in]


def make_actions(tab: FormulaTab) -> FormulaActions:
    """Enter the tab's actions in the registry."""
    add = tab.add_tab_action
    return FormulaActions(
        open=add(
            "open", mark("Open pictures or a PDF…"), tab.choose_files, "Ctrl+O", "open",
            mark("Read formulas from picture files and from pages of a PDF"),
        ),
        paste=add(
            "paste", mark("Paste a picture"), tab.paste, "Ctrl+V", "paste", mark("Read the picture on the clipboard")
        ),
        draw=add(
            "draw", mark("Draw a formula"), tab.draw, "Ctrl+D", "draw", mark("Write it with mouse, finger or pen")
        ),
        show_pdf=add(
            "show_pdf", mark("Back to the PDF"), tab.show_pdf, "Ctrl+Shift+P", "page",
            mark("Show the pages that were open"),
        ),
        close_pane=add(
            "close_pane", mark("Close the sheet or the PDF"), tab.close_pane, "Ctrl+W", "close",
            mark("Show picture and answer only; drawing and PDF stay as they are"),
        ),
        copy=add("copy", mark("Copy the LaTeX"), tab.copy, "Ctrl+Shift+C", "copy", mark("Copy in the form used last")),
        copy_as={form: add(f"copy_{form}", COPY_AS[form], partial(tab.copy_as, form)) for form in FORMS},
        take=tuple(
            add(f"take_{number + 1}", text, partial(tab.workbench.candidates.take, number), f"Alt+{number + 1}")
            for number, text in enumerate(TAKE)
        ),
        clear=add("clear", mark("Clear the formula"), tab.clear, "Ctrl+Shift+Backspace", "close", mark("Begin anew")),
        edit=add(
            "edit", mark("Edit the LaTeX"), tab.edit, "Ctrl+E", "keyboard", mark("Put the cursor into the LaTeX")
        ),
        doubt=add(
            "doubt", mark("Next place in doubt"), tab.editor.go_to_doubt, "F8", "search",
            mark("Select in the LaTeX what the engine is not sure of"),
        ),
        take_other=add(
            "take_other", mark("Change the place in doubt"), tab.editor.take_other, "Ctrl+.", "repeat",
            mark("Put what the engine held likely, too, in its place"),
        ),
        differences=_differences(tab),
        compare_engines=add(
            "compare_engines", mark("Compare engines on this picture"), tab.compare_engines, "Ctrl+Shift+E", "repeat",
            mark("See what each recognition engine makes of the picture, and how fast"),
        ),
        zoom_in=add("zoom_in", mark("Enlarge"), tab.stage.zoom_in, "Ctrl++", "zoom-in"),
        zoom_out=add("zoom_out", mark("Reduce"), tab.stage.zoom_out, "Ctrl+-", "zoom-out"),
        zoom_fit=add("zoom_fit", mark("Fit the panes"), tab.stage.zoom_fit, "Ctrl+0", "zoom-fit"),
    )  # fmt: skip


def _differences(tab: FormulaTab) -> QAction:
    action = tab.add_tab_action(
        "differences",
        mark("Tint what differs"),
        tab.workbench.mark_differences,
        "Ctrl+Shift+D",
        "differences",
        mark("Tint where picture and answer look different"),
        checkable=True,
    )
    action.setIcon(icon("differences", checked="accent"))
    action.setChecked(True)
    return action
