"""Colours for LaTeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

if TYPE_CHECKING:
    from app.ui.theme import Theme

PARTS: Final = re.compile(
    r"(?P<comment>%.*)"
    r"|(?P<environment>\\(?:begin|end)\s*\{[^{}]*\})"
    r"|(?P<command>\\(?:[A-Za-z]+\*?|\\|.))"
    r"|(?P<structure>[{}&^_$])"
    r"|(?P<number>\d+(?:\.\d+)?)"
)
COLOURS: Final = {
    "comment": "text_muted",
    "environment": "success",
    "command": "accent",
    "structure": "warning",
    "number": "text",
}
"""Part of the source to the theme's colour for it."""


class LatexHighlighter(QSyntaxHighlighter):
    """Tells commands, environments, braces and scripts apart, by colour and weight."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._formats: dict[str, QTextCharFormat] = {}
        self.recolour()

    def recolour(self) -> None:
        """Take the theme's colours anew."""
        for part, name in COLOURS.items():
            form = QTextCharFormat()
            form.setForeground(self._theme.colour(name))
            if part == "structure":
                form.setFontWeight(QFont.Weight.DemiBold)
            if part == "comment":
                form.setFontItalic(True)
            self._formats[part] = form
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Colour one line."""
        for found in PARTS.finditer(text):
            self.setFormat(found.start(), found.end() - found.start(), self._formats[str(found.lastgroup)])
