"""Words of a text, the same for counting, for queries and for the sentences of a writer."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

LONGEST_WORD: Final = 30
"""Letters; longer runs are addresses, sequences of proteins and the like."""

LINE_END: Final = "\n"
STOP: Final = "."
COMMA: Final = ","
OTHER: Final = "#"
"""What stands between words: an end of a line, of a clause, a comma, anything else. No n-gram crosses one of them."""

_FOLDED: Final = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "\u00ad": None, "\u200b": None})
_PLACEHOLDER: Final = re.compile(r"\b(?:MATH|CITATION|REF|FIGURE|EQUATION|this https? URL)\b|(?:https?://|www\.)\S+")
"""Addresses, and what corpora put where a formula, a citation, a figure or an address stood."""
_TOKEN: Final = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[^\w\s]|_")
_PLACED: Final = re.compile(r"[^\W_]+(?:['’‐‑-][^\W_]+)*|[^\w\s]|_")
"""The same tokens before they are folded."""
_WORD: Final = re.compile(r"[a-z]+(?:['-][a-z]+)*")


def folded(text: str) -> str:
    """Return `text` in lower case with accents, ligatures and typographic apostrophes as plain letters and signs."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_FOLDED))
        text = "".join(character for character in text if not unicodedata.combining(character))
    return text.lower()


def is_word(token: str) -> bool:
    """Tell whether a folded token is a word that is counted."""
    return len(token) <= LONGEST_WORD and _WORD.fullmatch(token) is not None


def kind_of(token: str) -> str:
    """Return the token itself if it is a word, otherwise what it is between words: `STOP`, `COMMA` or `OTHER`."""
    if is_word(token):
        return token
    if token in {".", "?", "!", ";", ":"}:
        return STOP
    return COMMA if token == "," else OTHER


def tokens(text: str) -> list[str]:
    """Return the folded words, numbers and signs of one line of text; `kind_of` tells them apart."""
    return _TOKEN.findall(folded(_PLACEHOLDER.sub(" # ", text)))


@dataclass(frozen=True)
class PlacedWord:
    """A word of a text and the characters it takes there."""

    text: str
    start: int
    end: int


def runs(text: str) -> list[list[PlacedWord]]:
    """Return the words of a text in runs that nothing interrupts: no sign, number or unknown letter."""
    result: list[list[PlacedWord]] = [[]]
    for found in _PLACED.finditer(text):
        word = folded(found[0])
        if is_word(word):
            result[-1].append(PlacedWord(word, found.start(), found.end()))
        elif result[-1]:
            result.append([])
    return [run for run in result if run]
