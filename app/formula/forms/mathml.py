"""MathML for browsers, e-books and word processors (MathML Core, W3C, with `menclose` of MathML 3 for frames)."""

from __future__ import annotations

from itertools import pairwise
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from app.formula.forms.glyphs import (
    ALIGNMENTS,
    MATRICES,
    accent,
    character,
    fence,
    in_font,
    is_below,
    is_letter,
    kind,
    letters,
)
from app.formula.mathml import BIG
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

NAMESPACE: Final = "http://www.w3.org/1998/Math/MathML"
UPRIGHT: Final = r"\mathrm"
FUNCTION: Final = "\u2061"
"""The invisible application of a function."""
COLUMNS: Final = {"l": "left", "c": "center", "r": "right"}


def mathml(latex: str) -> str:
    """Return a formula as one `math` element. Raises ValueError for what canonical LaTeX cannot say."""
    root = Element("math", xmlns=NAMESPACE, display="block")
    root.append(element(parse(latex)))
    return tostring(root, encoding="unicode")


def element(node: Node, font: str = "") -> Element:  # noqa: PLR0911, PLR0912 - one answer for each kind of part
    r"""Return a part of a formula, its letters in the alphabet of `font`, such as `\mathbf`."""
    match node:
        case Symbol():
            return _symbol(node, font)
        case Number():
            return _text("mn", in_font(node.text, font) if font else node.text)
        case Words():
            return _text("mtext", node.text.replace(" ", "\u00a0"))
        case Operator():
            return _operator(node)
        case Row():
            return _row(node, font)
        case Script():
            return _script(node, font)
        case Fraction():
            return _fraction(node, font)
        case Root():
            parts = [element(each, font) for each in (node.body, node.index) if each is not None]
            return _parent("mroot" if node.index else "msqrt", *parts)
        case Fenced():
            return _fenced(node, font)
        case Sized():
            height = f"{BIG[node.command[1:]]:.1f}em"
            return _text("mo", fence(node.delimiter), stretchy="true", minsize=height, maxsize=height)
        case Styled():
            return _styled(node)
        case Accent():
            return _accent(node, font)
        case Stacked():
            return _parent("mover" if node.above else "munder", element(node.base, font), element(node.small, font))
        case Arrow():
            arrow = _text("mo", ARROWS[node.command[1:]], stretchy="true")
            return _parent("mover", arrow, element(node.label, font))
        case Modulus():
            word = [_text("mo", "(", stretchy="false"), _text("mi", "mod"), Element("mspace", width="0.333em")]
            return _parent("mrow", Element("mspace", width="1em"), *word, element(node.body, font), _text("mo", ")"))
        case Space():
            return Element("mspace", width=f"{node.ems:.3f}em")
        case Phantom():
            return _parent("mphantom", element(node.body, font))
        case Table():
            return _table(node, font)


def _text(tag: str, text: str, **attributes: str) -> Element:
    found = Element(tag, attributes)
    found.text = text
    return found


def _parent(tag: str, *children: Element, **attributes: str) -> Element:
    found = Element(tag, attributes)
    found.extend(children)
    return found


def _symbol(symbol: Symbol, font: str) -> Element:
    text, sort = character(symbol), kind(symbol)
    if is_letter(text) and not symbol.struck:
        if font == UPRIGHT:
            return _text("mi", text, mathvariant="normal")
        return _text("mi", in_font(text, font) if font else text)
    if sort == "ord" and not symbol.struck and text not in "/|‖":
        return _text("mi", text)
    fences = sort in ("open", "close") or text in "|‖"
    return _text("mo", text, **({"stretchy": "false"} if fences else {}))


def _operator(operator: Operator) -> Element:
    name = operator.name.replace(" ", "\u2009")
    if operator.limits:
        return _text("mo", name, movablelimits="true", rspace="0.167em")
    return _parent("mrow", _text("mi", name, **({"mathvariant": "normal"} if len(name) == 1 else {})),
                   _text("mo", FUNCTION))  # fmt: skip


