"""What is coloured in each figure, drawn by matplotlib.

For each figure there is a function from axes to another one, from theme to what was drawn: what does not depend on the
colours is computed once. Texts are drawn as the outlines of their letters, all of a figure as one artist, which takes a
twentieth of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from app.palette.colour import Floats, in_short, lightness, to_rgb
from app.palette.figures.country import country
from app.palette.figures.data import CLASSES, MOST_SERIES, Series, Table, sample
from app.palette.formats.plots import stops
from app.palette.theme import Theme

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

Draw: TypeAlias = "Callable[[Theme], list[Artist]]"

MAP_CLASSES: Final = 7
"""Classes of the choropleth map."""
_CONTOURS: Final = 11
_MOST_KEYS: Final = 4
"""Series in a row of a key."""
_SHORT: Final = 20
"""Characters of a name that are written in a key."""
_KEY_LENGTH: Final = 0.09
"""Of the sample of a line in a key, as a share of the width of the axes."""
_KEY_GAP: Final = 0.015
"""Beside the sample and behind the name."""
_KEY_HEIGHT: Final = 0.075
"""Of a row of a key, as a share of the height of the axes."""
_CELL_TEXT: Final = 7.0
"""Points."""
_MIDDLE: Final = 0.36
"""Half the height of figures and capitals as a share of the size of a font."""
_POINTS: Final = 72
"""In an inch."""
_DARK: Final = 55.0
"""Lightness L* under which white writing is read more easily than black."""


def lines(axes: Axes, series: Sequence[Series]) -> Draw:
    """Draw a line for each series and a key to them, with markers if the theme has them."""
    names = [_letters(in_short(each.name, _SHORT), FontProperties(size="small")) for each in series]
    across = _keys_across(axes, names)
    rows, columns = np.divmod(np.arange(len(series)), across)
    starts = np.stack([0.03 + 0.97 * columns / across, 0.95 - _KEY_HEIGHT * rows], axis=1)

    def draw(theme: Theme) -> list[Artist]:
        drawn: list[Artist] = []
        for each, start, look in zip(series, starts, _looks(theme), strict=False):
            sample_x = start[0] + np.array([0.0, 0.5, 1.0]) * _KEY_LENGTH
            drawn += [
                axes.add_artist(Line2D(each.x, each.y, markevery=0.1, **look)),
                axes.add_artist(Line2D(sample_x, [start[1]] * 3, transform=axes.transAxes, markevery=[1], **look)),
            ]
        shown = min(len(series), len(theme.colours))
        places = starts[:shown] + np.array([_KEY_LENGTH + _KEY_GAP, 0.0])
        return [*drawn, _write(axes, names[:shown], places, theme.foreground, transform=axes.transAxes)]

    return draw


def _keys_across(axes: Axes, names: Sequence[Path]) -> int:
    """Return how many series fit into a row of the key."""
    widest = max([0.0, *(name.get_extents().x1 for name in names)])
    width = axes.get_window_extent().width / axes.figure.dpi * _POINTS
    fitting = int(0.97 / (_KEY_LENGTH + 2 * _KEY_GAP + widest / width))
    return max(1, min(fitting, _MOST_KEYS))


def _looks(theme: Theme) -> list[dict[str, Any]]:
    """Return how the line of each series is drawn."""
    if not theme.with_marks:
        return [{"color": colour, "linestyle": "-", "marker": ""} for colour in theme.colours]
    return [
        {"color": colour, "linestyle": style.dash.matplotlib, "marker": style.marker.matplotlib, "markersize": 4}
        for colour, style in zip(theme.colours, theme.marks, strict=True)
    ]


def points(axes: Axes, series: Sequence[Series]) -> Draw:
    """Draw a cloud of points for each series."""

    def draw(theme: Theme) -> list[Artist]:
        looks = zip(series, theme.colours, theme.marks, strict=False)
        return [
            axes.add_artist(
                Line2D(
                    *(each.x, each.y),
                    linestyle="",
                    marker=style.marker.matplotlib if theme.with_marks else "o",
                    markersize=4.2,
                    color=colour,
                )
            )
            for each, colour, style in looks
        ]

    return draw


def bars(axes: Axes, heights: Floats) -> Draw:
    """Draw groups of bars for heights (series, groups), hatched if the theme has marks."""

    def draw(theme: Theme) -> list[Artist]:
        width = 0.84 / min(len(heights), len(theme.colours))
        drawn: list[Artist] = []
        for place, (row, colour, style) in enumerate(zip(heights, theme.colours, theme.marks, strict=False)):
            left = np.arange(len(row)) - 0.42 + place * width
            right, top, bottom = left + width, np.nan_to_num(row), np.zeros(len(row))
            corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
            outlines = list(np.stack([np.stack(corner, axis=1) for corner in corners], axis=1))
            group = PolyCollection(outlines, facecolors=colour, edgecolors=theme.background, linewidths=0.4)
            group.set_hatch(style.hatch.matplotlib if theme.with_marks else "")
            drawn.append(axes.add_artist(group))
        return drawn

    return draw


def field(axes: Axes, values: Floats) -> Draw:
    """Draw a heat map."""
    return lambda theme: [axes.imshow(values, cmap=_colormap(theme), aspect="auto", origin="lower")]


def contours(axes: Axes, values: Floats) -> Draw:
    """Draw filled contours in the colours of the diverging ramp."""
    levels = np.linspace(-1, 1, _CONTOURS + 1)
    return lambda theme: [axes.contourf(values, levels=levels, colors=stops(theme.diverging.colours, _CONTOURS))]


def choropleth(axes: Axes) -> Draw:
    """Draw the districts in classes of their values."""
    return lambda theme: [_districts(axes, theme, country().values, stops(theme.sequential.colours, MAP_CLASSES))]


def class_map(axes: Axes) -> Draw:
    """Draw districts in order and in disorder, with roads and towns, in the palette's own colours as classes."""
    land = country()

    def draw(theme: Theme) -> list[Artist]:
        ink = theme.foreground
        road = Line2D(*land.road.T, color=ink, lw=1.1)
        towns = Line2D(*land.towns.T, color=ink, marker="o", ms=4, ls="", mec=theme.background)
        districts = _districts(axes, theme, land.shuffled, theme.colours[:MOST_SERIES])
        return [districts, axes.add_artist(road), axes.add_artist(towns)]

    return draw


