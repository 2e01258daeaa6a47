"""Formulas on the clipboard, in any form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage

from app.core.errors import PaperdeskError
from app.formula.copying import HTML, PNG, TEXT, clipboard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.core.progress import Progress
    from app.ui.desk import Desk

CHANNEL: Final = "formula.copy"


class Copier(QObject):
    """Makes a form off the window's thread and puts it on the clipboard; only the newest wish counts.

    Args:
        desk: runs the work.
        parent: the owner.

    """

    copied = Signal(str)
    """The form (a key of `FORMS`) of what is on the clipboard now."""
    failed = Signal(str)
    """Why the form cannot express the formula."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def copy(self, form: str, latex: str) -> None:
        """Copy LaTeX in a form."""

        def work(_progress: Progress) -> dict[str, bytes]:
            return clipboard(form, latex)

        def done(data: dict[str, bytes]) -> None:
            QGuiApplication.clipboard().setMimeData(mime_of(data))
            self.copied.emit(form)

        self._desk.tasks.run(work, done, self._fail, channel=CHANNEL)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, PaperdeskError):
            self.failed.emit(str(error))
        else:
            self._desk.crashed.emit(error)


def mime_of(data: Mapping[str, bytes]) -> QMimeData:
    """Return clipboard data; text and pictures are set the way that Qt turns into each system's own kinds."""
    mime = QMimeData()
    for kind, content in data.items():
        if kind == TEXT:
            mime.setText(content.decode())
        elif kind == HTML:
            mime.setHtml(content.decode())
        elif kind == PNG:
            mime.setImageData(QImage.fromData(content))
        else:
            mime.setData(kind, content)
    return mime
