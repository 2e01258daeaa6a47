"""The slow and simple way: every choice of letters of a title, looked at one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from app.acronym.alphabet import ALPHABET
from app.acronym.features import Weights
from app.acronym.path import count_path
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


class Scorer:
    """Adds up the weights of what a path takes and passes over, letter by letter."""

    def __init__(self, title: Title, weights: Weights) -> None:
        counts = count_path(title)
        self.slots = title.slot.tolist()
        self.follows = counts.follows.tolist()
        tables = (counts.enter, counts.follow, counts.leave, counts.skip, counts.begin, counts.finish)
        sums = ((weights.path @ table).tolist() for table in tables)
        self.enter, self.follow, self.leave, self.skip, self.begin, self.finish = sums

    def score(self, path: tuple[int, ...]) -> float:
        """Return the score of a path."""
        total = self.begin[self.slots[path[0]]] + self.finish[self.slots[path[-1]]] + self.leave[path[-1]]
        for before, at in zip((None, *path), path, strict=False):
            if before is not None and before == at - 1 and self.follows[at]:
                total += self.follow[at]
                continue
            total += self.enter[at]
            if before is not None:
                total += self.leave[before] + sum(self.skip[self.slots[before] + 1 : self.slots[at]])
        return total


def spelled(title: Title, path: tuple[int, ...]) -> str:
    """Return the name that a path spells."""
    return "".join(ALPHABET[title.codes[at]] for at in path)


def best_scores(title: Title, weights: Weights, lengths: range, most_buried: int | None = None) -> dict[str, float]:
    """Return the score of the best path of every name."""
    scorer = Scorer(title, weights)
    best: dict[str, float] = {}
    for path in paths(title, lengths):
        if most_buried is not None and buried(title, path) > most_buried:
            continue
        name = spelled(title, path)
        best[name] = max(best.get(name, float("-inf")), scorer.score(path))
    return best


def buried(title: Title, path: tuple[int, ...]) -> int:
    """Return how many letters neither begin anything nor follow on from the one right before them."""
    return sum(
        title.role[at] == Role.INNER and not (number and path[number - 1] == at - 1) for number, at in enumerate(path)
    )
