"""The rules of made-up formulas: rules.txt, and those that list letters and symbols of the vocabulary."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from app.formula import symbols

Alternatives = list[tuple[int, str]]
"""Weights and LaTeX with slots."""

_FOLDER: Final = Path(__file__).parent
_WEIGHT: Final = re.compile(r"(\d+)\|")
_BINARY: Final = (
    "pm mp times div cdot star circ bullet cap cup uplus sqcap sqcup vee wedge setminus wr diamond triangleleft "
    "triangleright oplus ominus otimes oslash odot dagger ddagger amalg boxtimes"
)
_OFTEN: Final = "alpha beta gamma mu nu lambda sigma theta phi pi psi omega delta epsilon"


class Rules(NamedTuple):
    """What the generator works by."""

    alternatives: dict[str, Alternatives]
    everyday: tuple[str, ...]
    """Formulas that everybody meets."""


def load() -> Rules:
    """Read rules.txt and everyday.txt and add the rules of the vocabulary."""
    everyday = tuple((_FOLDER / "everyday.txt").read_text(encoding="utf-8").splitlines())
    text = (_FOLDER / "rules.txt").read_text(encoding="utf-8")
    return Rules({**_of_the_vocabulary(), **dict(_parsed(text))}, everyday)


def _parsed(text: str) -> Iterator[tuple[str, Alternatives]]:
    """Yield the rules in `text`."""
    for block in text.split("\nrule ")[1:]:
        name, *lines = block.splitlines()
        yield name, [_weighed(line) for line in lines if line]


def _weighed(line: str) -> tuple[int, str]:
    weight = _WEIGHT.match(line)
    return (int(weight[1]), line[weight.end() :]) if weight else (1, line)


def _of_the_vocabulary() -> dict[str, Alternatives]:
    """Return the rules that list letters and symbols."""
    greek = (*symbols.GREEK, *("\\" + name for name in _OFTEN.split()), *("\\" + name for name in _OFTEN.split()))
    zoo = (*symbols.SYMBOLS, *symbols.GREEK, *symbols.BIG, *'+-=,:;!?/<>*@|"`', r"\%", r"\#", r"\&", r"\$", r"\_")
    members = {
        "letter": string.ascii_lowercase + 2 * "xyztnkijxytnab",
        "upper": string.ascii_uppercase,
        "any": string.ascii_letters,
        "digit": string.digits,
        "greek": greek,
        "binary": ["\\" + name for name in _BINARY.split()],
        "bigger": symbols.BIG,
        "functions": symbols.FUNCTIONS,
        "zoo": tuple(dict.fromkeys(zoo)),
    }
    return {name: [(1, member) for member in each] for name, each in members.items()}
