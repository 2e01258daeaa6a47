"""Made-up formulas of every kind, every token of the vocabulary among them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.formula import symbols
from app.formula.atoms import Tokens
from app.formula.canonical import canonical
from app.formula.training.dataset import LONGEST
from app.formula.training.rules import Alternatives, load

DEEPEST: Final = 9
"""Rules within rules; beyond, only those whose name ends in !."""
SHALLOWEST: Final = 3
RENAMED: Final = 0.6
"""Share of the everyday formulas with other letters."""
UNCHANGED: Final = 0.5
"""Share of their letters that stay."""
_NAMED: Final = frozenset((r"\text", r"\operatorname", r"\mathrm"))
"""Commands whose arguments are words."""
MOST_TRIES: Final = 200
_SLOT: Final = re.compile(r"(\\[a-zA-Z]+)?«([^»]+)»")
"""A slot with the command just before it."""
_COMMAND_LAST: Final = re.compile(r"\\[a-zA-Z]+$")


class Generator:
    """Makes formulas at random."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        rules = load()
        self._everyday = rules.everyday
        self._rules = {name: _chances(alternatives) for name, alternatives in rules.alternatives.items()}
        self._limit = DEEPEST

    def formula(self) -> Tokens:
        """Return the canonical tokens of a formula."""
        for _ in range(MOST_TRIES):
            self._limit = int(self._rng.integers(SHALLOWEST, DEEPEST))
            try:
                tokens = canonical(self._expand("formula", 0))
            except ValueError:
                continue
            if 0 < len(tokens) <= LONGEST:
                return tokens
        raise RuntimeError("the rules make no formula")

    def _expand(self, name: str, depth: int) -> str:
        """Return LaTeX made by the rule `name`, shallow when `depth` is large."""
        if name == "everyday":
            return self._known()
        if depth > self._limit and f"{name}!" in self._rules:
            name += "!"
        alternatives, chances = self._rules[name]
        chosen = alternatives[int(np.searchsorted(chances, self._rng.random()))]
        return _SLOT.sub(lambda slot: self._filled(slot, depth + 1), chosen)

    def _filled(self, slot: re.Match[str], depth: int) -> str:
        """Return what goes into a slot, apart from a command before and after it."""
        before, made = slot[1] or "", self._expand(slot[2], depth)
        return (f"{before} " if before else "") + made + (" " if _COMMAND_LAST.search(made) else "")

    def _known(self) -> str:
        """Return a formula that everybody knows, at times with other letters."""
        latex = self._everyday[int(self._rng.integers(len(self._everyday)))]
        if self._rng.random() > RENAMED:
            return latex
        tokens = canonical(latex)
        return " ".join(self._renamed(tokens))

    def _renamed(self, tokens: Sequence[str]) -> list[str]:
        """Return `tokens` with some letters, digits and Greek letters changed for others throughout."""
        changes: dict[str, str] = {}
        new: list[str] = []
        depth = 0
        for place, token in enumerate(tokens):
            named = place > 0 and tokens[place - 1] in _NAMED
            depth += (token == "{" and (depth > 0 or named)) - (token == "}" and depth > 0)
            if token not in changes:
                changes[token] = token if self._rng.random() < UNCHANGED else self._other(token)
            new.append(token if depth else changes[token])
        return new

    def _other(self, token: str) -> str:
        for kind in ("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "123456789", symbols.GREEK):
            if token in kind:
                return str(kind[int(self._rng.integers(len(kind)))])
        return token


def _chances(alternatives: Alternatives) -> tuple[list[str], NDArray[np.float64]]:
    """Return alternatives without their weights, and the sums of their chances."""
    weights = np.cumsum([weight for weight, _ in alternatives])
    return [text for _, text in alternatives], weights / weights[-1]