def confusion(axes: Axes, rates: Floats) -> Draw:
    """Draw a confusion matrix with its numbers in black or white."""
    font = FontProperties(size=_CELL_TEXT)
    numbers = [_letters(f"{100 * rate:.0f}", font, centred=True) for rate in rates.flat]
    cells = np.stack(np.meshgrid(range(CLASSES), range(CLASSES)), axis=-1).reshape(-1, 2)

    def draw(theme: Theme) -> list[Artist]:
        image = axes.imshow(rates, cmap=_colormap(theme), vmin=0, vmax=1, aspect="auto")
        is_dark = lightness(np.asarray(image.cmap(image.norm(rates.ravel())))[:, :3]) < _DARK
        return [image, _write(axes, numbers, cells, np.where(is_dark, "white", "black"), transform=axes.transData)]

    return draw


def _letters(text: str, font: FontProperties, *, centred: bool = False) -> Path:
    """Return the outlines of a text whose middle, or the middle of whose left side, is at the origin; points."""
    if not text.strip():
        return Path(np.zeros((1, 2)))
    outlines = TextPath((0, 0), text, prop=font)
    left = -outlines.get_extents().width / 2 if centred else 0.0
    return Affine2D().translate(left, -_MIDDLE * font.get_size_in_points()).transform_path(outlines)


def _write(axes: Axes, texts: Sequence[Path], places: Floats, colours: Any, *, transform: Any) -> Artist:
    """Draw the outlines of texts at places (n, 2) of a transform."""
    written = PathCollection(
        *(texts, [1.0]), offsets=places, offset_transform=transform, facecolors=colours, linewidths=0
    )
    written.set_transform(Affine2D())
    return axes.add_artist(written)


def _districts(axes: Axes, theme: Theme, values: Floats, colours: Sequence[str]) -> Artist:
    """Draw the districts of the country in classes of values, 0 to 1."""
    classes = np.minimum((values * len(colours)).astype(int), len(colours) - 1)
    faces = to_rgb(colours)[classes]
    return axes.add_artist(
        PolyCollection(country().districts, facecolors=faces, edgecolors=theme.background, linewidths=0.5)
    )


def _colormap(theme: Theme) -> LinearSegmentedColormap:
    return LinearSegmentedColormap.from_list(theme.name, stops(theme.sequential.colours))


DRAWERS: Final[Mapping[str, Callable[[Any], Draw]]] = {
    "line": lambda axes: lines(axes, sample().curves),
    "scatter": lambda axes: points(axes, sample().clouds),
    "bar": lambda axes: bars(axes, sample().bars),
    "heatmap": lambda axes: field(axes, (sample().field + 1) / 2),
    "contour": lambda axes: contours(axes, sample().field),
    "choropleth": choropleth,
    "confusion": lambda axes: confusion(axes, sample().confusion),
    "map": class_map,
}
"""Figure to the function from its axes to the one that draws it."""


def own(axes: Axes, table: Table) -> Draw:
    """Draw the user's own figure."""
    if table.kind in ("bar", "heatmap"):
        values = np.array([each.y for each in table.series])
        return bars(axes, values) if table.kind == "bar" else field(axes, values)
    return (points if table.kind == "scatter" else lines)(axes, table.series)
