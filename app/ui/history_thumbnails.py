"""The pictures beside the results of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap

from app.ui.history_shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from app.core.history import History
    from app.ui.desk import Desk

BOX: Final = QSize(192, 96)
"""Largest size of a kept thumbnail in physical pixels: twice what a row shows, for scale 2."""
KEPT: Final = 300
BATCH: Final = 16


def thumbnails(desk: Desk, parent: QObject) -> Shelf[QImage, QPixmap]:
    """Return the shelf of the pictures; a null one stands for an entry without."""
    history = desk.history

    def read(entry_ids: Sequence[int]) -> dict[int, QImage]:
        return {entry_id: read_thumbnail(history, entry_id) for entry_id in entry_ids}

    return Shelf(desk, read, QPixmap.fromImage, KEPT, BATCH, parent)


def read_thumbnail(history: History, entry_id: int) -> QImage:
    """Return the entry's thumbnail scaled into `BOX`, or a null image; may be called from any thread."""
    data = history.thumbnail(entry_id)
    image = QImage.fromData(data) if data else QImage()
    if image.width() <= BOX.width() and image.height() <= BOX.height():
        return image
    return image.scaled(BOX, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
