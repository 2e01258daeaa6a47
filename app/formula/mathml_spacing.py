"""The atoms of a formula and the space TeX leaves between them (The TeXbook, chapters 17 and 18)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

EM: Final = 0.75
"""ziamath counts an em as 1.3333 times the font size; this many of its ems are one of ours."""
KINDS: Final = ("ord", "op", "bin", "rel", "open", "close", "punct", "inner")
SPACES: Final = {
    "ord": "01230001",
    "op": "11030001",
    "bin": "22002002",
    "rel": "33003003",
    "open": "00000000",
    "close": "01230001",
    "punct": "11011111",
    "inner": "11231011",
}
"""Left kind to one digit for each right kind in the order of `KINDS`: 0 none, 1 thin, 2 medium, 3 thick."""
WIDTHS: Final = {"1": 3 / 18, "2": 4 / 18, "3": 5 / 18}
"""Ems of a thin, a medium and a thick space."""
MAX_ROW: Final = 32
"""Elements in one row."""
NOT_BEFORE_BINARY: Final = frozenset({"", "bin", "op", "rel", "open", "punct"})
"""After these, or at the start, a binary operator is a sign."""
NOT_AFTER_BINARY: Final = frozenset({"rel", "close", "punct"})


@dataclass
class Atom:
    """One element of a row; `kind` is one of `KINDS`, or "" for what takes no part in spacing."""

    element: Element
    kind: str = "ord"
    limits: bool = False
    """Scripts go above and below."""


def space(ems: float) -> Element:
    """Return an empty element `ems` wide."""
    return Element("mspace", width=f"{ems * EM:.4f}em")


def row(atoms: list[Atom], *, in_script: bool) -> Element:
    """Return `atoms` as one element with TeX's spaces between them."""
    _settle_signs(atoms)
    children: list[Element] = []
    left = ""
    for atom in atoms:
        if atom.kind:
            digit = SPACES[left][KINDS.index(atom.kind)] if left else "0"
            if digit != "0" and (not in_script or "op" in (left, atom.kind)):
                children.append(space(WIDTHS[digit]))
            left = atom.kind
        children.append(atom.element)
    return _joined(children or [space(0)])


def _joined(children: list[Element]) -> Element:
    """Return `children` as one element; many of them in rows of rows, because ziamath's time grows with the square."""
    while len(children) > MAX_ROW:
        children = [_joined(children[start : start + MAX_ROW]) for start in range(0, len(children), MAX_ROW)]
    if len(children) == 1:
        return children[0]
    element = Element("mrow")
    element.extend(children)
    return element


def _settle_signs(atoms: list[Atom]) -> None:
    """Make an ordinary atom of every binary operator that lacks one of its sides."""
    left: Atom | None = None
    for atom in atoms:
        if not atom.kind:
            continue
        if atom.kind == "bin" and (left is None or left.kind in NOT_BEFORE_BINARY):
            atom.kind = "ord"
        elif atom.kind in NOT_AFTER_BINARY and left is not None and left.kind == "bin":
            left.kind = "ord"
        left = atom
    if left is not None and left.kind == "bin":
        left.kind = "ord"
