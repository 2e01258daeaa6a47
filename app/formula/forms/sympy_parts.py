"""What the writer of SymPy asks about rows of parts: where brackets close, what is a differential, a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from app.core.i18n import tr
from app.formula.forms.errors import FormError, inexpressible
from app.formula.forms.glyphs import character, kind, letters
from app.formula.nodes import Accent, Fenced, Node, Number, Row, Script, Sized, Styled, Symbol, Table, Words

NAME: Final = "SymPy"
CLOSING: Final = {"(": ")", "[": "]", r"\{": r"\}", "|": "|", r"\lfloor": r"\rfloor", r"\lceil": r"\rceil"}
MARKS: Final = {r"\hat": "hat", r"\bar": "bar", r"\tilde": "tilde", r"\vec": "vec", r"\dot": "dot", r"\ddot": "ddot",
                r"\overline": "bar", r"\widehat": "hat", r"\widetilde": "tilde"}  # fmt: skip
DIFFERENTIALS: Final = ("d", r"\partial")


def items_of(node: Node) -> list[Node]:
    """Return the parts of a row, or the one part."""
    return list(node.items) if isinstance(node, Row) else [node]


def token_of(node: Node | None) -> str:
    """Return the token of a symbol that is not struck out, else nothing."""
    return node.token if isinstance(node, Symbol) and not node.struck else ""


def split(items: Sequence[Node], is_sign: Callable[[Node], bool]) -> tuple[list[list[Node]], list[Node]]:
    """Return the parts between the signs outside brackets, and the signs."""
    parts: list[list[Node]] = [[]]
    signs: list[Node] = []
    depth = 0
    for item in items:
        depth += {"open": 1, "close": -1}.get(kind(item), 0) if token_of(item) != "!" else 0
        if depth == 0 and is_sign(item):
            signs.append(item)
            parts.append([])
        else:
            parts[-1].append(item)
    return parts, signs


def item_at(items: Sequence[Node], place: int) -> Node | None:
    """Return the part at a place, None beyond the last."""
    return items[place] if place < len(items) else None


def closing(items: Sequence[Node], place: int) -> int:
    """Return where the bracket at `place` is closed; the closing one may have a script."""
    opening = token_of(items[place])
    depth = 0
    for at in range(place, len(items)):
        item = items[at]
        token = token_of(item.base if isinstance(item, Script) else item)
        if token == CLOSING[opening] and (token != opening or at > place):
            depth -= 1
            if depth == 0 or token == opening:
                return at
        elif token == opening:
            depth += 1
    raise inexpressible(tr(NAME), opening)


def unbracketed(items: Sequence[Node]) -> Sequence[Node]:
    """Return the argument of a function without the brackets around all of it."""
    if items and token_of(items[0]) == "(" and closing(items, 0) == len(items) - 1 and token_of(items[-1]) == ")":
        return items[1:-1]
    if len(items) == 1 and isinstance(items[0], Fenced) and items[0].open == "(":
        return items_of(items[0].parts[0])
    return items


def differential(node: Node | None) -> tuple[str, str]:
    """Return the sign of a differential and its order, empty when it is none."""
    base = node.base if isinstance(node, Script) else node
    sign = letters(base.body) if isinstance(base, Styled) else token_of(base)
    power = node.sup if isinstance(node, Script) else None
    if sign not in DIFFERENTIALS or not isinstance(power, Number | None):
        return "", ""
    return sign, power.text if power else "1"


def variable_name(node: Node) -> str:
    """Return the name of a variable. Raises `FormError` for what is none."""
    match node:
        case Symbol() if not node.struck and node.token[-1].isalpha() and kind(node) == "ord":
            return node.token.removeprefix("\\")
        case Styled() if word := letters(node.body):
            return word
        case Accent() if node.command in MARKS:
            return f"{variable_name(node.body)}_{MARKS[node.command]}"
        case Script() if node.sup is None and node.sub is not None:
            return f"{variable_name(node.base)}_{index_name(node.sub)}"
    raise unknown(node)


def index_name(node: Node) -> str:
    """Return what an index adds to the name of a variable."""
    word = letters(node)
    if word is None and isinstance(node, Row):
        word = "".join("" if token_of(item) == "," else index_name(item) for item in node.items)
    return (word or variable_name(node)).replace(" ", "")


def unknown(node: Node) -> FormError:
    """Return the error that names what SymPy has no word for."""
    match node:
        case Symbol():
            part = character(node)
        case Accent():
            part = node.command
        case Table():
            part = node.name
        case Sized():
            part = node.delimiter
        case Words():
            part = node.text
        case Fenced():
            part = node.open
        case _:
            part = type(node).__name__.lower()
    return inexpressible(tr(NAME), part)
