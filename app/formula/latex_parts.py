"""LaTeX as written by people cut into its parts, without what is no part of the formula."""

from __future__ import annotations

import re
from typing import Final

from app.formula.spellings import PHRASES

_LEXER: Final = re.compile(r"\\(?:operatorname|tag)\*|\\[a-zA-Z]+|\\.|\s+|.", re.DOTALL)
_DROPPED: Final = re.compile(
    r"\\(?:label|tag\*?|[hv]space\*?)\s*\{[^{}]*\}"
    r"|\\(?:[hm]skip|m?kern)\s*-?[\d.\s]+(?:pt|mu|em|ex|mm|cm|in)|\\hskip\s*\\\w+"
)
_FRAME: Final = re.compile(r"\s*(\$\$?|\\\[|\\\()(.*)(?:(?<!\\)\1|\\\]|\\\))\s*$", re.DOTALL)
"""What tells text from mathematics."""
_ROW_GAP: Final = re.compile(r"(\\\\)\*?\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|mu|in)\s*\]|(\\\\)\*")


def parts(latex: str) -> list[str]:
    """Return commands, characters and spaces; commands that stand for several of these as those."""
    framed = _FRAME.match(latex)
    text = _ROW_GAP.sub(r"\1\2 ", _DROPPED.sub(" ", framed[2] if framed else latex))
    return [part for token in _LEXER.findall(text) for part in _spelt(token)]


def _spelt(token: str) -> tuple[str, ...]:
    """Return what a token of LaTeX stands for; white space is one space."""
    return PHRASES.get(token, (" ",) if token.isspace() else (token,))
