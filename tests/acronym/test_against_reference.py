from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.acronym.alignment import Aligner
from app.acronym.alphabet import SIZE, encode
from app.acronym.coin import Taste, coin_names
from app.acronym.features import Weights
from app.acronym.lattice import NEVER, make_lattice
from app.acronym.layers import make_layers
from app.acronym.lexicon import build_lexicon
from app.acronym.path import count_path
from app.acronym.pattern import make_automaton
from app.acronym.title import Title, parse_title
from app.acronym.words import find_words
from tests.acronym.reference import best_scores

CASES = 5000
MOST_SIZE = 7
LENGTHS = range(2, 5)
WORDS = tuple(sorted({a + b + c + d for a in "abr" for b in "abr" for c in ("", "a", "r") for d in ("", "b")}))
LEXICON = build_lexicon(WORDS, np.full(len(WORDS), 3, dtype=np.float32))

words = st.text("abrA", min_size=1, max_size=3)
marked = st.one_of(
    words,
    words,
    st.builds("[{}]".format, words),
    st.builds("{}?".format, words),
    st.builds("{}/{}".format, words, words),
)
titles = st.builds(
    lambda parts, gaps: "".join(f"{part}{gap}" for part, gap in zip(parts, gaps, strict=False)),
    st.lists(st.one_of(marked, st.just("for"), words), min_size=1, max_size=4),
    st.lists(st.sampled_from([" ", " ", "-", "~", ", "]), min_size=4, max_size=4),
)


def short(source: str) -> Title | None:
    title = parse_title(source)
    return title if title.size <= MOST_SIZE else None


def lengths() -> np.ndarray:
    return np.array([0.0 if size in LENGTHS else NEVER for size in range(LENGTHS.stop)], dtype=np.float32)


@pytest.mark.timeout(600)
@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(source=titles, most_buried=st.sampled_from([None, None, 0, 1]))
def test_the_search_finds_what_looking_at_every_choice_finds(
    weights: Weights, source: str, most_buried: int | None
) -> None:
    # GIVEN a short title with marks, and every choice of its letters
    title = short(source)
    if title is None:
        return
    expected = best_scores(title, weights, LENGTHS, most_buried)
    lattice = make_lattice(count_path(title), weights)
    ways = lattice if most_buried is None else make_layers(lattice, most_buried)

    # WHEN the trie of a lexicon is walked
    found = find_words(ways, LEXICON)

    # THEN exactly the words that can be formed are there, with the scores of their best ways
    scores = {WORDS[word]: score for word, score in zip(found.words.tolist(), found.scores.tolist(), strict=True)}
    assert scores == {word: expected[word] for word in WORDS if word in expected}

    # WHEN the walk ends at three letters THEN only longer words are missing
    few = find_words(ways, LEXICON, longest=3).words.tolist()
    assert {WORDS[word] for word in few} == {word for word in scores if len(word) <= 3}

    # WHEN new names are made
    none = np.zeros((SIZE + 1, SIZE), dtype=np.float32)
    coined = coin_names(ways, Taste(none, lengths()), make_automaton(["*"]), most=10_000)

    # THEN they are all that there are
    assert coined == expected


@pytest.mark.parametrize("patterns", [["*"], ["a*"], ["*b*", "?*a"], ["r??"]])
@pytest.mark.parametrize("most", [1, 7, 40])
def test_the_names_that_are_kept_are_the_best(weights: Weights, patterns: list[str], most: int) -> None:
    # GIVEN a title, a taste for pairs of letters, and what names must look like
    title = parse_title("Bar abra/rab for [ara] Barb")
    pairs = np.random.default_rng(3).integers(-8, 8, (SIZE + 1, SIZE)).astype(np.float32) / 8
    automaton = make_automaton(patterns)

    # WHEN only a few names are kept
    coined = coin_names(make_lattice(count_path(title), weights), Taste(pairs, lengths()), automaton, most=most)

    # THEN no other name is better than the worst of them
    def total(name: str, path: float) -> float:
        codes = encode(name)
        return path + float(pairs[SIZE, codes[0]] + pairs[codes[:-1], codes[1:]].sum())

    fitting = {
        name: total(name, score)
        for name, score in best_scores(title, weights, LENGTHS).items()
        if automaton.matches(encode(name)[None, :])[0]
    }
    expected = sorted(fitting.values(), reverse=True)[:most]
    assert sorted(coined.values(), reverse=True) == expected


@settings(max_examples=300, deadline=None)
@given(source=titles)
def test_every_alignment_spells_its_name_and_the_first_is_the_best(weights: Weights, source: str) -> None:
    # GIVEN
    title = short(source)
    if title is None:
        return
    aligner = Aligner(make_lattice(count_path(title), weights))

    # WHEN / THEN
    for name, best in best_scores(title, weights, LENGTHS).items():
        alignments = aligner.all(name)
        assert alignments[0].score == best
        assert [each.score for each in alignments] == sorted((each.score for each in alignments), reverse=True)
        assert len({each.letters for each in alignments}) == len(alignments)
        for each in alignments:
            assert list(each.letters) == sorted(set(each.letters))
            assert encode(name).tolist() == title.codes[list(each.letters)].tolist()
