"""The same figures as a page of Plotly for the browser: one file that needs no network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from app.core.errors import InputError
from app.core.files import shown_name, write_atomic
from app.core.i18n import language, tr
from app.palette.colour import BLACK, Floats
from app.palette.figures.artists import MAP_CLASSES
from app.palette.figures.country import country
from app.palette.figures.data import FIGURES, MOST_SERIES, Series, Table, sample
from app.palette.files import read_json
from app.palette.formats.plots import plotly_template, stops
from app.palette.theme import Theme

_PAGE: Final = """\
<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ margin: 16px; font-family: sans-serif; background: {background}; color: {foreground}; }}
main {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(420px, 1fr)); gap: 16px; }}
h1 {{ font-size: 1.3em; }} h2 {{ font-size: 1em; margin: 0 0 4px; font-weight: 600; }}
</style>
<script>{script}</script></head>
<body><h1>{title}</h1><main>
{figures}
</main></body></html>
"""
_FIGURE: Final = '<section><h2>{title}</h2><div id="figure-{key}">{body}</div></section>'
_HEIGHT: Final = 300
_CONFIG: Final = {"displayModeBar": False, "responsive": True}
_GAP: Final = np.full((1, 2), np.nan)
"""Ends an outline."""
_MARGIN: Final = {"l": 36, "r": 12, "t": 8, "b": 28}


def write_page(theme: Theme, path: Path, *, table: Table | None = None, figure: Path | None = None) -> None:
    """Write a page with all figures in the colours of a theme.

    `table` is drawn first; `figure` is a file of Plotly's JSON that is shown as it is but in these colours. Raises
    `InputError`, `StorageError`.
    """
    figures: dict[str, tuple[str, Any]] = {}
    if figure is not None:
        figures["own"] = figure.stem, own_figure(theme, figure)
    elif table is not None:
        figures["own"] = table.title, _own(table)
    figures |= {key: (tr(title), _MAKERS[key](theme)) for key, title in FIGURES.items()}
    bodies = [
        _FIGURE.format(title=escape(title), key=key, body=_html(drawn, theme, key))
        for key, (title, drawn) in figures.items()
    ]
    page = _PAGE.format(
        language=language().replace("_", "-"),
        title=escape(theme.name),
        background=theme.background,
        foreground=theme.foreground,
        script=get_plotlyjs(),
        figures="\n".join(bodies),
    )
    write_atomic(path, page)


def template(theme: Theme) -> Any:
    """Return the theme on top of Plotly's white or dark template."""
    base = "plotly_white" if theme.foreground == BLACK else "plotly_dark"
    figure = go.Figure(layout={"template": base})
    return figure.layout.template.update(plotly_template(theme))


def _html(figure: Any, theme: Theme, key: str) -> str:
    figure.update_layout(template=template(theme), height=_HEIGHT, margin=_MARGIN)
    text: str = figure.to_html(full_html=False, include_plotlyjs=False, div_id=f"plot-{key}", config=_CONFIG)
    return text


def own_figure(theme: Theme, path: Path) -> Any:
    """Return a figure of Plotly's JSON without the colours of its own. Raises `InputError`."""
    content = read_json(path)
    try:
        figure = go.Figure(content)
    except (ValueError, TypeError) as error:
        raise InputError(tr("Plotly rejects {name}: it is no figure.", name=shown_name(path))) from error
    for trace in figure.data:
        trace.update(_COLOURLESS.get(trace.type, {}))
    figure.update_layout(colorway=None)
    return figure


_COLOURLESS: Final[Mapping[str, Mapping[str, Any]]] = {
    **{kind: {"line": {"color": None}, "marker": {"color": None}} for kind in ("scatter", "scattergl")},
    **{kind: {"marker": {"color": None}} for kind in ("bar", "histogram", "box")},
    **{kind: {"colorscale": None} for kind in ("heatmap", "contour", "surface")},
}
"""Type of trace to what takes its own colours away, so that those of the template show."""


def _lines(series: Sequence[Series], mode: str) -> Any:
    return go.Figure([go.Scatter(x=each.x, y=each.y, name=each.name, mode=mode) for each in series])


def _count(theme: Theme) -> int:
    return min(len(theme.colours), MOST_SERIES)


def _bars(heights: Sequence[Sequence[float]]) -> Any:
    return go.Figure([go.Bar(y=row, name=f"m{number}") for number, row in enumerate(heights, 1)])


def _confusion() -> Any:
    rates = sample().confusion
    trace = go.Heatmap(z=rates, zmin=0, zmax=1, text=np.round(100 * rates), texttemplate="%{text:.0f}")
    return go.Figure(trace, layout={"yaxis": {"autorange": "reversed"}})


def _districts(values: Floats, colours: Sequence[str], theme: Theme) -> Any:
    """Return a map: one trace for each class, the districts in it with gaps between."""
    line = {"color": theme.background, "width": 0.7, "dash": "solid"}
    traces = []
    for number, members in enumerate(_classes(values, len(colours))):
        x, y = np.vstack([np.vstack([border, border[:1], _GAP]) for border in members] or [_GAP]).T
        traces.append(go.Scatter(x=x, y=y, fill="toself", fillcolor=colours[number], line=line, mode="lines"))
    hidden = {"visible": False}
    return go.Figure(traces, layout={"xaxis": hidden, "yaxis": hidden, "showlegend": False})


def _classes(values: Floats, count: int) -> list[list[Floats]]:
    """Return the districts (points, 2) of each class."""
    numbers = np.minimum((values * count).astype(int), count - 1)
    return [[country().districts[place] for place in np.flatnonzero(numbers == number)] for number in range(count)]


_MAKERS: Final[Mapping[str, Callable[[Theme], Any]]] = {
    "line": lambda theme: _lines(sample().curves[: _count(theme)], "lines+markers" if theme.with_marks else "lines"),
    "scatter": lambda theme: _lines(sample().clouds[: _count(theme)], "markers"),
    "bar": lambda theme: _bars(sample().bars[: _count(theme)].tolist()),
    "heatmap": lambda theme: go.Figure(go.Heatmap(z=(sample().field + 1) / 2)),
    "contour": lambda theme: go.Figure(
        go.Contour(z=sample().field, zmid=0, colorscale=plotly_template(theme)["layout"]["colorscale"]["diverging"])
    ),
    "choropleth": lambda theme: _districts(country().values, stops(theme.sequential.colours, MAP_CLASSES), theme),
    "confusion": lambda theme: _confusion(),
    "map": lambda theme: _districts(country().shuffled, theme.colours[:MOST_SERIES], theme),
}
"""Figure to the function from a theme to Plotly's figure."""


def _own(table: Table) -> Any:
    if table.kind == "bar":
        return go.Figure([go.Bar(x=table.labels, y=each.y, name=each.name) for each in table.series])
    if table.kind == "heatmap":
        return go.Figure(go.Heatmap(z=[each.y for each in table.series]))
    return _lines(table.series, "markers" if table.kind == "scatter" else "lines")
