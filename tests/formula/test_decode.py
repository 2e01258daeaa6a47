from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.formula.decode import (
    LENGTH_POWER,
    Floats,
    Integers,
    Reading,
    beam_search,
    cut_repetition,
    is_endless,
)
from app.formula.grammar import Grammar, State
from app.formula.vocabulary import BOS, EOS, UNKNOWN, Vocabulary

TINY = Vocabulary(["<pad>", "<bos>", "<eos>", "<unk>", "a", "b", "{", "}", "^"])


class Chain:
    """A decoder whose logits depend on the picture, the position and the token before.

    It keeps for each row all tokens so far, as a real one keeps keys and values, and checks what it is told.
    """

    def __init__(self, logits: np.ndarray) -> None:
        """`logits`: shape (pictures, positions, V, V)."""
        self.logits = logits
        self.rows: list[tuple[int, ...]] = [(picture,) for picture in range(len(logits))]

    def step(self, tokens: Integers, position: int, parents: Integers) -> Floats:
        self.rows = [(*self.rows[parent], int(token)) for parent, token in zip(parents, tokens, strict=True)]
        assert all(len(row) == position + 2 for row in self.rows)
        rows = [self.logits[row[0], position, row[-1]] for row in self.rows]
        return np.array(rows, dtype=np.float32)


def best_of(chain: Chain, pictures: int, *, width: int, longest: int) -> list[Reading]:
    """The best reading of each picture."""
    found = beam_search(chain.step, Grammar(TINY), pictures, width=width, longest=longest)
    assert all(len(readings) == 1 for readings in found)
    return [readings[0] for readings in found]


def log_probability(logits: np.ndarray, tokens: tuple[int, ...]) -> float:
    """Of `tokens` after the beginning, by the chain of one picture."""
    total, before = 0.0, BOS
    for position, token in enumerate(tokens):
        row = logits[position, before].astype(np.float64)
        total += row[token] - np.log(np.exp(row).sum())
        before = token
    return total


def is_prefix(tokens: tuple[int, ...]) -> bool:
    grammar, state = Grammar(TINY), State()
    for token in tokens:
        if not grammar.allowed(state)[token]:
            return False
        if token != EOS:
            state = state.after(TINY[token])
    return True


def exhaustive(logits: np.ndarray, longest: int) -> tuple[int, ...] | None:
    """The best finished answer of all sequences there are, with the beam search's own rule of when to stop."""

    def rank(tokens: tuple[int, ...]) -> float:
        return log_probability(logits, tokens) / float(((5 + len(tokens)) / 6) ** LENGTH_POWER)

    best: tuple[int, ...] | None = None
    usable = range(EOS, len(TINY))
    for length in range(1, longest + 1):
        inner = itertools.product([token for token in usable if token not in (EOS, UNKNOWN)], repeat=length - 1)
        grown = [(*head, last) for head in inner for last in usable if is_prefix((*head, last))]
        done = [tokens for tokens in grown if tokens[-1] == EOS]
        best = max([*done, *([best] if best else [])], key=rank, default=None)
        alive = [rank(tokens) for tokens in grown if tokens[-1] != EOS]
        if best and (not alive or rank(best) >= max(alive)):
            return best
    return best


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_a_beam_wide_enough_finds_what_an_exhaustive_search_finds(seed: int) -> None:
    # GIVEN random decoders of two pictures
    longest = 4
    logits = np.random.default_rng(seed).normal(0, 2, (2, longest, len(TINY), len(TINY)))

    # WHEN
    readings = best_of(Chain(logits), 2, width=400, longest=longest)

    # THEN
    for reading, chain in zip(readings, logits, strict=True):
        expected = exhaustive(chain, longest)
        if expected is not None:
            assert (*reading.tokens, EOS) == expected
            assert reading.score == pytest.approx(log_probability(chain, expected), abs=1e-3)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 5), st.integers(2, 4))
def test_pictures_read_together_are_read_as_if_alone(seed: int, width: int, pictures: int) -> None:
    # GIVEN
    logits = np.random.default_rng(seed).normal(0, 2, (pictures, 12, len(TINY), len(TINY)))

    # WHEN
    together = best_of(Chain(logits), pictures, width=width, longest=12)
    alone = [best_of(Chain(logits[number : number + 1]), 1, width=width, longest=12)[0] for number in range(pictures)]

    # THEN
    assert [reading.tokens for reading in together] == [reading.tokens for reading in alone]


