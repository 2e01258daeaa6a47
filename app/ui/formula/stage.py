"""The invitation or the workbench, and beside this what is drawn on or chosen from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSplitter, QStackedWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.formula.draw_pane import DrawPane
    from app.ui.formula.empty_state import EmptyState
    from app.ui.formula.pdf_pane import PdfPane
    from app.ui.formula.pdf_view import PdfView
    from app.ui.formula.workbench import Workbench
    from app.ui.formula.zoom import Zoom
    from app.ui.theme import Theme

ANSWER_SHARE: Final = 60
"""Percent of the workbench for picture and answer, the rest is for the LaTeX."""
DRAWING_SHARE, PAGE_SHARE = 55, 60
"""Percent of the stage for the sheet, as a formula is wide, and for the page, which is high."""


class Stage(QStackedWidget):
    """Gives each way to bring a formula its place: a sheet above the answer, a page at its left, a picture within.

    Args:
        theme: spaces.
        empty: what invites.
        workbench: the answer.
        draw: the sheet.
        pdf: the pages.

    """

    def __init__(self, theme: Theme, empty: EmptyState, workbench: Workbench, draw: DrawPane, pdf: PdfPane) -> None:
        super().__init__()
        self._empty, self._workbench, self._draw, self._pdf = empty, workbench, draw, pdf
        self._inputs = QStackedWidget()
        self._inputs.addWidget(draw)
        self._inputs.addWidget(pdf)
        self._inputs.setVisible(False)
        self._work = QSplitter()
        self._work.setChildrenCollapsible(False)
        self._work.setHandleWidth(theme.space(12))
        self._work.addWidget(self._inputs)
        self._work.addWidget(workbench)
        self.addWidget(empty)
        self.addWidget(self._work)

    @property
    def is_empty(self) -> bool:
        """Whether the invitation is shown."""
        return self.currentWidget() is self._empty

    @property
    def pane(self) -> QWidget | None:
        """The sheet or the pages, None while neither is shown."""
        return None if self.is_empty or self._inputs.isHidden() else self._inputs.currentWidget()

    @property
    def picture(self) -> QImage:
        """The picture that is worked on, the example of the invitation, or null."""
        if self.is_empty:
            return self._empty.card.picture
        if self.pane is self._draw:
            return self._draw.canvas.picture
        return self._workbench.differences.picture or QImage()

    def focus(self) -> None:
        """Put the keyboard where the user goes on."""
        (self._empty.card if self.is_empty else self.pane or self._workbench.editor).setFocus()

    def show_empty(self) -> None:
        """Show the invitation."""
        self.show_pane(None)
        self.setCurrentWidget(self._empty)

    def show_pane(self, pane: DrawPane | PdfPane | None) -> None:
        """Show the sheet, the pages, or only picture and answer."""
        before = self.pane
        self.setCurrentWidget(self._work)
        if pane is before:
            return
        self._inputs.setVisible(pane is not None)
        draws, across, down = pane is self._draw, Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self._workbench.setOrientation(across if draws else down)
        self._workbench.setSizes([1000, 1000] if draws else [ANSWER_SHARE * 10, (100 - ANSWER_SHARE) * 10])
        self._workbench.compare.setOrientation(across if pane is None or draws else down)
        if pane is not None:
            self._inputs.setCurrentWidget(pane)
            share = DRAWING_SHARE if draws else PAGE_SHARE
            self._work.setOrientation(down if draws else across)
            self._work.setSizes([share * 10, (100 - share) * 10])
        self._workbench.setVisible(pane is None or draws)

    def show_answer(self) -> None:
        """Show the workbench beside whatever is shown."""
        self.setCurrentWidget(self._work)
        self._workbench.setVisible(True)

    def zoom_in(self) -> None:
        """Enlarge the pages when the keyboard is on them, otherwise picture and answer."""
        self._scaled().zoom_in()

    def zoom_out(self) -> None:
        """Reduce the same."""
        self._scaled().zoom_out()

    def zoom_fit(self) -> None:
        """Fit the same to its pane."""
        self._scaled().fit()

    def _scaled(self) -> PdfView | Zoom:
        return self._pdf.view if self._pdf.view.hasFocus() else self._workbench.compare.zoom
