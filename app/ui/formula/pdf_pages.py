"""The pages of a PDF file as pictures, drawn off the window's thread when they are looked at."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.formula.pdf import Document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage

    from app.core.progress import Progress
    from app.ui.desk import Desk
    from app.ui.tasks import Task

CACHE_BYTES: Final = 128_000_000
"""Of drawn pages: two or three dozen on a usual screen."""
Sizes = list[tuple[float, float]]


class PdfPages(QObject):
    """One open file. Pages are counted from 1.

    Args:
        desk: runs the work.
        parent: the owner.

    """

    opened = Signal()
    failed = Signal(object)
    """Why the file cannot be opened, or a page not be drawn."""
    drawn = Signal(int)
    """There is a picture of this page now."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._document: Document | None = None
        self._cache: OrderedDict[int, tuple[float, QImage]] = OrderedDict()
        self._wanted: list[int] = []
        self._scale = 1.0
        self._is_busy = False
        self._broken: set[int] = set()
        self.sizes: Sizes = []
        """Width and height of every page as it is shown, in points."""

    @property
    def document(self) -> Document | None:
        """The open file, None before there is one."""
        return self._document

    def open(self, path: Path) -> Task:
        """Open a file in place of the one that is open, which stays when that fails; return the running work."""

        def work(progress: Progress) -> tuple[Document, Sizes]:
            document = Document(path)
            try:
                count = len(document)
                sizes = []
                for page in range(1, count + 1):
                    progress.report(page, count)
                    sizes.append(document.size(page))
            except BaseException:
                document.close()
                raise
            return document, sizes

        return self._desk.tasks.run(work, self._take, self._refuse, channel="formula.pdf")

    def close(self) -> None:
        """Give the file back."""
        document, self._document = self._document, None
        self._cache.clear()
        self._broken.clear()
        self._wanted, self.sizes = [], []
        if document is not None:
            self._desk.tasks.run(lambda _progress: document.close(), _be_content)

    def picture(self, page: int) -> QImage | None:
        """Return the picture of a page, perhaps of another scale than the one wanted; None: not drawn yet."""
        found = self._cache.get(page)
        return None if found is None else found[1]

    def want(self, pages: Sequence[int], scale: float) -> None:
        """Draw these pages, the first one first, at so many pixels for a point; other wishes are forgotten."""
        self._wanted, self._scale = list(pages), scale
        for page in pages:
            if page in self._cache:
                self._cache.move_to_end(page)
        self._draw_next()

    def _draw_next(self) -> None:
        """Draw the first page that is wanted and not there; PDFium can draw one at a time only."""
        document, scale = self._document, self._scale
        if self._is_busy or document is None:
            return
        page = next((page for page in self._wanted if self._is_missing(page)), None)
        if page is None:
            return

        def work(_progress: Progress) -> QImage:
            from app.ui.formula.conversion import to_qimage  # noqa: PLC0415 - see there

            return to_qimage(document.render(page, scale))

        def done(image: QImage) -> None:
            self._is_busy = False
            if document is self._document:
                self._keep(page, scale, image)
                self.drawn.emit(page)
            self._draw_next()

        def fault(error: Exception) -> None:
            self._is_busy = False
            if document is self._document:
                self._broken.add(page)
                self.failed.emit(error)
            self._draw_next()

        self._is_busy = True
        self._desk.tasks.run(work, done, fault)

    def _is_missing(self, page: int) -> bool:
        """Return whether a page is still to be drawn, or only there at another scale."""
        return page not in self._broken and (page not in self._cache or self._cache[page][0] != self._scale)

    def _keep(self, page: int, scale: float, image: QImage) -> None:
        """Keep the picture of a page, and forget those not seen for longest."""
        self._cache[page] = (scale, image)
        self._cache.move_to_end(page)
        while len(self._cache) > 1 and sum(each.sizeInBytes() for _, each in self._cache.values()) > CACHE_BYTES:
            self._cache.popitem(last=False)

    def _refuse(self, error: Exception) -> None:
        self.failed.emit(error)

    def _take(self, opened: tuple[Document, Sizes]) -> None:
        self.close()
        self._document, self.sizes = opened
        self.destroyed.connect(self._document.close)
        QCoreApplication.instance().aboutToQuit.connect(self._document.close)  # type: ignore[union-attr]
        self.opened.emit()


def _be_content(_nothing: None) -> None:
    """Nobody waits for a file to be closed."""
