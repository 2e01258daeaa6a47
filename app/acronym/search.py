"""Names for a title: words, new words, initials and pieces, found exactly and ranked by the fitted weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.acronym.alphabet import LETTERS, SIZE
from app.acronym.coin import Taste, coin_names
from app.acronym.features import Feature, Ranking, Style, shipped_weights
from app.acronym.ground import Ground
from app.acronym.lattice import NEVER, Floats
from app.acronym.lexicon import NO_WORD, Lexicon, load_lexicon
from app.acronym.offensive import offends_in, offensive_among
from app.acronym.query import Query, check
from app.acronym.ranking import KIND_OF, USUAL_SOUND, USUAL_ZIPF, Kind, Merits, name_features
from app.acronym.sound import encode_all, sound_model
from app.acronym.words import find_words

MOST_LISTED: Final = 1000


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
    """The best, best first."""
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
    names = [*words.best(ground, most), *coined]
    names.sort(key=lambda name: (-name.score, name.text))
    sizes = Counter(len(name.text) for name in coined) + Counter((words.codes(ground) < LETTERS).sum(axis=1).tolist())
    return Names(ground, tuple(names[:most]), dict(sorted(sizes.items())))


@dataclass(frozen=True)
class _Words:
    """Words that were found, as arrays: there are tens of thousands of them."""

    places: NDArray[np.intp]
    """In the lexicon."""
    scores: Floats
    styles: NDArray[np.int8]
    """The style of the best path of each, counted from 0."""

    def codes(self, ground: Ground) -> NDArray[np.uint8]:
        """Return their letters, as in the lexicon."""
        return ground.lexicon.codes[self.places]

    def best(self, ground: Ground, most: int) -> list[Name]:
        """Return the best of them, in no order."""
        kept = np.argpartition(-self.scores, most)[:most] if len(self.scores) > most else np.arange(len(self.scores))
        styles, words = tuple(Style), ground.lexicon.words
        columns = (self.places[kept].tolist(), self.styles[kept].tolist(), self.scores[kept].tolist())
        return [Name(words[at], Kind.WORD, styles[style], score) for at, style, score in zip(*columns, strict=True)]


_NO_WORDS: Final = _Words(np.empty(0, np.intp), np.empty(0, np.float32), np.empty(0, np.int8))


def _words(ground: Ground) -> _Words:
    """Return every word that runs through the title as the query wants it, with the best of its styles."""
    lexicon = ground.lexicon
    scores = np.full((len(Style), len(lexicon.words)), NEVER, dtype=np.float32)
    for number, style in enumerate(Style):
        if style in ground.ways:
            found = find_words(ground.ways[style], lexicon)
            scores[number, found.words] = found.scores + _worth_of_words(ground, style, found.words)
            if style is not Style.INITIALS:
                scores[number, _places(lexicon, ground.title.pieces)] = NEVER
    best = scores.max(axis=0)
    if not ground.query.offensive:
        best[list(offensive_places(ground.query.language))] = NEVER
    places = np.flatnonzero(best > NEVER)
    codes = lexicon.codes[places]
    places = places[ground.automaton.matches(np.where(codes < LETTERS, codes, SIZE).astype(np.uint8))]
    return _Words(places, best[places], scores[:, places].argmax(axis=0).astype(np.int8))


def _places(lexicon: Lexicon, texts: Iterable[str]) -> list[int]:
    """Return where those of the texts are that are words."""
    return [at for text in texts if (at := lexicon.place(text)) != NO_WORD]


def _worth_of_words(ground: Ground, style: Style, places: NDArray[np.int32]) -> Floats:
    """Return what is added to the scores of the paths of words; minus infinity for lengths that are not wanted."""
    lexicon, weights = ground.lexicon, ground.weights(style)
    lengths = np.full(lexicon.codes.shape[1] + 1, NEVER, dtype=np.float32)
    lengths[: ground.query.longest + 1] = ground.lengths(style)
    worth: Floats = lengths[(lexicon.codes[places] < LETTERS).sum(axis=1)]
    worth += weights[Feature.ZIPF] * (lexicon.zipf[places] - np.float32(USUAL_ZIPF))
    if weights[Feature.RELATED]:
        worth += weights[Feature.RELATED] * np.isin(places, _places(lexicon, ground.related))
    worth += np.float32(weights[Feature.WORD] + style_worth(ground, style))
    return worth


def _coined(ground: Ground) -> list[Name]:
    """Return the best names of the styles whose kinds are wanted that are no words, each in its narrowest style."""
    names: dict[str, Name] = {}
    for style in ground.ways:
        if KIND_OF[style] in ground.query.kinds:
            for name in _of_style(ground, style):
                names.setdefault(name.text, name)
    rude = frozenset() if ground.query.offensive else offensive_among(tuple(names))
    return [name for text, name in names.items() if text not in rude]


def _of_style(ground: Ground, style: Style) -> list[Name]:
    weights, lengths = ground.weights(style), ground.lengths(style)
    found = coin_names(ground.ways[style], Taste(ground.pairs(style), lengths), ground.automaton)
    pieces = ground.title.pieces if style is not Style.INITIALS else frozenset()
    texts = [text for text in found if text not in pieces and ground.lexicon.place(text) == NO_WORD]
    scores = np.array([found[text] + float(lengths[len(text)]) for text in texts]) + style_worth(ground, style)
    if style is Style.PIECES:
        scores += weights[Feature.SOUND] * (_sounds(ground, texts) - USUAL_SOUND)
    return [Name(text, KIND_OF[style], style, score) for text, score in zip(texts, scores.tolist(), strict=True)]


@cache
def offensive_places(language: str) -> tuple[int, ...]:
    """Return where the words of a lexicon are that offend."""
    lexicon = load_lexicon(language)
    return tuple(at for at, word in enumerate(lexicon.words) if offends_in(word, is_word=True))


def style_worth(ground: Ground, style: Style) -> float:
    """Return what is added to the score of every name of a style."""
    weights = ground.weights(style)
    constants = {Style.INITIALS: Feature.LETTERS, Style.WHOLE: Feature.MIXED}
    own = weights[constants[style]] if style in constants else 0.0
    return own + weights[Feature.RIVALS] * ground.rivals[style]


def _sounds(ground: Ground, texts: Sequence[str]) -> Floats:
    return sound_model(ground.query.language).mean_log(encode_all(texts))


def score_name(ground: Ground, text: str) -> Name | None:
    """Return a name of the user's own, with its kind and score; None when it does not run through the title."""
    is_word = ground.lexicon.place(text) != NO_WORD
    names: list[Name] = []
    for style in ground.ways:
        if alignments := ground.align(text, style):
            features = name_features(merits_of(ground, text, style))
            worth = sum(ground.weights(style)[feature] * amount for feature, amount in features.items())
            kind = Kind.WORD if is_word else KIND_OF[style]
            names.append(Name(text, kind, style, alignments[0].score + worth))
    if not is_word:
        return next(iter(names), None)
    return max(names, key=lambda name: name.score, default=None)


def merits_of(ground: Ground, text: str, style: Style) -> Merits:
    """Return what is known of a name as a name."""
    at = ground.lexicon.place(text)
    if at != NO_WORD:
        zipf = float(ground.lexicon.zipf[at])
        is_related = bool(ground.weights(style)[Feature.RELATED]) and text in ground.related
        return Merits(style, len(text), ground.rivals[style], zipf, is_related)
    return Merits(style, len(text), ground.rivals[style], sound=float(_sounds(ground, [text])[0]))
