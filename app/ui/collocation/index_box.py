"""The choice of what is asked: academic English, or the user's own papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from app.collocation.library import INDEXES, PAPERS
from app.core.i18n import tr
from app.ui.widgets.no_wheel import ignore_wheel

if TYPE_CHECKING:
    from app.collocation.library import Library


class IndexBox(QComboBox):
    """Lists the indexes."""

    chosen = Signal(str)
    """The key of the index that is to be asked."""
    missing = Signal()
    """The user wants to ask their papers, which were never counted."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        for name in INDEXES:
            self.addItem("", name)
        self._key = self.key
        ignore_wheel(self)
        self.activated.connect(lambda _row: self.choose(self.key))

    @property
    def key(self) -> str:
        """The key of the index that is shown."""
        return str(self.currentData())

    def choose(self, name: str) -> None:
        """Choose an index, if there is one."""
        if name == PAPERS and not self._library.exists(name):
            self.setCurrentIndex(self.findData(self._key))
            self.missing.emit()
            return
        self.setCurrentIndex(self.findData(name))
        if name != self._key:
            self._key = name
            self.chosen.emit(name)

    def choose_next(self) -> None:
        """Choose the next index."""
        names = list(INDEXES)
        self.choose(names[(names.index(self.key) + 1) % len(names)])

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        for row, title in enumerate(INDEXES.values()):
            self.setItemText(row, tr(title))
        self.setAccessibleName(tr("What is asked"))
        self.setToolTip(tr("Ask academic English, or your own papers"))
