"""The slow and simple way: every choice of letters of a title, looked at one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from app.acronym.alignment import path_features
from app.acronym.alphabet import ALPHABET
from app.acronym.features import Weights
from app.acronym.title import Role, Title


def paths(title: Title, lengths: range) -> Iterator[tuple[int, ...]]:
    """Yield every allowed choice of letters."""
    for length in lengths:
        yield from (path for path in combinations(range(title.size), length) if is_allowed(title, path))


def is_allowed(title: Title, path: tuple[int, ...]) -> bool:
    """Tell whether a choice keeps to the marks: one alternative, all that is required, ties together."""
    units = {int(title.slot[at]): set() for at in path}  # type: dict[int, set[int]]
    for at in path:
        units[int(title.slot[at])].add(int(title.unit[at]))
    if any(len(each) > 1 for each in units.values()):
        return False
    for number, slot in enumerate(title.slots):
        if slot.is_required and number not in units:
            return False
        if slot.is_tied and (number in units) != (number - 1 in units):
            return False
    return True


def score(title: Title, path: tuple[int, ...], weights: Weights) -> float:
    """Return the score of a path from its features."""
    return sum(weights[feature] * count for feature, count in path_features(title, path).items())


def spelled(title: Title, path: tuple[int, ...]) -> str:
    """Return the name that a path spells."""
    return "".join(ALPHABET[title.codes[at]] for at in path)


def best_scores(title: Title, weights: Weights, lengths: range, most_buried: int | None = None) -> dict[str, float]:
    """Return the score of the best path of every name."""
    best: dict[str, float] = {}
    for path in paths(title, lengths):
        if most_buried is not None and buried(title, path) > most_buried:
            continue
        name = spelled(title, path)
        best[name] = max(best.get(name, float("-inf")), score(title, path, weights))
    return best


def buried(title: Title, path: tuple[int, ...]) -> int:
    """Return how many letters neither begin anything nor follow on from the one right before them."""
    return sum(
        title.role[at] == Role.INNER and not (number and path[number - 1] == at - 1) for number, at in enumerate(path)
    )
