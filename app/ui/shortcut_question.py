"""A card under the shortcuts that says something and offers a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.desk import Desk


class QuestionBar(QFrame):
    """Says something about shortcuts under the list and lets the user choose."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self.take, self.leave = QPushButton(), QPushButton()
        self._then: Callable[[], None] = lambda: None
        space = desk.theme.space
        row = QHBoxLayout()
        row.setSpacing(space(8))
        row.addStretch(1)
        for button in (self.leave, self.take):
            button.setAutoDefault(True)
            row.addWidget(button)
        self.take.clicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(space(12), space(8), space(8), space(8))
        column.setSpacing(space(8))
        column.addWidget(self._text)
        column.addLayout(row)
        self.hide()

    def text(self) -> str:
        """Return what is said."""
        return self._text.text()

    def ask(self, text: str, take: str, leave: str, then: Callable[[], None]) -> None:
        """Say `text` over two buttons: `take` calls `then`, `leave` leaves all as it is."""
        self._text.setText(text)
        self.take.setText(take)
        self.leave.setText(leave)
        self._then = then
        self.show()

    def _choose(self) -> None:
        self._then()
