"""Beam search over a decoder that keeps its keys and values, and what an answer is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.formula.grammar import Grammar, State
from app.formula.vocabulary import BOS, EOS, Vocabulary

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Step = Callable[[Integers, int, Integers], Floats]
"""step(tokens (N,), position, parents (N,)) -> logits (N, V): `parents` says which row of the step before each row
continues, so that the keys and values it keeps follow the beams."""

LENGTH_POWER: Final = 0.6
"""Wu et al., "Google's Neural Machine Translation System", 2016, equation 14."""
CYCLES: Final = 3
CYCLE_TOKENS: Final = 30
"""A tail of this many tokens made of this many equal pieces is a repetition, once the answer did not end by itself."""
ENDLESS_CYCLES: Final = 8
ENDLESS_TOKENS: Final = 64
"""At this point a repetition is cut without waiting for the end."""
LONGEST_CYCLE: Final = 40
UNFINISHED: Final = -10.0
"""Added to the logarithm of the probability of an answer that did not end by itself: it is seldom right."""


@dataclass
class Beam:
    """One reading in the making."""

    tokens: list[int] = field(default_factory=list)
    score: float = 0.0
    """Sum of the logarithms of the tokens' probabilities."""
    state: State = field(default_factory=State)
    row: int = 0

    @property
    def rank(self) -> float:
        """What beams are compared by: the score, with long answers not punished for their length."""
        return self.score / float(((5 + len(self.tokens)) / 6) ** LENGTH_POWER)


@dataclass(frozen=True)
class Reading:
    """A finished answer: numbers of tokens, and the logarithm of its probability."""

    tokens: list[int]
    score: float


def beam_search(step: Step, vocabulary: Vocabulary, pictures: int, *, width: int, longest: int) -> list[Reading]:
    """Return the best reading of each of `pictures` pictures.

    At first the rows of `step` are the pictures; later each row is a beam. `width` beams are kept for each picture;
    at most `longest` tokens are read. Every answer is well formed: tokens that the grammar forbids are never taken,
    and what the length cut off is closed again by the text's writer.
    """
    grammar = Grammar(vocabulary)
    alive = [[Beam(row=picture)] for picture in range(pictures)]
    best: list[Beam | None] = [None] * pictures
    tokens: Integers = np.full(pictures, BOS, dtype=np.int64)
    parents: Integers = np.arange(pictures)
    for position in range(longest):
        logits = step(tokens, position, parents)
        for picture, beams in enumerate(alive):
            alive[picture], best[picture] = _grow(beams, logits, grammar, vocabulary, width, best[picture])
        rows = [beam for beams in alive for beam in beams]
        if not rows:
            break
        tokens = np.array([beam.tokens[-1] for beam in rows], dtype=np.int64)
        parents = np.array([beam.row for beam in rows])
        for number, beam in enumerate(rows):
            beam.row = number
    return [_finished(done, beams) for done, beams in zip(best, alive, strict=True)]


def _grow(
    beams: list[Beam], logits: Floats, grammar: Grammar, vocabulary: Vocabulary, width: int, best: Beam | None
) -> tuple[list[Beam], Beam | None]:  # fmt: skip
    """Return the beams one token later and the best finished one; no beams when none can become the best.

    One that repeats itself is finished, too: otherwise an end that the decoder hardly believed in would win.
    """
    grown: list[Beam] = []
    for beam in beams:
        row = _log_softmax(logits[beam.row])
        row[~grammar.allowed(beam.state)] = -np.inf
        for number in np.argpartition(-row, min(width, len(row) - 1))[: width + 1]:
            if np.isfinite(row[number]):
                grown.append(Beam([*beam.tokens, int(number)], beam.score + float(row[number]), beam.state, beam.row))
    grown.sort(key=lambda beam: -beam.rank)
    kept: list[Beam] = []
    for beam in grown[: 2 * width]:
        if beam.tokens[-1] == EOS or is_endless(beam.tokens):
            best = beam if best is None or beam.rank > best.rank else best
        elif len(kept) < width:
            beam.state = beam.state.after(vocabulary[beam.tokens[-1]])
            kept.append(beam)
    if best and (not kept or best.rank >= kept[0].rank):
        return [], best
    return kept, best


def _finished(best: Beam | None, beams: list[Beam]) -> Reading:
    beam = best or max(beams, key=lambda each: each.rank, default=Beam())
    if beam.tokens[-1:] == [EOS]:
        return Reading(beam.tokens[:-1], beam.score)
    return Reading(cut_repetition(beam.tokens), beam.score + UNFINISHED)


def _log_softmax(row: Floats) -> Floats:
    shifted = row - row.max()
    normalised: Floats = shifted - np.log(np.exp(shifted).sum())
    return normalised


def is_endless(tokens: Sequence[int]) -> bool:
    """Tell whether the end of `tokens` repeats itself so often that no formula does."""
    return _cycle(tokens, ENDLESS_CYCLES, ENDLESS_TOKENS) > 0


def cut_repetition(tokens: Sequence[int]) -> list[int]:
    """Return `tokens` with a repetition at the end cut to its first piece."""
    cycle = _cycle(tokens, CYCLES, CYCLE_TOKENS)
    if not cycle:
        return list(tokens)
    start = len(tokens) - cycle
    while start > 0 and tokens[start - 1] == tokens[start - 1 + cycle]:
        start -= 1
    return list(tokens[: start + cycle])


def _cycle(tokens: Sequence[int], cycles: int, least: int) -> int:
    """Return the length of the shortest piece that the end repeats `cycles` times over `least` tokens, or 0."""
    for length in range(1, min(LONGEST_CYCLE, len(tokens) // cycles) + 1):
        span = max(cycles * length, least)
        if span <= len(tokens) and all(tokens[-i] == tokens[-i - length] for i in range(1, span - length + 1)):
            return length
    return 0
