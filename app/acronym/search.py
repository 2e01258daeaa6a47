"""Names for a title: words, new words, initials and pieces, found exactly and ranked by the fitted weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.acronym.alphabet import LETTERS, SIZE
from app.acronym.coin import Taste, coin_names
from app.acronym.features import COINED, WORDS, Feature, Ranking, Style, shipped_weights
from app.acronym.ground import Ground
from app.acronym.lattice import NEVER
from app.acronym.lexicon import NO_WORD, Lexicon, load_lexicon
from app.acronym.offensive import offends_in, offensive_among
from app.acronym.path import Floats
from app.acronym.query import Query, check
from app.acronym.ranking import KIND_OF, Kind, Merits, name_features
from app.acronym.readings import readings
from app.acronym.sound import sound
from app.acronym.word_merits import merits_of_word

MOST_LISTED: Final = 1000
VARIETY: Final = 0.25
"""Taken off a score for each better name of the same kind when names are put in order, so that kinds take turns instead
of one filling the screen. Of 114 real names no fewer are among the first 10 for that (26, else 25)."""


@dataclass(frozen=True)
class Name:
    """A name that was found."""

    text: str
    """Folded: small letters and digits."""
    kind: Kind
    style: Style
    """The style whose best path it has."""
    score: float

    @property
    def is_word(self) -> bool:
        """Whether it is in the lexicon."""
        return self.kind is Kind.WORD


@dataclass(frozen=True)
class Names:
    """The names for a title."""

    ground: Ground
    listed: tuple[Name, ...]
    """The best, best first, kinds taking turns."""
    lengths: dict[int, int]
    """How many names of each length were found."""

    @property
    def total(self) -> int:
        """How many names were found."""
        return sum(self.lengths.values())


def search(query: Query, ranking: Ranking | None = None, *, most: int = MOST_LISTED) -> Names:
    """Find names for a title.

    A new name has the narrowest style in which it can be formed, and a word that in which it scores best. What is a
    piece of one word of the title is no name for it.

    Args:
        query: the title and the options.
        ranking: the weights; the shipped ones without any.
        most: how many names are listed.

    Raises:
        InputError: the title or the options cannot be used.

    """
    check(query)
    ground = Ground(query, ranking or shipped_weights())
    words = _words(ground) if Kind.WORD in query.kinds else _NO_WORDS
    coined = _coined(ground)
    names = [*words.best(ground.lexicon, most), *coined]
    names.sort(key=lambda name: (-name.score, name.text))
    of_words = np.bincount(ground.lexicon.lengths[words.places]).tolist()
    sizes = Counter(len(name.text) for name in coined) + Counter(dict(enumerate(of_words)))
    return Names(ground, tuple(_in_turn(names)[:most]), dict(sorted(sizes.items())))


def _in_turn(names: Sequence[Name]) -> list[Name]:
    """Return `names`, which are sorted by score, with better ones of their kind counting against them."""
    better: Counter[Kind] = Counter()
    turns: list[tuple[float, Name]] = []
    for name in names:
        turns.append((name.score - VARIETY * better[name.kind], name))
        better[name.kind] += 1
    return [name for _, name in sorted(turns, key=lambda turn: -turn[0])]


@dataclass(frozen=True)
class _Words:
    """Words that were found, as arrays: there are tens of thousands of them."""

    places: NDArray[np.intp]
    """In the lexicon."""
    scores: Floats
    styles: NDArray[np.intp]
    """The style of the best path of each, its place in `WORDS`."""

    def best(self, lexicon: Lexicon, most: int) -> list[Name]:
        """Return the best of them, in no order."""
        kept = np.argpartition(-self.scores, most)[:most] if len(self.scores) > most else np.arange(len(self.scores))
        columns = (self.places[kept].tolist(), self.styles[kept].tolist(), self.scores[kept].tolist())
        return [
            Name(lexicon.words[at], Kind.WORD, WORDS[style], score) for at, style, score in zip(*columns, strict=True)
        ]


_NO_WORDS: Final = _Words(np.empty(0, np.intp), np.empty(0, np.float32), np.empty(0, np.intp))


def _words(ground: Ground) -> _Words:
    """Return every word that runs through the title as the query wants it, with the better of its styles."""
    lexicon = ground.lexicon
    scores = np.full((len(WORDS), len(lexicon.words)), NEVER, dtype=np.float32)
    for style in WORDS:
        if style not in ground.ways:
            continue
        found = ground.words(style)
        scores[WORDS.index(style), found.words] = found.scores + style_worth(ground, style)
    best = scores.max(axis=0)
    if not ground.query.offensive:
        best[list(offensive_places(ground.query.language))] = NEVER
    places = np.flatnonzero(best > NEVER)
    codes = lexicon.codes[places]
    places = places[ground.automaton.matches(np.where(codes < LETTERS, codes, SIZE).astype(np.uint8))]
    return _Words(places, best[places], scores[:, places].argmax(axis=0))


def _coined(ground: Ground) -> list[Name]:
    """Return the best names of the styles whose kinds are wanted that are no words, each in its narrowest style."""
    names: dict[str, Name] = {}
    for style in COINED:
        if style in ground.ways and KIND_OF[style] in ground.query.kinds:
            for name in _of_style(ground, style):
                names.setdefault(name.text, name)
    rude = frozenset() if ground.query.offensive else offensive_among(tuple(names))
    return [name for text, name in names.items() if text not in rude]


def _of_style(ground: Ground, style: Style) -> list[Name]:
    found = coin_names(ground.ways[style], Taste(ground.pairs(style), ground.lengths(style)), ground.automaton)
    pieces = ground.title.pieces if style is not Style.INITIALS else frozenset()
    worth = style_worth(ground, style)
    return [
        Name(text, KIND_OF[style], style, score + worth)
        for text, score in found.items()
        if text not in pieces and text not in ground.lexicon.known
    ]


@cache
def offensive_places(language: str) -> tuple[int, ...]:
    """Return where the words of a lexicon are that offend."""
    lexicon = load_lexicon(language)
    return tuple(at for at, word in enumerate(lexicon.words) if offends_in(word, is_word=True))


def style_worth(ground: Ground, style: Style) -> float:
    """Return what is added to the score of every name of a style."""
    weights = ground.weights(style)
    return weights[Feature.STYLE] + weights[Feature.RIVALS] * ground.rivals(style)


def score_name(ground: Ground, text: str) -> Name | None:
    """Return a name of the user's own, with its kind and score; None when it does not run through the title."""
    is_word = ground.lexicon.place(text) != NO_WORD
    names: list[Name] = []
    for style in WORDS if is_word else COINED:
        if alignments := ground.align(text, style):
            features = name_features(merits_of(ground, text, style))
            worth = sum(ground.weights(style)[feature] * amount for feature, amount in features.items())
            names.append(Name(text, KIND_OF[style], style, alignments[0].score + worth))
    if not is_word:
        return next(iter(names), None)
    return max(names, key=lambda name: name.score, default=None)


def find_own(ground: Ground, written: str) -> Name | None:
    """Return the name that somebody writes, read as literally as the title allows; None when it does not allow it."""
    found = (score_name(ground, reading) for reading in readings(written))
    return next((name for name in found if name is not None), None)


def merits_of(ground: Ground, text: str, style: Style) -> Merits:
    """Return what is known of a name as a name."""
    language, rivals = ground.query.language, ground.rivals(style)
    if style in COINED:
        return Merits(len(text), rivals, {Feature.SOUND: sound(language, text)})
    own = merits_of_word(language, ground.lexicon.place(text))
    is_related = bool(ground.weights(style)[Feature.RELATED]) and text in ground.related
    return Merits(len(text), rivals, {**own, Feature.RELATED: float(is_related)})
