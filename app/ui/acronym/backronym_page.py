"""Titles for a name that is wished for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget

from app.acronym.backronym import Backronym, backronyms
from app.acronym.fields import FIELDS
from app.core.errors import PaperdeskError
from app.core.i18n import tr
from app.ui.widgets.no_wheel import ignore_wheel

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.acronym.together import PhraseCount
    from app.core.progress import Progress
    from app.ui.desk import Desk

DELAY_MS: Final = 250
CHANNEL: Final = "acronym.backronym"
FIELD: Final = "acronym.field"
MOST: Final = 12


class BackronymPage(QWidget):
    """A name, keywords and a field above a list of titles.

    Args:
        desk: everything else there is.
        counter: returns what counts phrases of academic English, if there is such; called off the window's thread.

    """

    title_chosen = Signal(str)
    """The user wants to go on with this title."""
    failed = Signal(object)
    """Why there are no titles: an exception."""
    found = Signal()

    def __init__(self, desk: Desk, counter: Callable[[], PhraseCount | None]) -> None:
        super().__init__()
        self._desk, self._counter = desk, counter
        self.name, self.keywords, self.field = QLineEdit(), QLineEdit(), QComboBox()
        self.titles = QListWidget()
        self.use_button = QPushButton()
        self._labels = [QLabel() for _ in range(3)]
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(self.propose)
        for key in FIELDS:
            self.field.addItem("", key)
        self.field.setCurrentIndex(max(0, self.field.findData(desk.settings.text(FIELD))))
        ignore_wheel(self.field)
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def is_waiting(self) -> bool:
        """Whether titles will be looked for in a moment."""
        return self._delay.isActive()

    def propose(self) -> None:
        """Look for titles, off the window's thread."""
        name, words, field = self.name.text().strip(), self.keywords.text().replace(",", " ").split(), self._field()
        if not name:
            self._desk.tasks.cancel_channel(CHANNEL)
            self.titles.clear()
            return

        counter = self._counter

        def work(_progress: Progress) -> list[Backronym]:
            return backronyms(name, words, field, MOST, counter())

        self._desk.tasks.run(work, self._show, self._fail, channel=CHANNEL)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        texts = (tr("Name"), tr("Keywords"), tr("Field"))
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
            label.buddy().setAccessibleName(text)
        self.name.setPlaceholderText("MAPLE")
        self.keywords.setPlaceholderText(tr("words that the title should have, such as language model"))
        for number, text in enumerate(FIELDS.values()):
            self.field.setItemText(number, tr(text))
        self.titles.setAccessibleName(tr("Titles for the name"))
        self.use_button.setText(tr("Find names for this title"))
        self.use_button.setToolTip(tr("See which other names the chosen title has (Return)"))

    def _field(self) -> str:
        return str(self.field.currentData())

    def _show(self, found: list[Backronym]) -> None:
        self.titles.clear()
        self.titles.addItems([each.title for each in found])
        self.titles.setCurrentRow(0)
        self.found.emit()

    def _fail(self, error: Exception) -> None:
        self.titles.clear()
        self.failed.emit(error)

    def _choose_field(self) -> None:
        try:
            self._desk.settings.set(FIELD, self._field())
        except PaperdeskError as error:
            self._desk.message.emit(str(error), "warning")
        self.propose()

    def _use(self) -> None:
        if (item := self.titles.currentItem()) is not None:
            self.title_chosen.emit(item.text())

    def _connect(self) -> None:
        self.name.textEdited.connect(self._delay.start)
        self.keywords.textEdited.connect(self._delay.start)
        self.field.activated.connect(self._choose_field)
        self.titles.itemActivated.connect(self._use)
        self.titles.currentRowChanged.connect(lambda row: self.use_button.setEnabled(row >= 0))
        self.use_button.clicked.connect(self._use)
        self.use_button.setEnabled(False)

    def _lay_out(self) -> None:
        space = self._desk.theme.space
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(12))
        grid.setVerticalSpacing(space(4))
        for column, (label, field, stretch) in enumerate(
            zip(self._labels, (self.name, self.keywords, self.field), (1, 3, 1), strict=True)
        ):
            label.setBuddy(field)
            label.setFont(self._desk.theme.font("small"))
            label.setProperty("tone", "muted")
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, stretch)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(space(12))
        column_layout.addLayout(grid)
        column_layout.addWidget(self.titles, 1)
        column_layout.addWidget(self.use_button, 0, Qt.AlignmentFlag.AlignRight)
