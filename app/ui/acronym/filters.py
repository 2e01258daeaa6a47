"""What names shall be like: kinds to show, and the options that are seldom needed, in a panel of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget

from app.acronym.lattice import Reach
from app.acronym.limits import LANGUAGES, LEAST_LETTERS, MOST_LETTERS
from app.acronym.query import Query
from app.acronym.ranking import KIND_TITLES, Kind
from app.core.errors import StorageError
from app.core.i18n import mark, tr
from app.ui.widgets.no_wheel import ignore_wheel

if TYPE_CHECKING:
    from app.ui.desk import Desk

DELAY_MS: Final = 200
"""After the last key in a field of the panel."""
ANY_NUMBER: Final = -1
MOST_BURIED: Final = 6
REACHES: Final = (
    (Reach.ANYWHERE, mark("From anywhere")),
    (Reach.BEGINNINGS, mark("Beginnings of words")),
    (Reach.INITIALS, mark("First letters only")),
)
_SAVED: Final = {"language": "acronym.language", "shortest": "acronym.shortest", "longest": "acronym.longest"}


class KindButtons(QWidget):
    """A button for each kind of name; the names of those that are pressed are shown."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.buttons = {kind: QPushButton() for kind in Kind}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(desk.theme.space(4))
        for button in self.buttons.values():
            button.setCheckable(True)
            button.setChecked(True)
            button.clicked.connect(self.changed)
            row.addWidget(button)
        row.addStretch(1)
        self.retranslate()

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds whose names are wanted."""
        return frozenset(kind for kind, button in self.buttons.items() if button.isChecked())

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        for kind, button in self.buttons.items():
            button.setText(tr(KIND_TITLES[kind]))
            button.setToolTip(tr("Show names of this kind"))


class OptionsPanel(QWidget):
    """The options of the search; languages and lengths are remembered."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.begins, self.contains, self.pattern = QLineEdit(), QLineEdit(), QLineEdit()
        self.reach, self.language = QComboBox(), QComboBox()
        self.buried, self.shortest, self.longest = QSpinBox(), QSpinBox(), QSpinBox()
        self._labels = {name: QLabel() for name in _LABELS}
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(self.changed)
        self._fill()
        self._lay_out()
        self.retranslate()
        self._connect()

    def query(self, title: str, kinds: frozenset[Kind]) -> Query:
        """Return what is asked for with these options."""
        return Query(
            title,
            language=str(self.language.currentData()),
            shortest=self.shortest.value(),
            longest=self.longest.value(),
            begins=self.begins.text().strip(),
            contains=self.contains.text().strip(),
            pattern=self.pattern.text().strip(),
            reach=Reach(self.reach.currentData()),
            most_buried=None if self.buried.value() == ANY_NUMBER else self.buried.value(),
            kinds=kinds,
            offensive=self._desk.settings.flag("acronym.offensive"),
        )

    @property
    def is_waiting(self) -> bool:
        """Whether a change of a text will be told in a moment."""
        return self._delay.isActive()

    def clear(self) -> None:
        """Take all options back to what they usually are."""
        for field in (self.begins, self.contains, self.pattern):
            field.clear()
        self.reach.setCurrentIndex(0)
        self.buried.setValue(ANY_NUMBER)
        usual = Query("")
        self.shortest.setValue(usual.shortest)
        self.longest.setValue(usual.longest)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        for name, label in self._labels.items():
            label.setText(tr(_LABELS[name]))
            label.buddy().setAccessibleName(tr(_LABELS[name]))
        for number, (_, text) in enumerate(REACHES):
            self.reach.setItemText(number, tr(text))
        for number, text in enumerate(LANGUAGES.values()):
            self.language.setItemText(number, tr(text))
        self.buried.setSpecialValueText(tr("Any number"))
        self.pattern.setPlaceholderText(tr("? any letter, * any letters"))

    def _fill(self) -> None:
        settings = self._desk.settings
        for reach, _ in REACHES:
            self.reach.addItem("", reach.value)
        for key in LANGUAGES:
            self.language.addItem("", key)
        self.language.setCurrentIndex(self.language.findData(settings.text("acronym.language")))
        self.buried.setRange(ANY_NUMBER, MOST_BURIED)
        self.buried.setValue(ANY_NUMBER)
        for box, key in ((self.shortest, "acronym.shortest"), (self.longest, "acronym.longest")):
            box.setRange(LEAST_LETTERS, MOST_LETTERS)
            box.setValue(settings.integer(key))
        for field in (self.reach, self.language, self.buried, self.shortest, self.longest):
            ignore_wheel(field)

    def _connect(self) -> None:
        for text in (self.begins, self.contains, self.pattern):
            text.textEdited.connect(self._delay.start)
        self.reach.currentIndexChanged.connect(self.changed)
        self.buried.valueChanged.connect(self.changed)
        self.language.activated.connect(lambda: self._save("language", self.language.currentData()))
        self.shortest.valueChanged.connect(lambda value: self._save("shortest", value))
        self.longest.valueChanged.connect(lambda value: self._save("longest", value))

    def _save(self, name: str, value: object) -> None:
        """Remember a choice, and search with it even if that is not possible."""
        try:
            self._desk.settings.set(_SAVED[name], value)
        except StorageError as error:
            self._desk.message.emit(str(error), "warning")
        self.changed.emit()

    def _lay_out(self) -> None:
        space = self._desk.theme.space
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space(12))
        grid.setVerticalSpacing(space(4))
        fields: dict[str, QWidget] = {name: getattr(self, name) for name in _LABELS}
        for number, (name, field) in enumerate(fields.items()):
            row, column = divmod(number, COLUMNS)
            label = self._labels[name]
            label.setBuddy(field)
            label.setFont(self._desk.theme.font("small"))
            label.setProperty("tone", "muted")
            grid.addWidget(label, 2 * row, column)
            grid.addWidget(field, 2 * row + 1, column)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)


COLUMNS: Final = 4
_LABELS: Final = {
    "begins": mark("Begins with"),
    "contains": mark("Contains"),
    "pattern": mark("Pattern"),
    "reach": mark("Letters"),
    "shortest": mark("Fewest letters"),
    "longest": mark("Most letters"),
    "buried": mark("Buried letters at most"),
    "language": mark("Language of the words"),
}
"""Field to its label, in the order of the panel."""
