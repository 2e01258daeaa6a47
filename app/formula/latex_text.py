"""From canonical tokens to LaTeX that a person would type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from app.formula import symbols
from app.formula.grammar import State

_BRACKET_EATERS: Final = (r"\\", r"\hline")
"""After these LaTeX would take a bracket, or a star, for an option."""
MOST_PRIMES: Final = 4
"""More of them are counted more easily in braces."""
_CLOSING: Final = {"{": "}", "[": "]", r"\left": r"\right"}


class Piece(NamedTuple):
    """The text of a few tokens that are written together."""

    text: str
    first: int
    """Number of the first of its tokens."""
    used: int
    """How many there are."""


def to_latex(tokens: Sequence[str]) -> str:
    """Return the LaTeX of canonical tokens; what a cut left open is closed, so that it compiles."""
    return "".join(piece.text for piece in pieces(closed(tokens))).strip()


def pieces(tokens: Sequence[str]) -> Iterator[Piece]:
    """Yield the pieces of text of whole `tokens`."""
    position, before = 0, ""
    while position < len(tokens):
        before, used = _piece(tokens, position, before)
        yield Piece(before, position, used)
        position += used


def _piece(tokens: Sequence[str], position: int, last: str) -> tuple[str, int]:
    """Return the text of the token at `position`, which comes after `last`, and how many tokens it stands for."""
    token = tokens[position]
    held = _held(tokens, position) if token in ("_", "^") else []
    if len(held) == 1 and held[0] in symbols.LETTERS:
        return token + held[0], len(held) + 3
    if held and set(held) == {r"\prime"} and token == "^" and last:
        return "'" * len(held), len(held) + 3
    if token == "~":
        return " ", 1
    if token in ("[", "*") and (last in _BRACKET_EATERS or last.startswith(r"\begin{")):
        return f"{{}}{token}", 1
    is_command = last.startswith("\\") and last[-1].isalpha()
    is_script = len(last) == 2 and last[0] in "_^"  # noqa: PLR2004 - "x_i y" is read more easily than "x_iy"
    if (is_command or is_script) and token[0].isalnum():
        return f" {token}", 1
    return token, 1


def _held(tokens: Sequence[str], position: int) -> list[str]:
    """Return what the braces after `position` hold, without them; nothing when that is more than a few tokens."""
    inside = list(takewhile(lambda token: token != "}", tokens[position + 2 : position + 3 + MOST_PRIMES]))
    return inside if len(inside) <= MOST_PRIMES and "{" not in inside else []


def closed(tokens: Sequence[str]) -> list[str]:
    """Return `tokens`, of which each has to be allowed after those before it, as a whole formula.

    A command at the end that has none of its arguments is removed; everything that is open is closed.
    """
    whole, states = list(tokens), [State()]
    for token in whole:
        states.append(states[-1].after(token))
    while whole and _wants_all(whole[-1], states[-1]):
        whole.pop()
        states.pop()
    state = states[-1]
    while missing := _missing(state):
        for token in missing:
            state = state.after(token)
        whole += missing
    return whole


def _wants_all(last: str, state: State) -> bool:
    """Tell whether `last` has nothing yet of what it wants."""
    return bool(state.wants) and last == state.owner


def _missing(state: State) -> tuple[str, ...]:
    """Return the next tokens that bring `state` nearer to an end, none when it is one."""
    if state.wants:
        return (".",) if state.wants == "delimiter" else ("{", "}")
    if not state.stack:
        return ()
    opened = state.stack[-1].token
    return (_CLOSING.get(opened) or opened.replace("begin", "end"),)
