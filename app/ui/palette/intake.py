"""Takes in what the user brings along: files, what is on the clipboard, what is dropped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.i18n import tr
from app.palette import read_palette
from app.ui.palette.opening import PATTERNS, Opened, open_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.desk import Desk

PASTED: Final = "pasted.png"


class Intake(QObject):
    """Reads off the window's thread; what comes later replaces what is still being read.

    Args:
        desk: tasks and paths.
        window: owner of the dialog.

    """

    came = Signal(object)
    """What was read, an `Opened`."""
    failed = Signal(object)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window

    def choose_file(self) -> None:
        """Ask for a file and read it."""
        dialog = QFileDialog(self._window, tr("Open a palette or data"))
        dialog.setNameFilters([tr("Palettes and data ({patterns})", patterns=" ".join(PATTERNS)), tr("All files (*)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.open(Path(name)))
        dialog.open()

    def open(self, path: Path) -> None:
        """Read a file: colours, a style, a figure, or data."""
        self._read(lambda: open_file(path))

    def paste(self) -> bool:
        """Read what is on the clipboard; return whether there was anything."""
        return self.take(QGuiApplication.clipboard().mimeData() or QMimeData())

    def take(self, mime: QMimeData) -> bool:
        """Read a file, a picture or a text that was copied or dropped; return whether there was one."""
        files = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
        text = mime.text().strip()
        if files:
            self.open(Path(files[0]))
        elif mime.hasImage():
            self._read_picture(QImage(mime.imageData()))
        elif text:
            self._read(lambda: Opened(Path(), palette=read_palette(text)))
        return bool(files or mime.hasImage() or text)

    def _read_picture(self, image: QImage) -> None:
        path = self._desk.paths.cache / PASTED

        def work() -> Opened:
            path.parent.mkdir(parents=True, exist_ok=True)
            image.save(str(path))
            return open_file(path)

        self._read(work)

    def _read(self, work: Callable[[], Opened]) -> None:
        self._desk.tasks.run(lambda _progress: work(), self.came.emit, self.failed.emit, channel="palette.open")


def is_welcome(mime: QMimeData) -> bool:
    """Tell whether what is being dragged can be read."""
    return mime.hasText() or any(url.isLocalFile() for url in mime.urls())