def test_one_beam_is_the_greedy_reading() -> None:
    # GIVEN a decoder that is sure of "a b a" and the end
    logits = np.zeros((1, 6, len(TINY), len(TINY)))
    for position, token in enumerate((*TINY.ids("aba"), EOS)):
        logits[0, position, :, token] = 20

    # WHEN / THEN
    (reading,) = best_of(Chain(logits), 1, width=1, longest=6)
    assert TINY.tokens(reading.tokens) == ["a", "b", "a"]
    assert reading.score == pytest.approx(0, abs=1e-4)


def test_a_decoder_that_never_ends_is_cut() -> None:
    # GIVEN one that says "a" then "b" for ever
    logits = np.zeros((1, 500, len(TINY), len(TINY)))
    logits[0, :, BOS, TINY.ids("a")] = logits[0, :, TINY.ids("b"), TINY.ids("a")] = 20
    logits[0, :, TINY.ids("a"), TINY.ids("b")] = 20
    chain = Chain(logits)

    # WHEN
    (reading,) = best_of(chain, 1, width=2, longest=500)

    # THEN it ends long before the limit, with the repetition cut to its first piece
    assert TINY.tokens(reading.tokens)[:2] == ["a", "b"]
    assert len(reading.tokens) < 10
    assert reading.score < -5
    assert len(chain.rows[0]) < 150


def test_a_decoder_of_no_numbers_gives_an_empty_answer() -> None:
    logits = np.full((1, 3, len(TINY), len(TINY)), np.nan)
    assert best_of(Chain(logits), 1, width=3, longest=3)[0].tokens == []


@given(st.lists(st.integers(4, 9), max_size=12), st.lists(st.integers(4, 9), min_size=1, max_size=8))
def test_a_repetition_is_cut_to_its_first_piece(head: list[int], piece: list[int]) -> None:
    # GIVEN
    tokens = head + piece * 64

    # WHEN
    cut = cut_repetition(tokens)

    # THEN what is left begins like it, repeats no more than once, and is cut no further
    assert is_endless(tokens)
    assert tokens[: len(cut)] == cut
    assert len(cut) <= len(head) + len(piece)
    assert cut_repetition(cut) == cut


@pytest.mark.parametrize("times", [1, 2, 5])
def test_short_repetitions_of_real_formulas_stay(times: int) -> None:
    tokens = [4, 5, 6, 7, *[8] * times, *[9, 10] * times]
    assert cut_repetition(tokens) == tokens
    assert not is_endless(tokens)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 3))
def test_runners_up_are_other_readings_that_are_worth_less(seed: int, pictures: int) -> None:
    # GIVEN
    logits = np.random.default_rng(seed).normal(0, 2, (pictures, 12, len(TINY), len(TINY)))

    # WHEN
    found = beam_search(Chain(logits).step, Grammar(TINY), pictures, width=4, longest=12, most=3)

    # THEN each picture has one to three readings, all different, the best first, with the score the decoder gives them
    assert len(found) == pictures
    for readings, chain in zip(found, logits, strict=True):
        assert 1 <= len(readings) <= 3
        assert len({tuple(reading.tokens) for reading in readings}) == len(readings)
        ended = [reading for reading in readings if reading.score > -9]
        ranks = [reading.score / ((6 + len(reading.tokens)) / 6) ** LENGTH_POWER for reading in ended]
        assert ranks == sorted(ranks, reverse=True)
        for reading in ended:
            assert reading.score == pytest.approx(log_probability(chain, (*reading.tokens, EOS)), abs=1e-3)


def test_the_second_best_reading_is_found_too() -> None:
    # GIVEN a decoder that reads "a" and ends, or with less belief "b" and ends
    logits = np.full((1, 4, len(TINY), len(TINY)), -20.0)
    logits[0, 0, BOS, TINY.ids("ab")] = (2.0, 1.0)
    logits[0, 1, :, EOS] = 20

    # WHEN
    (readings,) = beam_search(Chain(logits).step, Grammar(TINY), 1, width=3, longest=4, most=2)

    # THEN
    assert [TINY.tokens(reading.tokens) for reading in readings] == [["a"], ["b"]]
