"""One setting on the preferences page: title, help, editor, a way back to the default, and what went wrong."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from app.core.errors import PaperdeskError
from app.core.i18n import tr
from app.ui.icons import icon
from app.ui.preference_editors import make_editor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.core.settings import Option
    from app.ui.desk import Desk
    from app.ui.theme import Theme


def words_of(query: str) -> list[str]:
    """Return the words a search consists of."""
    return query.casefold().split()


def matches(words: Sequence[str], *texts: str) -> bool:
    """Return whether every word occurs somewhere in `texts`."""
    whole = "\n".join(texts).casefold()
    return all(word in whole for word in words)


def highlighted(text: str, words: Sequence[str], colour: QColor) -> str:
    """Return `text` as HTML with every occurrence of the words marked."""
    if not words:
        return escape(text)
    pattern = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE)
    pieces, end = [], 0
    for found in pattern.finditer(text):
        pieces.append(escape(text[end : found.start()]))
        pieces.append(f'<span style="background-color: {colour.name()}">{escape(found.group())}</span>')
        end = found.end()
    return "".join(pieces) + escape(text[end:])


class RowTexts(QWidget):
    """Title over help, with what is searched for marked in both."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.title = QLabel()
        self.help = QLabel()
        self.help.setWordWrap(True)
        for label in (self.title, self.help):
            label.setTextFormat(Qt.TextFormat.RichText)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(theme.space(4))
        layout.addWidget(self.title, 0, 0)
        layout.addWidget(self.help, 1, 0)
        self.help.setProperty("tone", "muted")
        self.help.setFont(theme.font("small"))

    def show_texts(self, title: str, help_text: str, words: Sequence[str]) -> None:
        """Write both."""
        mark_colour = self._theme.colour("difference")
        self.title.setText(highlighted(title, words, mark_colour))
        self.help.setText(highlighted(help_text, words, mark_colour))
        self.help.setVisible(bool(help_text))


class PreferenceRow(QWidget):
    """One setting with instant effect.

    Args:
        desk: gives settings and theme.
        option: what is set.
        apply: stores a new value; raises `PaperdeskError` when it cannot be done.

    """

    def __init__(self, desk: Desk, option: Option, apply: Callable[[str, Any], None]) -> None:
        super().__init__()
        self.option = option
        self._desk = desk
        self._apply = apply
        self._words: list[str] = []
        self._texts = RowTexts(desk.theme)
        self.editor = make_editor(option, desk.theme)
        self.editor.changed.connect(self._store)
        self.editor.refused.connect(self._complain)
        self.reset_button = QToolButton()
        self.reset_button.setProperty("kind", "flat")
        self.reset_button.setProperty("square", "true")
        self.reset_button.setIcon(icon("reset"))
        self.reset_button.clicked.connect(self.reset)
        keep = self.reset_button.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.reset_button.setSizePolicy(keep)
        self.error = QLabel()
        self.error.setWordWrap(True)
        self.error.setProperty("tone", "error")
        self.error.hide()
        self._lay_out()
        desk.theme.changed.connect(self._show_texts)
        self.retranslate()
        self.refresh()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.editor.retranslate()
        self._show_texts()
        self.editor.field.setAccessibleName(tr(self.option.title))
        self.editor.field.setAccessibleDescription(tr(self.option.help))
        self.reset_button.setToolTip(tr("Back to the default"))
        self.reset_button.setAccessibleName(tr("{setting}: back to the default", setting=tr(self.option.title)))

    def refresh(self) -> None:
        """Show the value in force, about which there is nothing to complain."""
        self.error.hide()
        self.editor.show_value(self._desk.settings.get(self.option.key))
        self.reset_button.setVisible(not self._desk.settings.is_default(self.option.key))

    def search(self, words: list[str], page: str) -> bool:
        """Mark `words` and return whether they all occur in this row; `page` is the title of its page."""
        self._words = words
        self._show_texts()
        option = self.option
        labels = [tr(label) for _value, label in option.choices]
        return matches(words, tr(option.title), tr(option.help), option.title, option.help, option.key, page, *labels)

    def reset(self) -> None:
        """Return to the default."""
        if self._store(self.option.default):
            self.editor.field.setFocus()

    def _store(self, value: Any) -> bool:
        try:
            self._apply(self.option.key, value)
        except PaperdeskError as error:
            self._complain(str(error))
            if not self.editor.keeps_refused:
                self.editor.show_value(self._desk.settings.get(self.option.key))
            return False
        self.refresh()
        return True

    def _complain(self, text: str) -> None:
        self.error.setText(text)
        self.error.show()

    def _show_texts(self) -> None:
        self._texts.show_texts(tr(self.option.title), tr(self.option.help), self._words)

    def _lay_out(self) -> None:
        theme = self._desk.theme
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.space(16), theme.space(12), theme.space(8), theme.space(12))
        grid.setHorizontalSpacing(theme.space(12))
        grid.addWidget(self._texts, 0, 0)
        grid.addWidget(self.editor, 0, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.reset_button, 0, 2, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.error, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
