"""From LaTeX to MathML: the reader of rows, scripts, letters and delimiters.

Commands with arguments are in `mathml_commands`, environments in `mathml_tables`. The MathML is written for ziamath:
all spacing is explicit, letters of other alphabets are the characters of that alphabet, tables and long arrows have
their own tags (see `render_nodes`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from app.core.i18n import tr
from app.formula import mathml_spacing
from app.formula.mathml_spacing import EM, Atom
from app.formula.tex_scan import Scanner, TexError, Token
from app.formula.tex_symbols import FONTS, INTEGRALS, styled, symbols

MAX_LENGTH: Final = 8_000
"""Characters of a formula."""
MAX_DEPTH: Final = 40
"""Groups within groups."""
UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not admit."""
FENCES: Final = {"<": "⟨", ">": "⟩", ".": "", "/": "/", r"\backslash": "\\"}
"""What these mean as delimiters."""
BIG: Final = {"big": 1.2, "Big": 1.8, "bigg": 2.4, "Bigg": 3.0}
"""Heights in ems (amsmath)."""
BIG_KINDS: Final = {"l": "open", "r": "close", "m": "rel", "": "ord"}
FRACTION_SIDE: Final = 0.1
"""Ems."""
INFIX: Final = frozenset({r"\over", r"\atop", r"\choose", r"\brace", r"\brack"})
SWITCHES: Final = {
    r"\displaystyle": (True, 0),
    r"\textstyle": (False, 0),
    r"\scriptstyle": (False, 1),
    r"\scriptscriptstyle": (False, 2),
}
"""Command to display style and level of script."""
IGNORED: Final = frozenset(
    {
        r"\nonumber",
        r"\notag",
        r"\allowbreak",
        r"\nobreak",
        r"\relax",
        r"\protect",
        r"\noindent",
        r"\limits",
        r"\nolimits",
    }
    | {r"\hfill", r"\hfil", r"\null", r"\strut", r"\mathstrut", r"\tiny", r"\scriptsize", r"\footnotesize", r"\small"}
    | {r"\normalsize", r"\large", r"\Large", r"\LARGE", r"\huge", r"\Huge", r"\centering", r"\mit", r"\upshape"}
)
"""These make no difference to the preview."""
LINE_ENDS: Final = frozenset({r"\\", r"\cr"})
ENDS: Final = frozenset({"}", "&", r"\\", r"\cr", r"\end", r"\right", r"\middle"})


@dataclass(frozen=True)
class Style:
    """How the following atoms are set."""

    display: bool = True
    script: int = 0
    font: str = ""

    @property
    def inner(self) -> Style:
        """The style of a fraction's parts and of table cells."""
        return replace(self, display=False)

    @property
    def small(self) -> Style:
        """The style of a script."""
        return replace(self, display=False, script=self.script + 1)


