"""The last queries, to be looked up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.core.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence


class RecentMenu(QMenu):
    """Lists queries, the newest first; it is gone when it has closed."""

    chosen = Signal(str)

    def __init__(self, queries: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        for query in queries:
            action = self.addAction(query.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, query=query: self.chosen.emit(query))
        if not queries:
            self.addAction(tr("Nothing was looked up yet")).setEnabled(False)
        self.aboutToHide.connect(self.deleteLater)

    def open_under(self, widget: QWidget) -> None:
        """Open below a widget, with the first query chosen."""
        self.popup(widget.mapToGlobal(widget.rect().bottomLeft()))
        self.setActiveAction(self.actions()[0])
