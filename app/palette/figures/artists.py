"""What is coloured in each figure, drawn by matplotlib."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.lines import Line2D

from app.palette.colour import Floats, lightness, to_rgb
from app.palette.figures.country import country
from app.palette.figures.data import CLASSES, MOST_SERIES, Series, Table, sample
from app.palette.formats.plots import stops
from app.palette.theme import Theme

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

MAP_CLASSES: Final = 7
"""Classes of the choropleth map."""
_CONTOURS: Final = 11
_KEYS: Final = 4
"""Series in a row of a key."""
_SHORT: Final = 12
"""Characters of a name that fit into a key."""
_DARK: Final = 55.0
"""Lightness L* under which white writing is read more easily than black."""


def draw_lines(axes: Axes, theme: Theme, series: Sequence[Series]) -> list[Artist]:
    """Draw a line for each series and a key to them, with markers if the theme has them."""
    drawn: list[Artist] = []
    for place, (each, colour, style) in enumerate(zip(series, theme.colours, theme.marks, strict=False)):
        dash, marker = (style.dash.matplotlib, style.marker.matplotlib) if theme.with_marks else ("-", "")
        look: dict[str, Any] = {"color": colour, "linestyle": dash, "marker": marker, "markersize": 4}
        left, height = 0.03 + place % _KEYS / _KEYS, 0.95 - 0.075 * (place // _KEYS)
        sample_x = [left, left + 0.045, left + 0.09]
        key = Line2D(sample_x, [height] * 3, transform=axes.transAxes, markevery=[1], **look)
        name = axes.text(left + 0.105, height, each.name[:_SHORT], va="center", size="small", transform=axes.transAxes)
        drawn += [axes.add_line(Line2D(each.x, each.y, markevery=0.1, **look)), axes.add_line(key), name]
    return drawn


def draw_points(axes: Axes, theme: Theme, series: Sequence[Series]) -> list[Artist]:
    """Draw a cloud of points for each series."""
    return [
        axes.scatter(each.x, each.y, s=14, color=colour, marker=style.marker.matplotlib if theme.with_marks else "o")
        for each, colour, style in zip(series, theme.colours, theme.marks, strict=False)
    ]


def draw_bars(axes: Axes, theme: Theme, heights: Floats) -> list[Artist]:
    """Draw groups of bars for heights (series, groups), hatched if the theme has marks."""
    width = 0.84 / min(len(heights), len(theme.colours))
    bars: list[Artist] = []
    for place, (row, colour, style) in enumerate(zip(heights, theme.colours, theme.marks, strict=False)):
        left = np.arange(len(row)) - 0.42 + place * width
        right, top, bottom = left + width, np.nan_to_num(row), np.zeros(len(row))
        corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
        outlines = list(np.stack([np.stack(corner, axis=1) for corner in corners], axis=1))
        collection = PolyCollection(outlines, facecolors=colour, edgecolors=theme.background, linewidths=0.4)
        collection.set_hatch(style.hatch.matplotlib if theme.with_marks else "")
        bars.append(axes.add_collection(collection, autolim=False))
    return bars


def draw_field(axes: Axes, theme: Theme, field: Floats) -> list[Artist]:
    """Draw a heat map."""
    return [axes.imshow(field, cmap=_colormap(theme), aspect="auto", origin="lower")]


def draw_contours(axes: Axes, theme: Theme, field: Floats) -> list[Artist]:
    """Draw filled contours in the colours of the diverging ramp."""
    levels = np.linspace(-1, 1, _CONTOURS + 1)
    return [axes.contourf(field, levels=levels, colors=stops(theme.diverging.colours, _CONTOURS))]


def draw_map(axes: Axes, theme: Theme, values: Floats, colours: Sequence[str]) -> list[Artist]:
    """Draw the districts in classes of their values."""
    classes = np.minimum((values * len(colours)).astype(int), len(colours) - 1)
    faces = to_rgb(colours)[classes]
    districts = PolyCollection(country().districts, facecolors=faces, edgecolors=theme.background, linewidths=0.5)
    return [axes.add_collection(districts, autolim=False)]


def draw_confusion(axes: Axes, theme: Theme, rates: Floats) -> list[Artist]:
    """Draw a confusion matrix with its numbers in black or white."""
    image = axes.imshow(rates, cmap=_colormap(theme), vmin=0, vmax=1, aspect="auto")
    is_dark = lightness(np.asarray(image.cmap(image.norm(rates)))[..., :3]) < _DARK
    texts = [
        axes.text(column, row, f"{100 * rates[row, column]:.0f}", ha="center", va="center", size=7,
                  color="white" if is_dark[row, column] else "black")
        for row in range(CLASSES)
        for column in range(CLASSES)
    ]  # fmt: skip
    return [image, *texts]


def _colormap(theme: Theme) -> LinearSegmentedColormap:
    return LinearSegmentedColormap.from_list(theme.name, stops(theme.sequential.colours))


def draw_class_map(axes: Axes, theme: Theme) -> list[Artist]:
    """Draw districts in order and in disorder, with roads and towns, in the palette's own colours as classes."""
    land = country()
    colours = theme.colours[:MOST_SERIES]
    districts = draw_map(axes, theme, land.shuffled, colours)
    road = axes.add_line(Line2D(*land.road.T, color=theme.foreground, lw=1.1))
    towns = axes.add_line(Line2D(*land.towns.T, color=theme.foreground, marker="o", ms=4, ls="", mec=theme.background))
    return [*districts, road, towns]


DRAWERS: Final[Mapping[str, Callable[[Any, Theme], list[Any]]]] = {
    "line": lambda axes, theme: draw_lines(axes, theme, sample().curves),
    "scatter": lambda axes, theme: draw_points(axes, theme, sample().clouds),
    "bar": lambda axes, theme: draw_bars(axes, theme, sample().bars),
    "heatmap": lambda axes, theme: draw_field(axes, theme, (sample().field + 1) / 2),
    "contour": lambda axes, theme: draw_contours(axes, theme, sample().field),
    "choropleth": lambda axes, theme: draw_map(
        axes, theme, country().values, stops(theme.sequential.colours, MAP_CLASSES)
    ),
    "confusion": lambda axes, theme: draw_confusion(axes, theme, sample().confusion),
    "map": draw_class_map,
}
"""Figure to the function from axes and theme to what was drawn."""


def draw_table(axes: Axes, theme: Theme, table: Table) -> list[Artist]:
    """Draw the user's own figure."""
    if table.kind == "bar":
        return draw_bars(axes, theme, np.array([each.y for each in table.series]))
    if table.kind == "heatmap":
        return draw_field(axes, theme, np.array([each.y for each in table.series]))
    return (draw_points if table.kind == "scatter" else draw_lines)(axes, theme, table.series)
