"""The signs and words of a query with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.collocation.query.syntax import QueryError
from app.collocation.tags import CLASS_BY_NAME
from app.collocation.tokens import folded
from app.core.i18n import tr

LONGEST_QUERY: Final = 300
"""Characters; more is a text that was pasted by mistake."""

_LEXEME: Final = re.compile(r"\[\[|\]\]|[{}\[\]|/]|[^\s{}\[\]|/]+")
_AROUND: Final = "\"'“”‘’(),;:!…。，；：！？（）"
"""Signs around words that belong to the text a phrase was copied from."""


@dataclass(frozen=True)
class Lexeme:
    """A sign, or a run of other characters, of the query; `text` is folded, `start` and `end` are its place."""

    text: str
    start: int
    end: int


def lexemes(query: str) -> list[Lexeme]:
    """Return the lexemes of a query. Raises `QueryError` for a text that is too long."""
    if len(query) > LONGEST_QUERY:
        raise QueryError(
            tr("This is too long for a query. Look up a phrase of at most five words."),
            query,
            LONGEST_QUERY,
            len(query),
        )
    found = (Lexeme(folded(match[0]), match.start(), match.end()) for match in _LEXEME.finditer(query))
    stripped = (_stripped(each) for each in found)
    return [each for each in stripped if each.text]


def _stripped(lexeme: Lexeme) -> Lexeme:
    """Return a lexeme without the punctuation around it; the full stop of a class and a lone `?` are no punctuation."""
    text = lexeme.text.lstrip(_AROUND)
    start = lexeme.end - len(text)
    if text.lstrip("?") in CLASS_BY_NAME:
        return Lexeme(text, start, lexeme.end)
    text = text.rstrip(f"{_AROUND}.?") or text.strip(f"{_AROUND}.")
    return Lexeme(text, start, start + len(text))
