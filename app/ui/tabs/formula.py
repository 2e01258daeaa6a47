"""Pictures of formulas to LaTeX: take one, compare, correct, copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QPushButton,
    QStackedWidget,
)

from app.core.errors import InputError, PaperdeskError
from app.core.i18n import tr
from app.formula.engine import ModelError, NoFormula
from app.formula.formats import FORMATS
from app.ui.formula.actions import make_actions
from app.ui.formula.copy_button import TOLD_MS, CopyButton, usual_form
from app.ui.formula.drop_hint import DropHint
from app.ui.formula.empty_state import EmptyState
from app.ui.formula.engine_loader import EngineLoader
from app.ui.formula.keeper import Keeper
from app.ui.formula.pictures import CAPTURE, CLIPBOARD, DROP, EXAMPLE, FILE, SUFFIXES, Source, sources_in
from app.ui.formula.recognition import Reader, Readings, read_all
from app.ui.formula.workbench import Workbench
from app.ui.icons import icon
from app.ui.tabs.base import Tab

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QHideEvent, QShowEvent

    from app.core.history import Entry
    from app.core.progress import Progress
    from app.ui.desk import Desk
    from app.ui.tasks import Task

HOTKEY: Final = "capture.hotkey"
COPY_FORMAT: Final = "formula.copy_format"
AUTO_COPY: Final = "formula.auto_copy"
CHANNEL: Final = "formula"
ENGINE: Final = "formula.engine"
ENGINE_SETTINGS: Final = frozenset({ENGINE, "formula.beam_width", "formula.threads"})
LOAD_AFTER_MS: Final = 200
"""The window is painted first."""


class FormulaTab(Tab):
    """One formula at a time: its picture, how its LaTeX looks, and the LaTeX itself.

    Args:
        desk: everything else there is.
        recogniser: what reads pictures; the engine of the settings without one.

    """

    key = "formula"

    def __init__(self, desk: Desk, recogniser: Reader | None = None) -> None:
        super().__init__(desk)
        self._task: Task | None = None
        self._dialog: QFileDialog | None = None
        self.engine = EngineLoader(desk, self.messages, recogniser, self)
        self.keeper = Keeper(desk, self)
        self.workbench = Workbench(desk, self.keeper)
        self.compare, self.editor, self.bar = self.workbench.compare, self.workbench.editor, self.workbench.bar
        self.preview = self.workbench.preview
        self.empty = EmptyState(desk, self._hotkey)
        self.actions_of_tab = make_actions(self)
        forms = self.actions_of_tab.copy_as
        self.copy_button = CopyButton(self.actions_of_tab.copy, list(forms.values()))
        self.capture_button, self.open_button = QPushButton(), QPushButton()
        self._drop_hint = DropHint(desk.theme, self)
        self._lay_out()
        self._connect()
        self._unsubscribe = desk.settings.subscribe(self._on_setting)
        self.destroyed.connect(self._unsubscribe)
        self.setAcceptDrops(True)
        self._show_state()
        self.retranslate()

    def retranslate(self) -> None:
        """Write all texts in the current language."""
        super().retranslate()
        hotkey = self._hotkey()
        self.capture_button.setText(tr("Capture  {hotkey}", hotkey=hotkey) if hotkey else tr("Capture"))
        self.capture_button.setToolTip(tr("Drag over a formula anywhere on the screen"))
        self.capture_button.setAccessibleName(tr("Capture"))
        self.open_button.setText(tr("Open…"))
        self.open_button.setToolTip(self.actions_of_tab.open.toolTip())
        self.editor.setPlaceholderText(tr("LaTeX: the answer appears here, and you can type"))
        self.editor.setAccessibleName(tr("LaTeX"))
        for part in (self.compare, self.bar, self.empty, self.copy_button):
            part.retranslate()

    def focus_input(self) -> None:
        """Put the keyboard into the LaTeX, or on the example while there is nothing else."""
        if self._stack.currentWidget() is self.empty:
            self.empty.card.setFocus()
        else:
            self.editor.setFocus()

    def help_rows(self) -> list[tuple[str, str]]:
        """Return the keys that are no actions of this tab."""
        hotkey = self._hotkey()
        rows = [(hotkey, tr("Capture a formula from the screen, from any program"))] if hotkey else []
        return [
            *rows,
            (tr("Ctrl+C in the LaTeX"), tr("Copy the formula when nothing is selected")),
            (tr("Ctrl+wheel"), tr("Enlarge or reduce picture and answer together")),
            ("Esc", tr("Stop the reading")),
        ]

    def go_back(self) -> bool:
        """Stop the reading; return whether there was one."""
        if not self.is_reading:
            return False
        self._stop()
        return True

    @property
    def is_reading(self) -> bool:
        """Whether an answer is awaited."""
        return self._task is not None

    def accept_capture(self, image: QImage) -> None:
        """Read the pixels that the user captured."""
        self.read([Source(CAPTURE, image)])

    def accept_entry(self, entry: Entry) -> None:
        """Show a result of the history again."""
        self._stop()
        self.keeper.keep(self.editor.latex)
        self.keeper.open(entry, self._show_entry)

    def read(self, sources: Sequence[Source]) -> None:
        """Read pictures in turn, show the last; what was being read is dropped."""
        if not sources:
            return
        self._stop()
        self.keeper.keep(self.editor.latex)
        self.keeper.forget()
        self.messages.clear()
        self._begin(sources[-1])
        reader, history = self.engine.reader, self.desk.history

        def work(progress: Progress) -> Readings:
            return read_all(sources, reader, history, progress)

        task = self.desk.tasks.run(work, self._show_readings, self._show_error, self.progress.update, channel=CHANNEL)
        task.finished.connect(self._task_ended)
        self._task = task
        self.progress.start(task, tr("Reading the formula"))

    def choose_files(self) -> None:
        """Ask for picture files and read them."""
        dialog = QFileDialog(self, tr("Open pictures of formulas"))
        patterns = " ".join(f"*.{suffix}" for suffix in SUFFIXES)
        dialog.setNameFilters([tr("Pictures ({patterns})", patterns=patterns), tr("All files (*)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._read_files)
        dialog.open()

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
        self._copy(usual_form(self.desk.settings.text(COPY_FORMAT)))

    def copy_as(self, form: str) -> None:
        """Copy the formula in a form, which is the usual one from now on."""
        try:
            self.desk.settings.set(COPY_FORMAT, form)
        except PaperdeskError as error:
            self.messages.show_message(str(error), "error")
        self._copy(form)

    def edit(self) -> None:
        """Put the cursor into the LaTeX, also when there is no picture."""
        if self._stack.currentWidget() is self.empty:
            self.compare.hide_snip()
            self._stack.setCurrentWidget(self.workbench)
        self.editor.setFocus()

    def clear(self) -> None:
        """Begin anew; the formula stays in the history."""
        self._stop()
        self.keeper.keep(self.editor.latex)
        entry = self.keeper.entry
        self.keeper.forget()
        self.workbench.clear()
        self.messages.clear()
        self._stack.setCurrentWidget(self.empty)
        self.focus_input()
        self._show_state()
        if entry is not None:
            undo = (tr("Undo"), lambda: self.keeper.open(entry, self._show_entry))
            self.messages.show_message(tr("Cleared. The formula is still in the history."), "info", undo)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the example when it is first seen."""
        super().showEvent(event)
        if self.empty.card.picture.isNull():
            self.empty.card.prepare()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what was edited when the user goes elsewhere."""
        self.keeper.keep(self.editor.latex)
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Welcome pictures."""
        mime = event.mimeData()
        if mime.hasImage() or any(url.isLocalFile() for url in mime.urls()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._drop_hint.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        """Show the tab as it was."""
        self._drop_hint.hide()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Read what was dropped."""
        self._drop_hint.hide()
        sources = sources_in(event.mimeData(), DROP)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.read(sources)
        self.editor.setFocus()

    def _begin(self, source: Source) -> None:
        """Show a picture whose answer is awaited."""
        self.workbench.begin(source.image)
        if self._stack.currentWidget() is self.empty:
            self._stack.setCurrentWidget(self.workbench)
            self.editor.setFocus()
        self._show_state()

    def _show_readings(self, readings: Readings) -> None:
        """Show the last of the answers, and what went wrong with the others."""
        if readings.faults:
            name, error = readings.faults[0]
            text = tr(
                "{done} read, {failed} not: {name}: {error}",
                done=readings.done,
                failed=len(readings.faults),
                name=name,
                error=error,
            )
            self.messages.show_message(text, "warning")
        elif readings.done > 1:
            text = tr("{done} formulas read. All of them are in the history.", done=readings.done)
            self.messages.show_message(text, "success")
        reading = readings.last
        if reading is None:
            return
        self.keeper.hold(reading.entry)
        self.workbench.show_entry(reading.entry, reading.image, reading.ink)
        self._show_state()
        if reading.source.origin == CAPTURE and self.desk.settings.flag(AUTO_COPY):
            self.copy()
            self._tell_copied()

    def _tell_copied(self) -> None:
        """Say what is on the clipboard to somebody who captured from another program and does not see the button."""
        if QApplication.activeWindow() is None:
            text = tr("LaTeX copied: {latex}", latex=self.editor.latex)
            self.messages.show_message(text, "success", timeout_ms=TOLD_MS)

    def _show_entry(self, entry: Entry, image: QImage, ink: tuple[float, float]) -> None:
        """Show a result of the history."""
        self.messages.clear()
        self._stack.setCurrentWidget(self.workbench)
        self.workbench.show_entry(entry, image, ink)
        self._show_state()
        self.editor.setFocus()

    def _show_error(self, error: Exception) -> None:
        """Say why there is no answer."""
        if not isinstance(error, PaperdeskError):
            self.desk.crashed.emit(error)
            return
        if isinstance(error, ModelError):
            self.engine.fail(error)
        else:
            kind = "info" if isinstance(error, NoFormula) else "warning" if isinstance(error, InputError) else "error"
            self.messages.show_message(str(error), kind)
        if self.compare.snip_view.is_empty:
            self._stack.setCurrentWidget(self.empty)

    def _task_ended(self) -> None:
        """Let the user write again."""
        if self.sender() is not self._task:
            return
        self._task = None
        self.editor.setReadOnly(False)
        self._show_state()

    def _stop(self) -> None:
        """Await no answer any more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.progress.finish()
        self.editor.setReadOnly(False)

    def _copy(self, form: str) -> None:
        """Copy the formula and say so at the button."""
        latex = self.editor.latex.strip()
        if not latex:
            return
        self.desk.copy_text(FORMATS[form].convert(latex))
        self.copy_button.tell(form)
        self.keeper.keep(self.editor.latex, typed=True)

    def _read_files(self, names: list[str]) -> None:
        """Read the files of the dialog."""
        self.read([Source(FILE, path=Path(name)) for name in names])
        self.editor.setFocus()

    def _on_setting(self, key: str, _value: object) -> None:
        """Show the hotkey in force."""
        if key == HOTKEY:
            self.retranslate()

    def _request_capture(self) -> None:
        """Let the user choose a region of the screen."""
        self.desk.capture_requested.emit()

    def _hotkey(self) -> str:
        """Return the keys that start a capture, as the user reads them."""
        keys = QKeySequence(self.desk.settings.text(HOTKEY))
        return keys.toString(QKeySequence.SequenceFormat.NativeText)

    def _show_state(self) -> None:
        """Enable what can be done now."""
        has_source = bool(self.editor.latex.strip())
        at_work = self._stack.currentWidget() is self.workbench
        self.actions_of_tab.copy.setEnabled(has_source)
        for action in self.actions_of_tab.copy_as.values():
            action.setEnabled(has_source)
        self.actions_of_tab.clear.setEnabled(at_work)
        for action in self.actions_of_tab.zooming():
            action.setEnabled(at_work)

    def _connect(self) -> None:
        """Connect the parts."""
        self.capture_button.clicked.connect(self._request_capture)
        self.open_button.clicked.connect(self.actions_of_tab.open.trigger)
        self.empty.example_chosen.connect(lambda image: self.read([Source(EXAMPLE, image)]))
        self.editor.textChanged.connect(self._show_state)
        self.editor.pictures_pasted.connect(self.read)
        self.editor.copy_requested.connect(self.copy)
        self.keeper.failed.connect(lambda text: self.messages.show_message(text, "error"))
        self.progress.cancelled.connect(self._stop)

    def _lay_out(self) -> None:
        """Put the parts in their places."""
        self.capture_button.setProperty("kind", "primary")
        self.capture_button.setIcon(icon("capture", "accent_text"))
        self.open_button.setIcon(icon("open"))
        self.add_header_widget(self.open_button)
        self.add_header_widget(self.capture_button)
        self.compare.add_buttons(self.actions_of_tab.zooming())
        self.workbench.add_copy_button(self.copy_button)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.workbench)
        self.content.addWidget(self._stack, 1)
