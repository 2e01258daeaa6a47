"""Where pictures of formulas come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPixmap

from app.formula.engine import NoFormula
from app.formula.pdf import SUFFIX

if TYPE_CHECKING:
    from PIL import Image
    from PySide6.QtCore import QMimeData

    from app.formula.pdf import Document, Region

THUMBNAIL_SIDE: Final = 256
"""Pixels of the longer side, as the history keeps them."""
SUFFIXES: Final = ("png", "jpg", "jpeg", "webp", "bmp", "gif", "tif", "tiff", "ppm", "pgm", "avif", "heic")
CAPTURE, CLIPBOARD, DROP, FILE, EXAMPLE = "capture", "clipboard", "drop", "file", "example"
PDF, DRAWING = "pdf", "drawing"
"""How a picture came, as the history keeps it."""


@dataclass(frozen=True)
class Source:
    """A picture to read: in memory, in a file, or a part of a page of an open PDF."""

    origin: str
    """How it came, one of the names above."""
    image: QImage | None = None
    path: Path | None = None
    part: tuple[Document, Region] | None = None

    @property
    def name(self) -> str:
        """The file's name, or "" for a picture without one."""
        return self.path.name if self.path else ""

    def open(self) -> Image.Image:
        """Return the picture, ready to be read. Raises `InputError` for a file that is no usable picture."""
        from app.formula.picture import open_picture  # noqa: PLC0415 - numpy and Pillow are slow to import
        from app.ui.formula.conversion import to_pillow  # noqa: PLC0415 - as above

        if self.image is not None:
            return to_pillow(self.image)
        if self.part is not None:
            document, region = self.part
            return document.region(region)
        if self.path is None:
            raise NoFormula
        return open_picture(self.path)


def sources_in(mime: QMimeData, origin: str) -> list[Source]:
    """Return the pictures in clipboard or drag data: files first, else the picture itself, else nothing."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if paths:
        return [Source(origin, path=path) for path in paths if path.is_file()]
    data = mime.imageData() if mime.hasImage() else None
    if isinstance(data, QPixmap):
        data = data.toImage()
    return [Source(origin, image=data)] if isinstance(data, QImage) and not data.isNull() else []


def is_pdf(source: Source) -> bool:
    """Return whether a source is a whole PDF file, of which a part is still to be chosen."""
    return source.part is None and source.path is not None and source.path.suffix.lower() == SUFFIX


def thumbnail(image: QImage) -> bytes:
    """Return a PNG of at most `THUMBNAIL_SIDE` pixels on its longer side."""
    small = image
    if max(image.width(), image.height()) > THUMBNAIL_SIDE:
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        small = image.scaled(THUMBNAIL_SIDE, THUMBNAIL_SIDE, keep, smooth)
    return png(small)


def png(image: QImage) -> bytes:
    """Return `image` as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
