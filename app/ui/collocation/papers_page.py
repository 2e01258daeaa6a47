"""The user's own papers: which are counted, counting them in the background, and what was left out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from app.core.errors import Cancelled, InputError, PaperdeskError
from app.core.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.collocation.build.pipeline import Summary
    from app.collocation.library import Library
    from app.core.progress import Progress
    from app.ui.desk import Desk
    from app.ui.tasks import Task
    from app.ui.widgets.message_bar import MessageBar
    from app.ui.widgets.progress_line import ProgressLine

MOST_SKIPPED: Final = 200
"""Documents that could not be read and are listed."""


class PapersBuilder(QObject):
    """Counts papers, one build at a time, while the rest of the program goes on."""

    built = Signal(object)
    """The `Summary` of a build that is complete."""
    changed = Signal()
    """A build has begun or ended."""

    def __init__(
        self, desk: Desk, library: Library, progress: ProgressLine, messages: MessageBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._library = desk, library
        self._progress, self._messages = progress, messages
        self._task: Task | None = None
        progress.cancelled.connect(self._tell_stopped)

    @property
    def is_building(self) -> bool:
        """Whether papers are being counted."""
        return self._task is not None

    def build(self, sources: Sequence[Path]) -> None:
        """Count the papers in files and folders; the index there is stays until the new one is complete."""
        library = self._library

        def work(progress: Progress) -> Summary:
            from app.collocation.build.own import build_papers  # noqa: PLC0415 - what reads papers is slow to import

            return build_papers(library, sources, progress)

        self._task = self._desk.tasks.run(work, self.built.emit, self._fail, self._progress.update)
        self._task.finished.connect(self._end)
        self._progress.start(self._task, tr("Counting your papers"))
        self.changed.emit()

    def _end(self) -> None:
        self._task = None
        self.changed.emit()

    def _tell_stopped(self) -> None:
        self._messages.show_message(tr("Stopped. Started again, the counting goes on where it was."), "info")

    def _fail(self, error: Exception) -> None:
        if isinstance(error, PaperdeskError) and not isinstance(error, Cancelled):
            self._messages.show_message(str(error), "warning" if isinstance(error, InputError) else "error")
        elif not isinstance(error, PaperdeskError):
            self._desk.crashed.emit(error)


class PapersPage(QWidget):
    """The files and folders, and buttons to change and to count them.

    Args:
        desk: theme.
        library: remembers what was counted.
        builder: counts.

    """

    def __init__(self, desk: Desk, library: Library, builder: PapersBuilder) -> None:
        super().__init__()
        self._library, self._builder = library, builder
        self._summary: Summary | None = None
        self._title, self._explanation, self.result = QLabel(), QLabel(), QLabel()
        self.list, self.skipped = QListWidget(), QListWidget()
        self.add_folder, self.add_files, self.remove = QPushButton(), QPushButton(), QPushButton()
        self.build = QPushButton()
        self._lay_out(desk)
        self._connect()
        self._show_state()

    @property
    def sources(self) -> list[Path]:
        """The files and folders that are listed."""
        return [Path(self.list.item(row).text()) for row in range(self.list.count())]

    def open(self) -> None:
        """Show what was counted the last time."""
        if not self.list.count():
            self.add([*self._library.paper_sources()])
        (self.build if self.list.count() else self.add_folder).setFocus()

    def add(self, paths: Sequence[Path]) -> None:
        """List more files and folders, each once."""
        known = set(self.sources)
        self.list.addItems([str(path) for path in paths if path not in known])
        self._show_state()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self._title.setText(tr("Ask your own papers"))
        self._explanation.setText(
            tr(
                "Choose folders of PDF, TeX, Word, BibTeX or text files, such as the storage folder of Zotero. "
                "They are counted on this computer and stay on it."
            )
        )
        self.add_folder.setText(tr("Add a folder…"))
        self.add_files.setText(tr("Add files…"))
        self.remove.setText(tr("Remove from the list"))
        self.build.setText(tr("Count the papers"))
        self.list.setAccessibleName(tr("Files and folders"))
        self.skipped.setAccessibleName(tr("Papers that were left out"))
        self._write_result()

    def show_summary(self, summary: Summary) -> None:
        """Show what a build has done."""
        self._summary = summary
        self.skipped.clear()
        self.skipped.addItems([each.reason for each in summary.skipped[:MOST_SKIPPED]])
        self._write_result()

    def _write_result(self) -> None:
        summary = self._summary
        self.result.setVisible(summary is not None)
        self.skipped.setVisible(summary is not None and bool(summary.skipped))
        if summary is None:
            return
        text = tr("{words} words counted, {phrases} phrases kept.",
                  words=f"{summary.tokens:,}", phrases=f"{sum(summary.rows):,}")  # fmt: skip
        if summary.skipped:
            text += " " + tr("Could not be read: {count}", count=f"{len(summary.skipped):,}")
        self.result.setText(text)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, tr("Add a folder…"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open_dialog(dialog)

    def _choose_files(self) -> None:
        dialog = QFileDialog(self, tr("Add files…"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self._open_dialog(dialog)

    def _open_dialog(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
        dialog.open()

    def _remove(self) -> None:
        for item in self.list.selectedItems():
            self.list.takeItem(self.list.row(item))
        self._show_state()

    def _show_state(self) -> None:
        building = self._builder.is_building
        if building and self.build.hasFocus():  # which a button that is switched off would pass on to the sidebar
            self.list.setFocus()
        self.build.setEnabled(bool(self.list.count()) and not building)
        self.remove.setEnabled(bool(self.list.selectedItems()) and not building)
        for button in (self.add_folder, self.add_files):
            button.setEnabled(not building)

    def _connect(self) -> None:
        self.add_folder.clicked.connect(self._choose_folder)
        self.add_files.clicked.connect(self._choose_files)
        self.remove.clicked.connect(self._remove)
        self.build.clicked.connect(lambda: self._builder.build(self.sources))
        self.list.itemSelectionChanged.connect(self._show_state)
        self._builder.changed.connect(self._show_state)
        self._builder.built.connect(self.show_summary)

    def _lay_out(self, desk: Desk) -> None:
        space = desk.theme.space
        self._title.setFont(desk.theme.font("title"))
        self._explanation.setProperty("tone", "muted")
        self.build.setProperty("kind", "primary")
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        for label in (self._explanation, self.result):
            label.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(space(8))
        for button in (self.add_folder, self.add_files, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.build)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, space(4), 0, 0)
        column.setSpacing(space(8))
        for part in (self._title, self._explanation, self.list):
            column.addWidget(part, 2 if part is self.list else 0)
        column.addLayout(buttons)
        column.addWidget(self.result)
        column.addWidget(self.skipped, 1)
