"""What a file that the user opens or drops means here: a palette, data of his own to show, or both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.core.errors import InputError
from app.palette import read_palette, read_table
from app.palette.sources import refuse_pickle
from app.palette.styles import style_settings

if TYPE_CHECKING:
    from pathlib import Path

    from app.palette import Palette
    from app.palette.figures.data import Table

DATA: Final = frozenset({".csv", ".tsv"})
FIGURE: Final = ".json"
STYLE: Final = ".mplstyle"
PATTERNS: Final = (
    *("*.csv", "*.tsv", "*.json", "*.mplstyle", "*.gpl", "*.ase", "*.svg", "*.txt", "*.hex"),
    *("*.png", "*.jpg", "*.jpeg", "*.webp", "*.bmp", "*.gif", "*.tif", "*.tiff"),
)


@dataclass(frozen=True)
class Opened:
    """What was in a file."""

    path: Path
    palette: Palette | None = None
    table: Table | None = None
    style: Mapping[str, Any] | None = None
    """Settings of matplotlib that figures are drawn with."""


def open_file(path: Path) -> Opened:
    """Return what is in a file. Raises `InputError` that says why it cannot be used."""
    suffix = path.suffix.lower()
    refuse_pickle(path)
    if suffix in DATA:
        return Opened(path, table=read_table(path))
    if suffix == STYLE:
        return _style(path)
    return _figure(path) if suffix == FIGURE else Opened(path, palette=read_palette(str(path)))


def _style(path: Path) -> Opened:
    """Return the settings of a style, and its colours if it has some."""
    settings = style_settings(path)
    return Opened(path, read_palette(str(path)) if "axes.prop_cycle" in settings else None, style=settings)


def _figure(path: Path) -> Opened:
    """Return the data of a figure of Plotly, or else the colours of a theme or a list."""
    try:
        return Opened(path, table=read_table(path))
    except InputError as fault:
        try:
            return Opened(path, palette=read_palette(str(path)))
        except InputError:
            raise fault from None
