"""Thumbnails of history entries, read in the background when a row first shows and kept while they are in use."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.core.history import History
    from app.core.progress import Progress
    from app.ui.desk import Desk

BOX: Final = QSize(192, 96)
"""Largest size of a kept thumbnail in physical pixels: twice what a row shows, for scale 2."""
KEPT: Final = 300
BATCH: Final = 16
WAITING: Final = 64
"""Rows scrolled past are forgotten beyond this many: they ask again when they are painted again."""


class Thumbnails(QObject):
    """Gives the thumbnail of an entry at once if it is known, otherwise reads it and says when it is `ready`."""

    ready = Signal(list)
    """Numbers of the entries whose thumbnails have been read."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept: OrderedDict[int, QPixmap | None] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._reading = False
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._read)

    def get(self, entry_id: int) -> QPixmap | None:
        """Return the thumbnail, or None while it is unknown or when the entry has none."""
        if entry_id in self._kept:
            self._kept.move_to_end(entry_id)
            return self._kept[entry_id]
        self._wanted[entry_id] = None
        self._wanted.move_to_end(entry_id)
        while len(self._wanted) > WAITING:
            self._wanted.popitem(last=False)
        if not self._reading:
            self._timer.start()
        return None

    def forget(self, entry_ids: Sequence[int]) -> None:
        """Read these again when they are next asked for."""
        for entry_id in entry_ids:
            self._kept.pop(entry_id, None)

    def _read(self) -> None:
        if self._reading or not self._wanted:
            return
        batch = [self._wanted.popitem()[0] for _ in range(min(BATCH, len(self._wanted)))]
        history = self._desk.history
        self._reading = True

        def work(_progress: Progress) -> dict[int, QImage]:
            return {entry_id: read_thumbnail(history, entry_id) for entry_id in batch}

        self._desk.tasks.run(work, self._keep, self._fail)

    def _keep(self, images: dict[int, QImage]) -> None:
        self._reading = False
        for entry_id, image in images.items():
            self._kept[entry_id] = None if image.isNull() else QPixmap.fromImage(image)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.ready.emit(list(images))
        self._timer.start()

    def _fail(self, error: Exception) -> None:
        """Leave the rows without a picture: the list itself reports a history that cannot be read."""
        self._reading = False
        self._wanted.clear()


def read_thumbnail(history: History, entry_id: int) -> QImage:
    """Return the entry's thumbnail scaled into `BOX`, or a null image; may be called from any thread."""
    data = history.thumbnail(entry_id)
    image = QImage.fromData(data) if data else QImage()
    if image.width() <= BOX.width() and image.height() <= BOX.height():
        return image
    return image.scaled(BOX, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
