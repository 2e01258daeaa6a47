"""Canonical tokens as a tree of the parts of the formula."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from app.formula import symbols
from app.formula.canonical import canonical
from app.formula.mathml_names import SPACES
from app.formula.nodes import (
    Accent,
    Arrow,
    Fenced,
    Fraction,
    Modulus,
    Node,
    Number,
    Operator,
    Phantom,
    Root,
    Row,
    Script,
    Sized,
    Space,
    Stacked,
    Styled,
    Symbol,
    Table,
    Words,
)
from app.formula.spellings import MOVABLE, ROOMS

_BEGIN, _END = r"\begin{", r"\end{"
_DIGITS: Final = frozenset("0123456789")
_STYLES: Final = (r"\displaystyle", r"\textstyle")


def parse(latex: str, *, rooms: bool = True) -> Node:
    """Return the tree of a formula, its spaces only with `rooms`.

    Raises ValueError for what canonical LaTeX has no spelling of.
    """
    return _Parser(canonical(latex, rooms=rooms)).whole()


class _Parser:
    """Reads canonical tokens from the left; every method consumes what it returns."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens
        self._place = 0

    def whole(self) -> Node:
        """Return everything."""
        return self._row(frozenset())

    def _peek(self) -> str:
        return self._tokens[self._place] if self._place < len(self._tokens) else ""

    def _next(self) -> str:
        self._place += 1
        return self._tokens[self._place - 1]

    def _row(self, stops: frozenset[str]) -> Node:
        """Return what comes before one of `stops`, which stays."""
        items: list[Node] = []
        while (token := self._peek()) and token not in stops and not token.startswith(_END):
            if token in _STYLES:
                self._next()
            else:
                items.append(self._scripted())
        return items[0] if len(items) == 1 else Row(tuple(items))

    def _argument(self) -> Node:
        """Return what stands between the next braces."""
        self._next()
        body = self._row(frozenset("}"))
        self._next()
        return body

    def _scripted(self) -> Node:
        base: Node = Row() if self._peek() in ("_", "^") else self._atom()
        movable = _is_movable(base)
        while self._peek() in symbols.LIMITS:
            movable = self._next() == r"\limits"
        scripts: dict[str, Node] = {}
        while self._peek() in ("_", "^"):
            sign = self._next()
            scripts[sign] = self._argument()
        return Script(base, scripts.get("_"), scripts.get("^"), movable) if scripts else base

    def _atom(self) -> Node:
        token = self._peek()
        if token in _DIGITS:
            return self._number()
        if token == "{":
            return self._argument()
        self._next()
        if token in _READERS:
            return _READERS[token](self, token)
        if token.startswith(_BEGIN):
            return self._table(token)
        return Symbol(token)

    def _number(self) -> Node:
        text = self._next()
        while self._peek() in _DIGITS or (self._peek() == "." and "." not in text and self._digit_follows()):
            text += self._next()
        return Number(text)

    def _digit_follows(self) -> bool:
        following = self._tokens[self._place + 1 : self._place + 2]
        return bool(following) and following[0] in _DIGITS

    def function(self, token: str) -> Node:
        """Return a function that has a command."""
        return Operator(_NAMES.get(token, token[1:]), token in MOVABLE)

    def operator(self, token: str) -> Node:
        r"""Read `\operatorname{name}`."""
        return Operator(plain(self._argument()), token.endswith("*"))

    def fraction(self, token: str) -> Node:
        """Read a fraction or a binomial coefficient."""
        display = {r"\dfrac": True, r"\tfrac": False}.get(token)
        return Fraction(self._argument(), self._argument(), token == r"\binom", display)

    def root(self, _token: str) -> Node:
        r"""Read `\sqrt[index]{body}`."""
        index: Node | None = None
        if self._peek() == "[":
            self._next()
            index = self._row(frozenset("]"))
            self._next()
        return Root(self._argument(), index)

    def fenced(self, _token: str) -> Node:
        r"""Read `\left( ... \middle| ... \right)`."""
        opening = self._next()
        stops = frozenset((r"\middle", r"\right"))
        parts, separators = [self._row(stops)], []
        while self._next() == r"\middle":
            separators.append(self._next())
            parts.append(self._row(stops))
        return Fenced(opening, tuple(parts), tuple(separators), self._next())

    def sized(self, token: str) -> Node:
        r"""Read `\big(`."""
        return Sized(token, self._next())

    def styled(self, token: str) -> Node:
        r"""Read `\mathbf{x}`."""
        return Styled(token, self._argument())

    def words(self, _token: str) -> Node:
        r"""Read `\text{words}`."""
        self._next()
        start = self._place
        while self._next() != "}":
            pass
        return Words("".join(_printed(token) for token in self._tokens[start : self._place - 1]))

    def accent(self, token: str) -> Node:
        r"""Read `\hat{x}`."""
        return Accent(token, self._argument())

    def stacked(self, token: str) -> Node:
        r"""Read `\overset{small}{base}`."""
        small, base = self._argument(), self._argument()
        return Stacked(base, small, above=token != r"\underset")

    def arrow(self, token: str) -> Node:
        r"""Read `\xrightarrow{label}`."""
        return Arrow(token, self._argument())

    def modulus(self, _token: str) -> Node:
        r"""Read `\pmod{n}`."""
        return Modulus(self._argument())

    def modulo(self, _token: str) -> Node:
        """Return the operator between two numbers."""
        return Operator("mod", limits=False)

    def phantom(self, _token: str) -> Node:
        r"""Read `\phantom{x}`."""
        return Phantom(self._argument())

    def struck(self, _token: str) -> Node:
        r"""Read `\not` and what it strikes through."""
        return Symbol(self._next(), struck=True)

    def space(self, token: str) -> Node:
        r"""Return the room of `\quad`."""
        return Space(SPACES[token.removeprefix("\\")])

    def substack(self, _token: str) -> Node:
        r"""Read `\substack{a \\ b}`."""
        self._next()
        rows, _ = self._rows()
        self._next()
        return Table("substack", rows)

    def _table(self, token: str) -> Node:
        """Read an environment after its beginning."""
        name = token[len(_BEGIN) : -1]
        columns = "".join(self._columns()) if name == "array" else ""
        rows, rules = self._rows()
        self._next()
        return Table(name, rows, columns, frozenset(rules))

    def _columns(self) -> Iterator[str]:
        self._next()
        while (token := self._next()) != "}":
            yield token

    def _rows(self) -> tuple[tuple[tuple[Node, ...], ...], list[int]]:
        """Return the cells row by row, and before which rows there is a rule."""
        stops = frozenset(("&", r"\\", r"\hline", "}"))
        rows: list[list[Node]] = [[]]
        rules: list[int] = []
        while True:
            while self._peek() == r"\hline":
                self._next()
                rules.append(len(rows) - 1)
            rows[-1].append(self._row(stops))
            if self._peek() not in ("&", r"\\"):
                break
            if self._next() == r"\\":
                rows.append([])
        if rows[-1] == [Row()] and len(rows) > 1:
            rows.pop()
        return tuple(tuple(row) for row in rows), rules


