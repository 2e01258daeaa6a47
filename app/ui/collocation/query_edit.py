"""The box: one line for a query, some for a sentence; operators in colour, faults and findings underlined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit

from app.collocation.tags import CLASS_BY_NAME
from app.ui.collocation.class_colours import class_colour

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from app.ui.theme import Theme

MOST_LINES: Final = 4
"""A longer sentence is scrolled."""
MOST_CHARACTERS: Final = 2000
"""As many as are read of a sentence."""
Span = tuple[int, int]
_MOVES: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}
_SIGNS: Final = re.compile(r"[_*+~#$/|{}\[\]]|(?<!\S)\?(?=\S)")
_TOKENS: Final = re.compile(r"\S+")


class QueryEdit(QPlainTextEdit):
    """What is asked. The keys up and down belong to the rows below while the text has one line."""

    moved = Signal(int)
    """The user wants to go so many rows down, up when negative."""
    entered = Signal()
    """Return was pressed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._highlighter = _Highlighter(self.document(), theme)
        self.setTabChangesFocus(True)
        self.setFont(theme.font("title"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(theme.space(7))
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        theme.changed.connect(self._highlighter.recolour)
        self._fit()

    @property
    def query(self) -> str:
        """What was typed."""
        return self.toPlainText()

    def put(self, text: str) -> None:
        """Write another text, which can be undone."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.setTextCursor(cursor)

    def replace(self, span: Span, text: str) -> None:
        """Put other characters at the place of some, which can be undone."""
        cursor = self.textCursor()
        cursor.setPosition(self._unit(span[0]))
        cursor.setPosition(self._unit(span[1]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)

    def insert(self, before: str, after: str = "") -> None:
        """Put signs around the selected words or the word at the cursor; without one the cursor goes between them."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        word = cursor.selectedText().strip("_")
        cursor.insertText(f"{before}{word}{after}")
        if not word:
            cursor.setPosition(cursor.position() - len(after))
        self.setTextCursor(cursor)
        self.setFocus()

    def insert_token(self, token: str) -> None:
        """Put a sign that stands for words at the cursor, with spaces around it."""
        cursor = self.textCursor()
        text, start, end = self.toPlainText(), cursor.selectionStart(), cursor.selectionEnd()
        left = " " if start and not text[start - 1].isspace() else ""
        right = "" if text[end : end + 1].isspace() else " "
        cursor.insertText(f"{left}{token}{right}")
        self.setTextCursor(cursor)
        self.setFocus()

    def show_fault(self, span: Span | None) -> None:
        """Underline the characters that cannot be understood."""
        self._highlighter.show_spans([self._units(span)] if span else [], "error")

    def show_findings(self, spans: Iterable[Span]) -> None:
        """Underline what is rare in the sentence."""
        self._highlighter.show_spans([self._units(span) for span in spans], "warning")

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a width that most queries fit."""
        return QSize(self._theme.space(320), self.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for a short query."""
        return QSize(self._theme.space(120), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Pass the keys on that belong to the rows."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif plain and event.key() in _MOVES and self._lines() == 1:
            self.moved.emit(_MOVES[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Paste as one line: sentences copied from a PDF are broken into several."""
        self.insertPlainText(" ".join(source.text()[:MOST_CHARACTERS].split()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Follow another width with the height."""
        super().resizeEvent(event)
        self._fit()

    def _lines(self) -> int:
        return max(1, round(self.document().size().height()))

    def _fit(self) -> None:
        """Be as high as the text, within bounds."""
        lines = min(self._lines(), MOST_LINES)
        edges = 2 * (self.document().documentMargin() + self.frameWidth())
        height = max(self._theme.hit_area(), round(lines * self.fontMetrics().lineSpacing() + edges))
        if height != self.height():
            self.setFixedHeight(height)

    def _unit(self, place: int) -> int:
        """Return a place as Qt counts: characters beyond the Basic Multilingual Plane twice."""
        return len(self.toPlainText()[:place].encode("utf-16-le")) // 2

    def _units(self, span: Span) -> Span:
        return self._unit(span[0]), self._unit(span[1])


class _Highlighter(QSyntaxHighlighter):
    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._spans: list[Span] = []
        self._tone = "error"

    def recolour(self) -> None:
        self.rehighlight()

    def show_spans(self, spans: list[Span], tone: str) -> None:
        if (spans, tone) != (self._spans, self._tone):
            self._spans, self._tone = spans, tone
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        for found in _SIGNS.finditer(text):
            self.setFormat(found.start(), found.end() - found.start(), self._ink(self._theme.colour("accent")))
        for found in _TOKENS.finditer(text):
            word_class = CLASS_BY_NAME.get(found[0].lower().lstrip("?"))
            if word_class is not None:
                ink = self._ink(class_colour(self._theme, word_class))
                self.setFormat(found.start(), found.end() - found.start(), ink)
        for start, end in self._spans:
            for place in range(start, max(end, start + 1)):
                form = self.format(place)
                form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                form.setUnderlineColor(self._theme.colour(self._tone))
                self.setFormat(place, 1, form)

    def _ink(self, colour: object) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setForeground(colour)  # type: ignore[arg-type]
        form.setFontWeight(QFont.Weight.Bold)
        return form
