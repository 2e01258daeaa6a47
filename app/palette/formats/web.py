"""Files for web pages, R and spreadsheets, and plain JSON for everything else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from app.palette.formats.plots import stops
from app.palette.theme import Theme

_D3: Final = """\
// {name}: import {{ colours, ordinal, sequential, diverging }} from "./{name}.mjs";
import {{ piecewise, interpolateRgb }} from "d3-interpolate";
import {{ scaleDiverging, scaleOrdinal, scaleSequential }} from "d3-scale";

export const colours = {colours};
export const ordinal = () => scaleOrdinal(colours);
export const sequential = () => scaleSequential(piecewise(interpolateRgb, {sequential}));
export const diverging = () => scaleDiverging(piecewise(interpolateRgb, {diverging}));
"""
_R: Final = """\
# {name}: source("{name}.R"), then ggplot(...) + scale_colour_{name}()
{name}_colours <- c({colours})
{name}_sequential <- c({sequential})
{name}_diverging <- c({diverging})

scale_colour_{name} <- function(...) ggplot2::scale_colour_manual(values = {name}_colours, ...)
scale_fill_{name} <- function(...) ggplot2::scale_fill_manual(values = {name}_colours, ...)
scale_colour_{name}_c <- function(...) ggplot2::scale_colour_gradientn(colours = {name}_sequential, ...)
scale_fill_{name}_c <- function(...) ggplot2::scale_fill_gradientn(colours = {name}_sequential, ...)
scale_fill_{name}_div <- function(...) ggplot2::scale_fill_gradientn(colours = {name}_diverging, ...)
"""


def css(theme: Theme) -> dict[str, str]:
    """Return custom properties: the colours, and each ramp as a gradient."""
    name = theme.name.replace("_", "-")
    lines = [f"  --{name}-{number}: {colour};" for number, colour in enumerate(theme.colours, 1)]
    for kind, ramp in (("sequential", theme.sequential), ("diverging", theme.diverging)):
        lines.append(f"  --{name}-{kind}: linear-gradient(to right, {', '.join(stops(ramp.colours))});")
    return {f"{name}.css": ":root {\n" + "\n".join(lines) + "\n}\n"}


def plain(theme: Theme) -> dict[str, str]:
    """Return everything as JSON, which Paperdesk reads back."""
    content = {
        "name": theme.name,
        "colours": list(theme.colours),
        "sequential": list(theme.sequential.colours),
        "diverging": list(theme.diverging.colours),
        "background": theme.background,
    }
    if theme.with_marks:
        content["markers"] = [mark.marker.matplotlib for mark in theme.marks]
        content["dashes"] = [mark.dash.matplotlib for mark in theme.marks]
        content["hatches"] = [mark.hatch.matplotlib for mark in theme.marks]
    return {f"{theme.name}.palette.json": json.dumps(content, indent=1) + "\n"}


def d3(theme: Theme) -> dict[str, str]:
    """Return a module with scales for D3."""
    text = _D3.format(
        name=theme.name,
        colours=json.dumps(theme.colours),
        sequential=json.dumps(stops(theme.sequential.colours)),
        diverging=json.dumps(stops(theme.diverging.colours)),
    )
    return {f"{theme.name}.mjs": text}


def r(theme: Theme) -> dict[str, str]:
    """Return scales for ggplot2."""
    text = _R.format(
        name=theme.name,
        colours=_quoted(theme.colours),
        sequential=_quoted(stops(theme.sequential.colours)),
        diverging=_quoted(stops(theme.diverging.colours)),
    )
    return {f"{theme.name}.R": text}


def _quoted(colours: Sequence[str]) -> str:
    return ", ".join(f'"{colour}"' for colour in colours)


def sheets(theme: Theme) -> dict[str, str]:
    """Return the colours one a line, as the custom colours of Google Sheets are typed in."""
    return {f"{theme.name}_sheets.txt": "\n".join(theme.colours) + "\n"}
