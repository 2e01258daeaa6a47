"""The picture at the left, its answer at the right, at one scale."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from app.core.i18n import tr
from app.ui.formula.pane import Pane
from app.ui.formula.picture_view import PictureView
from app.ui.formula.zoom import Zoom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction, QImage

    from app.formula.agreement import Agreement, Box
    from app.ui.formula.preview import Drawing
    from app.ui.theme import Theme

ALONE_FACTOR: Final = 0.75
"""Of the drawing's own size, where there is no picture to compare it with."""
LEAST_FACTOR: Final = 0.15
MOST_FACTOR: Final = 6.0


class Compare(QSplitter):
    """Shows a picture and a drawing of its answer, the drawing brought to the size of the picture's ink."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.zoom = Zoom(self)
        self.snip_view, self.answer_view = PictureView(theme, self.zoom), PictureView(theme, self.zoom)
        self._snip, self._answer = Pane(theme, self.snip_view), Pane(theme, self.answer_view)
        self._ink = (0.0, 0.0)
        self._factor = 1.0
        self._fresh = True
        self.setObjectName("compare")
        self.setChildrenCollapsible(False)
        self.setHandleWidth(theme.space(12))
        self.addWidget(self._snip)
        self.addWidget(self._answer)
        self.setSizes([1000, 1000])
        self.retranslate()

    def add_buttons(self, actions: Sequence[QAction]) -> None:
        """Put small buttons for `actions` in the corner of the answer."""
        self._answer.add_buttons(actions)

    def show_snip(self, image: QImage, ink: tuple[float, float]) -> None:
        """Show a picture whose ink has this size in pixels; the next drawing is brought to that size."""
        self._snip.setVisible(True)
        self._ink, self._fresh = ink, True
        self.snip_view.show_image(image)
        self.answer_view.clear()
        self.zoom.fit()

    def hide_snip(self) -> None:
        """Show no picture: there is none for what is typed."""
        self.snip_view.clear()
        self._snip.setVisible(False)
        self._ink, self._factor, self._fresh = (0.0, 0.0), ALONE_FACTOR, False

    def show_drawing(self, drawing: Drawing) -> None:
        """Show the drawing of the answer; its scale stays while the answer is edited."""
        self.answer_view.show_drawing(drawing.svg)
        if self._fresh and all(self._ink):
            self._factor = _factor(self.answer_view.natural_size, drawing.margin, self._ink)
            self._fresh = False
        self.answer_view.show_drawing(drawing.svg, self._factor)

    def show_differences(self, agreement: Agreement | None) -> None:
        """Tint what picture and drawing do not share; None: tint nothing."""
        picture, drawing = (agreement.picture, agreement.drawing) if agreement else ((), ())
        self.snip_view.mark([_rectangle(box) for box in picture])
        self.answer_view.mark([_rectangle(box, self._factor) for box in drawing])

    def clear_drawing(self) -> None:
        """Show no answer."""
        self.answer_view.clear()

    def describe(self, latex: str) -> None:
        """Tell those who cannot see the drawing what it shows."""
        self.answer_view.setAccessibleDescription(latex)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self._snip.caption.setText(tr("Picture"))
        self._answer.caption.setText(tr("How the LaTeX looks"))
        self.snip_view.setAccessibleName(tr("Picture of the formula"))
        self.answer_view.setAccessibleName(tr("How the LaTeX looks"))


def _rectangle(box: Box, factor: float = 1.0) -> QRectF:
    width, height = box.right - box.left, box.bottom - box.top
    return QRectF(box.left * factor, box.top * factor, width * factor, height * factor)


def _factor(drawing: QSizeF, margin: float, ink: tuple[float, float]) -> float:
    """Return what brings the drawing to the size of the ink: the mean over width and height, which differ by font."""
    width, height = drawing.width() - 2 * margin, drawing.height() - 2 * margin
    if min(width, height) <= 0:
        return 1.0
    return min(max(sqrt(ink[0] / width * ink[1] / height), LEAST_FACTOR), MOST_FACTOR)
