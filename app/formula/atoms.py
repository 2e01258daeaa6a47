"""Symbols and groups of a formula on their way to canonical LaTeX."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.formula.spellings import FLAT

Tokens = list[str]


@dataclass
class Atom:
    """One symbol or group with its scripts."""

    base: Tokens
    sub: Tokens = field(default_factory=list)
    sup: Tokens = field(default_factory=list)
    font: str = ""
    """The font command that `base` consists of."""
    loose: bool = False
    """`base` is the inside of a group that has braces of its own only where scripts need them."""
    atoms: int = 1
    """How many the group holds."""

    @property
    def scripted(self) -> bool:
        """Whether it has a script."""
        return bool(self.sub or self.sup)

    def tokens(self) -> Tokens:
        """Return the base and its scripts, the lower one first."""
        lower = ["_", "{", *self.sub, "}"] if self.sub else []
        upper = ["^", "{", *self.sup, "}"] if self.sup else []
        return [*self._braced(), *lower, *upper]

    def _braced(self) -> Tokens:
        """Return the base, in braces where its scripts would go elsewhere without."""
        if not self.loose or not self.scripted:
            return self.base
        flat = self.atoms == 1 or (bool(self.base) and FLAT.issuperset(self.base))
        return self.base if flat else ["{", *self.base, "}"]


def joined(atoms: Iterable[Atom]) -> Tokens:
    """Return the tokens of `atoms`; neighbours in one font share its command."""
    tokens: Tokens = []
    before = Atom([])
    for atom in atoms:
        if atom.font and atom.font == before.font and not before.scripted:
            tokens = [*tokens[:-1], *atom.tokens()[2:]]
        else:
            tokens += atom.tokens()
        before = atom
    return tokens
