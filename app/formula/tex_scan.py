"""The words of a LaTeX formula, each with its place, so that a fault can be shown where it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.core.i18n import tr

TOKEN: Final = re.compile(r"\\(?:[A-Za-z]+|.)|[^\\]|\\", re.DOTALL)
BLANK: Final = re.compile(r"(?:\s+|%[^\n]*\n?)+")


class TexError(ValueError):
    """A part of a formula that cannot be read; `start` and `end` are its place in the source, in characters."""

    def __init__(self, text: str, start: int, end: int) -> None:
        super().__init__(text)
        self.start = start
        self.end = max(end, start)


@dataclass(frozen=True)
class Token:
    """One word: a command with its backslash, or one character."""

    text: str
    start: int
    end: int


class Scanner:
    """Reads `source` word by word; blanks and comments between words are passed over."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.place = 0
        self._next: Token | None = None

    def peek(self) -> Token | None:
        """Return the next word without taking it, or None at the end."""
        if self._next is None:
            if blank := BLANK.match(self.source, self.place):
                self.place = blank.end()
            if found := TOKEN.match(self.source, self.place):
                self._next = Token(found[0], found.start(), found.end())
        return self._next

    def take(self) -> Token:
        """Return the next word and go past it. Raises `TexError` at the end."""
        token = self.peek()
        if token is None:
            raise TexError(tr("The formula ends too early."), max(len(self.source) - 1, 0), len(self.source))
        self._next = None
        self.place = token.end
        return token

    def take_if(self, *texts: str) -> Token | None:
        """Take the next word if it is one of `texts`."""
        token = self.peek()
        return self.take() if token and token.text in texts else None

    def raw_group(self) -> tuple[str, int]:
        """Return the text between the next braces as it is written, or the next word, and where it starts."""
        opening = self.take()
        if opening.text != "{":
            return opening.text, opening.start
        depth, place = 1, opening.end
        while found := TOKEN.match(self.source, place):
            depth += {"{": 1, "}": -1}.get(found[0], 0)
            place = found.end()
            if not depth:
                self._next, self.place = None, place
                return self.source[opening.end : place - 1], opening.end
        raise TexError(tr("This brace is never closed."), opening.start, opening.end)

    def raw_option(self) -> str | None:
        """Return the text between the next square brackets, or None if there are none here."""
        opening = self.peek()
        if opening is None or opening.text != "[":
            return None
        closing = self.source.find("]", opening.end)
        if closing < 0:
            raise TexError(tr("This bracket is never closed."), opening.start, opening.end)
        self._next, self.place = None, closing + 1
        return self.source[opening.end : closing]
