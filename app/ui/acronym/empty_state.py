"""What the tab shows before there is a title: titles to try, and what marks in a title mean."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.core.i18n import mark, tr

if TYPE_CHECKING:
    from app.ui.theme import Theme

EXAMPLES: Final = (
    "Sparse Interpretable Neural Embeddings",
    "Learning Robust/Reliable Representations from [Noisy] Graphs",
)
"""The first has a well-known answer (SPINE, Subramanian et al. 2018); the second shows marks."""
MARKS: Final = (
    ("fast/efficient", mark("either word may give letters")),
    ("word?", mark("leaving it out costs nothing")),
    ("[word]", mark("it must give a letter")),
    ("deep~learning", mark("both give a letter, or neither")),
)


class EmptyState(QWidget):
    """Examples that can be tried, and the marks."""

    example_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title, self._invitation, self._caption = QLabel(), QLabel(), QLabel()
        self._title.setFont(theme.font("title"))
        self.examples = [QPushButton(text) for text in EXAMPLES]
        self._marks = [(QLabel(sign), QLabel()) for sign, _ in MARKS]
        self._lay_out(theme)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self._title.setText(tr("Find a name in the letters of a title"))
        self._invitation.setText(tr("Type the title above, or try one of these"))
        self._caption.setText(tr("Marks that you can put into the title"))
        for button in self.examples:
            button.setAccessibleName(tr("Try the title: {title}", title=button.text()))
        for (_, label), (_, text) in zip(self._marks, MARKS, strict=True):
            label.setText(tr(text))

    def _choose(self, text: str, _checked: bool = False) -> None:
        self.example_chosen.emit(text)

    def _lay_out(self, theme: Theme) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setSpacing(theme.space(8))
        column.addStretch(2)
        column.addWidget(self._title, 0, centre)
        column.addWidget(self._invitation, 0, centre)
        column.addSpacing(theme.space(4))
        for button in self.examples:
            button.clicked.connect(partial(self._choose, button.text()))
            column.addWidget(button, 0, centre)
        column.addSpacing(theme.space(16))
        column.addWidget(self._caption, 0, centre)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space(12))
        for row, (sign, text) in enumerate(self._marks):
            sign.setFont(theme.font("mono"))
            text.setProperty("tone", "muted")
            grid.addWidget(sign, row, 0)
            grid.addWidget(text, row, 1)
        column.addLayout(grid)
        column.setAlignment(grid, centre)
        for label in (self._invitation, self._caption):
            label.setProperty("tone", "muted")
        column.addStretch(3)