def _row(row: Row, font: str) -> Element:
    return _parent("mrow", *(element(item, font) for item in row.items))


def _script(script: Script, font: str) -> Element:
    tags = ("munder", "mover", "munderover") if script.stacked else ("msub", "msup", "msubsup")
    below, above = script.sub is not None, script.sup is not None
    parts = [element(each, font) for each in (script.base, script.sub, script.sup) if each is not None]
    return _parent(tags[2] if below and above else tags[0] if below else tags[1], *parts)


def _fraction(fraction: Fraction, font: str) -> Element:
    parts = [element(fraction.over, font), element(fraction.under, font)]
    style = {} if fraction.display is None else {"displaystyle": str(fraction.display).lower()}
    if not fraction.binomial:
        return _parent("mfrac", *parts, **style)
    return _parent("mrow", _text("mo", "("), _parent("mfrac", *parts, linethickness="0", **style), _text("mo", ")"))


def _fenced(fenced: Fenced, font: str) -> Element:
    row = Element("mrow")
    row.extend(_fence(fenced.open, "prefix"))
    for number, part in enumerate(fenced.parts):
        if number:
            row.extend(_fence(fenced.separators[number - 1], "infix"))
        row.append(element(part, font))
    row.extend(_fence(fenced.close, "postfix"))
    return row


def _fence(token: str, form: str) -> list[Element]:
    text = fence(token)
    return [_text("mo", text, form=form, fence="true", stretchy="true")] if text else []


def _styled(styled: Styled) -> Element:
    """Return letters in another alphabet; several of them that are upright or bold are one name."""
    word = letters(styled.body)
    if word is None or styled.font not in (UPRIGHT, r"\mathbf", r"\mathsf", r"\mathtt", r"\mathit"):
        return element(styled.body, styled.font)
    normal = {"mathvariant": "normal"} if styled.font == UPRIGHT and len(word) == 1 else {}
    return _text("mi", in_font(word, styled.font), **normal)


def _accent(mark: Accent, font: str) -> Element:
    body = element(mark.body, font)
    if mark.command == r"\boxed":
        return _parent("menclose", body, notation="box")
    sign = _text("mo", accent(mark.command), stretchy="true")
    if is_below(mark.command):
        return _parent("munder", body, sign, accentunder="true")
    return _parent("mover", body, sign, accent="true")


def _table(table: Table, font: str) -> Element:
    found = Element("mtable")
    if table.name in ALIGNMENTS:
        found.set("displaystyle", "true")
        found.set("columnalign", "right left" if table.name == "aligned" else "center")
        found.set("columnspacing", "0em 2em")
    elif table.name == "cases":
        found.set("columnalign", "left")
    if table.columns:
        _set_columns(found, table)
    for row in table.rows:
        line = SubElement(found, "mtr")
        line.extend(_parent("mtd", element(cell, font)) for cell in row)
    opening, closing = MATRICES.get(table.name, ("", ""))
    if not opening:
        return found
    return _parent("mrow", *_fence(opening, "prefix"), found, *_fence(closing, "postfix"))


def _set_columns(found: Element, table: Table) -> None:
    """Write the alignment and the lines of an array."""
    bare = table.columns.replace("|", "")
    found.set("columnalign", " ".join(COLUMNS[each] for each in bare))
    gaps = table.columns.strip("|").replace("||", "|")
    lines = ["solid" if after == "|" else "none" for each, after in pairwise(gaps) if each != "|"]
    if "solid" in lines:
        found.set("columnlines", " ".join(lines))
    if inner := [number in table.rules for number in range(1, len(table.rows))]:
        found.set("rowlines", " ".join("solid" if ruled else "none" for ruled in inner))
    if {0, len(table.rows)} <= table.rules and table.columns.startswith("|"):
        found.set("frame", "solid")
