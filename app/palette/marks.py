"""Markers, dashes and hatches that tell series apart without colour, as each program calls them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Marker:
    """A symbol for the points of a series; vega is what Altair draws with."""

    matplotlib: str
    plotly: str
    pgfplots: str
    vega: str


@dataclass(frozen=True)
class Dash:
    """A pattern for the line of a series."""

    matplotlib: str
    plotly: str
    pgfplots: str
    vega: tuple[int, ...]


@dataclass(frozen=True)
class Hatch:
    """A pattern for the area of a series."""

    matplotlib: str
    plotly: str


MARKERS: Final = (
    Marker("o", "circle", "*", "circle"),
    Marker("s", "square", "square*", "square"),
    Marker("^", "triangle-up", "triangle*", "triangle-up"),
    Marker("D", "diamond", "diamond*", "diamond"),
    Marker("v", "triangle-down", "halfsquare*", "triangle-down"),
    Marker("P", "cross", "+", "cross"),
    Marker("X", "x", "x", "stroke"),
    Marker("p", "pentagon", "pentagon*", "triangle-right"),
    Marker("*", "star", "star", "triangle-left"),
    Marker("h", "hexagon", "otimes*", "wedge"),
)
DASHES: Final = (
    Dash("-", "solid", "solid", (1, 0)),
    Dash("--", "dash", "dashed", (6, 3)),
    Dash("-.", "dashdot", "dashdotted", (6, 3, 1, 3)),
    Dash(":", "dot", "dotted", (1, 3)),
)
HATCHES: Final = (
    *(Hatch("", ""), Hatch("//", "/"), Hatch("xx", "x"), Hatch("..", "."), Hatch("\\\\", "\\")),
    *(Hatch("++", "+"), Hatch("--", "-"), Hatch("||", "|")),
)


@dataclass(frozen=True)
class SeriesStyle:
    """What one series is drawn with besides its colour."""

    marker: Marker
    dash: Dash
    hatch: Hatch


def series_styles(count: int) -> list[SeriesStyle]:
    """Return styles of `count` series: the first 20 differ in marker or dash, neighbours in everything."""
    return [
        SeriesStyle(MARKERS[place % len(MARKERS)], DASHES[place % len(DASHES)], HATCHES[place % len(HATCHES)])
        for place in range(count)
    ]
