"""Titles as people type and paste them: LaTeX taken out, every character kept with its place in what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

ESCAPED: Final = "\N{WORD JOINER}"
"""Stands for a mark that a backslash has made an ordinary character: it divides parts of a word, as a hyphen does."""
_TOKEN: Final = re.compile(
    r"\\(?P<command>[A-Za-z]+)\*?(?P<argument>\s*\{)?|\\(?P<escaped>[\[\]/?~])|\\(?P<accent>[^A-Za-z\s])"
    r"|(?P<dropped>[${}])|(?P<other>.)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Character:
    """One character of a title without markup; `place` is its index in the title as typed."""

    text: str
    place: int


def characters(title: str) -> list[Character]:
    r"""Return the characters of a title that are text.

    A command before braces is dropped (``\textbf{deep}`` is "deep"); any other one stands for its name (``\alpha``), so
    that no letter of the title is lost. An accent command is dropped and its letter stays.
    """
    return list(_characters(title))


def _characters(title: str) -> Iterator[Character]:
    for token in _TOKEN.finditer(title):
        if token["command"] and not token["argument"]:
            start = token.start("command")
            yield from (Character(each, start + at) for at, each in enumerate(token["command"]))
        elif token["escaped"]:
            yield Character(ESCAPED, token.start())
        elif token["other"]:
            yield Character(token["other"], token.start())
