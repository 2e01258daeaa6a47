"""The forms in which a theme leaves Paperdesk: for each program the files that it loads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from app.core.i18n import mark
from app.palette.formats import documents, plots, swatches, web
from app.palette.theme import Theme

Files = Mapping[str, str | bytes]
"""Content by path, relative to the folder that is exported to."""


@dataclass(frozen=True)
class Format:
    """One form: what to call it, and the function from a theme to its files."""

    title: str
    """A marked text."""
    files: Callable[[Theme], Files]


FORMATS: Final[Mapping[str, Format]] = {
    "matplotlib": Format(mark("Matplotlib style and package"), plots.matplotlib),
    "plotly": Format(mark("Plotly template"), plots.plotly),
    "seaborn": Format(mark("seaborn palette"), plots.seaborn),
    "altair": Format(mark("Altair theme"), plots.altair),
    "latex": Format(mark("LaTeX: xcolor, TikZ and pgfplots"), documents.latex),
    "typst": Format(mark("Typst"), documents.typst),
    "css": Format(mark("CSS variables"), web.css),
    "json": Format(mark("JSON"), web.plain),
    "gimp": Format(mark("GIMP, Inkscape and Krita palette (.gpl)"), swatches.gimp),
    "ase": Format(mark("Adobe swatches (.ase)"), swatches.ase),
    "r": Format(mark("R: ggplot2 scales"), web.r),
    "d3": Format(mark("D3 scales"), web.d3),
    "office": Format(mark("Office theme colours"), documents.office),
    "sheets": Format(mark("Google Sheets: list of colours"), web.sheets),
}
"""Key, as on the command line, to form."""
