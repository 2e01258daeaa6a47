"""The picture at the left, its answer at the right, at one scale."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSplitter, QToolButton, QVBoxLayout, QWidget

from app.core.i18n import tr
from app.ui.formula.picture_view import PictureView
from app.ui.formula.zoom import Zoom

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QImage

    from app.ui.theme import Theme

MARGIN_PX: Final = 2.0
"""Pixels around the drawing that are no ink."""
ALONE_FACTOR: Final = 0.75
"""Of the drawing's own size, where there is no picture to compare it with."""
LEAST_FACTOR: Final = 0.15
MOST_FACTOR: Final = 6.0


class Card(QFrame):
    """A view under its caption."""

    def __init__(self, theme: Theme, zoom: Zoom, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "card")
        self.caption = QLabel(self)
        self.caption.setProperty("tone", "muted")
        self.caption.setFont(theme.font("small"))
        self.view = PictureView(zoom, self)
        top = QWidget(self)
        top.setFixedHeight(theme.hit_area() + theme.space(8))
        self.corner = QHBoxLayout(top)
        self.corner.setContentsMargins(theme.space(12), 0, theme.space(4), 0)
        self.corner.setSpacing(0)
        self.corner.addWidget(self.caption, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addWidget(self.view, 1)


class Compare(QSplitter):
    """Shows a picture and a drawing of its answer, the drawing brought to the size of the picture's ink."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.zoom = Zoom(self)
        self._snip, self._answer = Card(theme, self.zoom, self), Card(theme, self.zoom, self)
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

    @property
    def snip_view(self) -> PictureView:
        """The view of the picture."""
        return self._snip.view

    @property
    def answer_view(self) -> PictureView:
        """The view of the drawing."""
        return self._answer.view

    def add_buttons(self, actions: list[QAction]) -> None:
        """Put small buttons for `actions` in the corner of the answer."""
        for action in actions:
            button = QToolButton(self._answer)
            button.setProperty("kind", "flat")
            button.setProperty("square", "true")
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
            action.changed.connect(lambda button=button, action=action: button.setAccessibleName(action.text()))
            self._answer.corner.addWidget(button)

    def show_snip(self, image: QImage, ink: tuple[float, float]) -> None:
        """Show a picture whose ink has this size in pixels; the next drawing is brought to that size."""
        self._snip.setVisible(True)
        self._ink, self._fresh = ink, True
        self._snip.view.show_image(image)
        self._answer.view.clear()
        self.zoom.fit()

    def hide_snip(self) -> None:
        """Show no picture: there is none for what is typed."""
        self._snip.view.clear()
        self._snip.setVisible(False)
        self._ink, self._factor, self._fresh = (0.0, 0.0), ALONE_FACTOR, False

    def show_drawing(self, svg: bytes) -> None:
        """Show the drawing of the answer; its scale stays while the answer is edited."""
        self._answer.view.show_drawing(svg)
        if self._fresh and all(self._ink):
            self._factor = _factor(self._answer.view.natural_size, self._ink)
            self._fresh = False
        self._answer.view.show_drawing(svg, self._factor)

    def clear_drawing(self) -> None:
        """Show no answer."""
        self._answer.view.clear()

    def describe(self, latex: str) -> None:
        """Tell those who cannot see the drawing what it shows."""
        self._answer.view.setAccessibleDescription(latex)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self._snip.caption.setText(tr("Picture"))
        self._answer.caption.setText(tr("How the LaTeX looks"))
        self._snip.view.setAccessibleName(tr("Picture of the formula"))
        self._answer.view.setAccessibleName(tr("How the LaTeX looks"))


def _factor(drawing: QSizeF, ink: tuple[float, float]) -> float:
    """Return what brings the drawing to the size of the ink: the mean over width and height, which differ by font."""
    width, height = drawing.width() - 2 * MARGIN_PX, drawing.height() - 2 * MARGIN_PX
    if min(width, height) <= 0:
        return 1.0
    return min(max(sqrt(ink[0] / width * ink[1] / height), LEAST_FACTOR), MOST_FACTOR)
