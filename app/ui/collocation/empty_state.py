"""What the tab shows before anything is asked: real questions that can be tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.core.i18n import mark, tr

if TYPE_CHECKING:
    from app.ui.theme import Theme

EXAMPLES: Final = (
    ("plays _ _ role", mark("what stands in the gaps")),
    ("v. difficulty", mark("which verbs come before it")),
    ("consistent prep.", mark("which preposition follows")),
    ("~important role", mark("words of similar meaning that are written there")),
    ("depend of or depend on?", mark("which one to write")),
    ("what verb goes with attention?", mark("a question in plain English, or in Chinese")),
    ("This depends of the data.", mark("a sentence: what is rare in it")),
)
"""What to ask, and what it asks."""


class EmptyState(QScrollArea):
    """Examples, one below the other."""

    chosen = Signal(str)
    """The text of an example."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title, self._invitation = QLabel(), QLabel()
        self._title.setFont(theme.font("title"))
        self.examples = [QPushButton(text) for text, _ in EXAMPLES]
        self._meanings = [QLabel() for _ in EXAMPLES]
        self._lay_out(theme)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self._title.setText(tr("See which words go together in academic English"))
        self._invitation.setText(tr("Type a phrase, a question or a sentence above, or try one of these"))
        for button, label, (text, meaning) in zip(self.examples, self._meanings, EXAMPLES, strict=True):
            label.setText(tr(meaning))
            button.setAccessibleName(f"{text}: {tr(meaning)}")

    def _lay_out(self, theme: Theme) -> None:
        space = theme.space
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, space(8), space(12), 0)
        column.setSpacing(space(8))
        for label in (self._title, self._invitation):
            label.setWordWrap(True)
            column.addWidget(label)
        self._invitation.setProperty("tone", "muted")
        column.addSpacing(space(4))
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(12))
        grid.setVerticalSpacing(space(6))
        grid.setColumnStretch(1, 1)
        for row, (button, label, (text, _)) in enumerate(zip(self.examples, self._meanings, EXAMPLES, strict=True)):
            button.clicked.connect(lambda _checked=False, text=text: self.chosen.emit(text))
            button.setStyleSheet("text-align: left")
            label.setProperty("tone", "muted")
            label.setWordWrap(True)
            grid.addWidget(button, row, 0)
            grid.addWidget(label, row, 1)
        column.addLayout(grid)
        column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