_NAMES: Final = {
    r"\liminf": "lim inf", r"\limsup": "lim sup", r"\injlim": "inj lim", r"\projlim": "proj lim",
    r"\varlimsup": "lim sup", r"\varliminf": "lim inf",
}  # fmt: skip
_Reader = Callable[[_Parser, str], Node]
_READERS: Final[dict[str, _Reader]] = {
    **dict.fromkeys(symbols.ACCENTS, _Parser.accent),
    **dict.fromkeys(symbols.FONTS, _Parser.styled),
    **dict.fromkeys(symbols.FUNCTIONS, _Parser.function),
    **dict.fromkeys((r"\frac", r"\dfrac", r"\tfrac", r"\binom"), _Parser.fraction),
    **dict.fromkeys((r"\overset", r"\underset", r"\stackrel"), _Parser.stacked),
    **dict.fromkeys((r"\big", r"\Big", r"\bigg", r"\Bigg"), _Parser.sized),
    **dict.fromkeys((r"\operatorname", r"\operatorname*"), _Parser.operator),
    **dict.fromkeys((r"\xrightarrow", r"\xleftarrow"), _Parser.arrow),
    r"\text": _Parser.words,
    symbols.ROOT: _Parser.root,
    r"\left": _Parser.fenced,
    r"\pmod": _Parser.modulus,
    r"\phantom": _Parser.phantom,
    r"\bmod": _Parser.modulo,
    r"\not": _Parser.struck,
    r"\substack": _Parser.substack,
    **dict.fromkeys(ROOMS, _Parser.space),
}
_PRINTED: Final = {"~": " ", "`": "‘", "'": "’"}


def _printed(token: str) -> str:
    """Return what a token prints in text."""
    return _PRINTED.get(token) or token.removeprefix("\\")


def _is_movable(base: Node) -> bool:
    """Tell whether the scripts of `base` go below and above it in displays."""
    if isinstance(base, Operator):
        return base.limits
    if isinstance(base, Accent):
        return base.command in (r"\overbrace", r"\underbrace")
    return isinstance(base, Symbol) and base.token in MOVABLE


def plain(node: Node) -> str:
    """Return the letters of a name. Raises ValueError for what is more than a name."""
    if isinstance(node, Row):
        return "".join(plain(item) for item in node.items)
    if isinstance(node, Number | Words):
        return node.text
    if isinstance(node, Space):
        return " "
    if isinstance(node, Styled):
        return plain(node.body)
    if isinstance(node, Symbol) and not node.token.startswith("\\"):
        return node.token
    raise ValueError("an operator that is no name")
