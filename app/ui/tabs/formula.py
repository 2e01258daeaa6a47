"""Pictures of formulas to LaTeX: take one, compare, correct, copy."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from app.core.errors import InputError, PaperdeskError
from app.core.i18n import tr
from app.formula.engine import ModelError, NoFormula
from app.ui.formula.actions import GROUP, make_actions
from app.ui.formula.copier import Copier
from app.ui.formula.copy_button import COPIED, PLAIN, TOLD_MS, CopyButton, usual_form
from app.ui.formula.draw_pane import DrawPane
from app.ui.formula.drop_hint import DropHint
from app.ui.formula.empty_state import EmptyState
from app.ui.formula.engine_loader import EngineLoader
from app.ui.formula.file_dialog import ask_files
from app.ui.formula.header import HOTKEY, HeaderButtons, hotkey
from app.ui.formula.keeper import Keeper
from app.ui.formula.pdf_pane import PdfPane
from app.ui.formula.pictures import CAPTURE, CLIPBOARD, DRAWING, EXAMPLE, PDF, Source, is_pdf, sources_in
from app.ui.formula.recognition import news
from app.ui.formula.session import Session
from app.ui.formula.sheet import Sheet
from app.ui.formula.stage import Stage
from app.ui.formula.workbench import Workbench
from app.ui.tabs.base import Tab

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent

    from app.core.history import Entry
    from app.ui.desk import Desk
    from app.ui.formula.recognition import Reader, Readings

COPY_FORMAT: Final = "formula.copy_format"
AUTO_COPY: Final = "formula.auto_copy"
NEWS_MS: Final = 2500
"""What needs no answer is gone after this."""


class FormulaTab(Tab):
    """One formula at a time: where it comes from, how its LaTeX looks, and the LaTeX itself.

    Args:
        desk: everything else there is.
        recogniser: what reads pictures; the engine of the settings without one.

    """

    key = "formula"

    def __init__(self, desk: Desk, recogniser: Reader | None = None) -> None:
        super().__init__(desk)
        self.engine = EngineLoader(desk, self.messages, recogniser, self)
        self.keeper, self.copier = Keeper(desk, self), Copier(desk, self)
        self.session = Session(desk, self.engine, self)
        self.workbench = Workbench(desk, self.keeper)
        self.compare, self.editor, self.bar = self.workbench.compare, self.workbench.editor, self.workbench.bar
        self.preview = self.workbench.preview
        self.draw_pane, self.pdf_pane = DrawPane(desk, GROUP), PdfPane(desk, GROUP)
        self.sheet = Sheet(self.draw_pane.canvas, self.workbench, self.keeper, self.session)
        self.empty = EmptyState(desk, partial(hotkey, desk.settings))
        self.stage = Stage(desk.theme, self.empty, self.workbench, self.draw_pane, self.pdf_pane)
        self.actions_of_tab = make_actions(self)
        self.copy_button = CopyButton(self.actions_of_tab.copy, self.actions_of_tab.copy_as)
        self.buttons = HeaderButtons(desk.settings, self.actions_of_tab)
        self._drop_hint = DropHint(desk.theme, self)
        self._lay_out()
        self._connect()
        self._unsubscribe = desk.settings.subscribe(self._on_setting)
        self.destroyed.connect(self._unsubscribe)
        self._show_state()
        self.retranslate()

    def retranslate(self) -> None:
        """Write all texts in the current language."""
        super().retranslate()
        self.editor.setPlaceholderText(tr("LaTeX: the answer appears here, and you can type"))
        self.editor.setAccessibleName(tr("LaTeX"))
        for part in (self.buttons, self.workbench, self.draw_pane, self.pdf_pane, self.empty, self.copy_button):
            part.retranslate()

    def focus_input(self) -> None:
        """Put the keyboard into the LaTeX, on the sheet or the pages, or on the example while there is nothing else."""
        self.stage.focus()

    def help_rows(self) -> list[tuple[str, str]]:
        """Return the keys that are no actions of this tab."""
        keys = hotkey(self.desk.settings)
        rows = [(keys, tr("Capture a formula from the screen, from any program"))] if keys else []
        return [
            *rows,
            (tr("Ctrl+C in the LaTeX"), tr("Copy the formula when nothing is selected")),
            (tr("Ctrl+wheel"), tr("Enlarge or reduce picture and answer together")),
            (tr("Enter on a page"), tr("Bring up a box: arrows move it, with Shift resize it, Enter reads it")),
            ("Esc", tr("Stop the reading")),
        ]

    def go_back(self) -> bool:
        """Stop the reading, or leave the pages or the sheet; return whether there was something to leave."""
        if self.session.is_reading:
            self.session.stop()
            return True
        if self.stage.pane is None:
            return False
        if not self.pdf_pane.view.drop_box():
            self.close_pane()
        return True

    @property
    def is_reading(self) -> bool:
        """Whether an answer is awaited."""
        return self.session.is_reading

    def accept_capture(self, image: QImage) -> None:
        """Read the pixels that the user captured."""
        self.read([Source(CAPTURE, image)])

    def accept_entry(self, entry: Entry) -> None:
        """Show a result of the history again."""
        self._leave()
        self.keeper.open(entry, self._show_entry)

    def read(self, sources: Sequence[Source]) -> None:
        """Read pictures in turn, show the last; open a PDF, of which a part is to be chosen."""
        pictures = [source for source in sources if not is_pdf(source)]
        if not pictures:
            for source in sources[:1]:
                self.open_pdf(source.path or Path())
            return
        self._leave()
        self.keeper.forget()
        self.messages.clear()
        self._begin(pictures[-1])
        self.progress.start(self.session.read(pictures), tr("Reading the formula"))

    def open_pdf(self, path: Path) -> None:
        """Show the pages of a PDF file."""
        self.messages.clear()
        self.progress.start(self.pdf_pane.open(path), tr("Opening {name}", name=path.name))

    def show_pdf(self) -> None:
        """Show the pages of the PDF that was opened last."""
        self._show_pane(self.pdf_pane)

    def draw(self) -> None:
        """Show the sheet to draw on."""
        was_open = self.stage.pane is self.draw_pane
        if not was_open:
            self._leave()
        self._show_pane(self.draw_pane)
        if not was_open:
            self.sheet.take_up()

    def close_pane(self) -> None:
        """Show only picture and answer; the drawing and the PDF stay as they are."""
        self._leave()
        was_drawn = self.stage.pane is self.draw_pane
        self.stage.show_pane(None)
        if self.keeper.entry is None and not self.editor.latex.strip():
            self.stage.show_empty()
        elif was_drawn and self.keeper.entry is not None:
            self.keeper.open(self.keeper.entry, self._show_entry)
        self.focus_input()
        self._show_state()

    def choose_files(self) -> None:
        """Ask for picture or PDF files and read them."""
        ask_files(self, self._bring)

    def paste(self) -> None:
        """Read the picture on the clipboard; put text that is there into the LaTeX."""
        # Qt returns None for an empty clipboard, whatever its types say.
        mime = QGuiApplication.clipboard().mimeData() or QMimeData()
        if sources := sources_in(mime, CLIPBOARD):
            self.read(sources)
        elif mime.hasText() and mime.text().strip():
            self.edit()
            self.editor.insertPlainText(mime.text())
        else:
            self.messages.show_message(tr("There is no picture on the clipboard. Copy one and paste again."), "info")

    def copy(self) -> None:
        """Copy the formula in the form used last."""
        latex = self.editor.latex.strip()
        if latex:
            self.copier.copy(usual_form(self.desk.settings.text(COPY_FORMAT)), latex)
            self.keeper.keep(self.editor.latex, typed=True)

    def copy_as(self, form: str) -> None:
        """Copy the formula in a form, which is the usual one from now on."""
        try:
            self.desk.settings.set(COPY_FORMAT, form)
        except PaperdeskError as error:
            self.messages.show_message(str(error), "error")
        self.copy()

    def edit(self) -> None:
        """Put the cursor into the LaTeX, also when there is no picture."""
        if self.stage.is_empty:
            self.compare.hide_snip()
        self.stage.show_answer()
        self.editor.setFocus()

    def clear(self) -> None:
        """Begin anew; the formula stays in the history, and undo brings the drawing back to the sheet."""
        self._leave()
        self.draw_pane.canvas.clear()
        entry = self.keeper.entry
        self.keeper.forget()
        self.workbench.clear()
        self.messages.clear()
        self.stage.show_empty()
        self.focus_input()
        self._show_state()
        if entry is not None:
            undo = (tr("Undo"), lambda: self.keeper.open(entry, self._show_entry))
            self.messages.show_message(tr("Cleared. The formula is still in the history."), "info", undo)

    def compare_engines(self) -> None:
        """Show what each engine makes of the picture, of the example while there is none."""
        from app.ui.formula.engine_comparison import EngineComparison  # noqa: PLC0415 - seldom asked for

        picture = self.stage.picture
        if picture.isNull():
            self.messages.show_message(tr("Read a picture first, then compare."), "info", timeout_ms=NEWS_MS)
            return
        dialog = EngineComparison(self.desk, picture, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.taken.connect(self._use)
        dialog.open()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what was edited when the user goes elsewhere."""
        self.keeper.keep(self.editor.latex)
        super().hideEvent(event)

    def _leave(self) -> None:
        """Stop the reading and keep what was edited, before another formula comes."""
        self.session.stop()
        self.keeper.keep(self.editor.latex)
        self.sheet.remember()

    def _show_pane(self, pane: DrawPane | PdfPane) -> None:
        """Bring the sheet or the pages to the front."""
        self.stage.show_pane(pane)
        pane.setFocus()
        self._show_state()

    def _begin(self, source: Source) -> None:
        """Show a picture whose answer is awaited."""
        self.workbench.begin(source.image)
        was_empty = self.stage.is_empty
        if source.origin == PDF:
            self.stage.show_answer()
        else:
            self.stage.show_pane(None)
        if was_empty:
            self.editor.setFocus()
        self._show_state()

    def _read_drawing(self, image: QImage) -> None:
        """Read what was drawn, unless the sheet is out of sight by now."""
        if self.stage.pane is self.draw_pane:
            self.sheet.read(image)
            self._show_state()

    def _show_readings(self, readings: Readings) -> None:
        """Show the last of the answers, and what went wrong with the others."""
        if told := news(readings):
            self.messages.show_message(*told)
        reading = readings.last
        if reading is None:
            return
        self.keeper.hold(reading.entry)
        if reading.source.origin == DRAWING:
            self.sheet.show(reading.entry)
        else:
            self.workbench.show_entry(reading.entry, reading.image, reading.ink)
        self._show_state()
        if reading.source.origin == CAPTURE and self.desk.settings.flag(AUTO_COPY):
            self.copy()

    def _show_entry(self, entry: Entry, image: QImage, ink: tuple[float, float]) -> None:
        """Show a result of the history."""
        self.messages.clear()
        self.stage.show_pane(None)
        self.workbench.show_entry(entry, image, ink)
        self._show_state()
        self.editor.setFocus()

    def _show_error(self, error: Exception) -> None:
        """Say why there is no answer."""
        if not isinstance(error, PaperdeskError):
            self.desk.crashed.emit(error)
            return
        if isinstance(error, NoFormula) and self.stage.pane is self.draw_pane:
            self.messages.show_message(tr("Nothing is read in the drawing yet."), "info", timeout_ms=NEWS_MS)
        elif isinstance(error, ModelError):
            self.engine.fail(error)
        else:
            kind = "info" if isinstance(error, NoFormula) else "warning" if isinstance(error, InputError) else "error"
            self.messages.show_message(str(error), kind)
        if self.stage.pane is None and self.compare.snip_view.is_empty:
            self.stage.show_empty()

    def _reading_ended(self) -> None:
        """Let the user write again."""
        self.progress.finish()
        self.editor.setReadOnly(False)
        self._show_state()

    def _on_copied(self, form: str) -> None:
        """Say it at the button, and to somebody who captured from another program and does not see the button."""
        self.copy_button.tell(form)
        if QApplication.activeWindow() is None:
            plain = tr("LaTeX copied: {latex}", latex=self.editor.latex)
            self.messages.show_message(plain if form == PLAIN else tr(COPIED[form]), "success", timeout_ms=TOLD_MS)

    def _on_not_copied(self, text: str) -> None:
        """Say what the form cannot express, and offer what always works."""
        plain = self.actions_of_tab.copy_as[PLAIN]
        self.messages.show_message(text, "warning", (plain.text(), plain.trigger))

    def _use(self, latex: str) -> None:
        """Go on with the answer of another engine."""
        self.edit()
        self.workbench.take(latex)

    def _bring(self, sources: list[Source]) -> None:
        """Read what was dropped or chosen in the dialog."""
        self.read(sources)
        self.editor.setFocus()

    def _on_setting(self, key: str, _value: object) -> None:
        """Show the hotkey and the form of copies in force."""
        if key == HOTKEY:
            self.retranslate()
        elif key == COPY_FORMAT:
            self._show_form()

    def _show_form(self) -> None:
        self.copy_button.mark_usual(usual_form(self.desk.settings.text(COPY_FORMAT)))

    def _show_state(self) -> None:
        """Enable what can be done now."""
        self.actions_of_tab.show_state(self)

    def _connect(self) -> None:
        """Connect the parts."""
        self.buttons.capture.clicked.connect(self.desk.capture_requested)
        self.empty.example_chosen.connect(lambda image: self.read([Source(EXAMPLE, image)]))
        self.editor.textChanged.connect(self._show_state)
        self.editor.pictures_pasted.connect(self.read)
        self.editor.copy_requested.connect(self.copy)
        self.keeper.failed.connect(lambda text: self.messages.show_message(text, "error"))
        self.copier.copied.connect(self._on_copied)
        self.copier.failed.connect(self._on_not_copied)
        self._drop_hint.dropped.connect(self._bring)
        self.session.answered.connect(self._show_readings)
        self.session.failed.connect(self._show_error)
        self.session.progressed.connect(self.progress.update)
        self.session.ended.connect(self._reading_ended)
        self.progress.cancelled.connect(self.session.stop)
        self.draw_pane.canvas.rested.connect(self._read_drawing)
        self.pdf_pane.opened.connect(lambda: self._show_pane(self.pdf_pane))
        self.pdf_pane.failed.connect(self._show_error)
        self.pdf_pane.chosen.connect(lambda source: self.read([source]))

    def _lay_out(self) -> None:
        """Put the parts in their places."""
        for button in (self.buttons.draw, self.buttons.open, self.buttons.capture):
            self.add_header_widget(button)
        actions = self.actions_of_tab
        self.compare.add_buttons([actions.differences, *actions.zooming()])
        self.draw_pane.add_buttons([actions.close_pane])
        self.pdf_pane.add_buttons([actions.close_pane])
        self.workbench.add_copy_button(self.copy_button)
        self.content.addWidget(self.stage, 1)
        self._show_form()
