"""What the places that an answer calls doubtful are worth: whether its wrong symbols are among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from app.formula.canonical import canonical
from app.formula.engine import Candidate
from app.formula.latex_text import to_latex

PIECE = re.compile(r"[_^][A-Za-z0-9]?|\\[A-Za-z]+\s?|\\.|.", re.DOTALL)
"""A symbol, with its script mark if it is one letter."""


@dataclass(frozen=True)
class _Symbol:
    """One symbol of an answer."""

    wrong: bool
    doubted: bool
    offered: str
    """What could be put in its place."""
    truth: str
    """What the truth has there, empty if it has none or the symbol is right."""


def doubt_row(name: str, answers: Iterable[tuple[str, Candidate]]) -> dict[str, str | float | int]:
    """Return a row of the table for pairs of the true LaTeX and the best answer."""
    symbols = [symbol for truth, answer in answers for symbol in _compared(truth, answer)]
    wrong, right = ([symbol for symbol in symbols if symbol.wrong is each] for each in (True, False))
    replaced = [symbol for symbol in wrong if symbol.doubted and symbol.truth]
    return {
        "set": name,
        "symbols": len(symbols),
        "wrong %": _percent(symbol.wrong for symbol in symbols),
        "wrong in doubt %": _percent(symbol.doubted for symbol in wrong),
        "right in doubt %": _percent(symbol.doubted for symbol in right),
        "of wrong ones offered right %": _percent(symbol.offered == symbol.truth for symbol in replaced),
    }


def _percent(facts: Iterable[bool]) -> float:
    listed = list(facts)
    return 100 * sum(listed) / max(len(listed), 1)


def _compared(truth: str, answer: Candidate) -> Iterator[_Symbol]:
    """Yield the symbols of an answer; none when the truth has no canonical form."""
    try:
        there = [piece.strip() for piece in PIECE.findall(to_latex(canonical(truth)))]
    except ValueError:
        return
    pieces = PIECE.findall(answer.latex)
    here = [piece.strip() for piece in pieces]
    starts = list(accumulate(map(len, pieces), initial=0))
    doubts = {place: doubt for doubt in answer.doubts for place in range(doubt.start, doubt.end)}
    for kind, first, last, start, end in SequenceMatcher(None, there, here, autojunk=False).get_opcodes():
        for place in range(start, end):
            doubt = next((doubts[at] for at in range(starts[place], starts[place + 1]) if at in doubts), None)
            paired = there[first + place - start] if kind == "replace" and last - first == end - start else ""
            yield _Symbol(kind != "equal", doubt is not None, doubt.instead.strip() if doubt else "", paired)
