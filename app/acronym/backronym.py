"""Backronyms: titles whose words spell a name that is wished for, made of keywords and of the words of the field."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter
from typing import Final

from app.acronym.alphabet import fold
from app.acronym.fields import Field, Word, load_field
from app.acronym.together import PhraseCount
from app.core.errors import InputError
from app.core.i18n import tr

MOST_LETTERS: Final = 12
WORDS_PER_LETTER: Final = 160
"""The most frequent words of the field that are tried for a letter."""
PATHS_PER_WORD: Final = 3
"""Titles that are kept for each word at each letter, so that the best ones do not all end alike."""
KEYWORD: Final = 6.0
"""What a keyword is worth that spells a letter, in nats: more than any pair of words."""
FREQUENCY: Final = 0.3
"""Weight of the logarithm of a word's frequency beside that of how it goes with its neighbours."""
TOGETHER: Final = 0.5
"""Weight of the logarithm of how often two neighbours occur in academic English, beside how they go together in the
field."""
REPEATED: Final = 24.0
"""What a word costs that is in the title already: more than a keyword is worth."""
MOST_ALIKE: Final = 2
"""Words that a title has of its own at least, compared with each one before it in the list."""


@dataclass(frozen=True)
class Backronym:
    """A proposed title; `score` compares it with others for the same name."""

    title: str
    score: float
    keywords: tuple[str, ...]
    """Those that are in it."""


@dataclass(frozen=True)
class _Path:
    words: tuple[Word, ...]
    between: tuple[str, ...]
    """What stands before each word but the first."""
    score: float


def backronyms(
    name: str, keywords: Sequence[str], field: str, most: int = 10, count: PhraseCount | None = None
) -> list[Backronym]:
    """Return titles whose words begin with the letters of a name, best first.

    A keyword spells a letter where it can; those that spell none follow after "for". The rest are words of the field
    that are frequent and go well with their neighbours: the best sequences by dynamic programming.

    Args:
        name: that the titles spell.
        keywords: that they should have.
        field: key of the list whose words they are made of.
        most: how many are returned.
        count: tells how often phrases occur in academic English; those whose neighbours do come first.

    Raises:
        InputError: the name has no letters or too many, or no word begins with one of them.

    """
    letters = fold(name)
    if not letters.isalpha() or not letters:
        raise InputError(tr("A name for which words are looked for has letters from a to z and nothing else."))
    if len(letters) > MOST_LETTERS:
        raise InputError(tr("The name has more than {most} letters. Shorten it.", most=MOST_LETTERS))
    source = load_field(field)
    wanted = [word for keyword in keywords for word in keyword.lower().split() if fold(word)]
    paths = _paths(letters, _keywords(source, wanted), source)
    if count is not None:
        paths = [replace(path, score=path.score + _together(path, count)) for path in paths]
    finished = sorted(paths, key=attrgetter("score"), reverse=True)
    return [_finished(path, wanted) for path in _distinct(finished, most)]


def _keywords(source: Field, wanted: Sequence[str]) -> list[Word]:
    return [source.words.get(word, Word(word, 1, 1, 1)) for word in wanted]


def _paths(letters: str, keywords: Sequence[Word], source: Field) -> list[_Path]:
    """Return the best sequences of words that begin with these letters."""
    ahead: list[_Path] = []
    for number, letter in enumerate(letters):
        choices = _choices(letter, keywords, source)
        if not choices:
            raise InputError(tr("No word of the field begins with “{letter}”.", letter=letter.upper()))
        worths = [(word, _worth(word, keywords, source)) for word in choices]
        if number:
            ahead = [path for word, worth in worths for path in _longer(ahead, word, worth, source)]
        else:
            ahead = [_Path((word,), (), worth + word.start) for word, worth in worths]
    return [_Path(path.words, path.between, path.score + path.words[-1].end) for path in ahead]


def _choices(letter: str, keywords: Sequence[Word], source: Field) -> list[Word]:
    own = [word for word in keywords if fold(word.text).startswith(letter)]
    return own + [word for word in source.by_letter.get(letter, ())[:WORDS_PER_LETTER] if word not in own]


def _worth(word: Word, keywords: Sequence[Word], source: Field) -> float:
    """Return what a word is worth wherever it stands."""
    return FREQUENCY * math.log((word.count + 1) / source.total) + KEYWORD * (word in keywords)


def _longer(paths: Sequence[_Path], word: Word, worth: float, source: Field) -> list[_Path]:
    """Return the best sequences that go on with a word; those that end alike stand together in `paths`."""
    scored: list[tuple[float, str, _Path]] = []
    for last, group in groupby(paths, key=lambda path: path.words[-1]):
        between, bond = source.joined(last, word)
        costs = ((path, REPEATED if word in path.words else 0.0) for path in group)
        scored += [(path.score + bond - cost, between, path) for path, cost in costs]
    best = nlargest(PATHS_PER_WORD, scored, key=itemgetter(0))
    return [_Path((*path.words, word), (*path.between, between), score + worth) for score, between, path in best]


def _together(path: _Path, count: PhraseCount) -> float:
    """Return what it is worth how often the neighbours in a title occur with the small word between them."""
    pairs = zip(pairwise(path.words), path.between, strict=True)
    phrases = (" ".join(filter(None, (first.text, between, second.text))) for (first, second), between in pairs)
    return TOGETHER * sum(math.log1p(count(phrase)) for phrase in phrases)


def _distinct(paths: Sequence[_Path], most: int) -> list[_Path]:
    """Return the best paths, without those that differ too little from a better one."""
    chosen: list[_Path] = []
    for path in paths:
        least = min(MOST_ALIKE, len(path.words) - 1)
        if all(len(set(path.words) - set(other.words)) >= least for other in chosen):
            chosen.append(path)
        if len(chosen) == most:
            break
    return chosen


def _finished(path: _Path, wanted: Sequence[str]) -> Backronym:
    texts = [path.words[0].text.capitalize()]
    for between, word in zip(path.between, path.words[1:], strict=True):
        texts += [between, _titled(word.text)] if between else [_titled(word.text)]
    used = {word.text for word in path.words}
    left = [word for word in wanted if word not in used]
    if left:
        texts += ["for", *map(_titled, left)]
    return Backronym(" ".join(texts), path.score, tuple(word for word in wanted if word in used))


def _titled(word: str) -> str:
    """Return a word as titles write it."""
    return "-".join(part.capitalize() for part in word.split("-"))
