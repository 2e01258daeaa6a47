"""Where a reading may be wrong, though the whole is the best there is: tokens that the decoder was not sure of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Final

from app.formula.decode import Guess, Reading
from app.formula.engine import Doubt
from app.formula.grammar import State
from app.formula.latex_text import Piece, closed, pieces, to_latex
from app.formula.vocabulary import EOS, Vocabulary

DOUBTFUL: Final = 0.6
"""A token that is less likely is a doubt."""
WORTH_OFFERING: Final = 0.1
"""Another token that is less likely is not offered."""
OPENING: Final = "{"
"""Comes by itself after what wants it; a closing one in doubt says that something may be missing before it."""


@dataclass(frozen=True)
class Written:
    """A reading as LaTeX."""

    latex: str
    score: float
    """Logarithm of the probability that the network gives."""
    doubts: tuple[Doubt, ...] = ()


def written(reading: Reading, vocabulary: Vocabulary) -> Written:
    """Return a reading as LaTeX that a person would type, with the places that it is not sure of."""
    tokens = closed(vocabulary.tokens(reading.tokens))
    latex = to_latex(tokens)
    found: list[Doubt] = []
    end = 0
    for piece in pieces(tokens):
        end += len(piece.text)
        start = end - len(piece.text.lstrip())
        place = _weakest(tokens, piece, reading.guesses)
        if place is not None and start < end <= len(latex):
            guess = reading.guesses[place]
            instead = _instead(latex, (start, end), tokens, place, vocabulary[guess.other]) if _counts(guess) else ""
            found.append(Doubt(start, end, guess.chance, instead))
    return Written(latex, reading.score, tuple(found))


def _counts(guess: Guess) -> bool:
    """Tell whether the other token is worth offering."""
    return guess.other != EOS and guess.other_chance >= WORTH_OFFERING


def _weakest(tokens: Sequence[str], piece: Piece, guesses: Sequence[Guess]) -> int | None:
    """Return the number of the least likely token of `piece`, None when none of them is in doubt."""
    places = [
        place
        for place in range(piece.first, min(piece.first + piece.used, len(guesses)))
        if tokens[place] != OPENING and guesses[place].chance < DOUBTFUL
    ]
    return min(places, key=lambda place: guesses[place].chance, default=None)


def _instead(latex: str, span: tuple[int, int], tokens: Sequence[str], place: int, other: str) -> str:
    """Return what to write over `span` of `latex` so that it has another token at `place`; empty if none fits there."""
    if not _fits(tokens, place, other):
        return ""
    changed = to_latex([*tokens[:place], other, *tokens[place + 1 :]])
    before, after = latex[: span[0]], latex[span[1] :]
    if not changed.startswith(before):
        before = before.rstrip(" ")
    if not changed.endswith(after):
        after = after.lstrip(" ")
    return changed[len(before) : len(changed) - len(after)]


def _fits(tokens: Sequence[str], place: int, other: str) -> bool:
    """Tell whether `other` can take the place of a token, all others staying."""
    before = reduce(State.after, tokens[:place], State())
    there, instead = (replace(before.after(token), owner="") for token in (tokens[place], other))
    return there == instead
