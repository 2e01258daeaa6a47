"""Environments: matrices, cases, arrays with rules, aligned lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from app.core.i18n import tr
from app.formula import mathml_spacing
from app.formula.mathml import Reader, Style, fenced, styled_row
from app.formula.mathml_spacing import Atom
from app.formula.tex_scan import TexError, Token

CELL_ENDS: Final = frozenset({"&", r"\\", r"\cr", r"\end"})
RULES: Final = (r"\hline", r"\hdashline", r"\toprule", r"\midrule", r"\bottomrule", r"\cline")


@dataclass(frozen=True)
class Layout:
    """How the cells of an environment are set: columns as in `array`, repeated; gaps and rows in ems."""

    columns: str
    gaps: tuple[float, ...] = (1.0,)
    row_gap: float = 0.2
    display: bool = False
    small: bool = False
    open: str = ""
    close: str = ""
    takes: str = ""
    """Argument after the name: "columns", "count" or none."""


ALIGNED: Final = Layout("rl", (0.0, 2.0), 0.5, display=True)
CENTRED: Final = Layout("c", (1.0,), 0.5, display=True)
CASES: Final = Layout("l", (1.0,), 0.25, open="{")
ENVIRONMENTS: Final[dict[str, Layout]] = {
    "matrix": Layout("c"),
    "pmatrix": Layout("c", open="(", close=")"),
    "bmatrix": Layout("c", open="[", close="]"),
    "Bmatrix": Layout("c", open="{", close="}"),
    "vmatrix": Layout("c", open="|", close="|"),
    "Vmatrix": Layout("c", open="‖", close="‖"),
    "smallmatrix": Layout("c", (0.3,), 0.1, small=True),
    "array": Layout("c", takes="columns"),
    "tabular": Layout("c", takes="columns"),
    "subarray": Layout("c", row_gap=0.05, small=True, takes="columns"),
    "cases": CASES,
    "dcases": Layout("l", (1.0,), 0.25, display=True, open="{"),
    "rcases": Layout("l", (1.0,), 0.25, close="}"),
    "drcases": Layout("l", (1.0,), 0.25, display=True, close="}"),
    **dict.fromkeys(("aligned", "align", "align*", "split", "flalign", "flalign*"), ALIGNED),
    **dict.fromkeys(("alignedat", "alignat", "alignat*"), Layout("rl", (0.0,), 0.5, display=True, takes="count")),
    **dict.fromkeys(("eqnarray", "eqnarray*"), Layout("rcl", (0.3,), 0.5, display=True)),
    **dict.fromkeys(("gathered", "gather", "gather*", "multline", "multline*", "multlined"), CENTRED),
}
TRANSPARENT: Final = frozenset({"equation", "equation*", "displaymath", "math", "subequations"})
"""Environments that only say where the formula stands."""


def environment(reader: Reader, opening: Token, style: Style) -> Atom:
    r"""Read one environment after `\begin`."""
    name, _ = reader.scan.raw_group()
    if name in TRANSPARENT:
        element = reader.row(style, frozenset({r"\end"}))
        _close(reader, opening, name)
        return Atom(element)
    layout = ENVIRONMENTS.get(name.removesuffix("*")) if name.endswith("matrix*") else ENVIRONMENTS.get(name)
    if layout is None:
        part = rf"\begin{{{name}}}"
        raise TexError(tr("The preview does not know “{part}”.", part=part), opening.start, reader.scan.place)
    columns, lines = _columns(reader, name, layout)
    table = _table(reader, layout, columns, lines, style)
    _close(reader, opening, name)
    if layout.open or layout.close:
        return Atom(fenced(table, layout.open, layout.close), "inner")
    return Atom(table)


def substack(reader: Reader, _opening: Token, style: Style) -> Atom:
    r"""Read `\substack`: centred lines in small type."""
    opening = reader.scan.take()
    if opening.text != "{":
        raise TexError(tr("Something is missing here."), opening.start, opening.end)
    table = _new_table(Layout("c", row_gap=0.05), "c", "")
    for row in _rows(reader, table):
        SubElement(row, "mtd").append(reader.row(style, frozenset({r"\\", "}"})))
    reader.expect("}", opening)
    return Atom(table)


def _columns(reader: Reader, name: str, layout: Layout) -> tuple[str, str]:
    """Return one letter a column and one a gap: "|" where there is a line, the outer gaps included."""
    if layout.takes == "count":
        reader.scan.raw_group()
    option = reader.scan.raw_option() if layout.takes == "columns" or name.endswith(("*", "ed")) else None
    if layout.takes != "columns":
        columns = re.sub(r"[^lcr]", "", option or "") if name.endswith("matrix*") else ""
        return columns or layout.columns, ""
    text, _ = reader.scan.raw_group()
    text = re.sub(r"[@!>]\{[^}]*\}|[pmb]\{[^}]*\}", lambda found: "l" if found[0][0] in "pmb" else "", text)
    columns = re.sub(r"[^lcr]", "", text)
    gaps = [("|" if "|" in gap else " ") for gap in re.split("[lcr]", text)]
    return columns or "c", "".join(gaps)


def _table(reader: Reader, layout: Layout, columns: str, lines: str, style: Style) -> Element:
    """Read the cells of an environment."""
    table = _new_table(layout, columns, lines)
    inside = Style(layout.display, style.script + layout.small, style.font)
    outer_tag = reader.take_tag()
    for row in _rows(reader, table):
        while True:
            cell = SubElement(row, "mtd")
            cell.append(_cell(reader, inside, continued=layout.columns == "rl" and len(row) % 2 == 0))
            if not reader.scan.take_if("&"):
                break
        if tag := reader.take_tag():
            row.set("tagged", "true")
            SubElement(row, "mtd").append(tag[0])
    reader.tag = outer_tag[0] if outer_tag else None
    if layout.small:
        return styled_row(table, display=False, level=style.script + 1)
    return table


def _cell(reader: Reader, style: Style, *, continued: bool) -> Element:
    """Read one cell; a `continued` one carries on the expression of the cell before, which matters for its spacing."""
    atoms = reader.atoms(style, CELL_ENDS)
    if continued:
        atoms.insert(0, Atom(mathml_spacing.space(0)))
    return styled_row(mathml_spacing.row(atoms, in_script=style.script > 0), display=style.display)


def _rows(reader: Reader, table: Element) -> Iterator[Element]:
    """Yield a new row of `table` for every row in the source; the caller reads its cells."""
    rules: dict[int, str] = {}
    number = 0
    while True:
        while rule := reader.scan.take_if(*RULES):
            rules[number] = "solid"
            if rule.text == r"\cline":
                reader.scan.raw_group()
        token = reader.scan.peek()
        if token is None or (number and token.text in {r"\end", "}"}):
            break
        yield SubElement(table, "mtr")
        number += 1
        if not reader.scan.take_if(r"\\", r"\cr"):
            break
        _pass_row_option(reader)
    table.set("rowlines", "".join("-" if row in rules else " " for row in range(number + 1)))


def _pass_row_option(reader: Reader) -> None:
    r"""Go past the star and the extra distance that may follow `\\`."""
    reader.scan.take_if("*")
    token = reader.scan.peek()
    if token and token.text == "[" and re.match(r"\[\s*-?[\d.]+\s*[a-z]+\s*\]", reader.scan.source[token.start :]):
        reader.scan.raw_option()


def _new_table(layout: Layout, columns: str, lines: str) -> Element:
    """Return an empty table with the attributes that `render_nodes.Table` reads."""
    gaps = " ".join(f"{gap * mathml_spacing.EM:.3f}em" for gap in layout.gaps)
    row_gap = f"{layout.row_gap * mathml_spacing.EM:.3f}em"
    return Element("paperdesk-table", columns=columns, gaps=gaps, rowgap=row_gap, columnlines=lines)


def _close(reader: Reader, opening: Token, name: str) -> None:
    r"""Take the matching `\end`."""
    ending = reader.scan.take_if(r"\end")
    if ending is None:
        raise TexError(tr("“{part}” is never closed.", part=rf"\begin{{{name}}}"), opening.start, opening.end)
    closed, place = reader.scan.raw_group()
    if closed != name:
        text = tr("“{part}” is closed by “{other}”.", part=rf"\begin{{{name}}}", other=rf"\end{{{closed}}}")
        raise TexError(text, ending.start, place + len(closed) + 1)
