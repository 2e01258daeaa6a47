"""Takes the palette to where it is used: files, matplotlib, Plotly, and figures in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.errors import InputError, PaperdeskError
from app.core.i18n import tr
from app.palette import NameTaken, Palette, Theme, export, install
from app.palette.colour import WHITE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.palette import Installed, Written
    from app.palette.figures.data import Table
    from app.ui.desk import Desk
    from app.ui.widgets.message_bar import MessageBar
    from app.ui.widgets.progress_line import ProgressLine

PROGRAMS: Final = {"matplotlib": "Matplotlib", "plotly": "Plotly"}
CHANNEL: Final = "palette.export"
PAGE: Final = "palette-figures.html"


@dataclass(frozen=True)
class Dress:
    """What is exported."""

    palette: Palette
    background: str = WHITE
    with_marks: bool = False

    def theme(self) -> Theme:
        """Return the theme; its ramps take a moment."""
        return Theme.of(self.palette, background=self.background, with_marks=self.with_marks)


class Exporter(QObject):
    """Writes off the window's thread; where a name exists, it asks before it replaces the file.

    Args:
        desk: tasks, paths and clipboard.
        window: owner of the dialogs.
        messages: where the user hears what happened.
        progress: where long work is seen.
        open_url: shows a page or a folder.

    """

    def __init__(
        self,
        desk: Desk,
        window: QWidget,
        messages: MessageBar,
        progress: ProgressLine,
        open_url: Callable[[QUrl], None],
    ) -> None:
        super().__init__(window)
        self._desk, self._window, self._messages, self._progress = desk, window, messages, progress
        self._open_url = open_url
        self._folder = ""
        self.dialog: QFileDialog | None = None
        """The dialog that asks for a folder, None while there is none."""

    def ask_folder(self, dress: Dress, formats: Sequence[str]) -> None:
        """Ask where to write and write there."""
        dialog = QFileDialog(self._window, tr("Folder for the files"), self._folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._forget_dialog)
        dialog.fileSelected.connect(lambda name: self.export(dress, formats, Path(name)))
        self.dialog = dialog
        dialog.open()

    def export(self, dress: Dress, formats: Sequence[str], folder: Path, *, replace: bool = False) -> None:
        """Write a theme in some formats to a folder."""
        self._folder = str(folder)
        self._run(
            lambda: export(dress.theme(), formats, folder, replace=replace),
            lambda written: self._tell_written(written, folder),
            lambda: self.export(dress, formats, folder, replace=True),
        )

    def install(self, dress: Dress, program: str, *, replace: bool = False) -> None:
        """Put a theme where a program finds it."""
        self._run(
            lambda: install(dress.theme(), program, replace=replace),
            lambda installed: self._tell_installed(installed, program),
            lambda: self.install(dress, program, replace=True),
        )

    def show_page(self, dress: Dress, table: Table | None, figure: Path | None) -> None:
        """Show the figures, drawn by Plotly, in the browser; the user's own one comes first."""
        path = self._desk.paths.cache / PAGE

        def work() -> Path:
            from app.palette import write_page  # noqa: PLC0415 - Plotly takes a second to import

            path.parent.mkdir(parents=True, exist_ok=True)
            write_page(dress.theme(), path, table=table, figure=figure)
            return path

        self._run(work, lambda done: self._open_url(QUrl.fromLocalFile(str(done))), None)

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None], again: Callable[[], None] | None) -> None:
        """Work on a thread; `again` does the same and replaces what is there."""

        def fail(error: Exception) -> None:
            if isinstance(error, NameTaken) and again is not None:
                self._messages.show_message(str(error), "warning", (tr("Replace"), again))
            elif isinstance(error, PaperdeskError):
                self._messages.show_message(str(error), "warning" if isinstance(error, InputError) else "error")
            else:
                self._desk.crashed.emit(error)

        task = self._desk.tasks.run(lambda _progress: work(), done, fail, channel=CHANNEL)
        self._progress.start(task, tr("Writing the theme"))

    def _tell_written(self, written: Sequence[Written], folder: Path) -> None:
        names = ", ".join(str(each.path.relative_to(folder)) for each in written[:_NAMED])
        if len(written) > _NAMED:
            names = tr("{count} files", count=len(written))
        text = tr("Written: {names}.", names=names)
        show = (tr("Open the folder"), lambda: self._open_url(QUrl.fromLocalFile(str(folder))))
        self._messages.show_message(_with_backups(text, written), "success", show)

    def _tell_installed(self, installed: Installed, program: str) -> None:
        lines = "\n".join(installed.lines)
        text = tr("Installed into {program}. Use it with: {line}", program=PROGRAMS[program], line=installed.lines[-1])
        copy = (tr("Copy the lines"), lambda: self._desk.copy_text(lines))
        self._messages.show_message(_with_backups(text, [installed.written]), "success", copy)


_NAMED: Final = 3
"""So many files are named in a message."""


def _with_backups(text: str, written: Sequence[Written]) -> str:
    """Return a text that also says where the files that were replaced are now."""
    kept = [each.backup.name for each in written if each.backup is not None]
    return f"{text} {tr('The old file is kept as {name}.', name=', '.join(kept))}" if kept else text
