"""What ziamath lacks or does slowly: tables with rules, aligned columns, arrows as long as their labels, deep nesting.

ziamath keeps its kinds of nodes in one table by tag; ours have tags of their own, so that its own are as before.
"""

from __future__ import annotations

from typing import Any, Final
from xml.etree.ElementTree import Element

from ziafont.fonttypes import BBox
from ziamath.drawable import HLine, VLine
from ziamath.nodes import Mnode, mrow

ARROW_PADDING: Final = 0.5
"""Ems that an arrow is longer than its label."""
RULE_GAP: Final = 0.35
"""Ems between a rule and the cells."""


class Arrow(Mnode, tag="paperdesk-arrow"):  # type: ignore[call-arg,misc]
    """An arrow with a label above and one below, as long as the longer one."""

    def __init__(self, element: Element, parent: Any, **kwargs: Any) -> None:
        super().__init__(element, parent, **kwargs)
        above, below = (self._label(label, **kwargs) for label in element)
        width = max(above.bbox.xmax, below.bbox.xmax, self.glyphsize) + 2 * ARROW_PADDING * self.glyphsize
        shaft = Element("mo", stretchy="true", lspace="0", rspace="0", form="prefix")
        shaft.text = element.get("character")
        arrow = Mnode.fromelement(shaft, parent=self, **{**kwargs, "width": width})
        gap = 0.12 * self.glyphsize
        width = max(width, arrow.bbox.xmax)
        self.nodes = [arrow, above, below]
        up = -arrow.bbox.ymax - gap + above.bbox.ymin
        down = -arrow.bbox.ymin + gap + below.bbox.ymax
        self.nodexy = [(0.0, 0.0), ((width - above.bbox.xmax) / 2, up), ((width - below.bbox.xmax) / 2, down)]
        bottom = below.bbox.ymin - down if below.bbox.xmax else arrow.bbox.ymin
        self.bbox = BBox(0, width, bottom, above.bbox.ymax - up)

    def _label(self, element: Element, **kwargs: Any) -> Any:
        """Return one label, in small type."""
        self.increase_child_scriptlevel(element)
        return Mnode.fromelement(element, parent=self, **kwargs)


