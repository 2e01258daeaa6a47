"""Which token may follow: what keeps every answer of the decoder well formed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.formula import symbols
from app.formula.vocabulary import BOS, EOS, PAD, UNKNOWN, Vocabulary

Allowed = NDArray[np.bool_]
"""Shape (V,)."""

DELIMITERS: Final = frozenset(
    {
        *"()[]|/.<>",
        r"\|",
        r"\{",
        r"\}",
        r"\backslash",
        *symbols.DELIMITERS,
        r"\uparrow",
        r"\downarrow",
        r"\updownarrow",
        r"\Uparrow",
        r"\Downarrow",
        r"\Updownarrow",
    }
)
COLUMNS: Final = frozenset("clr|")
_SYMBOLS: Final = frozenset((*symbols.SYMBOLS, *symbols.LETTERS, *symbols.SIGNS)) - frozenset("'[]")
"""What can be struck through."""
_IN_TEXT: Final = frozenset((*symbols.LETTERS, *symbols.SIGNS, "~", "}")) - {r"\|"}

_SUB, _SUPER = 1, 2
_BEGIN, _END = r"\begin{", r"\end{"
_ARRAY: Final = r"\begin{array}"
_ROW_STARTS: Final = (r"\\", r"\hline")

_WANTS: Final = {
    **dict.fromkeys(("_", "^", _ARRAY, *symbols.ONE), ("{", 0)),
    **dict.fromkeys(symbols.TWO, ("{", 1)),
    symbols.ROOT: ("[", 0),
    **dict.fromkeys(symbols.SIZES, ("delimiter", 0)),
    r"\not": ("symbol", 0),
}
"""What has to follow a token, and how many more arguments after that."""


class Open(NamedTuple):
    """Something that has to be closed."""

    token: str
    """What opened it: a brace, a bracket of a root, `\\left`, or `\\begin{...}`."""
    owner: str = ""
    """The command whose argument a brace opens."""
    more: int = 0
    """Arguments that the owner still wants after this one."""


@dataclass(frozen=True)
class State:
    """What is open, and what has to come next."""

    stack: tuple[Open, ...] = ()
    wants: str = ""
    """"{": an argument of `owner`, "[": an argument or the index of a root, "delimiter": one of those, "symbol": what
    can be struck through; "": anything."""
    owner: str = ""
    more: int = 0
    scripts: int = 0
    """Scripts the last base has already: 1 below, 2 above."""
    starts_row: bool = False
    """Whether a row of an array may begin here, the only place for a rule across it."""

    def after(self, token: str) -> State:
        """Return the state after `token`, which must be allowed."""
        if self.wants == "delimiter":
            return replace(self, wants="", owner="", scripts=0)
        if token == "{" or (token == "[" and self.wants == "["):
            return State((*self.stack, Open(token, self.owner, self.more)))
        if token == "}" or (token == "]" and self.stack and self.stack[-1].token == "["):
            return self._closed()
        return self._begun(token)

    def _closed(self) -> State:
        closed, stack = self.stack[-1], self.stack[:-1]
        if closed.token == "[":
            return State(stack, "{", closed.owner)
        if closed.more:
            return State(stack, "{", closed.owner, closed.more - 1)
        scripts = {"_": _SUB, "^": _SUPER}.get(closed.owner, 0)
        return State(stack, scripts=scripts, starts_row=closed.owner == _ARRAY)

    def _begun(self, token: str) -> State:
        wants, more = _WANTS.get(token, ("", 0))
        stack = self.stack
        if token == r"\left" or token.startswith(_BEGIN):
            stack = (*stack, Open(token))
        elif token == r"\right" or token.startswith(_END):
            stack = stack[:-1]
        return State(stack, wants, token if wants else "", more, starts_row=token in _ROW_STARTS)

    @property
    def key(self) -> tuple[str, str, str, int, bool]:
        """All that decides what is allowed next."""
        top = self.stack[-1] if self.stack else Open("")
        return self.wants, top.token, top.owner, self.scripts, self.starts_row


class Grammar:
    """The tokens of a vocabulary that may follow a state."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._cache: dict[tuple[str, str, str, int, bool], Allowed] = {}

    def allowed(self, state: State) -> Allowed:
        """Return which tokens may come next."""
        if state.key not in self._cache:
            self._cache[state.key] = np.array(
                [self._may(number, self.vocabulary[number], state) for number in range(len(self.vocabulary))]
            )
        return self._cache[state.key]

    @staticmethod
    def _may(number: int, token: str, state: State) -> bool:
        if number in (PAD, BOS, UNKNOWN):
            return False
        top = state.stack[-1] if state.stack else Open("")
        if state.wants == "delimiter":
            return token in DELIMITERS and (token != "]" or top.token != "[")
        if state.wants == "symbol":
            return token in _SYMBOLS
        if state.wants:
            return token in ("{", state.wants)
        return _fits(number, token, top, state)


def _fits(number: int, token: str, top: Open, state: State) -> bool:
    """Tell whether `token` may come inside `top` in a state that wants nothing."""
    if top.owner == _ARRAY:
        return token in COLUMNS or token == "}"
    if top.owner == r"\text" and top.token == "{":
        return token in _IN_TEXT
    if top.token == "[" and (token == r"\left" or token.startswith(_BEGIN)):
        return False  # LaTeX ends the index of a root at the first bracket that no brace hides
    checks = {
        "}": top.token == "{",
        "_": state.scripts == 0,
        "^": state.scripts != _SUPER,
        "&": top.token.startswith(_BEGIN),
        r"\\": top.token.startswith(_BEGIN) or top.owner == r"\substack",
        r"\hline": state.starts_row and top.token == _ARRAY,
        r"\right": top.token == r"\left",
        r"\middle": top.token == r"\left",
        "~": False,
        "'": False,
    }
    if number == EOS:
        return not top.token
    if token.startswith(_END):
        return top.token == token.replace(_END, _BEGIN)
    return checks.get(token, True)
