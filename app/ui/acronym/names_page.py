"""Title, options, list of names and all about the one that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListView, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.core.i18n import tr
from app.ui.acronym.details import Details
from app.ui.acronym.empty_state import EmptyState
from app.ui.acronym.filters import KindButtons, OptionsPanel
from app.ui.acronym.length_bars import LengthBars
from app.ui.acronym.names_delegate import NamesDelegate
from app.ui.acronym.names_model import NamesModel
from app.ui.acronym.title_edit import TitleEdit

if TYPE_CHECKING:
    from app.acronym.search import Name, Names
    from app.ui.acronym.actions import AcronymActions
    from app.ui.desk import Desk

LIST_SHARE, DETAILS_SHARE = 5, 4


class NamesPage(QWidget):
    """The parts of the search, and how they follow one another."""

    asked = Signal()
    """Title or options changed."""
    name_chosen = Signal(object)
    """A `Name` of the list, None when there is none."""
    own_asked = Signal(str)
    """The user wants to know about a name of their own."""

    def __init__(self, desk: Desk, actions: AcronymActions) -> None:
        super().__init__()
        self._desk = desk
        self.names: Names | None = None
        self.title = TitleEdit(desk.theme)
        self.options = OptionsPanel(desk)
        self.kinds = KindButtons(desk)
        self.lengths = LengthBars(desk.theme)
        self.own = QLineEdit()
        self.list = QListView()
        self.model = NamesModel(self)
        self.details = Details(desk.theme, actions)
        self.empty = EmptyState(desk.theme)
        self.status = QLabel()
        self.options.setVisible(False)
        self._lay_out()
        self._connect()

    def show_names(self, names: Names) -> None:
        """Show what was found, and stay with the chosen name if it is there again."""
        before = self.chosen
        self.names = names
        self.lengths.show_counts(names.lengths)
        self.model.show_length(next((size for size, bar in self.lengths.bars.items() if bar.isChecked()), None))
        self.model.show_names(names)
        self.stack.setCurrentWidget(self.split)
        row = self.model.row_of(before.text) if before is not None and self.list.hasFocus() else 0
        self.choose(max(row, 0))

    def show_nothing(self) -> None:
        """Show the examples again."""
        self.names = None
        self.model.show_names(None)
        self.title.show_letters(())
        self.stack.setCurrentWidget(self.empty)

    @property
    def chosen(self) -> Name | None:
        """The name that is chosen in the list."""
        return self.model.name(self.list.currentIndex().row())

    def choose(self, row: int) -> None:
        """Choose a row, or the nearest there is."""
        row = min(max(row, 0), self.model.rowCount() - 1)
        if row < 0:
            self.name_chosen.emit(None)
            return
        self.list.setCurrentIndex(self.model.index(row))
        self.list.scrollTo(self.model.index(row))

    def move_choice(self, rows: int) -> None:
        """Go down the list, up when negative."""
        self.choose(self.list.currentIndex().row() + rows)

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Write under the title how the search went."""
        self.status.setText(text)
        self.status.setProperty("tone", "error" if wrong else "muted")
        self.status.style().unpolish(self.status)
        self.status.style().polish(self.status)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.title.setPlaceholderText(tr("Title of the paper or of the project"))
        self.title.setAccessibleName(tr("Title"))
        self.own.setPlaceholderText(tr("Check a name of your own"))
        self.own.setAccessibleName(tr("Check a name of your own"))
        self.list.setAccessibleName(tr("Names"))
        for part in (self.options, self.kinds, self.lengths, self.details, self.empty):
            part.retranslate()
        self.model.show_favourites(frozenset())

    def _connect(self) -> None:
        self.title.title_changed.connect(self.asked)
        self.title.moved.connect(self.move_choice)
        self.title.entered.connect(self.list.setFocus)
        self.options.changed.connect(self.asked)
        self.kinds.changed.connect(self.asked)
        self.lengths.chosen.connect(self._show_length)
        self.empty.example_chosen.connect(self._try)
        self.own.textEdited.connect(self.own_asked)
        self.list.selectionModel().currentChanged.connect(lambda _new, _old: self.name_chosen.emit(self.chosen))

    def _show_length(self, letters: int | None) -> None:
        self.model.show_length(letters)
        self.choose(0)

    def _try(self, title: str) -> None:
        self.title.setPlainText(title)
        self.title.setFocus()

    def _lay_out(self) -> None:
        space = self._desk.theme.space
        self.list.setModel(self.model)
        self.list.setItemDelegate(NamesDelegate(self._desk.theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.status.setWordWrap(True)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(8))
        row = QHBoxLayout()
        row.setSpacing(space(8))
        row.addWidget(self.kinds)
        row.addWidget(self.own, 1)
        column.addLayout(row)
        column.addWidget(self.lengths)
        column.addWidget(self.list, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(left)
        self.split.addWidget(self.details)
        self.split.setStretchFactor(0, LIST_SHARE)
        self.split.setStretchFactor(1, DETAILS_SHARE)
        self.split.setSizes([space(LIST_SHARE * 100), space(DETAILS_SHARE * 100)])
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.split)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(space(8))
        outer.addWidget(self.title)
        outer.addWidget(self.options)
        outer.addWidget(self.status)
        outer.addWidget(self.stack, 1)