class Reader:
    """Reads one formula. `commands` maps a command to the function that reads its arguments."""

    def __init__(self, source: str, commands: dict[str, Callable[[Reader, Token, Style], Atom]]) -> None:
        if len(source) > MAX_LENGTH:
            raise TexError(tr("The formula is too long to be drawn."), MAX_LENGTH, len(source))
        if unprintable := UNPRINTABLE.search(source):
            text = tr("There is a character here that cannot be printed.")
            raise TexError(text, unprintable.start(), unprintable.end())
        self.scan = Scanner(source)
        self.commands = commands
        self.tag: Element | None = None
        self._depth = 0

    def whole(self) -> Element:
        """Return the whole formula as a `math` element; lines that are only separated are centred."""
        lines = [self.row(Style(), LINE_ENDS)]
        while self.scan.take_if(*LINE_ENDS):
            lines.append(self.row(Style(), LINE_ENDS))
        if left := self.scan.peek():
            raise misplaced(left)
        element = lines[0] if len(lines) == 1 else _lines(lines)
        root = Element("math", display="block")
        tag = self.take_tag()
        SubElement(root, "mrow").extend([element, *([mathml_spacing.space(2)] if tag else []), *tag])
        return root

    def take_tag(self) -> list[Element]:
        """Return the equation number read since the last call: one element or none."""
        found = [] if self.tag is None else [self.tag]
        self.tag = None
        return found

    def row(self, style: Style, stops: frozenset[str]) -> Element:
        """Return everything up to one of `stops`, which is left to be taken, as one element."""
        return mathml_spacing.row(self.atoms(style, stops), in_script=style.script > 0)

    def atoms(self, style: Style, stops: frozenset[str]) -> list[Atom]:
        """Return the atoms up to one of `stops`."""
        found: list[Atom] = []
        while (token := self.scan.peek()) and token.text not in stops:
            if token.text in INFIX:
                return [self._infix(self.scan.take(), found, style, stops)]
            if token.text in SWITCHES:
                return [*found, *self._switched(self.scan.take(), style, stops)]
            if token.text[1:] in FONTS and token.text not in self.commands:
                style = replace(style, font=FONTS[self.scan.take().text[1:]])
                continue
            if token.text in ENDS:
                raise misplaced(token)
            found.extend(self._scripted(style))
        return found

    def argument(self, style: Style) -> Element:
        """Return the next group, or the next single symbol, as one element."""
        token = self.scan.peek()
        if token is None or token.text in ENDS or token.text in "^_":
            place = token or Token("", len(self.scan.source) - 1, len(self.scan.source))
            raise TexError(tr("Something is missing here."), place.start, place.end)
        if token.text.isdigit():
            return self._number(self.scan.take().text, style, "")
        return self.nucleus(style).element

    def nucleus(self, style: Style) -> Atom:
        """Return the next atom without its scripts."""
        token = self.scan.take()
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TexError(tr("The formula is nested too deeply to be drawn."), token.start, token.end)
        atom = self._nucleus(token, style)
        self._depth -= 1
        return atom

    def _nucleus(self, token: Token, style: Style) -> Atom:
        """Return the atom that begins with `token`."""
        text = token.text
        if text == "{":
            return self._group(token, style)
        if text in self.commands:
            return self.commands[text](self, token, style)
        if text == r"\left":
            return self._fenced(token, style)
        if text.startswith((r"\big", r"\Big")) and (big := self._big(token)):
            return big
        if text.isdigit() and text.isascii():
            return Atom(self._number(text, style, self._more_digits(text)))
        return self._symbol(token, style)

    def delimiter(self) -> str:
        """Return the character of the next delimiter, "" for none."""
        token = self.scan.take()
        if token.text in FENCES:
            return FENCES[token.text]
        character, _ = symbols().get(token.text, ("", ""))
        if not character:
            raise TexError(tr("“{part}” is not a delimiter.", part=token.text), token.start, token.end)
        return character

    def expect(self, text: str, opening: Token) -> None:
        """Take `text`. Raises `TexError` at `opening` if something else comes."""
        if not self.scan.take_if(text):
            raise TexError(tr("“{part}” is never closed.", part=opening.text), opening.start, opening.end)

    def _group(self, opening: Token, style: Style) -> Atom:
        """Return what stands between braces, as an ordinary atom."""
        element = self.row(style, frozenset({"}"}))
        self.expect("}", opening)
        return Atom(element)

    def _more_digits(self, first: str) -> str:
        """Take the digits after `first` and a decimal point among them."""
        digits = first
        while (following := self.scan.peek()) and following.start == self.scan.place:
            rest = self.scan.source[following.end : following.end + 1]
            if not (following.text.isdigit() or (following.text == "." and rest.isdigit() and "." not in digits)):
                break
            digits += self.scan.take().text
        return digits[1:]

    def _number(self, first: str, style: Style, rest: str) -> Element:
        """Return a number in the font of `style`."""
        number = Element("mn", mathvariant="normal")
        number.text = "".join(styled(digit, style.font or "UPRIGHT") for digit in first + rest)
        return number

    def _symbol(self, token: Token, style: Style) -> Atom:
        """Return the atom of one letter or symbol."""
        text = token.text
        if text == "$":
            raise TexError(tr("A “$” cannot stand inside a formula."), token.start, token.end)
        character, kind = symbols().get(text, ("", "ord"))
        if not character and text.startswith("\\"):
            raise TexError(tr("The preview does not know “{part}”.", part=text), token.start, token.end)
        character = character or text
        if kind == "ord" and (character.isalpha() or character in "∂∇"):
            return Atom(letter(character, style))
        return operator(character, kind, limits=style.display)

    def _scripted(self, style: Style) -> list[Atom]:
        """Return the next atom with its scripts, or nothing for a command without effect."""
        first = self.scan.peek()
        if first and first.text in IGNORED:
            self.scan.take()
            return []
        bare = first is not None and first.text in {"^", "_", "'"}
        atom = Atom(mathml_spacing.space(0)) if bare else self.nucleus(style)
        below, above = self._scripts(atom, style)
        if below is None and above is None:
            return [atom]
        stacked = atom.limits
        name = ("munder", "mover", "munderover") if stacked else ("msub", "msup", "msubsup")
        parts = [part for part in (below, above) if part is not None]
        element = Element(name[2] if len(parts) > 1 else name[0] if below is not None else name[1])
        element.append(atom.element)
        element.extend([_apart(part) for part in parts] if stacked else parts)
        return [Atom(element, atom.kind)]

    def _scripts(self, atom: Atom, style: Style) -> tuple[Element | None, Element | None]:
        """Read the scripts that follow `atom`: what goes below and what goes above."""
        below: Element | None = None
        above: Element | None = None
        primes = ""
        while token := self.scan.take_if("^", "_", "'", r"\limits", r"\nolimits"):
            if token.text.startswith("\\"):
                atom.limits = token.text == r"\limits"
            elif token.text == "'":
                primes += "′"
            elif (below if token.text == "_" else above) is not None:
                raise TexError(tr("A second “{part}” at the same place.", part=token.text), token.start, token.end)
            elif token.text == "_":
                below = self.argument(style.small)
            else:
                above = self.argument(style.small)
        return below, _primed(primes, above)

    def _infix(self, token: Token, over: list[Atom], style: Style, stops: frozenset[str]) -> Atom:
        r"""Return the fraction of the TeX primitives `\over`, `\choose` and their kin."""
        under = self.row(style.inner, stops)
        top = mathml_spacing.row(over, in_script=style.script > 0)
        fences = {r"\choose": "()", r"\brace": "{}", r"\brack": "[]"}.get(token.text, "")
        return fraction(top, under, line=token.text == r"\over", fences=fences)

    def _switched(self, token: Token, style: Style, stops: frozenset[str]) -> list[Atom]:
        """Return the rest of the row in the style that `token` asks for."""
        display, level = SWITCHES[token.text]
        rest = self.atoms(replace(style, display=display, script=level), stops)
        kind = next((atom.kind for atom in rest if atom.kind), "ord")
        return [Atom(styled_row(mathml_spacing.row(rest, in_script=level > 0), display=display, level=level), kind)]

    def _fenced(self, opening: Token, style: Style) -> Atom:
        r"""Return what stands between `\left` and `\right`."""
        element = Element("mrow")
        _append_fence(element, self.delimiter(), "prefix")
        stops = frozenset({r"\right", r"\middle"})
        element.append(self.row(style, stops))
        while self.scan.take_if(r"\middle"):
            _append_fence(element, self.delimiter(), "infix")
            element.append(self.row(style, stops))
        self.expect(r"\right", opening)
        _append_fence(element, self.delimiter(), "postfix")
        return Atom(element, "inner")

    def _big(self, token: Token) -> Atom | None:
        """Return the delimiter of a given size, or None if `token` is another command."""
        size, side = token.text[1:], ""
        if size not in BIG:
            size, side = size[:-1], size[-1]
        if size not in BIG or side not in BIG_KINDS:
            return None
        height = f"{BIG[size] * EM:.3f}em"
        fence = Element("mo", stretchy="true", lspace="0", rspace="0", minsize=height, maxsize=height, form="prefix")
        fence.text = self.delimiter()
        return Atom(fence if fence.text else mathml_spacing.space(0), BIG_KINDS[side])


