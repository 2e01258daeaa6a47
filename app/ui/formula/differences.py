"""Where the drawing of the source and the picture differ: the honest doubt, shown at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.formula.engine import NoFormula
from app.ui.formula.picture_view import size_of

if TYPE_CHECKING:
    from app.core.progress import Progress
    from app.formula.agreement import Agreement, Sketch
    from app.ui.desk import Desk
    from app.ui.formula.preview import Drawing

LEAST_SHARE: Final = 0.3
"""Below this agreement nearly everything differs, as in handwriting: marks would be noise."""


class Differences(QObject):
    """Compares drawings with one picture off the window's thread; only the newest comparison is told.

    Args:
        desk: runs the work.
        parent: the owner.

    """

    found = Signal(object)
    """The `Agreement`; None when there is nothing that could be compared."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._picture: QImage | None = None
        self._sketch: Sketch | None = None

    @property
    def picture(self) -> QImage | None:
        """What drawings are compared with."""
        return self._picture

    def take_picture(self, picture: QImage | None) -> None:
        """Compare with `picture` from now on, with nothing for None."""
        self.cancel()
        self._picture, self._sketch = picture, None

    def compare(self, drawing: Drawing) -> None:
        """Compare a drawing with the picture; places in it are told in its pixels."""
        picture, sketch = self._picture, self._sketch
        if picture is None:
            return

        def work(_progress: Progress) -> tuple[Sketch, Agreement] | None:
            from app.formula.agreement import Sketch, compare  # noqa: PLC0415 - numpy and Pillow are slow to import
            from app.ui.formula.conversion import to_pillow  # noqa: PLC0415 - as above

            try:
                seen = sketch or Sketch.of_picture(to_pillow(picture))
                return seen, compare(seen, Sketch.of_picture(to_pillow(painted(drawing.svg))))
            except NoFormula:
                return None

        self._desk.tasks.run(work, self._tell, self._fail, channel=self._channel)

    def cancel(self) -> None:
        """Tell of no comparison any more."""
        self._desk.tasks.cancel_channel(self._channel)

    @property
    def _channel(self) -> str:
        return f"formula.differences.{id(self)}"

    def _tell(self, outcome: tuple[Sketch, Agreement] | None) -> None:
        if outcome is None:
            self.found.emit(None)
            return
        self._sketch, agreement = outcome
        self.found.emit(agreement if agreement.share >= LEAST_SHARE else None)

    def _fail(self, error: Exception) -> None:
        self._desk.crashed.emit(error)


def painted(svg: bytes) -> QImage:
    """Return an SVG pixel for pixel, on nothing."""
    renderer = QSvgRenderer(QByteArray(svg))
    size = size_of(renderer)
    image = QImage(size.toSize().expandedTo(QSize(1, 1)), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return image
