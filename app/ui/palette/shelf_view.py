"""The left side of the tab: filters, and below them the palettes, the safest first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.core.i18n import tr
from app.palette.colour import WHITE
from app.ui.palette.favourites import Favourites, unjudged
from app.ui.palette.filters import FilterBar
from app.ui.palette.list_delegate import PaletteListDelegate
from app.ui.palette.list_model import PaletteListModel
from app.ui.palette.shelf import Row, Shelf

if TYPE_CHECKING:
    from app.core.progress import Progress
    from app.palette import Palette, Standard
    from app.ui.desk import Desk

NARROWEST: Final = 312
"""Width, units of `Theme.space`."""


class ShelfView(QWidget):
    """Lists palettes and says which one is chosen."""

    chosen = Signal(object)
    """A `Palette`."""
    filters_changed = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, shelf: Shelf, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._shelf = desk, shelf
        self._favourites = Favourites(desk.settings)
        self._front: Palette | None = None
        self._is_marking = self._enters_list = False
        self.filters = FilterBar(desk.theme)
        self.model = PaletteListModel(self)
        self.list = QListView()
        self._count = QLabel()
        self._nothing = QLabel()
        self.search_all = QPushButton()
        self._stack = QStackedWidget()
        self._lay_out()
        self.filters.changed.connect(self.filters_changed)
        self.filters.words.returnPressed.connect(self._enter_list)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.filters.words, context=Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._enter_list)
        self.search_all.clicked.connect(lambda: self.filters.clear(keeps_words=True))
        self.list.selectionModel().selectionChanged.connect(self._on_selection)
        self.list.clicked.connect(self._choose)
        self.model.show_favourites(frozenset(self._favourites.all()))
        self.retranslate()

    @property
    def nothing_text(self) -> str:
        """What is said where no palette is listed."""
        return self._nothing.text()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.filters.retranslate()
        self.list.setAccessibleName(tr("Palettes, the safest first"))
        self.search_all.setText(tr("Search without filters"))
        self.search_all.setVisible(bool(self.filters.wanted.words))
        self._nothing.setText(
            tr("Keep a palette with Ctrl+D, and it will be here.")
            if self.filters.wanted.favourites
            else tr("No palette is like that. Ask for less.")
        )
        self._write_count()

    def ask(self, standard: Standard) -> None:
        """List the palettes that the filters want, measured against a standard; its background does not matter here."""
        shelf, wanted, favourites = self._shelf, self.filters.wanted, self._favourites.all()
        standard = replace(standard, background=WHITE)

        def work(progress: Progress) -> list[Row]:
            return shelf.rows(wanted, standard, favourites, progress)

        self._desk.tasks.run(work, self._show, self.failed.emit, channel="palette.shelf")

    def mark(self, palette: Palette) -> None:
        """Select the palette in front if it is in the list."""
        self._front = palette
        row = self.model.row_of(palette)
        selection = self.list.selectionModel()
        self._is_marking = True
        if row >= 0:
            index = self.model.index(row)
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)
        else:
            selection.clearSelection()
        self._is_marking = False

    def is_favourite(self, palette: Palette) -> bool:
        """Tell whether a palette is kept."""
        return unjudged(palette) in self._favourites.all()

    def toggle_favourite(self, palette: Palette) -> None:
        """Keep a palette, or let it go. Raises `StorageError`."""
        self._favourites.toggle(unjudged(palette))
        self.model.show_favourites(frozenset(self._favourites.all()))
        if self.filters.wanted.favourites:
            self.filters_changed.emit()

    def _show(self, rows: list[Row]) -> None:
        self._is_marking = True
        self.model.show_rows(rows)
        self._is_marking = False
        self._stack.setCurrentIndex(0 if rows else 1)
        self.retranslate()
        if self._front is not None:
            self.mark(self._front)
        if self._enters_list and rows:
            self.list.setFocus()
            if not self.list.selectedIndexes():
                self.list.setCurrentIndex(self.model.index(0))
        self._enters_list = False

    def _enter_list(self) -> None:
        """Go from the field to the palettes that it finds, and choose the first unless the one in front is there."""
        self._enters_list = True
        self.filters.hurry()

    def _on_selection(self) -> None:
        """Choose what the user selects; the focus alone, which makes a row the current one, chooses nothing."""
        selected = self.list.selectedIndexes()
        if selected and not self._is_marking:
            self._choose(selected[0])

    def _choose(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        if row is not None:
            self.chosen.emit(row.palette)

    def _write_count(self) -> None:
        count = self.model.rowCount()
        self._count.setText(tr("1 palette") if count == 1 else tr("{count} palettes, the safest first", count=count))

    def _nothing_page(self) -> QWidget:
        """Return what is there where no palette is listed."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, self._desk.theme.space(8), 0, 0)
        column.addWidget(self._nothing)
        column.addWidget(self.search_all, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return page

    def _lay_out(self) -> None:
        space = self._desk.theme.space
        self.setMinimumWidth(space(NARROWEST))
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteListDelegate(self._desk.theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._count.setFont(self._desk.theme.font("small"))
        for label in (self._count, self._nothing):
            label.setProperty("tone", "muted")
        self._nothing.setWordWrap(True)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(6))
        column.addWidget(self.filters)
        column.addWidget(self._count)
        column.addWidget(self._stack, 1)
