"""Which characters the tokens of canonical LaTeX print."""

from __future__ import annotations

import unicodedata
from typing import Final

from app.formula.mathml_names import ACCENTS, BRACES, UNDER_ACCENTS, UNDER_BRACES
from app.formula.nodes import Node, Number, Operator, Row, Script, Symbol, Words
from app.formula.tex_symbols import FONTS, styled, symbols

STROKE: Final = "\u0338"
"""Strikes through the character before it."""
FENCES: Final = {**dict.fromkeys((".", ""), ""), "<": "⟨", ">": "⟩", r"\backslash": "\\"}
"""What these print as delimiters; everything else prints itself."""
MATRICES: Final = {
    "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"), "cases": ("{", ""),
}  # fmt: skip
"""Environments and the delimiters around them."""
ALIGNMENTS: Final = frozenset(("aligned", "gathered"))


def character(symbol: Symbol) -> str:
    """Return what a symbol prints, one character as a rule."""
    plain = symbols().get(symbol.token, ("", ""))[0] or symbol.token.removeprefix("\\")
    return unicodedata.normalize("NFC", plain + STROKE) if symbol.struck else plain


def kind(node: Node) -> str:
    """Return the kind of atom that a part is (The TeXbook, chapter 17): "ord", "op", "bin", "rel", "open", ..."""
    if isinstance(node, Script):
        return kind(node.base)
    if isinstance(node, Operator):
        return "op"
    return symbols().get(node.token, ("", "ord"))[1] if isinstance(node, Symbol) else "ord"


def fence(token: str) -> str:
    """Return the character of a delimiter, "" for none."""
    return FENCES[token] if token in FENCES else character(Symbol(token))


def is_letter(text: str) -> bool:
    """Tell whether text that a symbol prints is a letter, not a sign."""
    return text.isalpha() and unicodedata.category(text[0]) != "Lm"


def in_font(text: str, font: str) -> str:
    r"""Return text in the alphabet of a font command, such as `\mathbf`."""
    alphabet = FONTS.get(font.removeprefix("\\"), "UPRIGHT")
    return "".join(styled(each, alphabet) for each in text)


def accent(command: str) -> str:
    """Return the character that an accent puts above or below."""
    name = command.removeprefix("\\")
    return next(table[name] for table in (ACCENTS, BRACES, UNDER_ACCENTS, UNDER_BRACES) if name in table)


def is_below(command: str) -> bool:
    """Tell whether an accent stands below."""
    name = command.removeprefix("\\")
    return name in UNDER_ACCENTS or name in UNDER_BRACES


def letters(node: Node) -> str | None:
    """Return the letters and digits that a part consists of, None where there is more to it."""
    if isinstance(node, Row):
        parts = [letters(item) for item in node.items]
        return None if None in parts else "".join(part or "" for part in parts)
    if isinstance(node, Number | Words):
        return node.text
    if isinstance(node, Symbol) and is_letter(text := character(node)):
        return text
    return None
