"""The colours of word classes in both themes, and the legend that names them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel

from app.collocation.tags import CLASS_TITLES, WordClass
from app.core.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.ui.theme import Theme

LIGHT: Final = {
    WordClass.VERB: "#a8231c",
    WordClass.NOUN: "#1b4f9c",
    WordClass.ADJECTIVE: "#7a4600",
    WordClass.ADVERB: "#6d2e9e",
    WordClass.PREPOSITION: "#0a5f47",
    WordClass.DETERMINER: "#4c5464",
    WordClass.CONJUNCTION: "#93186f",
    WordClass.PRONOUN: "#0c5a70",
    WordClass.INTERJECTION: "#565a00",
    WordClass.OTHER: "#1b1e23",
}
DARK: Final = {
    WordClass.VERB: "#ff9c94",
    WordClass.NOUN: "#93c1ff",
    WordClass.ADJECTIVE: "#f5bd62",
    WordClass.ADVERB: "#d3aaff",
    WordClass.PREPOSITION: "#6fdcb0",
    WordClass.DETERMINER: "#b9c0cc",
    WordClass.CONJUNCTION: "#ff9ede",
    WordClass.PRONOUN: "#79d5ee",
    WordClass.INTERJECTION: "#d9dd6b",
    WordClass.OTHER: "#e9ebee",
}


def class_colour(theme: Theme, word_class: WordClass) -> QColor:
    """Return the colour of the words of a class."""
    return QColor((DARK if theme.is_dark else LIGHT)[word_class])


class Legend(QLabel):
    """Names the classes whose colours are to be seen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._classes: list[WordClass] = []
        self.setFont(theme.font("small"))
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        theme.changed.connect(self.retranslate)

    def show_classes(self, classes: Iterable[int]) -> None:
        """Name these classes, in the order in which queries list them."""
        wanted = set(classes)
        self._classes = [each for each in CLASS_TITLES if each in wanted]
        self.setVisible(bool(self._classes))
        self.retranslate()

    def retranslate(self) -> None:
        """Write the names in the current language."""
        muted = self._theme.colour("text_muted").name()
        entries = [
            f'<span style="color:{class_colour(self._theme, each).name()}">■</span>&nbsp;'
            f'<span style="color:{muted}">{escape(tr(CLASS_TITLES[each])).replace(" ", "&nbsp;")}</span>'
            for each in self._classes
        ]
        self.setText(" &nbsp; ".join(entries))
        self.setAccessibleName(tr("Colours of the word classes"))
