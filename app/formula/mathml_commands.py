"""Commands with arguments: fractions, roots, accents, arrows, boxes, spaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from app.core.i18n import tr
from app.formula import mathml_spacing
from app.formula.mathml import Reader, Style, boxed, fenced, fraction, operator
from app.formula.mathml_names import (
    ACCENTS,
    ARROWS,
    BINOMIALS,
    BOXES,
    BRACES,
    CLASSES,
    COLOUR,
    EMS,
    FRACTIONS,
    FUNCTIONS,
    LIMIT_FUNCTIONS,
    NEGATED,
    SPACES,
    SWITCHED_FONTS,
    TEXTS,
    UNDER_ACCENTS,
    UNDER_BRACES,
)
from app.formula.mathml_spacing import Atom
from app.formula.mathml_tables import environment, substack
from app.formula.mathml_text import function, operator_name, tag, text
from app.formula.tex_scan import TexError, Token
from app.formula.tex_symbols import FONTS

Command = Callable[[Reader, Token, Style], Atom]


def _frac(reader: Reader, token: Token, style: Style) -> Atom:
    r"""Read `\frac`, `\dfrac`, `\tfrac`, `\cfrac`."""
    name = token.text[1:]
    if name == "cfrac":
        reader.scan.raw_option()
    inside = style if name == "cfrac" else style.inner
    atom = fraction(reader.argument(inside), reader.argument(inside))
    if name == "cfrac":
        for part in next(atom.element.iter("mfrac")):
            part.set("displaystyle", "true")
    return _in_style(atom, FRACTIONS[name])


def _binom(reader: Reader, token: Token, style: Style) -> Atom:
    r"""Read `\binom` and its kin."""
    over, under = reader.argument(style.inner), reader.argument(style.inner)
    return _in_style(fraction(over, under, line=False, fences="()"), BINOMIALS[token.text[1:]])


def _genfrac(reader: Reader, _token: Token, style: Style) -> Atom:
    r"""Read `\genfrac{(}{)}{0pt}{1}{n}{k}`."""
    opening, closing, thickness, level = (reader.scan.raw_group()[0].strip() for _ in range(4))
    over, under = reader.argument(style.inner), reader.argument(style.inner)
    fences = opening[-1:] + closing[-1:]
    line = not re.match(r"0+(\.0+)?\D", thickness)
    atom = fraction(over, under, line=line, fences=fences if opening and closing else "")
    return _in_style(atom, {"0": True, "1": False}.get(level))


def _in_style(atom: Atom, display: bool | None) -> Atom:
    """Put the fraction of `atom` in or out of display style."""
    for element in atom.element.iter("mfrac") if display is not None else ():
        element.set("displaystyle", "true" if display else "false")
        break
    return atom


def _sqrt(reader: Reader, _token: Token, style: Style) -> Atom:
    r"""Read `\sqrt[n]{x}`."""
    index: Element | None = None
    if opening := reader.scan.take_if("["):
        index = reader.row(style.small, frozenset({"]"}))
        reader.expect("]", opening)
    element = Element("msqrt" if index is None else "mroot")
    element.append(reader.argument(style))
    if index is not None:
        element.append(index)
    return Atom(element)


def _accent(reader: Reader, token: Token, style: Style) -> Atom:
    """Read a letter and put its accent above."""
    base = reader.argument(style)
    for bare in [base] if base.tag == "mi" else []:
        bare.text = {"i": "ı", "j": "ȷ"}.get(bare.text or "", bare.text)
    return Atom(_over(base, ACCENTS[token.text[1:]], accent=True))


def _over(base: Element, character: str, *, accent: bool) -> Element:
    """Return `base` with a character above that grows with it."""
    element = Element("mover", accent="true" if accent else "false")
    element.append(base)
    SubElement(element, "mo", stretchy="true", lspace="0", rspace="0").text = character
    return element


def _under_accent(reader: Reader, token: Token, style: Style) -> Atom:
    """Read an expression and draw a line, an arrow or a brace below it."""
    name = token.text[1:]
    element = Element("munder", accentunder="true")
    element.append(reader.argument(style))
    character = UNDER_ACCENTS.get(name) or UNDER_BRACES[name]
    SubElement(element, "mo", stretchy="true", lspace="0", rspace="0").text = character
    return Atom(element, "op" if name in UNDER_BRACES else "ord", limits=name in UNDER_BRACES)


def _ruled_limit(reader: Reader, token: Token, style: Style) -> Atom:
    r"""Return `lim` with the line of `\varlimsup` above it or that of `\varliminf` below it."""
    word = function(reader, Token(r"\lim", token.start, token.end), style)
    above = token.text == r"\varlimsup"
    element = Element("mover", accent="true") if above else Element("munder", accentunder="true")
    element.append(word.element)
    SubElement(element, "mo", stretchy="true", lspace="0", rspace="0").text = ACCENTS["overline"]
    return Atom(element, word.kind, word.limits)


def _brace(reader: Reader, token: Token, style: Style) -> Atom:
    """Read an expression and draw a brace above it."""
    return Atom(_over(reader.argument(style), BRACES[token.text[1:]], accent=True), "op", limits=True)


def _stacked(reader: Reader, token: Token, style: Style) -> Atom:
    r"""Read `\overset`, `\underset` and `\stackrel`."""
    small = reader.argument(style.small)
    base = reader.nucleus(style)
    element = Element("munder" if token.text == r"\underset" else "mover")
    padded = SubElement(element, "mpadded")
    padded.append(small)
    element.insert(0, base.element)
    return Atom(element, "rel" if token.text == r"\stackrel" else base.kind)


def _arrow(reader: Reader, token: Token, style: Style) -> Atom:
    r"""Read `\xrightarrow[below]{above}`."""
    below = Element("mspace")
    if opening := reader.scan.take_if("["):
        below = reader.row(style.small, frozenset({"]"}))
        reader.expect("]", opening)
    element = Element("paperdesk-arrow", character=ARROWS[token.text[1:]])
    element.extend([reader.argument(style.small), below])
    return Atom(element, "rel")


def _font(reader: Reader, token: Token, style: Style) -> Atom:
    """Read an argument in another alphabet; several upright letters are one name."""
    alphabet = FONTS[token.text[1:]]
    return Atom(reader.argument(replace(style, font=alphabet)))


def _class(reader: Reader, token: Token, style: Style) -> Atom:
    """Read an argument that is to be spaced as another kind of atom."""
    kind = CLASSES[token.text[1:]]
    return Atom(reader.argument(style), kind, limits=kind == "op" and style.display)


def _box(reader: Reader, token: Token, style: Style) -> Atom:
    """Read an argument that is framed or struck out."""
    return Atom(boxed(reader.argument(style), BOXES[token.text[1:]]))


def _phantom(reader: Reader, token: Token, style: Style) -> Atom:
    """Read an argument that takes its room and is not drawn."""
    element = Element("mphantom")
    element.append(reader.argument(style))
    padding = {r"\hphantom": {"height": "0", "depth": "0"}, r"\vphantom": {"width": "0"}}.get(token.text)
    if padding is None:
        return Atom(element)
    padded = Element("mpadded", padding)
    padded.append(element)
    return Atom(padded)


def _space(_reader: Reader, token: Token, _style: Style) -> Atom:
    """Return a fixed space."""
    return Atom(mathml_spacing.space(SPACES[token.text.removeprefix("\\")]), "")


def _measured_space(reader: Reader, token: Token, _style: Style) -> Atom:
    """Read a length and return that much space."""
    reader.scan.take_if("*")
    following = reader.scan.peek()
    if following and following.text == "{":
        text, _ = reader.scan.raw_group()
    else:
        found = re.match(r"\s*-?\s*[\d.]+\s*[a-z]{2}", reader.scan.source[reader.scan.place :])
        text = found[0] if found else ""
        for _ in text.replace(" ", ""):
            reader.scan.take()
    length = re.fullmatch(r"\s*(-?)\s*(\d*\.?\d+)\s*([a-z]{2})\s*", text)
    if not length or length[3] not in EMS:
        raise TexError(tr("“{part}” is not a length.", part=text.strip()), token.start, reader.scan.place)
    ems = float(length[1] + length[2]) * EMS[length[3]]
    return Atom(mathml_spacing.space(max(-10.0, min(ems, 40.0))), "")


def _not(reader: Reader, _token: Token, style: Style) -> Atom:
    """Return the next symbol with a stroke through it."""
    atom = reader.nucleus(style)
    if atom.element.tag == "mo" and atom.element.text and len(atom.element.text) == 1:
        atom.element.text = NEGATED.get(atom.element.text, atom.element.text + "\u0338")
        return atom
    return Atom(boxed(atom.element, "updiagonalstrike"), atom.kind)


def _skipped(reader: Reader, _token: Token, _style: Style) -> Atom:
    """Go past a command and its argument, neither of which prints anything."""
    reader.scan.raw_group()
    return Atom(mathml_spacing.space(0), "")


def _bare(reader: Reader, _token: Token, style: Style) -> Atom:
    """Return the argument of a command that makes no difference here."""
    reader.scan.raw_option()
    return Atom(reader.argument(style))


def _overlap(reader: Reader, _token: Token, style: Style) -> Atom:
    """Return the argument in no width at all."""
    element = Element("mpadded", width="0")
    element.append(reader.argument(style))
    return Atom(element)


def _colour(reader: Reader, token: Token, style: Style) -> Atom:
    r"""Read `\textcolor{red}{x}` and `\color{red}`, which colours the rest of the group."""
    model = reader.scan.raw_option()
    name, start = reader.scan.raw_group()
    if model is not None or not COLOUR.fullmatch(name):
        raise TexError(tr("The preview does not know the colour “{part}”.", part=name), start, start + len(name))
    if token.text == r"\textcolor":
        content = reader.argument(style)
    else:
        content = reader.row(style, frozenset({"}", "&", r"\\", r"\end", r"\right", r"\middle", "]"}))
    element = Element("mrow", mathcolor=name)
    element.append(content)
    return Atom(element)


def _sideset(reader: Reader, _token: Token, style: Style) -> Atom:
    r"""Read `\sideset{_a^b}{_c^d}\sum`."""
    left, right = reader.argument(style), reader.argument(style)
    base = reader.nucleus(style)
    element = Element("mrow")
    element.extend([left, base.element, right])
    return Atom(element, "op", limits=style.display)


def _modulo(reader: Reader, token: Token, style: Style) -> Atom:
    r"""Read `\pmod{n}`, `\mod{n}`, `\pod{n}`; `\bmod` stands between its operands."""
    name = token.text[1:]
    word = Element("mtext")
    word.text = "mod"
    if name == "bmod":
        return Atom(word, "bin")
    element = Element("mrow")
    element.append(mathml_spacing.space(1 if style.display else 4 / 9))
    inner = [] if name == "pod" else [word, mathml_spacing.space(1 / 3)]
    inner.append(reader.argument(style))
    if name != "mod":
        inner = [operator("(", "open").element, *inner, operator(")", "close").element]
    element.extend(inner)
    return Atom(element)


def _bracket(reader: Reader, token: Token, style: Style) -> Atom:
    r"""Read `\bra`, `\ket`, `\braket` and the like of the physics packages."""
    fences = {"bra": "⟨|", "ket": "|⟩", "braket": "⟨⟩", "abs": "||", "norm": "‖‖"}[token.text[1:].lower()]
    return Atom(fenced(reader.argument(style), fences[0], fences[1]), "inner")


def _integral_dots(_reader: Reader, _token: Token, _style: Style) -> Atom:
    r"""Return `\idotsint`."""
    element = Element("mrow")
    element.extend([operator("∫", "op").element, operator("⋯", "ord").element, operator("∫", "op").element])
    return Atom(element, "op")


def _table() -> dict[str, Command]:
    """Return every command with the function that reads it."""
    fonts = [name for name in FONTS if name not in SWITCHED_FONTS]
    groups: tuple[tuple[Iterable[str], Command], ...] = (
        *(
            (FRACTIONS, _frac),
            (BINOMIALS, _binom),
            (ACCENTS, _accent),
            (BRACES, _brace),
            (UNDER_ACCENTS, _under_accent),
        ),
        *((UNDER_BRACES, _under_accent), (ARROWS, _arrow), (FUNCTIONS, function), (LIMIT_FUNCTIONS, function)),
        *((TEXTS, text), (CLASSES, _class), (BOXES, _box), (SPACES, _space), (fonts, _font), (("genfrac",), _genfrac)),
        *((("sqrt",), _sqrt), (("operatorname",), operator_name), (("not",), _not), (("tag",), tag)),
        *((("varlimsup", "varliminf"), _ruled_limit), (("sideset",), _sideset)),
        *((("idotsint",), _integral_dots), (("begin",), environment)),
        *((("overset", "underset", "stackrel"), _stacked), (("phantom", "hphantom", "vphantom"), _phantom)),
        *((("pmod", "mod", "pod", "bmod"), _modulo), (("substack",), substack), (("color", "textcolor"), _colour)),
        (("bra", "ket", "braket", "Bra", "Ket", "Braket", "abs", "norm"), _bracket),
        (("hspace", "hskip", "kern", "mkern", "mskip", "mspace"), _measured_space),
        (("label", "vspace", "ref", "cite"), _skipped),
        (("smash", "vcenter", "ensuremath"), _bare),
        (("mathllap", "mathrlap", "mathclap", "llap", "rlap", "clap"), _overlap),
    )
    return {f"\\{name}": command for keys, command in groups for name in keys} | {"~": _space}


COMMANDS: Final = _table()


def to_mathml(latex: str) -> Element:
    """Return `latex` as a `math` element for the preview. Raises `TexError` for what it cannot read."""
    return Reader(latex, COMMANDS).whole()
