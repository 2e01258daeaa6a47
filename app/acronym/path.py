"""How much of each feature of the path the letters and words of a title have: what lattice and reasons are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.acronym.alphabet import encode, fold
from app.acronym.features import PATH, Feature
from app.acronym.title import STARTS, Role, Title
from app.acronym.vocabulary import FILLERS

Floats = NDArray[np.float32]
_ENTERED: Final = {
    Role.INITIAL: Feature.INITIAL,
    Role.PART: Feature.PART,
    Role.STOP: Feature.STOP,
    Role.CAPITAL: Feature.CAPITAL,
    Role.INNER: Feature.BURIED,
}
"""What a letter counts as that does not follow on from the one right before it; `BURIED_VOWEL` for inner vowels."""
_LEAST_COMPLETED: Final = 2
"""Letters before the last of a word that is worth being used whole."""
_VOWELS: Final = encode("aeiou")


@dataclass(frozen=True)
class PathCounts:
    """Counts of the features of the path; the first axis of all arrays is `PATH`."""

    title: Title
    enter: Floats
    """Of each letter that does not follow on from the letter right before it."""
    follow: Floats
    """Of each letter that does."""
    follows: NDArray[np.bool_]
    """Which letters can: not the first of a word or of a part."""
    leave: Floats
    """Of a piece of a word that ends with each letter."""
    skip: Floats
    """Of each slot between two others that are used."""
    begin: Floats
    """Of a name that begins in each slot."""
    finish: Floats
    """Of a name that ends in each slot."""

    def of(self, letters: Sequence[int]) -> dict[Feature, float]:
        """Return the counts of a path; its score is their weighted sum.

        Args:
            letters: the places of the letters of a name, ascending.

        """
        path = np.array(letters)
        follows = np.concatenate([[False], (np.diff(path) == 1) & self.follows[path[1:]]])
        ends = np.append(~follows[1:], True)
        slots = self.title.slot[path]
        between = np.setdiff1d(np.arange(slots[0], slots[-1]), slots)
        total = (
            self.enter[:, path[~follows]].sum(axis=1)
            + self.follow[:, path[follows]].sum(axis=1)
            + self.leave[:, path[ends]].sum(axis=1)
            + self.skip[:, between].sum(axis=1)
            + self.begin[:, slots[0]]
            + self.finish[:, slots[-1]]
        )
        return dict(zip(PATH, total.tolist(), strict=True))

    def only(self, letters: NDArray[np.intp]) -> PathCounts:
        """Return the counts of the title with these letters alone."""
        enter, follow, leave = (each[:, letters] for each in (self.enter, self.follow, self.leave))
        title, follows = self.title.only(letters), self.follows[letters]
        return replace(self, title=title, enter=enter, follow=follow, follows=follows, leave=leave)

    def arcs(self) -> Floats:
        """Return the counts of the step from each letter to each later one, shape (features, letters, letters)."""
        size, slot = self.title.size, self.title.slot
        skipped = np.cumsum(self.skip, axis=1)[:, slot]
        before = (skipped - self.skip[:, slot])[:, None, :] - skipped[:, :, None]
        moves = slot[None, :] > slot[:, None]
        steps: Floats = self.enter[:, None, :] + self.leave[:, :, None] + np.where(moves, before, np.float32(0))
        next_to = np.arange(size - 1)[self.follows[1:]]
        steps[:, next_to, next_to + 1] = self.follow[:, next_to + 1]
        return steps


def count_path(title: Title) -> PathCounts:
    """Return the counts of a title."""
    vowel = np.isin(title.codes, _VOWELS)
    follows = ~np.isin(title.role, STARTS)
    begin, finish, skip = _slots(title)
    enter, follow, leave = _entering(title, vowel), _following(title, vowel, follows), _leaving(title, vowel)
    return PathCounts(title, enter, follow, follows, leave, skip, begin, finish)


def _table(size: int, marked: dict[Feature, NDArray[np.bool_]]) -> Floats:
    """Return an array of counts with a one where each feature is marked."""
    counts = np.zeros((len(PATH), size), dtype=np.float32)
    for feature, where in marked.items():
        counts[PATH.index(feature)] = where
    return counts


def _entering(title: Title, vowel: NDArray[np.bool_]) -> Floats:
    roles = {feature: title.role == role for role, feature in _ENTERED.items()}
    filler = np.array([fold(slot.text) in FILLERS for slot in title.slots])[title.slot]
    shouts = np.isin(title.slot, title.slot[title.role == Role.CAPITAL])
    inner = title.role == Role.INNER
    return _table(
        title.size,
        {
            **roles,
            Feature.BURIED: inner & ~vowel,
            Feature.BURIED_VOWEL: inner & vowel,
            Feature.FILLER: filler & (title.role == Role.INITIAL),
            Feature.ACRONYM: shouts,
        },
    )


def _following(title: Title, vowel: NDArray[np.bool_], follows: NDArray[np.bool_]) -> Floats:
    shouted, offset = title.role == Role.CAPITAL, title.offset
    small = follows & ~shouted
    return _table(
        title.size,
        {
            Feature.SHOUTED: follows & shouted,
            Feature.SECOND: small & (offset == 1) & ~vowel,
            Feature.SECOND_VOWEL: small & (offset == 1) & vowel,
            Feature.THIRD: small & (offset == 2),  # noqa: PLR2004 - letters before a third one
            Feature.FURTHER: small & (offset > 2),  # noqa: PLR2004
        },
    )


def _leaving(title: Title, vowel: NDArray[np.bool_]) -> Floats:
    after_vowel = np.concatenate([[False], vowel[:-1]]) & (title.offset > 0)
    completed = title.ends_part & (title.offset >= _LEAST_COMPLETED) & ~title.ends_suffix
    closed = ~vowel & after_vowel & ~completed & ~title.ends_suffix
    return _table(title.size, {Feature.SUFFIX: title.ends_suffix, Feature.COMPLETED: completed, Feature.CLOSED: closed})


def _slots(title: Title) -> tuple[Floats, Floats, Floats]:
    """Return what each slot counts as the first that is used, as the last, and between others."""
    filler = np.array([fold(slot.text) in FILLERS for slot in title.slots])
    content = np.array([slot.is_content for slot in title.slots])
    phrase = np.array([slot.phrase for slot in title.slots])
    fillers, bearing = content & filler, content & ~filler
    mates = phrase[None, :] == phrase[:, None]
    earlier = np.tri(len(phrase), k=-1, dtype=np.bool_)
    kinds = np.unique(phrase[bearing])
    places = np.flatnonzero(bearing) if bearing.any() else np.arange(len(phrase))
    at = np.arange(len(phrase))
    begin = _table(len(phrase), {Feature.FROM_FIRST: at <= places[0]})
    finish = _table(len(phrase), {Feature.TO_LAST: at >= places[-1]})
    for counts, passed, own, phrases, beyond in (
        (begin, earlier, Feature.LEADING, Feature.PHRASES_BEFORE, kinds[None, :] < phrase[:, None]),
        (finish, earlier.T, Feature.TRAILING, Feature.PHRASES_AFTER, kinds[None, :] > phrase[:, None]),
    ):
        counts[PATH.index(own)] = (mates & passed & bearing).sum(axis=1)
        counts[PATH.index(Feature.FILLERS_SKIPPED)] = (mates & passed & fillers).sum(axis=1)
        counts[PATH.index(phrases)] = beyond.sum(axis=1)
    return begin, finish, _table(len(phrase), {Feature.SKIPPED: bearing, Feature.FILLERS_SKIPPED: fillers})
