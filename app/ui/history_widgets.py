"""The parts around the list of the history: what is looked for, and what is said when nothing is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.core.i18n import tr
from app.registry import TOOLS
from app.ui.history_listing import Filter
from app.ui.widgets.no_wheel import ignore_wheel

if TYPE_CHECKING:
    from app.ui.theme import Theme

DEBOUNCE_MS: Final = 150


class FilterBar(QWidget):
    """Search field, tool and "pinned only"."""

    changed = Signal(object)
    """The new `Filter`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.tools = QComboBox()
        self.tools.addItem("", None)
        for tool in TOOLS:
            self.tools.addItem("", tool.key)
        ignore_wheel(self.tools)
        self.pinned = QCheckBox()
        self._debounce = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._debounce.timeout.connect(self.apply)
        self.search.textChanged.connect(lambda _text: self._debounce.start())
        self.tools.currentIndexChanged.connect(lambda _row: self.apply())
        self.pinned.toggled.connect(lambda _on: self.apply())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(12))
        row.addWidget(self.search, 1)
        row.addWidget(self.tools)
        row.addWidget(self.pinned)

    def retranslate(self) -> None:
        """Write all texts in the current language."""
        self.search.setPlaceholderText(tr("Search the history"))
        self.search.setAccessibleName(tr("Search the history"))
        self.pinned.setText(tr("Pinned &only"))
        self.tools.setAccessibleName(tr("Tool"))
        self.tools.setItemText(0, tr("All tools"))
        for row, tool in enumerate(TOOLS, start=1):
            self.tools.setItemText(row, tr(tool.title))

    def filter(self) -> Filter:
        """Return what is looked for."""
        return Filter(self.search.text().strip(), self.tools.currentData(), self.pinned.isChecked())

    def apply_pending(self) -> bool:
        """Look now for what was just typed; return whether it was not looked for yet."""
        pending = self._debounce.isActive()
        if pending:
            self.apply()
        return pending

    def apply(self) -> None:
        """Look for it now."""
        self._debounce.stop()
        self.changed.emit(self.filter())


class EmptyState(QWidget):
    """Says why there is nothing and what to do."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title, self._text = QLabel(), QLabel()
        self._text.setProperty("tone", "muted")
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.space(8))
        layout.addStretch(1)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addStretch(2)
        self._title.setFont(theme.font("title"))

    def explain(self, wanted: Filter) -> None:
        """Write what fits a search that found nothing."""
        title, text = _explanation(wanted)
        self._title.setText(title)
        self._text.setText(text)

    def texts(self) -> str:
        """Return what is written."""
        return f"{self._title.text()}\n{self._text.text()}"


def _explanation(wanted: Filter) -> tuple[str, str]:
    if wanted.query:
        return tr("Nothing found"), tr("No result contains “{query}”. Fewer words find more.", query=wanted.query)
    if wanted.pinned:
        return tr("Nothing pinned"), tr("Select a result and press P: it stays on top and is never removed.")
    if wanted.tool:
        return tr("No results of this tool yet"), tr("What it finds for you will be kept here.")
    return tr("No results yet"), tr("Everything a tool finds for you is kept here: to search, to copy again, to pin.")
