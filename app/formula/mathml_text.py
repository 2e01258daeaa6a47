"""Words in a formula: text, names of functions, numbers of equations."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement

from app.core.i18n import tr
from app.formula import mathml_spacing
from app.formula.mathml import Reader, Style, boxed
from app.formula.mathml_names import LIMIT_FUNCTIONS, PRINTED, TEXTS
from app.formula.mathml_spacing import Atom
from app.formula.tex_scan import TexError, Token
from app.formula.tex_symbols import styled


def function(reader: Reader, token: Token, style: Style) -> Atom:
    """Return the name of a function in upright letters."""
    name = token.text[1:]
    limits = name in LIMIT_FUNCTIONS
    return _named_operator(LIMIT_FUNCTIONS.get(name, name), limits=limits and style.display)


def operator_name(reader: Reader, _token: Token, style: Style) -> Atom:
    r"""Read `\operatorname{name}` and `\operatorname*{name}`."""
    limits = reader.scan.take_if("*") is not None
    name, _ = reader.scan.raw_group()
    name = re.sub(r"\\[,;: !]|~", " ", name)
    name = re.sub(r"\\(?:mathrm|text|rm|mathop|mathsf|mathit|mathbf)\b|[{}]", "", name)
    return _named_operator(re.sub(r"\s+", " ", name.strip()), limits=limits and style.display)


def _named_operator(text: str, *, limits: bool) -> Atom:
    """Return `text` as an operator; a long name is never stretched."""
    element = Element("mrow")
    SubElement(element, "mtext").text = text.replace("-", "‐").replace(" ", "\u2009") or "\u2009"
    return Atom(element, "op", limits=limits)


def text(reader: Reader, token: Token, style: Style) -> Atom:
    """Read words, and the formulas between dollar signs in them."""
    raw, start = reader.scan.raw_group()
    alphabet = TEXTS[token.text[1:]]
    element = Element("mrow")
    for number, part in enumerate(re.split(r"(?<!\\)\$", raw)):
        if number % 2:
            element.append(Reader(part, reader.commands).row(replace(style, display=False), frozenset()))
        elif part:
            SubElement(element, "mtext").text = _words(part, alphabet, start)
    if token.text == r"\fbox":
        element = boxed(element, "box")
    return Atom(element if len(element) else mathml_spacing.space(0))


def _words(raw: str, alphabet: str, start: int) -> str:
    """Return what LaTeX prints for `raw` in text."""
    text = re.sub(r"\\(?:text(?:rm|it|bf|normal|sf|tt|up)?|emph|mathrm|rm|it|bf)\b\s*", "", raw)
    text = re.sub(r"\\[,;:! ]|~|\s+", " ", text)
    text = re.sub(r"\\([%$#&_{}])", r"\1", re.sub(r"(?<!\\)[{}]", "", text))
    if unknown := re.search(r"\\[A-Za-z]+|\\.", text):
        place = start + max(raw.find(unknown[0]), 0)
        raise TexError(tr("The preview does not know “{part}”.", part=unknown[0]), place, place + len(unknown[0]))
    for plain, printed in PRINTED:
        text = text.replace(plain, printed)
    return "".join(styled(character, alphabet) for character in text) if alphabet else text


def tag(reader: Reader, _token: Token, _style: Style) -> Atom:
    """Keep the number of the equation for the end of its line."""
    star = reader.scan.take_if("*") is not None
    raw, start = reader.scan.raw_group()
    reader.tag = Element("mtext")
    words = _words(raw.replace("$", ""), "", start)
    reader.tag.text = words if star else f"({words})"
    return Atom(mathml_spacing.space(0), "")
