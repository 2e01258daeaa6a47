"""From canonical tokens to LaTeX that a person would type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.formula import symbols

_BRACKET_EATERS: Final = (r"\\", r"\hline")
"""After these LaTeX would take a bracket for an option."""


def to_latex(tokens: Sequence[str]) -> str:
    """Return the LaTeX of canonical tokens; what a cut left open is closed, so that it compiles."""
    whole = closed(tokens)
    pieces: list[str] = []
    position = 0
    while position < len(whole):
        piece, used = _piece(whole, position, pieces)
        pieces.append(piece)
        position += used
    return "".join(pieces).strip()


def _piece(tokens: Sequence[str], position: int, before: list[str]) -> tuple[str, int]:
    """Return the text of the token at `position` and how many tokens it stands for."""
    token = tokens[position]
    short = tokens[position + 1 : position + 4]
    if token in ("_", "^") and len(short) == 3 and short[0] == "{" and short[2] == "}":  # noqa: PLR2004 - { x }
        if short[1] in symbols.LETTERS:
            return token + short[1], 4
        if token == "^" and short[1] == r"\prime" and before:
            return "'", 4
    if token == "~":
        return " ", 1
    last = before[-1] if before else ""
    if token == "[" and (last in _BRACKET_EATERS or last.startswith(r"\begin{")):
        return "{}[", 1
    if last.startswith("\\") and last[-1].isalpha() and token[0].isalnum():
        return f" {token}", 1
    return token, 1


def closed(tokens: Sequence[str]) -> list[str]:
    """Return `tokens` with everything closed that a cut left open, and an unfinished command at the end removed."""
    whole = list(tokens)
    while whole and _wants_more(whole):
        whole.pop()
    waiting: list[str] = []
    for token in whole:
        if waiting and token in ("}", r"\right", waiting[-1]):
            waiting.pop()
        elif token == "{":
            waiting.append("}")
        elif token == r"\left":
            waiting.append(r"\right")
        elif token.startswith(r"\begin{"):
            waiting.append(token.replace("begin", "end"))
    for token in reversed(waiting):
        whole += [token, "."] if token == r"\right" else [token]
    return whole


def _wants_more(tokens: Sequence[str]) -> bool:
    """Tell whether the last token cannot stand at the end: its argument or delimiter is missing."""
    last = tokens[-1]
    if last in ("_", "^", symbols.ROOT, r"\not", *symbols.ONE, *symbols.TWO, *symbols.SIZES):
        return True
    return last == "}" and _has_one_of_two(tokens)


def _has_one_of_two(tokens: Sequence[str]) -> bool:
    """Tell whether `tokens` end with a command of two arguments that has only one."""
    depth = 0
    for position in range(len(tokens) - 1, 0, -1):
        depth += (tokens[position] == "}") - (tokens[position] == "{")
        if not depth:
            return tokens[position - 1] in symbols.TWO
    return False