def misplaced(token: Token) -> TexError:
    """Return the error for a word that cannot come here."""
    if token.text in {"&", r"\\", r"\cr"}:
        return TexError(
            tr("“{part}” belongs in a table or between aligned lines.", part=token.text), token.start, token.end
        )
    return TexError(tr("“{part}” has no beginning.", part=token.text), token.start, token.end)


def letter(character: str, style: Style) -> Element:
    """Return one letter in the font of `style`; without one Latin and small Greek letters are slanted."""
    # ziamath takes some letters, such as nabla, for operators and would leave its own space beside them.
    element = Element("mi", mathvariant="normal", lspace="0", rspace="0", stretchy="false")
    upright = "Α" <= character <= "Ω" or character == "∇"
    element.text = styled(character, style.font or ("UPRIGHT" if upright else "ITALIC"))
    return element


def operator(character: str, kind: str, *, limits: bool = False) -> Atom:
    """Return one symbol that is no letter; `limits`: a sum's scripts go above and below."""
    element = Element("mo", stretchy="false", lspace="0", rspace="0", form="infix")
    element.text = character
    if kind == "op":
        element.set("form", "prefix")
        element.set("largeop", "true")
    return Atom(element, kind, limits=limits and kind == "op" and character not in INTEGRALS)


def fraction(over: Element, under: Element, *, line: bool = True, fences: str = "") -> Atom:
    """Return a fraction, without its line and within `fences` on request."""
    element = Element("mfrac") if line else Element("mfrac", linethickness="0")
    element.extend([styled_row(over, display=False), styled_row(under, display=False)])
    # ziamath leaves more room at both ends of the line than TeX does.
    whole = Element("mrow")
    whole.extend([mathml_spacing.space(-FRACTION_SIDE), element, mathml_spacing.space(-FRACTION_SIDE)])
    return Atom(fenced(whole, fences[0], fences[1]) if fences else whole)


