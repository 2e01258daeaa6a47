"""A PDF with what is needed to find a formula in it: page numbers and zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLabel, QSpinBox

from app.core.i18n import mark, tr
from app.ui.formula.pane import ToolPane
from app.ui.formula.pdf_pages import PdfPages
from app.ui.formula.pdf_view import PdfView
from app.ui.formula.pictures import PDF, Source

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.formula.pdf import Region
    from app.ui.desk import Desk
    from app.ui.tasks import Task


class PdfPane(ToolPane):
    """The pages and their actions, whose keys work while the keyboard is on them.

    Args:
        desk: theme, tasks and actions.
        group: marked; the heading under which the actions are listed.
        parent: the owner.

    """

    chosen = Signal(object)
    """The `Source` that the user dragged over."""
    opened = Signal()
    failed = Signal(object)
    """Why a file cannot be opened, or a page not be drawn."""

    def __init__(self, desk: Desk, group: str, parent: QWidget | None = None) -> None:
        self.pages = PdfPages(desk)
        self.view = PdfView(desk.theme, self.pages)
        super().__init__(desk, group, self.view, parent)
        self.pages.setParent(self)
        self._path: Path | None = None
        self._coming: Path | None = None
        self.number, self._count = QSpinBox(), QLabel()
        self._count.setProperty("tone", "muted")
        for widget in (self.number, self._count):
            self.corner.addWidget(widget)
        self.corner.setSpacing(desk.theme.space(4))
        self.previous = self.add_action("previous_page", mark("Page before"), self._go_back, "Ctrl+PgUp", "back")
        self.next = self.add_action("next_page", mark("Next page"), self._go_on, "Ctrl+PgDown", "chevron-right")
        self.go = self.add_action("go_to_page", mark("Go to a page"), self._ask_page, "Ctrl+G", "page")
        self.add_buttons(
            [
                self.add_action("page_smaller", mark("Reduce the page"), self.view.zoom_out, "-", "zoom-out"),
                self.add_action("page_width", mark("Fit the page"), self.view.fit, "0", "zoom-fit"),
                self.add_action("page_larger", mark("Enlarge the page"), self.view.zoom_in, "+", "zoom-in"),
            ]
        )
        self.number.setKeyboardTracking(False)
        self.number.valueChanged.connect(self.view.go_to)
        self.view.page_changed.connect(self._show_page)
        self.view.region_chosen.connect(self._choose)
        self.pages.opened.connect(self._on_opened)
        self.pages.failed.connect(self.failed)
        self.retranslate()

    @property
    def is_open(self) -> bool:
        """Whether there is a file."""
        return self.pages.document is not None

    def open(self, path: Path) -> Task:
        """Open a file; return the running work."""
        self._coming = path
        return self.pages.open(path)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        name = self._path.name if self._path else ""
        self.caption.setText(tr("Drag over a formula in {name}", name=name))
        self.caption.setToolTip(name)
        self.number.setAccessibleName(tr("Page"))
        self.number.setToolTip(self.go.toolTip())
        self._count.setText(tr("of {count}", count=len(self.pages.sizes)))
        self.view.setAccessibleName(tr("Pages of the PDF"))

    def _on_opened(self) -> None:
        self._path = self._coming
        with QSignalBlocker(self.number):
            self.number.setRange(1, len(self.pages.sizes))
        self.retranslate()
        self.opened.emit()

    def _show_page(self, page: int) -> None:
        """Show which page is in front."""
        with QSignalBlocker(self.number):
            self.number.setValue(page)
        self.previous.setEnabled(page > 1)
        self.next.setEnabled(page < len(self.pages.sizes))

    def _choose(self, region: Region) -> None:
        if self.pages.document is not None:
            self.chosen.emit(Source(PDF, path=self._path, part=(self.pages.document, region)))

    def _go_on(self) -> None:
        self.view.go_to(self.view.page + 1)

    def _go_back(self) -> None:
        self.view.go_to(self.view.page - 1)

    def _ask_page(self) -> None:
        """Put the cursor into the page number."""
        self.number.setFocus()
        self.number.selectAll()
