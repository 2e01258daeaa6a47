"""Files for the plotting libraries of Python."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from app.palette.colour import WHITE
from app.palette.theme import Theme

_STYLE = """\
# {name}: a style for matplotlib.
# plt.style.use("{use}")
{lines}
"""
_PACKAGE = '''\
"""{name}: colours and colour maps for matplotlib. Put this folder where Python finds it.

plt.style.use("{name}.style") sets colours and colour map; importing {name} registers the colour maps
"{name}_sequential" and "{name}_diverging" and the colour sequence "{name}".
"""

import matplotlib as mpl
from matplotlib.colors import LinearSegmentedColormap

COLOURS = {colours}
SEQUENTIAL = {sequential}
DIVERGING = {diverging}

mpl.color_sequences.register("{name}", COLOURS)
for _name, _colours in (("{name}_sequential", SEQUENTIAL), ("{name}_diverging", DIVERGING)):
    mpl.colormaps.register(LinearSegmentedColormap.from_list(_name, _colours), force=True)
'''
_PLOTLY = '''\
"""{name}: a template for Plotly, in {name}.json beside this file.

import {name}_plotly, then figure.update_layout(template="plotly_white+{name}"), or let it be the default:
plotly.io.templates.default = "plotly_white+{name}"
"""

import json
from pathlib import Path

import plotly.io as pio

pio.templates["{name}"] = json.loads(Path(__file__).with_name("{name}.json").read_text(encoding="utf-8"))
'''
_SEABORN = '''\
"""{name}: colours for seaborn: import {name}_seaborn, then {name}_seaborn.use()."""

import seaborn as sns

COLOURS = {colours}
SEQUENTIAL = {sequential}
DIVERGING = {diverging}


def use(**settings):
    """Set the theme of all later plots; `settings` are those of seaborn.set_theme."""
    sns.set_theme(**{{"palette": COLOURS, "style": "ticks", **settings}})


def cmap(diverging=False):
    """Return the colour map for heat maps."""
    return sns.blend_palette(DIVERGING if diverging else SEQUENTIAL, as_cmap=True)
'''
_ALTAIR = '''\
"""{name}: a theme for Altair: import {name}_altair."""

import altair as alt

CONFIG = {config}


@alt.theme.register("{name}", enable=True)
def {name}() -> alt.theme.ThemeConfig:
    """Return the theme."""
    return {{"config": CONFIG}}
'''
_STOPS = 52
"""Colours that a ramp is written by where all of it would be too much: every fifth of 256, the ends included."""


_OVER = {"fillmode": "overlay", "solidity": 0.25}
"""How Plotly draws hatches: over the colour, which stays what it is."""


def stops(colours: Sequence[str], most: int = _STOPS) -> list[str]:
    """Return at most `most` colours of a ramp, evenly spaced, its ends included."""
    count = min(most, len(colours))
    return [colours[round(place * (len(colours) - 1) / (count - 1))] for place in range(count)]


def matplotlib(theme: Theme) -> dict[str, str]:
    """Return a style, and a package with the style and its colour maps."""
    name = theme.name
    package = _PACKAGE.format(
        name=name,
        colours=list(theme.colours),
        sequential=list(theme.sequential.colours),
        diverging=list(theme.diverging.colours),
    )
    return {
        f"{name}.mplstyle": matplotlib_style(theme),
        f"{name}/__init__.py": package,
        f"{name}/style.mplstyle": _style(theme, f"{name}.style", [f"image.cmap: {name}_sequential"]),
    }


def matplotlib_style(theme: Theme) -> str:
    """Return the style alone; it cannot bring a colour map, for which Python code has to run."""
    return _style(theme, theme.name, [])


def _style(theme: Theme, use: str, lines: Sequence[str]) -> str:
    """Return a style; colours are written without #, which would begin a comment."""
    cycle = {"color": [colour[1:] for colour in theme.colours]}
    if theme.with_marks:
        cycle["marker"] = [mark.marker.matplotlib for mark in theme.marks]
        cycle["linestyle"] = [mark.dash.matplotlib for mark in theme.marks]
    cyclers = " + ".join(f"cycler({key!r}, {values})" for key, values in cycle.items())
    all_lines = [f"axes.prop_cycle: {cyclers}", *lines, *_matplotlib_background(theme)]
    return _STYLE.format(name=theme.name, use=use, lines="\n".join(all_lines))


