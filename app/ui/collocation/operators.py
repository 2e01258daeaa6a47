"""The language of queries at a glance: a click puts an operator into the box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.collocation.tags import CLASS_NAMES, CLASS_TITLES
from app.core.i18n import mark, tr
from app.ui.collocation.class_colours import class_colour

if TYPE_CHECKING:
    from app.ui.collocation.query_edit import QueryEdit
    from app.ui.theme import Theme

CLASS_COLUMNS: Final = 3


@dataclass(frozen=True)
class Operator:
    """How an operator is written, what for, and what is put before and after a word; `after` None: it is a word."""

    sign: str
    meaning: str
    before: str
    after: str | None = None


OPERATORS: Final = (
    Operator("_", mark("one word"), "_"),
    Operator("*", mark("no word or more"), "*"),
    Operator("+", mark("one word or more"), "+"),
    Operator("?x", mark("x or nothing"), "?", ""),
    Operator("a/b", mark("either"), "", "/"),
    Operator("[a b]", mark("one of them or nothing"), "[", "]"),
    Operator("{a b}", mark("in any order"), "{", "}"),
    Operator("~x", mark("x or a similar word"), "~", ""),
    Operator("[[x]]", mark("all forms of a word"), "[[", "]]"),
    Operator("$", mark("any letters: re$, $ing"), "", "$"),
    Operator("a | b", mark("both queries"), "|"),
)


class OperatorHelp(QScrollArea):
    """Lists the operators and the word classes.

    Args:
        theme: fonts and spaces.
        edit: the box.

    """

    def __init__(self, theme: Theme, edit: QueryEdit) -> None:
        super().__init__()
        self._theme, self._edit = theme, edit
        self._title, self._classes_title = QLabel(), QLabel()
        self.signs = [QPushButton(each.sign.replace("&", "&&")) for each in OPERATORS]
        self._meanings = [QLabel() for _ in OPERATORS]
        self.classes = {each: QPushButton(names[0]) for each, names in CLASS_NAMES.items()}
        self._lay_out()
        theme.changed.connect(self._colour)
        self._colour()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self._title.setText(tr("What can stand in a query"))
        self._classes_title.setText(tr("A word of a class"))
        for button, label, operator in zip(self.signs, self._meanings, OPERATORS, strict=True):
            label.setText(tr(operator.meaning))
            button.setAccessibleName(f"{operator.sign}: {tr(operator.meaning)}")
            button.setToolTip(tr("Put {sign} into the query", sign=operator.sign))
        for word_class, button in self.classes.items():
            button.setToolTip(tr(CLASS_TITLES[word_class]))
            button.setAccessibleName(f"{button.text()} {tr(CLASS_TITLES[word_class])}")
        self.setAccessibleName(tr("What can stand in a query"))

    def _insert(self, operator: Operator) -> None:
        if operator.after is None:
            self._edit.insert_token(operator.before)
        else:
            self._edit.insert(operator.before, operator.after)

    def _colour(self) -> None:
        for word_class, button in self.classes.items():
            button.setStyleSheet(f"color: {class_colour(self._theme, word_class).name()}; font-weight: 600;")

    def _lay_out(self) -> None:
        space = self._theme.space
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(space(12), 0, space(8), space(8))
        column.setSpacing(space(6))
        for title in (self._title, self._classes_title):
            title.setFont(self._theme.font("small"))
            title.setProperty("tone", "muted")
        column.addWidget(self._title)
        column.addLayout(self._operators())
        column.addSpacing(space(6))
        column.addWidget(self._classes_title)
        column.addLayout(self._class_buttons())
        column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _operators(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.space(12))
        grid.setVerticalSpacing(self._theme.space(2))
        grid.setColumnStretch(1, 1)
        for row, (button, label, operator) in enumerate(zip(self.signs, self._meanings, OPERATORS, strict=True)):
            button.setFont(self._theme.font("mono"))
            button.clicked.connect(lambda _checked=False, operator=operator: self._insert(operator))
            label.setWordWrap(True)
            grid.addWidget(button, row, 0)
            grid.addWidget(label, row, 1)
        return grid

    def _class_buttons(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(self._theme.space(4))
        for number, (word_class, button) in enumerate(self.classes.items()):
            token = CLASS_NAMES[word_class][0]
            button.clicked.connect(lambda _checked=False, token=token: self._edit.insert_token(token))
            grid.addWidget(button, number // CLASS_COLUMNS, number % CLASS_COLUMNS)
        return grid
