"""Keeps the palettes that the user made in the history, off the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QIODevice, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter

from app.core.errors import PaperdeskError
from app.ui.palette.favourites import dictionary, read_dictionary, unjudged
from app.ui.palette.list_delegate import draw_colours
from app.ui.palette.scoring import shown

if TYPE_CHECKING:
    from app.core.progress import Progress
    from app.palette import Palette
    from app.ui.desk import Desk

TOOL: Final = "palette"
THUMBNAIL: Final = (256, 64)
"""Pixels of the picture in the history."""
_CORNER: Final = 8.0


class PaletteKeeper(QObject):
    """Writes each palette once."""

    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept: Palette | None = None

    def newest(self) -> Palette | None:
        """Return the palette that was kept last, None when there is none."""
        history = self._desk.history
        try:
            ids = history.ids(tool=TOOL)[:1]
            found = history.entries(ids)
        except PaperdeskError:
            return None
        self._kept = read_dictionary(found[ids[0]].detail) if ids else None
        return self._kept

    def keep(self, palette: Palette) -> None:
        """Write a palette to the history unless it is the one that was written last."""
        wanted = unjudged(palette)
        if wanted == self._kept:
            return
        self._kept = wanted
        history = self._desk.history

        def work(_progress: Progress) -> None:
            history.add(TOOL, " ".join(wanted.colours), detail=dictionary(wanted), thumbnail=thumbnail(wanted))

        self._desk.tasks.run(work, lambda _done: None, self._fail)

    def _fail(self, error: Exception) -> None:
        self._kept = None
        if isinstance(error, PaperdeskError):
            self.failed.emit(str(error))
        else:
            self._desk.crashed.emit(error)


def thumbnail(palette: Palette) -> bytes:
    """Return the colours of a palette as a PNG."""
    image = QImage(*THUMBNAIL, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw_colours(painter, QRectF(image.rect()), shown(palette).colours, _CORNER, QColor(Qt.GlobalColor.gray))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