def fenced(content: Element, opening: str, closing: str) -> Element:
    """Return `content` between delimiters of its height."""
    element = Element("mrow")
    _append_fence(element, opening, "prefix")
    element.append(content)
    _append_fence(element, closing, "postfix")
    return element


def boxed(content: Element, notation: str) -> Element:
    """Return `content` in a frame or struck out."""
    element = Element("menclose", notation=notation)
    element.append(content)
    return element


def styled_row(content: Element, *, display: bool, level: int | None = None) -> Element:
    """Return `content` in or out of display style, at `level` of script (None: unchanged)."""
    element = Element("mrow", displaystyle="true" if display else "false")
    if level is not None:
        element.set("scriptlevel", str(level))
    element.append(content)
    return element


def _lines(lines: list[Element]) -> Element:
    """Return centred lines."""
    table = Element("paperdesk-table", columns="c", gaps="0", rowgap=f"{0.5 * EM}em")
    for line in lines:
        SubElement(SubElement(table, "mtr"), "mtd").append(line)
    return table


def _append_fence(parent: Element, character: str, form: str) -> None:
    """Add a delimiter that grows with the row."""
    if character:
        SubElement(parent, "mo", stretchy="true", fence="true", lspace="0", rspace="0", form=form).text = character


def _apart(limit: Element) -> Element:
    """Return `limit` with room between it and the symbol it belongs to."""
    element = Element("mpadded", height="+.08em", depth="+.08em")
    element.append(limit)
    return element


def _primed(primes: str, above: Element | None) -> Element | None:
    """Return primes and superscript as one superscript."""
    if not primes:
        return above
    element = Element("mo", lspace="0", rspace="0", stretchy="false")
    element.text = primes
    if above is None:
        return element
    both = Element("mrow")
    both.extend([element, above])
    return both