class Table(Mnode, tag="paperdesk-table"):  # type: ignore[call-arg,misc]
    """Rows and columns; see `mathml_tables._new_table` for the attributes."""

    def __init__(self, element: Element, parent: Any, **kwargs: Any) -> None:
        super().__init__(element, parent, **kwargs)
        kwargs = {key: value for key, value in kwargs.items() if key in {"phantom", "nostretch"}}
        self.rows = [[Mnode.fromelement(cell, parent=self, **kwargs) for cell in row] for row in element]
        self.tagged = [row.get("tagged") == "true" for row in element]
        self.thickness = self.units_to_points(self.font.math.consts.fractionRuleThickness)
        self.nodes: list[Any] = []
        self.nodexy: list[tuple[float, float]] = []
        lefts, widths = self._columns()
        baselines, ruled = self._place_rows()
        self._place_cells(lefts, widths, baselines)
        self._draw_rules(lefts, widths, ruled, **kwargs)

    def _columns(self) -> tuple[list[float], list[float]]:
        """Return the left side and the width of each column; the last one is the one of the tags."""
        count = max((len(row) - tagged for row, tagged in zip(self.rows, self.tagged, strict=True)), default=0)
        widths = [0.0] * (count + any(self.tagged))
        for row, tagged in zip(self.rows, self.tagged, strict=True):
            for column, cell in enumerate(row):
                place = len(widths) - 1 if tagged and column == len(row) - 1 else column
                widths[place] = max(widths[place], cell.bbox.xmax)
        gaps = [self.size_px(gap) for gap in self.element.get("gaps", "0").split()]
        lines = self.element.get("columnlines", "")
        edge = RULE_GAP * self.glyphsize
        lefts, x = [], edge if lines.startswith("|") else 0.0
        for column, width in enumerate(widths):
            lefts.append(x)
            x += width + (2 * self.glyphsize if column == count - 1 and any(self.tagged) else gaps[column % len(gaps)])
        return lefts, widths

    def _place_rows(self) -> tuple[list[float], list[float]]:
        """Return the baselines of the rows and, for every gap before, between and after them, where a rule goes."""
        row_gap, rule_gap = self.size_px(self.element.get("rowgap", "0")), RULE_GAP * self.glyphsize
        ruled = [mark == "-" for mark in self.element.get("rowlines", "").ljust(len(self.rows) + 1)]
        baselines: list[float] = []
        rules, y = [0.0], rule_gap if ruled[0] else 0.0
        for number, row in enumerate(self.rows):
            baselines.append(y + max([0.7 * self.glyphsize, *(_top(cell) for cell in row)]))
            bottom = baselines[-1] + max([0.3 * self.glyphsize, *(-_bottom(cell) for cell in row)])
            last = number == len(self.rows) - 1
            gap = (0.0 if last else row_gap) + (rule_gap * (1 if last else 1.5) if ruled[number + 1] else 0.0)
            rules.append(bottom + (gap if last else gap / 2))
            y = bottom + gap
        shift = -rules[-1] / 2 - self.units_to_points(self.font.math.consts.axisHeight)
        return [baseline + shift for baseline in baselines], [rule + shift for rule in rules]

    def _place_cells(self, lefts: list[float], widths: list[float], baselines: list[float]) -> None:
        """Give every cell its place in its column."""
        columns = self.element.get("columns", "c")
        for row, tagged, baseline in zip(self.rows, self.tagged, baselines, strict=True):
            for column, cell in enumerate(row):
                is_tag = tagged and column == len(row) - 1
                place = len(widths) - 1 if is_tag else column
                align = "r" if is_tag else columns[column % len(columns)]
                spare = (widths[place] - cell.bbox.xmax) * {"l": 0.0, "c": 0.5, "r": 1.0}[align]
                self.nodes.append(cell)
                self.nodexy.append((lefts[place] + spare, baseline))

    def _draw_rules(self, lefts: list[float], widths: list[float], ruled: list[float], **kwargs: Any) -> None:
        """Draw the lines between rows and columns and settle the size."""
        lines, edge = self.element.get("columnlines", ""), RULE_GAP * self.glyphsize
        ends = [left + size for left, size in zip(lefts, widths, strict=True)]
        width = (ends[-1] if ends else 0.0) + (edge if len(lines) > 1 and lines.endswith("|") else 0.0)
        middles = [0.0, *((end + left) / 2 for end, left in zip(ends, lefts[1:], strict=False)), width]
        for mark, y in zip(self.element.get("rowlines", ""), ruled, strict=False):
            if mark == "-":
                self.nodes.append(HLine(width, self.thickness, style=self.style, **kwargs))
                self.nodexy.append((0.0, y - self.thickness / 2))
        for mark, x in zip(lines, middles, strict=False):
            if mark == "|":
                self.nodes.append(VLine(ruled[-1] - ruled[0], self.thickness, style=self.style, **kwargs))
                self.nodexy.append((x, ruled[0]))
        self.bbox = BBox(0, width, -ruled[-1], -ruled[0])


def _top(node: Any) -> float:
    """Return how far `node` reaches above its baseline; nothing for an empty one."""
    top, bottom = float(node.bbox.ymax), float(node.bbox.ymin)
    return top if top >= bottom else 0.0


def _bottom(node: Any) -> float:
    """Return how far `node` reaches above its baseline at its lowest; nothing for an empty one."""
    top, bottom = float(node.bbox.ymax), float(node.bbox.ymin)
    return bottom if top >= bottom else 0.0


_measured = mrow.Mrow._get_height_nostretch


def _measured_once(row: Any, line: list[Element], **kwargs: Any) -> tuple[float, float]:
    """Return a row's height without its delimiters, which grow to that height; 0 for a row that has none.

    ziamath builds every row twice to learn this height, and again twice within the first time: twice the time for
    every level of nesting. It is needed for delimiters only, and they are left out while it is being found.
    """
    if kwargs.get("nostretch") or not any(child.get("fence") for child in line):
        return 0.0, 0.0
    height: tuple[float, float] = _measured(row, line, **kwargs)
    return height


mrow.Mrow._get_height_nostretch = _measured_once
