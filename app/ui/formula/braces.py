"""Which brace belongs to which."""

from __future__ import annotations

import re
from typing import Final

PAIR: Final = re.compile(r"\\(?:[A-Za-z]+|.)|[{}\[\]()]", re.DOTALL)
CLOSING: Final = {"}": "{", "]": "[", ")": "(", r"\}": r"\{", r"\right": r"\left", r"\end": r"\begin"}
OPENING: Final = frozenset(CLOSING.values())
STRICT: Final = frozenset({"{", "}", r"\left", r"\right", r"\begin", r"\end"})
"""These must have a partner; brackets and parentheses need not: ``[0, 1)``."""


def partner(text: str, place: int) -> tuple[tuple[int, int], tuple[int, int] | None] | None:
    """Return the span of the bracket beside the cursor and that of its partner.

    Args:
        text: the source.
        place: the cursor, between two characters.

    Returns:
        None if there is no bracket beside the cursor; a partner of None if it has none and should have one.

    """
    words = [(found[0], found.span()) for found in PAIR.finditer(text)]
    beside = [
        number
        for number, (word, (start, end)) in enumerate(words)
        if (word in OPENING or word in CLOSING) and place in (start, end)
    ]
    if not beside:
        return None
    pairs = _pairs([word for word, _ in words])
    number = beside[-1] if words[beside[-1]][1][0] == place else beside[0]
    word, span = words[number]
    if number in pairs:
        return span, words[pairs[number]][1]
    return (span, None) if word in STRICT else None


def _pairs(words: list[str]) -> dict[int, int]:
    """Return the number of each bracket's partner, both ways."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for number, word in enumerate(words):
        if word in OPENING:
            opened.append(number)
        elif word in CLOSING:
            wanted = CLOSING[word]
            while opened and words[opened[-1]] != wanted and words[opened[-1]] not in STRICT:
                opened.pop()
            if opened and words[opened[-1]] == wanted:
                pairs[number] = opened[-1]
                pairs[opened.pop()] = number
    return pairs
