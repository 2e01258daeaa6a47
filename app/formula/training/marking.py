r"""Canonical tokens as LaTeX that says in the page which token prints what.

Before what a token prints stands `\M{number}`, which opens marked content of that number in the PDF. A literal leaves
the spaces of mathematics as they are, but it must not come between a base and its scripts, under an accent (which would
lose its skew) or inside a word (which would lose kerns and ligatures): such tokens share one mark and their boxes are
told apart later. Where something is drawn after the argument of a command, its mark is set again at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from app.formula import symbols

Way = Literal["same", "split", "chain"]
ACCENTS: Final = frozenset(symbols.ACCENTS[: symbols.ACCENTS.index(r"\widetilde") + 1])
"""Those that are set by the skew of the letter under them."""
LAST: Final = frozenset(
    (r"\frac", r"\dfrac", r"\tfrac", r"\binom", r"\sqrt", r"\underline", r"\underbrace", r"\boxed", r"\pmod",
     r"\xrightarrow", r"\xleftarrow", r"\underrightarrow")
)  # fmt: skip
"""Commands that print something after an argument."""
WORDS: Final = frozenset((*symbols.FONTS, r"\operatorname", r"\operatorname*"))
"""Commands whose argument is set like a word."""
OPERATORS: Final = frozenset((*symbols.BIG, *symbols.FUNCTIONS))
SILENT: Final = frozenset(
    ("{", "}", "_", "^", "&", r"\\", "~", r"\hline", *symbols.LIMITS, r"\displaystyle", r"\textstyle")
)
"""Tokens before which no mark may or need stand."""
OPEN: Final = frozenset(rf"\end{{{name}}}" for name in ("aligned", "gathered", "matrix", "smallmatrix", "array"))
"""Ends of tables that print nothing."""
KERNED: Final = frozenset(",./")
"""Signs that move towards the letter before them."""


@dataclass(frozen=True)
class Unit:
    """Tokens under one mark."""

    members: tuple[int, ...]
    way: Way
    """Whether all have the same box, share it from left to right, or own the glyphs in the order of drawing."""


@dataclass
class Marked:
    """LaTeX with marks, and what stands under each."""

    latex: str
    units: dict[int, Unit]


@dataclass
class _Level:
    """An open brace, bracket or environment."""

    command: str = ""
    owner: int = -1
    """Number of the token that prints around it, -1 for none."""
    again: bool = False
    """Whether the owner prints something after what is inside."""
    last: int = -1
    """Number of the last mark inside."""
    run: int = -1
    """Mark of the word being set."""
    second: bool = False
    """Whether it is the second argument."""


@dataclass
class _Writer:
    """Writes tokens one after the other."""

    tokens: Sequence[str]
    parts: list[str] = field(default_factory=list)
    units: dict[int, Unit] = field(default_factory=dict)
    levels: list[_Level] = field(default_factory=lambda: [_Level()])
    place: int = 0
    first_done: int = -1
    """Number of a command of two arguments that has just got its first."""

    def write(self) -> Marked:
        while self.place < len(self.tokens):
            token = self.tokens[self.place]
            handler = {"{": self._open, "[": self._bracket, "]": self._close_bracket, "}": self._close}.get(token)
            if handler is not None:
                handler()
            elif token.startswith(r"\end{") or token in ("&", r"\\"):
                self._cell_end(token)
            elif token in SILENT:
                self._copy()
            elif token.startswith(r"\begin{"):
                self._begin(token)
            else:
                self._print(token)
        return Marked("".join(self.parts), self.units)

    @property
    def top(self) -> _Level:
        return self.levels[-1]

    def _copy(self, count: int = 1) -> None:
        for token in self.tokens[self.place : self.place + count]:
            self.parts.append(" " if token == "~" else token + " " if token[-1].isalpha() and len(token) > 1 else token)
        self.place += count
        self.top.run = -1

    def _mark(self, number: int) -> None:
        if number >= 0:
            self.parts.append(f"\\M{{{number}}}")

    # -- groups

    def _open(self) -> None:
        before = self.tokens[self.place - 1] if self.place else ""
        level = _Level()
        if self.first_done >= 0:
            command = self.tokens[self.first_done]
            level = _Level(command, self.first_done, command in LAST, second=True)
        elif before in ("_", "^"):
            owner = self.top.last
            level = _Level(before, owner, owner >= 0 and self.tokens[owner] in OPERATORS)
        elif before in symbols.ONE or before in symbols.TWO or before == symbols.ROOT:
            level = _Level(before, self.place - 1, before in LAST)
        elif before == "]" and self.top.last >= 0 and self.tokens[self.top.last] == symbols.ROOT:
            level = _Level(symbols.ROOT, self.top.last)
        self.first_done = -1
        self._copy()
        self.levels.append(level)

    def _close(self) -> None:
        closed = self.levels.pop()
        if closed.again:
            self._mark(closed.owner)
        self._copy()
        if closed.command in symbols.TWO and not closed.second:
            self.first_done = closed.owner
        elif closed.command not in ("_", "^"):
            self.top.last = closed.last if closed.command in WORDS or closed.owner < 0 else closed.owner

    def _bracket(self) -> None:
        if self.place and self.tokens[self.place - 1] == symbols.ROOT:
            owner = self.place - 1
            self.parts.append("[{")
            self.place += 1
            self.levels.append(_Level("[", owner, again=True))
        else:
            self._print("[")

    def _close_bracket(self) -> None:
        if self.top.command != "[":
            self._print("]")
            return
        closed = self.levels.pop()
        self._mark(closed.owner)
        self.parts.append("}]")
        self.place += 1
        self.top.last = closed.owner

    # -- tables

    def _begin(self, token: str) -> None:
        self._single()
        self.levels.append(_Level(token, self.top.last))
        if token == r"\begin{array}":
            self._copy(list(self.tokens[self.place :]).index("}") + 1)

    def _cell_end(self, token: str) -> None:
        if token.startswith(r"\end{"):
            closed = self.levels.pop()
            if self.tokens[self.place - 1] == r"\hline":
                self._copy()  # a mark would begin another row
            elif token in OPEN:
                self._mark(closed.owner)
                self._copy()
            else:
                self._single()
            return
        following = self.tokens[self.place + 1] if self.place + 1 < len(self.tokens) else ""
        if token == r"\\" and following == r"\hline":
            self.units[self.place + 1] = Unit((self.place + 1,), "same")
            self._mark(self.place + 1)
        elif self.top.command.startswith(r"\begin"):
            self._mark(self.top.owner)
        self._copy()

    # -- what prints

    def _print(self, token: str) -> None:
        if self.top.command in WORDS and (token in symbols.LETTERS or self.top.command == r"\text"):
            self._letter()
        elif token in symbols.SIZES or token == r"\not":
            self._unit((self.place, self.place + 1), "same")
        elif token in ACCENTS and (chain := self._chain()):
            self._unit(tuple(chain), "chain", chain[-1] - self.place + 1 + self._closings(chain[-1]))
        elif token in symbols.LETTERS and self._following() in KERNED and self._following(2) not in ("_", "^"):
            self._unit((self.place, self.place + 1), "split")
        elif token in WORDS or token in (r"\overset", r"\underset", r"\substack", r"\phantom"):
            self.top.last = self.place
            self._copy()
        else:
            self._single()

    def _following(self, steps: int = 1) -> str:
        return self.tokens[self.place + steps] if self.place + steps < len(self.tokens) else ""

    def _single(self) -> None:
        self._unit((self.place,), "same")

    def _unit(self, members: tuple[int, ...], way: Way, count: int = 0) -> None:
        number = members[0]
        self.units[number] = Unit(members, way)
        self._mark(number)
        self._copy(count or members[-1] - self.place + 1)
        self.top.last = number

    def _letter(self) -> None:
        """Set one letter of a word; the first one bears the mark."""
        level, number = self.top, self.place
        run = level.run
        if run < 0:
            self._unit((number,), "split")
            run = number
        else:
            self.units[run] = Unit((*self.units[run].members, number), "split")
            self._copy()
        level.run = run

    def _chain(self) -> list[int]:
        """Return the numbers of nested accents, a font at times, and the one symbol under them; or none."""
        place, members = self.place, [self.place]
        while self.tokens[place] in ACCENTS or self.tokens[place] in symbols.FONTS:
            if place != self.place and self.tokens[place] in ACCENTS:
                members.append(place)
            place += 2
        token = self.tokens[place]
        simple = token in symbols.LETTERS or token in symbols.GREEK or token in symbols.SYMBOLS
        if not simple or r"\text" in self.tokens[self.place : place]:
            return []
        depth = (place - self.place) // 2
        closed = list(self.tokens[place + 1 : place + 1 + depth]) == ["}"] * depth
        return [*members, place] if closed else []

    def _closings(self, last: int) -> int:
        return (last - self.place) // 2


def marked(tokens: Sequence[str]) -> Marked:
    """Return canonical `tokens` as LaTeX in which every token that prints is marked by its number."""
    return _Writer(tokens).write()
