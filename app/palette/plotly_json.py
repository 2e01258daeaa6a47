"""Figures and templates of Plotly, as its JSON has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from app.palette.colour import flatten, from_levels, parse_hex

_RGB: Final = re.compile(r"rgba?\(\s*([\d.]+)\s*,\s*([\d.]+)\s*,\s*([\d.]+)\s*(?:,\s*([\d.]+)\s*)?\)", re.IGNORECASE)
_HEX: Final = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)


def plotly_colours(content: Any, background: str) -> list[str]:
    """Return the colours of the traces of a figure, or else those that its template deals out to traces."""
    figure = _mapping(content)
    own = [colour for trace in _items(figure.get("data")) for colour in _trace_colours(trace)]
    return list(dict.fromkeys(_readable(own, background) or _readable(_colorway(figure), background)))


def _trace_colours(trace: Any) -> Iterator[Any]:
    for part in ("line", "marker"):
        colour = _mapping(_mapping(trace).get(part)).get("color")
        yield from colour if isinstance(colour, list) else [colour]


def _colorway(figure: Mapping[str, Any]) -> list[Any]:
    """Return the colours for traces of a figure, of its template, or of a template by itself."""
    layout = _mapping(figure.get("layout"))
    template = _mapping(_mapping(layout.get("template")).get("layout"))
    return next((found for place in (layout, template) if (found := _items(place.get("colorway")))), [])


def _readable(texts: Iterable[Any], background: str) -> list[str]:
    return [colour for text in texts if isinstance(text, str) and (colour := css_colour(text.strip(), background))]


def css_colour(text: str, background: str) -> str | None:
    """Return "#rrggbb" for "#1f77b4", "rgb(31, 119, 180)" and their translucent forms; None for anything else."""
    if _HEX.fullmatch(text):
        return parse_hex(text, background)
    if not (found := _RGB.fullmatch(text)):
        return None
    *levels, alpha = found.groups()
    opaque = from_levels(map(float, levels))
    return flatten(opaque, min(float(alpha), 1.0), background) if alpha else opaque


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