def _matplotlib_background(theme: Theme) -> list[str]:
    if theme.background == WHITE:
        return []
    behind, front = theme.background[1:], theme.foreground[1:]
    inks = ("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color")
    return [
        *(f"{key}: {behind}" for key in ("figure.facecolor", "axes.facecolor")),
        *(f"{key}: {front}" for key in inks),
    ]


def plotly(theme: Theme) -> dict[str, str]:
    """Return a template and the module that registers it."""
    return {
        f"{theme.name}.json": json.dumps(plotly_template(theme), indent=1),
        f"{theme.name}_plotly.py": _PLOTLY.format(name=theme.name),
    }


def plotly_template(theme: Theme) -> dict[str, Any]:
    """Return the template as Plotly's JSON."""
    sequential, diverging = _colorscale(theme.sequential.colours), _colorscale(theme.diverging.colours)
    layout: dict[str, Any] = {
        "colorway": list(theme.colours),
        "colorscale": {
            "sequential": sequential,
            "sequentialminus": _colorscale(theme.sequential.colours[::-1]),
            "diverging": diverging,
        },
        "coloraxis": {"colorscale": sequential},
    }
    if theme.background != WHITE:
        layout |= {
            "paper_bgcolor": theme.background,
            "plot_bgcolor": theme.background,
            "font": {"color": theme.foreground},
        }
    return {"layout": layout, "data": _plotly_traces(theme, sequential)}


def _colorscale(colours: Sequence[str]) -> list[list[float | str]]:
    chosen = stops(colours)
    return [[round(place / (len(chosen) - 1), 4), colour] for place, colour in enumerate(chosen)]


def _plotly_traces(theme: Theme, sequential: Sequence[Any]) -> dict[str, Any]:
    traces: dict[str, Any] = {
        kind: [{"colorscale": sequential}] for kind in ("heatmap", "contour", "surface", "choropleth")
    }
    if theme.with_marks:
        traces["scatter"] = [
            {"marker": {"symbol": mark.marker.plotly}, "line": {"dash": mark.dash.plotly}} for mark in theme.marks
        ]
        traces["bar"] = [{"marker": {"pattern": {"shape": mark.hatch.plotly, **_OVER}}} for mark in theme.marks]
    return traces


def seaborn(theme: Theme) -> dict[str, str]:
    """Return a module with the colours."""
    text = _SEABORN.format(
        name=theme.name,
        colours=list(theme.colours),
        sequential=list(theme.sequential.colours),
        diverging=list(theme.diverging.colours),
    )
    return {f"{theme.name}_seaborn.py": text}


def altair(theme: Theme) -> dict[str, str]:
    """Return a module that registers the theme."""
    return {f"{theme.name}_altair.py": _ALTAIR.format(name=theme.name, config=json.dumps(_vega(theme), indent=4))}


def _vega(theme: Theme) -> Mapping[str, Any]:
    sequential = stops(theme.sequential.colours)
    ranges: dict[str, Any] = {
        "category": list(theme.colours),
        "heatmap": sequential,
        "ramp": sequential,
        "ordinal": sequential,
        "diverging": stops(theme.diverging.colours),
    }
    if theme.with_marks:
        ranges["symbol"] = [mark.marker.vega for mark in theme.marks]
    config: dict[str, Any] = {"background": theme.background, "range": ranges}
    if theme.background != WHITE:
        ink = theme.foreground
        config |= {
            "axis": {"labelColor": ink, "titleColor": ink, "tickColor": ink, "domainColor": ink},
            "legend": {"labelColor": ink, "titleColor": ink},
            "title": {"color": ink},
        }
    return config
