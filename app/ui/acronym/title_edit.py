"""Where the title is typed: two lines, the letters of the chosen name in colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent

    from app.ui.theme import Theme

LINES: Final = 2
MOST_CHARACTERS: Final = 5000
"""What is pasted beyond this is no title."""
_MOVES: Final = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_PageDown: 10,
}


class TitleEdit(QPlainTextEdit):
    """One paragraph of text. The keys up and down belong to the list of names."""

    moved = Signal(int)
    """The user wants to go so many names down the list, up when negative."""
    entered = Signal()
    """Return was pressed."""
    title_changed = Signal()
    """The text is another one; Qt's own signal also comes when letters are coloured."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._highlighter = _Highlighter(self.document(), theme)
        self.setTabChangesFocus(True)
        font = theme.font("title")
        font.setWeight(QFont.Weight.Normal)
        self.setFont(font)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        height = LINES * self.fontMetrics().lineSpacing() + 2 * theme.space(10)
        self.setFixedHeight(height)
        self.document().setDocumentMargin(theme.space(6))
        self._told = ""
        self.textChanged.connect(self._tell)

    @property
    def title(self) -> str:
        """What was typed."""
        return self.toPlainText()

    def show_letters(self, places: Iterable[int]) -> None:
        """Colour characters of the title by their places in it."""
        self._highlighter.show_places(self.title, places)

    def recolour(self) -> None:
        """Take the theme's colours anew."""
        self._highlighter.recolour()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a width that many titles fit."""
        return QSize(self._theme.space(480), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Pass the keys on that belong to the list."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif plain and event.key() in _MOVES:
            self.moved.emit(_MOVES[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Paste as one line: titles copied from a PDF are broken into several."""
        self.insertPlainText(" ".join(source.text()[:MOST_CHARACTERS].split()))

    def _tell(self) -> None:
        if (title := self.title) != self._told:
            self._told = title
            self.title_changed.emit()


class _Highlighter(QSyntaxHighlighter):
    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._units: frozenset[int] = frozenset()
        self._format = QTextCharFormat()
        self.recolour()

    def recolour(self) -> None:
        self._format.setForeground(self._theme.colour("accent"))
        self._format.setFontWeight(QFont.Weight.Bold)
        self._format.setFontUnderline(True)
        self.rehighlight()

    def show_places(self, title: str, places: Iterable[int]) -> None:
        # Qt counts characters beyond the Basic Multilingual Plane twice.
        units = frozenset(len(title[:place].encode("utf-16-le")) // 2 for place in places)
        if units != self._units:
            self._units = units
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        for unit in self._units:
            if unit < len(text):
                self.setFormat(unit, 1, self._format)
