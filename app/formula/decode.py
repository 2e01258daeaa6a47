"""Beam search over a decoder that keeps its keys and values, and what an answer is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.formula.grammar import Grammar, State
from app.formula.vocabulary import BOS, EOS

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
PATIENCE: Final = 4
"""Tokens that runners-up may end later than the best answer."""
UNFINISHED: Final = -10.0
"""Added to the logarithm of the probability of an answer that did not end by itself: it is seldom right."""


class Guess(NamedTuple):
    """How sure the decoder was of a token."""

    chance: float
    """Probability of the token, given those before it."""
    other: int
    """The likeliest of all other tokens that the grammar allows."""
    other_chance: float


@dataclass
class Beam:
    """One reading in the making."""

    tokens: list[int] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    """One for each token."""
    score: float = 0.0
    """Sum of the logarithms of the tokens' probabilities."""
    state: State = field(default_factory=State)
    row: int = 0

    def longer(self, token: int, score: float, guess: Guess) -> Beam:
        """Return this reading with one more token, whose logarithm of the probability is `score`."""
        return Beam([*self.tokens, token], [*self.guesses, guess], self.score + score, self.state, self.row)

    @property
    def rank(self) -> float:
        """What beams are compared by: the score, with long answers not punished for their length."""
        return self.score / float(((5 + len(self.tokens)) / 6) ** LENGTH_POWER)


@dataclass(frozen=True)
class Reading:
    """A finished answer: numbers of tokens, the logarithm of its probability, and how sure each token is."""

    tokens: list[int]
    score: float
    guesses: list[Guess]


def beam_search(
    step: Step, grammar: Grammar, pictures: int, *, width: int, longest: int, most: int = 1
) -> list[list[Reading]]:  # fmt: skip
    """Return the `most` best readings, at least one, of each of `pictures` pictures, the best first.

    At first the rows of `step` are the pictures; later each row is a beam. `width` beams are kept for each picture;
    at most `longest` tokens are read. Every answer is well formed: tokens that the grammar forbids are never taken,
    and what the length cut off is closed again by the text's writer.
    """
    searches = [_Search([Beam(row=picture)], width, most) for picture in range(pictures)]
    tokens: Integers = np.full(pictures, BOS, dtype=np.int64)
    parents: Integers = np.arange(pictures)
    for position in range(longest):
        logits = step(tokens, position, parents)
        for search in searches:
            search.grow(logits, grammar)
        rows = [beam for search in searches for beam in search.alive]
        if not rows:
            break
        tokens = np.array([beam.tokens[-1] for beam in rows], dtype=np.int64)
        parents = np.array([beam.row for beam in rows])
        for number, beam in enumerate(rows):
            beam.row = number
    return [search.readings() for search in searches]


@dataclass
class _Search:
    """The beams of one picture, and those that have ended."""

    alive: list[Beam]
    width: int
    most: int
    done: list[Beam] = field(default_factory=list)
    late: int = 0
    """Tokens read since the best answer was found."""

    def grow(self, logits: Floats, grammar: Grammar) -> None:
        """Make the beams one token longer; none are left when nothing better can come.

        One that repeats itself has ended, too: otherwise an end that the decoder hardly believed in would win.
        """
        kept: list[Beam] = []
        for beam in self._grown(logits, grammar):
            if beam.tokens[-1] == EOS or is_endless(beam.tokens):
                self.done.append(beam)
            elif len(kept) < self.width:
                beam.state = beam.state.after(grammar.vocabulary[beam.tokens[-1]])
                kept.append(beam)
        self.done.sort(key=lambda beam: -beam.rank)
        self.alive = [] if self._is_over(kept) else kept

    def _grown(self, logits: Floats, grammar: Grammar) -> list[Beam]:
        """Return the likeliest beams with one more token, the best first."""
        grown: list[Beam] = []
        for beam in self.alive:
            row = _log_softmax(logits[beam.row])
            row[~grammar.allowed(beam.state)] = -np.inf
            likely = np.argpartition(-row, min(self.width, len(row) - 1))[: self.width + 1]
            first, second = likely[np.argsort(-row[likely])][:2].tolist()
            for number in likely[np.isfinite(row[likely])].tolist():
                other = second if number == first else first
                guess = Guess(float(np.exp(row[number])), other, float(np.exp(row[other])))
                grown.append(beam.longer(number, float(row[number]), guess))
        grown.sort(key=lambda beam: -beam.rank)
        return grown[: 2 * self.width]

    def _is_over(self, kept: list[Beam]) -> bool:
        """Tell whether the best answer is there, and the runners-up are or are not worth the wait."""
        if not self.done or (kept and self.done[0].rank < kept[0].rank):
            return False
        self.late += 1
        return len(self.done) >= self.most or self.late > PATIENCE

    def readings(self) -> list[Reading]:
        """Return the best readings; where none has ended, the best as far as it goes."""
        best = self.done[: self.most] or sorted(self.alive, key=lambda beam: -beam.rank)[:1] or [Beam()]
        return [_finished(beam) for beam in best]


def _finished(beam: Beam) -> Reading:
    if beam.tokens[-1:] == [EOS]:
        return Reading(beam.tokens[:-1], beam.score, beam.guesses[:-1])
    tokens = cut_repetition(beam.tokens)
    return Reading(tokens, beam.score + UNFINISHED, beam.guesses[: len(tokens)])


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
