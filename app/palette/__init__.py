"""Palettes: colours that every reader can tell apart.

The whole tool from Python:

    from app.palette import check, export, find, install, level, make, ramp, read_palette, repair, sentences, simulate
    from app.palette import Gallery, Kind, Palette, Standard, Theme, Vision, Wishes, catalogue, hue_of, write_page

    find("tab10").largest                          # a published Palette: .colours, .kind, .source, .licence
    catalogue()["brewer.Set2"].at(5).flags         # ColorBrewer's own judgement of five colours
    report = check(read_palette("style.mplstyle")) # also "1b9e77,d95f02", "Set2", figure.png, figure.json, x.gpl
    report.is_safe, report.distance, report.worst  # measured in CAM02-UCS through the eyes of every reader
    level(report).title, sentences(report)         # the verdict in words

    eight = make(Wishes(8, pinned=("#0072b2",), hues=(hue_of("#ff0000"),)), seed=1)
    fixed = repair(find("tab10").largest, Standard(limit=10)).palette
    field = ramp(["#fff7bc", "#d95f0e"])           # or ramp([...], Kind.DIVERGING)
    simulate(rgb, Vision.DEUTAN, 0.6)              # arrays (..., 3) of sRGB values, 0 to 1

    theme = Theme.of(fixed, "t10", with_marks=True)
    export(theme, ["matplotlib", "latex"], Path("out"))
    install(theme, "matplotlib").lines             # what to write at the top of a script
    Gallery(320, 230).paint(theme, Vision.DEUTAN)  # pictures of figures, as pixels
    write_page(theme, Path("figures.html"))        # the same figures by Plotly

What does not come at once (NumPy, matplotlib, Plotly) is imported when it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from app.palette.colour import parse_hex
    from app.palette.exporting import Installed, NameTaken, Written, export, install
    from app.palette.figures.gallery import Gallery, PaintedFigure
    from app.palette.figures.own import read_table
    from app.palette.figures.page import write_page
    from app.palette.figures.sheet import write_sheet
    from app.palette.formats import FORMATS
    from app.palette.making import Wishes, hue_of, make
    from app.palette.marks import series_styles
    from app.palette.names import colour_name
    from app.palette.palette import Flags, Kind, Palette, Scheme
    from app.palette.ramps import ramp
    from app.palette.repairing import NotRepaired, Repair, repair
    from app.palette.safety import Pair, Ramp, Report, Standard, check
    from app.palette.schemes import catalogue, find
    from app.palette.sources import read_palette
    from app.palette.styles import style_settings
    from app.palette.theme import Theme
    from app.palette.verdict import Level, level, sentences
    from app.palette.vision import Model, Vision, simulate, simulate_pixels

__all__ = [
    "FORMATS",
    "Flags",
    "Gallery",
    "Installed",
    "Kind",
    "Level",
    "Model",
    "NameTaken",
    "NotRepaired",
    "PaintedFigure",
    "Pair",
    "Palette",
    "Ramp",
    "Repair",
    "Report",
    "Scheme",
    "Standard",
    "Theme",
    "Vision",
    "Wishes",
    "Written",
    "catalogue",
    "check",
    "colour_name",
    "export",
    "find",
    "hue_of",
    "install",
    "level",
    "make",
    "parse_hex",
    "ramp",
    "read_palette",
    "read_table",
    "repair",
    "sentences",
    "series_styles",
    "simulate",
    "simulate_pixels",
    "style_settings",
    "write_page",
    "write_sheet",
]

_HOMES: Final = {
    "colour": ("parse_hex",),
    "exporting": ("Installed", "NameTaken", "Written", "export", "install"),
    "figures.gallery": ("Gallery", "PaintedFigure"),
    "figures.own": ("read_table",),
    "figures.page": ("write_page",),
    "figures.sheet": ("write_sheet",),
    "formats": ("FORMATS",),
    "making": ("Wishes", "hue_of", "make"),
    "marks": ("series_styles",),
    "names": ("colour_name",),
    "palette": ("Flags", "Kind", "Palette", "Scheme"),
    "ramps": ("ramp",),
    "repairing": ("NotRepaired", "Repair", "repair"),
    "safety": ("Pair", "Ramp", "Report", "Standard", "check"),
    "schemes": ("catalogue", "find"),
    "sources": ("read_palette",),
    "styles": ("style_settings",),
    "theme": ("Theme",),
    "verdict": ("Level", "level", "sentences"),
    "vision": ("Model", "Vision", "simulate", "simulate_pixels"),
}
"""Module to what it adds to the interface."""


def __getattr__(name: str) -> Any:
    """Import a part of the interface when it is first used (PEP 562)."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
