"""Equations of Word: Office Math Markup (ECMA-376, part 1, section 22.1), and how Word has them on the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

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
)
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

NAMESPACE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
"""Of documents (ECMA-376)."""
CLIPBOARD: Final = "http://schemas.microsoft.com/office/2004/12/omml"
"""Of HTML, also the one on the clipboard."""
M: Final = f"{{{NAMESPACE}}}"
UPRIGHT: Final = r"\mathrm"
JUSTIFIED: Final = {"l": "left", "c": "center", "r": "right"}
LINES: Final = frozenset(("―", "¯"))
"""Accents that are lines over or under everything."""
SPACES: Final = {
    3: "\u2009", 4: "\u205f", 5: "\u2005", 9: "\u2002", 18: "\u2003", 36: "\u2003\u2003",
}  # fmt: skip
"""Characters of Unicode by width in eighteenths of an em; Word has no space that draws together."""
COMBINING: Final = {
    "ˆ": "\u0302", "~": "\u0303", "¯": "\u0304", "˙": "\u0307", "¨": "\u0308", "´": "\u0301", "`": "\u0300",
    "˘": "\u0306", "ˇ": "\u030c", "˚": "\u030a", "→": "\u20d7", "←": "\u20d6", "↔": "\u20e1",
}  # fmt: skip
"""Accents beside their letter to those that Word puts over it."""
HTML: Final = (
    '<html xmlns:m="{namespace}"><head><meta charset="utf-8"></head><body>'
    "<!--StartFragment--><!--[if gte msEquation 12]>{equation}<![endif]-->"
    "<![if !msEquation]>{plain}<![endif]><!--EndFragment--></body></html>"
)

register_namespace("m", NAMESPACE)


def omml(latex: str) -> str:
    """Return a formula as one `m:oMathPara` element. Raises ValueError for what canonical LaTeX cannot say."""
    paragraph = Element(f"{M}oMathPara")
    _fill(SubElement(paragraph, f"{M}oMath"), parse(latex), "")
    return tostring(paragraph, encoding="unicode")


def word_html(latex: str, plain: str) -> str:
    """Return what Word takes from the clipboard as an equation, and other programs as `plain` (HTML)."""
    return HTML.format(namespace=CLIPBOARD, equation=omml(latex).replace(NAMESPACE, CLIPBOARD), plain=plain)


def _fill(parent: Element, node: Node, font: str) -> Element:
    """Add a part of a formula to `parent`, its letters in the alphabet of `font`, and return `parent`."""
    for item in _write(list(node.items) if isinstance(node, Row) else [node], font):
        parent.append(item)
    return parent


def _write(items: Sequence[Node], font: str) -> list[Element]:
    """Return parts side by side; large operators and functions take what follows them."""
    found: list[Element] = []
    place = 0
    while place < len(items):
        item = items[place]
        place += 1
        while _is_function(item) and place < len(items) and isinstance(items[place], Space):
            place += 1  # Word sets a function apart itself
        if _is_large(item):
            end = next((at for at in range(place, len(items)) if kind(items[at]) in ("rel", "punct")), len(items))
            found.append(_nary(item, items[place:end], font))
            place = end
        elif _is_function(item) and place < len(items) and kind(items[place]) not in ("rel", "bin", "punct", "close"):
            found.append(_function(item, items[place], font))
            place += 1
        else:
            found.extend(_one(item, font))
    return _joined(found)


def _one(node: Node, font: str) -> list[Element]:  # noqa: PLR0911, PLR0912 - one answer for each kind of part
    match node:
        case Symbol():
            return [_symbol(node, font)]
        case Number():
            return [_run(in_font(node.text, font) if font else node.text, plain=True)]
        case Words():
            return [_run(node.text, words=True)]
        case Operator():
            return [_run(node.name, plain=True)]
        case Row():
            return _write(node.items, font)
        case Script():
            return [_script(node, font)]
        case Fraction():
            return [_fraction(node, font)]
        case Root():
            return [_root(node, font)]
        case Fenced():
            return [_delimiters(fence(node.open), node.parts, fence(node.close), font, _separator(node))]
        case Sized():
            return [_run(fence(node.delimiter), plain=True)]
        case Styled():
            return _write([node.body], node.font)
        case Accent():
            return [_accent(node, font)]
        case Stacked():
            return [_limit(node.base, node.small, font, above=node.above)]
        case Arrow():
            return [_stretched(_run(ARROWS[node.command[1:]], plain=True), node.label, font)]
        case Modulus():
            return [_run("  (mod ", plain=True), *_write([node.body], font), _run(")", plain=True)]
        case Space():
            return [_run(SPACES.get(round(18 * node.ems), SPACES[3]), plain=True)] if node.ems > 0 else []
        case Phantom():
            return [_fill_argument(_part("phant", show="0"), "e", node.body, font)]
        case Table():
            return [_table(node, font)]


# -- runs


def _run(text: str, *, plain: bool = False, words: bool = False) -> Element:
    """Return letters; Word slants them unless they are `plain`, and takes `words` for text."""
    run = Element(f"{M}r")
    if plain or words:
        properties = SubElement(run, f"{M}rPr")
        if words:
            SubElement(properties, f"{M}nor")
        else:
            SubElement(properties, f"{M}sty", {f"{M}val": "p"})
    content = SubElement(run, f"{M}t", {"xml:space": "preserve"} if text != text.strip() else {})
    content.text = text
    return run


def _symbol(symbol: Symbol, font: str) -> Element:
    text = character(symbol)
    if font and is_letter(text):
        return _run(in_font(text, font), plain=True)
    return _run(text, plain=not is_letter(text))


def _joined(items: list[Element]) -> list[Element]:
    """Return the items with neighbouring runs of one kind as one."""
    found: list[Element] = []
    for item in items:
        if found and _is_like(found[-1], item):
            found[-1][-1].text = f"{found[-1][-1].text}{item[-1].text}"
        else:
            found.append(item)
    return found


def _is_like(run: Element, other: Element) -> bool:
    """Tell whether two elements are runs of letters of one kind."""
    if not run.tag == other.tag == f"{M}r" or "xml:space" in {**run[-1].attrib, **other[-1].attrib}:
        return False
    return [each.tag for each in run.iter()] == [each.tag for each in other.iter()]


# -- structures


def _part(tag: str, **properties: str) -> Element:
    """Return a structure with its properties, in the order of the standard."""
    found = Element(f"{M}{tag}")
    if properties:
        inside = SubElement(found, f"{M}{tag}Pr")
        for name, value in properties.items():
            SubElement(inside, f"{M}{name}", {f"{M}val": value})
    return found


def _fill_argument(parent: Element, tag: str, node: Node, font: str) -> Element:
    """Add an argument to a structure and return the structure."""
    _fill(SubElement(parent, f"{M}{tag}"), node, font)
    return parent


def _script(script: Script, font: str) -> Element:
    if script.stacked:
        base: Node = script.base
        if script.sub is not None and script.sup is not None:
            base = Stacked(base, script.sup, above=True)
        small = script.sup if script.sub is None else script.sub
        return _limit(base, small or Row(), font, above=script.sub is None)
    tag = "sSubSup" if script.sub is not None and script.sup is not None else "sSup" if script.sub is None else "sSub"
    found = _fill_argument(_part(tag), "e", script.base, font)
    for name, part in (("sub", script.sub), ("sup", script.sup)):
        if part is not None:
            _fill_argument(found, name, part, font)
    return found


def _limit(base: Node, small: Node, font: str, *, above: bool) -> Element:
    return _fill_argument(_fill_argument(_part("limUpp" if above else "limLow"), "e", base, font), "lim", small, font)


def _stretched(base: Element, label: Node, font: str) -> Element:
    """Return an arrow with a label above it."""
    found = _part("limUpp")
    SubElement(found, f"{M}e").append(base)
    return _fill_argument(found, "lim", label, font)


def _fraction(fraction: Fraction, font: str) -> Element:
    found = _part("f", type="noBar") if fraction.binomial else _part("f")
    _fill_argument(_fill_argument(found, "num", fraction.over, font), "den", fraction.under, font)
    if not fraction.binomial:
        return found
    around = _part("d")
    SubElement(around, f"{M}e").append(found)
    return around


def _root(root: Root, font: str) -> Element:
    found = _part("rad") if root.index else _part("rad", degHide="1")
    return _fill_argument(_fill_argument(found, "deg", root.index or Row(), font), "e", root.body, font)


def _separator(fenced: Fenced) -> str:
    return fence(fenced.separators[0]) if fenced.separators else "|"


def _delimiters(opening: str, parts: Sequence[Node], closing: str, font: str, separator: str = "|") -> Element:
    found = _part("d", begChr=opening, sepChr=separator, endChr=closing)
    for part in parts:
        _fill_argument(found, "e", part, font)
    return found


def _accent(mark: Accent, font: str) -> Element:
    if mark.command == r"\boxed":
        return _fill_argument(_part("borderBox"), "e", mark.body, font)
    sign, below = accent(mark.command), is_below(mark.command)
    if sign == "―":
        return _fill_argument(_part("bar", pos="bot" if below else "top"), "e", mark.body, font)
    if below or sign in "⏞⎴⏜":
        place = "bot" if below else "top"
        return _fill_argument(_part("groupChr", chr=sign, pos=place, vertJc="top" if below else "bot"), "e", mark.body,
                              font)  # fmt: skip
    return _fill_argument(_part("acc", chr=COMBINING.get(sign, sign)), "e", mark.body, font)


def _is_large(node: Node) -> bool:
    """Tell whether a part is a sum, an integral or the like, with or without its limits."""
    base = node.base if isinstance(node, Script) else node
    return isinstance(base, Symbol) and kind(base) == "op"


def _nary(node: Node, operand: Sequence[Node], font: str) -> Element:
    """Return a large operator with its limits and what it works on."""
    script = node if isinstance(node, Script) else Script(node, None, None, stacked=False)
    assert isinstance(script.base, Symbol)  # noqa: S101 - see `_is_large`
    hidden = {name: "1" for name, part in (("subHide", script.sub), ("supHide", script.sup)) if part is None}
    place = "undOvr" if script.stacked else "subSup"
    found = _part("nary", chr=character(script.base), limLoc=place, **hidden)
    for name, part in (("sub", script.sub), ("sup", script.sup)):
        _fill_argument(found, name, part or Row(), font)
    return _fill_argument(found, "e", Row(tuple(operand)), font)


def _is_function(node: Node) -> bool:
    return isinstance(node.base if isinstance(node, Script) else node, Operator)


def _function(node: Node, argument: Node, font: str) -> Element:
    """Return a function with its name and its argument."""
    found = _part("func")
    name = SubElement(found, f"{M}fName")
    name.extend(_one(node, font))
    return _fill_argument(found, "e", argument, font)


# -- tables


def _table(table: Table, font: str) -> Element:
    if table.name in ALIGNMENTS or table.name == "substack":
        found = _part("eqArr")
        for row in table.rows:
            _fill(SubElement(found, f"{M}e"), Row(_aligned(row)), font)
        return found
    matrix = _matrix(table, font)
    if table.name not in MATRICES:
        return matrix
    opening, closing = MATRICES[table.name]
    around = _part("d", begChr=opening, endChr=closing)
    SubElement(around, f"{M}e").append(matrix)
    return around


def _aligned(cells: Sequence[Node]) -> tuple[Node, ...]:
    """Return the cells of a line with Word's mark, an ampersand, between them."""
    return tuple(part for number, cell in enumerate(cells) for part in ([Symbol("&")] if number else []) + [cell])


def _matrix(table: Table, font: str) -> Element:
    found = Element(f"{M}m")
    columns = SubElement(SubElement(found, f"{M}mPr"), f"{M}mcs")
    sides = table.columns.replace("|", "") or ("l" if table.name == "cases" else "c")
    for number in range(max(len(row) for row in table.rows)):
        properties = SubElement(SubElement(columns, f"{M}mc"), f"{M}mcPr")
        SubElement(properties, f"{M}count", {f"{M}val": "1"})
        SubElement(properties, f"{M}mcJc", {f"{M}val": JUSTIFIED[sides[number % len(sides)]]})
    for row in table.rows:
        line = SubElement(found, f"{M}mr")
        for cell in row:
            _fill(SubElement(line, f"{M}e"), cell, font)
    return found
