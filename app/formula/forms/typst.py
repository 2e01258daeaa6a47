"""Typst: the mathematics of typst.app, version 0.11 and later, written with symbols instead of their names."""

from __future__ import annotations

from typing import Final

from app.formula.forms.glyphs import ALIGNMENTS, MATRICES, character, fence, is_letter, letters
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

SPECIAL: Final = frozenset("#$\\_^&/()[]{},;|~\"'`@")
"""Characters that mean something to Typst where they stand in mathematics."""
FONTS: Final = {
    r"\mathbb": "bb", r"\mathbf": "upright(bold({}))", r"\boldsymbol": "bold", r"\mathcal": "cal", r"\mathscr": "cal",
    r"\mathfrak": "frak", r"\mathit": "italic", r"\mathrm": "upright", r"\mathsf": "sans", r"\mathtt": "mono",
}  # fmt: skip
ACCENTS: Final = {
    r"\acute": "acute", r"\bar": "macron", r"\breve": "breve", r"\check": "caron", r"\ddot": "dot.double",
    r"\dddot": "dot.triple", r"\dot": "dot", r"\grave": "grave", r"\hat": "hat", r"\mathring": "circle",
    r"\tilde": "tilde", r"\vec": "arrow", r"\widehat": "hat", r"\widetilde": "tilde", r"\overline": "overline",
    r"\underline": "underline", r"\overbrace": "overbrace", r"\underbrace": "underbrace",
    r"\overrightarrow": "arrow", r"\overleftarrow": "arrow.l", r"\overleftrightarrow": "arrow.l.r",
}  # fmt: skip
SPACES: Final = {3: "thin", 4: "med", 5: "thick", 18: "quad", 36: "wide"}
"""By width in eighteenths of an em."""
SIZES: Final = {r"\big": 120, r"\Big": 180, r"\bigg": 240, r"\Bigg": 300}
"""Per cent of the size of a letter (amsmath)."""


def typst(latex: str) -> str:
    """Return a formula as a displayed equation of Typst. Raises ValueError for what canonical LaTeX cannot say."""
    node = parse(latex)
    if isinstance(node, Table) and node.name in ALIGNMENTS:
        return f"$ {_lines(node)} $"
    return f"$ {write(node)} $"


def write(node: Node) -> str:  # noqa: PLR0911, PLR0912 - one answer for each kind of part
    """Return a part of a formula."""
    match node:
        case Symbol():
            text = character(node)
            return text if is_letter(text) else _escaped(text)
        case Number():
            return node.text
        case Words():
            return _quoted(node.text)
        case Operator():
            return f"op({_quoted(node.name)}{', limits: #true' if node.limits else ''})"
        case Row():
            return " ".join(write(item) for item in node.items)
        case Script():
            return _script(node)
        case Fraction():
            call = f"{'binom' if node.binomial else 'frac'}({write(node.over)}, {write(node.under)})"
            style = {True: "display({})", False: "inline({})", None: "{}"}[node.display]
            return style.format(call)
        case Root():
            body = write(node.body)
            return f"root({write(node.index)}, {body})" if node.index is not None else f"sqrt({body})"
        case Fenced():
            return _fenced(node)
        case Sized():
            return f"lr({_escaped(fence(node.delimiter))}, size: #{SIZES[node.command]}%)"
        case Styled():
            return _styled(node)
        case Accent():
            return _accent(node)
        case Stacked():
            return f"limits({write(node.base)}){'^' if node.above else '_'}({write(node.small)})"
        case Arrow():
            return f"limits(stretch({ARROWS[node.command[1:]]}, size: #150%))^({write(node.label)})"
        case Modulus():
            return rf'quad \("mod" space.third {write(node.body)}\)'
        case Space():
            return SPACES.get(round(18 * node.ems), f"#h({node.ems:.3f}em)")
        case Phantom():
            return f"#hide[${write(node.body)}$]"
        case Table():
            return _table(node)


def _escaped(text: str) -> str:
    return "".join(f"\\{each}" if each in SPECIAL else each for each in text)


def _quoted(text: str) -> str:
    inside = text.replace("\\", r"\\").replace('"', r"\"")
    return f'"{inside}"'


def _script(script: Script) -> str:
    base = write(script.base)
    if not base:
        base = "zws"
    elif not isinstance(script.base, Symbol | Number | Operator | Fenced) and not base.endswith(")"):
        base = f"attach({base})"
    if script.stacked and not isinstance(script.base, Operator | Symbol):
        base = f"limits({base})"
    signs = (("_", script.sub), ("^", script.sup))
    return base + "".join(f"{sign}{_small(part)}" for sign, part in signs if part is not None)


def _small(part: Node) -> str:
    """Return a script, in the brackets that do not print where it is more than a letter or a number."""
    text = write(part)
    return text if text.isdigit() or (len(text) == 1 and text.isalpha()) else f"({text})"


def _fenced(fenced: Fenced) -> str:
    pieces = [_escaped(fence(fenced.open))]
    for number, part in enumerate(fenced.parts):
        if number:
            pieces.append(f"mid({_escaped(fence(fenced.separators[number - 1]))})")
        pieces.append(write(part))
    return f"lr({' '.join([*pieces, _escaped(fence(fenced.close))])})"


def _styled(styled: Styled) -> str:
    pattern = FONTS.get(styled.font, "{}")
    word = letters(styled.body)
    body = _quoted(word) if word and len(word) > 1 else write(styled.body)
    return pattern.format(body) if "{" in pattern else f"{pattern}({body})"


def _accent(mark: Accent) -> str:
    body = write(mark.body)
    if mark.command == r"\boxed":
        return f"#box(stroke: 0.5pt, inset: 4pt)[${body}$]"
    if mark.command == r"\underrightarrow":
        return f"limits({body})_(stretch(→))"
    return f"{ACCENTS[mark.command]}({body})"


def _lines(table: Table) -> str:
    """Return aligned lines."""
    return " \\\n  ".join(" & ".join(write(cell) for cell in row) for row in table.rows)


def _table(table: Table) -> str:
    if table.name == "cases":
        return f"cases({', '.join(' & '.join(write(cell) for cell in row) for row in table.rows)})"
    opening, _ = MATRICES.get(table.name, ("", ""))
    options = [f"delim: {_quoted(opening) if opening else '#none'}"]
    if table.name == "aligned":
        options += ["align: #right", "column-gap: #0pt"]
    if lines := _rules(table):
        options.append(f"augment: #({lines})")
    rows = "; ".join(", ".join(write(cell) for cell in row) for row in table.rows)
    matrix = f"mat({', '.join(options)}, {rows})"
    is_framed = table.columns.startswith("|") and {0, len(table.rows)} <= table.rules
    return f"#box(stroke: 0.5pt, inset: 4pt)[$ {matrix} $]" if is_framed else matrix


def _rules(table: Table) -> str:
    """Return the inner lines of an array; those around it are a box."""
    across = [str(number) for number in sorted(table.rules) if 0 < number < len(table.rows)]
    place, down = 0, []
    for each in table.columns:
        if each != "|":
            place += 1
        elif 0 < place < len(table.columns.replace("|", "")):
            down.append(str(place))
    parts = {"hline": across, "vline": down}
    return ", ".join(f"{name}: ({', '.join(places)},)" for name, places in parts.items() if places)
