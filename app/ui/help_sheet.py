"""F1: the keys of the tab in front and those that work everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QToolButton, QWidget

from app.core.i18n import tr
from app.ui.icons import icon
from app.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from app.ui.desk import Desk
    from app.ui.tabs.base import Tab

WIDTH: Final = 600
KEY_COLUMN: Final = 150


class HelpSheet(Sheet):
    """Built anew for the tab it is opened on.

    Args:
        desk: gives the actions.
        window: what it covers.

    """

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(desk.theme, window, WIDTH)
        self._desk = desk
        self._title = QLabel()
        self._title.setFont(desk.theme.font("title"))
        self._close = QToolButton()
        self._close.setProperty("kind", "flat")
        self._close.setProperty("square", "true")
        self._close.setIcon(icon("close", "text_muted"))
        self._close.clicked.connect(self.close_sheet)
        head = QHBoxLayout()
        space = desk.theme.space
        head.setContentsMargins(space(16), space(8), space(8), space(8))
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addLayout(head)
        self.body.addWidget(self._area, 1)
        self.rows: list[tuple[str, str]] = []

    def open_for(self, tab: Tab | None) -> None:
        """Come up with the keys of a tab."""
        self._title.setText(tr("Keys"))
        self._close.setToolTip(tr("Close (Esc)"))
        self._close.setAccessibleName(tr("Close"))
        inside = QWidget()
        grid = QGridLayout(inside)
        space = self.theme.space
        grid.setContentsMargins(space(16), 0, space(16), space(16))
        grid.setHorizontalSpacing(space(16))
        grid.setVerticalSpacing(space(8))
        grid.setColumnMinimumWidth(0, space(KEY_COLUMN))
        grid.setColumnStretch(1, 1)
        self.rows = []
        if tab is not None:
            self._add_section(grid, tab.title_label.text(), [*tab.help_rows(), *self._keys_of(tab)])
        self._add_section(grid, tr("Everywhere"), [*self._keys_of(None), ("Esc", tr("One step back"))])
        grid.setRowStretch(grid.rowCount(), 1)
        self._area.setWidget(inside)
        super().open()
        self._area.setFocus()

    def card_height(self) -> int:
        """Return the height at which nothing has to be scrolled."""
        inside = self._area.widget()
        rows = inside.sizeHint().height() if inside is not None else 0
        return rows + self._close.sizeHint().height() + self.theme.space(24)

    def _keys_of(self, tab: Tab | None) -> list[tuple[str, str]]:
        actions = [each for each in self._desk.actions.all() if each.owner is tab and each.keys]
        native = QKeySequence.SequenceFormat.NativeText
        return [(each.action.shortcut().toString(native), each.title) for each in actions]

    def _add_section(self, grid: QGridLayout, title: str, rows: list[tuple[str, str]]) -> None:
        if not rows:
            return
        heading = QLabel(title)
        heading.setFont(self.theme.font("small"))
        heading.setProperty("tone", "muted")
        heading.setContentsMargins(0, self.theme.space(8), 0, 0)
        grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
        for keys, text in rows:
            row = grid.rowCount()
            cap = QLabel(keys)
            cap.setProperty("frame", "key")
            words = QLabel(text)
            words.setWordWrap(True)
            grid.addWidget(cap, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1)
        self.rows += rows
