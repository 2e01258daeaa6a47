"""A theme: all that figures of one paper are coloured with, under one name."""

from __future__ import annotations

import keyword
import re
import sys
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.palette import colour as colours
from app.palette.colour import BLACK, WHITE
from app.palette.marks import SeriesStyle, series_styles
from app.palette.palette import Kind, Palette
from app.palette.ramps import ramp
from app.palette.readers import distances, seen
from app.palette.safety import Standard

CYCLE: Final = 6
"""Colours for series that are taken from a ramp."""
_TAKEN: Final = frozenset(
    {"altair", "cycler", "matplotlib", "numpy", "pandas", "plotly", "seaborn", *sys.stdlib_module_names}
)
"""Names of packages that a package of a theme must not hide."""


@dataclass(frozen=True)
class Theme:
    """Colours for series, ramps for fields, and what is behind them."""

    name: str
    """A name that is valid as a file, a Python package and a LaTeX colour, see `identifier`."""
    colours: tuple[str, ...]
    sequential: Palette
    diverging: Palette
    background: str = WHITE
    with_marks: bool = False
    """Whether series differ in markers, dashes and hatches, too."""

    @property
    def foreground(self) -> str:
        """Black or white, whichever can be read on the background."""
        return max((BLACK, WHITE), key=lambda ink: float(colours.contrast(colours.to_rgb([ink]), self.background)[0]))

    @property
    def marks(self) -> list[SeriesStyle]:
        """The style of each series besides its colour."""
        return series_styles(len(self.colours))

    @classmethod
    def of(
        cls,
        palette: Palette,
        name: str = "",
        *,
        sequential: Palette | None = None,
        diverging: Palette | None = None,
        background: str = WHITE,
        with_marks: bool = False,
    ) -> Theme:
        """Return the theme of a palette; what is not given is made of its colours."""
        series = palette if palette.kind is Kind.QUALITATIVE else _series(palette)
        if sequential is None:
            is_sequential = palette.kind in (Kind.SEQUENTIAL, Kind.CYCLIC)
            sequential = palette if is_sequential else ramp(series.colours[:1])
        if diverging is None:
            diverging = palette if palette.kind is Kind.DIVERGING else ramp(_ends(series), Kind.DIVERGING)
        key = identifier(name or palette.name)
        return cls(key, series.colours, sequential, diverging, background, with_marks)


def _series(palette: Palette) -> Palette:
    """Return colours for series out of a ramp, without its ends, which may be as pale as the paper."""
    count = min(CYCLE, len(palette))
    if len(palette) < CYCLE + 2:
        return palette
    places = np.linspace(0, len(palette) - 1, count + 2).round().astype(int)[1:-1]
    return Palette(palette.name, tuple(palette.colours[place] for place in places))


def _ends(palette: Palette) -> tuple[str, str]:
    """Return the two colours that differ most to the reader who sees least."""
    views = seen(colours.to_rgb(palette.colours), Standard())
    first, second = np.unravel_index(int(distances(views, views).argmax()), (len(palette), len(palette)))
    return palette.colours[int(first)], palette.colours[int(second)]


def identifier(name: str) -> str:
    """Return a name for files, packages and commands that is as near to `name` as can be: "Okabe-Ito" is okabe_ito."""
    found = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "palette"
    if found[0].isdigit():
        found = f"p{found}"
    return f"{found}_theme" if keyword.iskeyword(found) or found in _TAKEN else found
