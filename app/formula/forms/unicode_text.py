"""Plain text with the mathematical characters of Unicode, for mails and comments in programs."""

from __future__ import annotations

import unicodedata
from typing import Final

from app.core.i18n import tr
from app.formula.forms.errors import inexpressible
from app.formula.forms.glyphs import accent, character, fence, in_font, is_letter, kind
from app.formula.forms.omml import COMBINING
from app.formula.mathml_names import ARROWS
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
from app.formula.tree import parse

RAISED: Final = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθ′∗",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿ′*",
        strict=True,
    )
)
LOWERED: Final = dict(
    zip("0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)
ROOTS: Final = {"": "√", "2": "√", "3": "∛", "4": "∜"}
LINES: Final = {r"\overline": "\u0305", r"\underline": "\u0332"}
"""Drawn through every character of what they are over or under."""
NAME: Final = "Unicode"


def unicode_text(latex: str) -> str:
    """Return a formula on one line of text.

    Raises ValueError for what canonical LaTeX cannot say, `FormError` for what one line of text cannot.
    """
    return " ".join(_write(parse(latex), "").split())


def _write(node: Node, font: str) -> str:  # noqa: PLR0911, PLR0912 - one answer for each kind of part
    match node:
        case Symbol():
            return _symbol(node, font)
        case Number():
            return in_font(node.text, font) if font else node.text
        case Words():
            return node.text
        case Operator():
            return f" {node.name} "
        case Row():
            return "".join(_write(item, font) for item in node.items)
        case Script():
            text = _base(node.base, font) + _small(node.sub, "_", font) + _small(node.sup, "^", font)
            return f" {text} " if isinstance(node.base, Operator) else text
        case Fraction():
            over, under = _write(node.over, font), _write(node.under, font)
            return f"C({over}, {under})" if node.binomial else f"{_grouped(over)}/{_grouped(under)}"
        case Root():
            return _root(node, font)
        case Fenced():
            return _fenced(node, font)
        case Sized():
            return fence(node.delimiter)
        case Styled():
            return _write(node.body, node.font)
        case Accent():
            return _accent(node, font)
        case Modulus():
            return f" (mod {_write(node.body, font)})"
        case Space():
            return " " if node.ems > 0 else ""
        case Phantom():
            return " "
        case Arrow():
            raise inexpressible(tr(NAME), ARROWS[node.command[1:]])
        case Stacked():
            raise inexpressible(tr(NAME), r"\overset" if node.above else r"\underset")
        case Table():
            raise inexpressible(tr(NAME), node.name)


def _symbol(symbol: Symbol, font: str) -> str:
    text, sort = character(symbol), kind(symbol)
    if font and is_letter(text):
        return in_font(text, font)
    return {"rel": f" {text} ", "bin": f" {text} ", "punct": f"{text} "}.get(sort, text)


def _base(node: Node, font: str) -> str:
    text = _write(node, font)
    return text.rstrip() if isinstance(node, Symbol | Operator) else _grouped(text)


def _small(part: Node | None, sign: str, font: str) -> str:
    """Return a script, with characters of its own where Unicode has all of them."""
    if part is None:
        return ""
    text = "".join(_write(part, font).split())
    table = RAISED if sign == "^" else LOWERED
    if set(text) <= set(table):
        return "".join(table[each] for each in text)
    return sign + _grouped(text)


def _grouped(text: str) -> str:
    """Return text in brackets unless it is one thing."""
    bare = text.strip()
    letters = unicodedata.normalize("NFD", bare)
    is_one = bare.isalnum() and (bare.isdigit() or sum(not unicodedata.combining(each) for each in letters) == 1)
    return bare if is_one or (bare[:1] == "(" and _closes_last(bare)) else f"({bare})"


def _closes_last(text: str) -> bool:
    """Tell whether the bracket at the start is closed at the end only."""
    depth = 0
    for place, each in enumerate(text):
        depth += {"(": 1, ")": -1}.get(each, 0)
        if not depth:
            return place == len(text) - 1
    return False


def _root(root: Root, font: str) -> str:
    index = "".join((_write(root.index, font) if root.index is not None else "").split())
    body = _grouped(_write(root.body, font))
    if index in ROOTS:
        return ROOTS[index] + body
    if set(index) <= set(RAISED):
        return "".join(RAISED[each] for each in index) + "√" + body
    return f"{body}^(1/{_grouped(index)})"


def _fenced(fenced: Fenced, font: str) -> str:
    text = fence(fenced.open)
    for number, part in enumerate(fenced.parts):
        text += (fence(fenced.separators[number - 1]) if number else "") + _write(part, font).strip()
    return text + fence(fenced.close)


def _accent(mark: Accent, font: str) -> str:
    """Return what the mark is on with a combining character."""
    body = _write(mark.body, font).strip()
    if mark.command in LINES:
        return "".join(each + LINES[mark.command] for each in body)
    sign = COMBINING.get(accent(mark.command)) if mark.command != r"\boxed" else None
    if sign is None or len(unicodedata.normalize("NFC", body)) != 1:
        raise inexpressible(tr(NAME), mark.command)
    return unicodedata.normalize("NFC", body + sign)
