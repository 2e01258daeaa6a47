"""Make the catalogue from well-kept packages: `python -m app.palette.build --flags CSV`.

Needs the extra "palettes". ColorBrewer's flags are in no package: they come as a table with the columns scheme, type,
n, blind, print, copy and screen.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click
import colorcet
import matplotlib as mpl
import plotly.colors
import seaborn
import tol_colors
from cmasher import cm as cmasher
from cmasher import get_cmap_type
from cmcrameri import cm as crameri
from cmocean import cm as cmocean
from matplotlib.colors import Colormap, to_hex
from palettable import cartocolors, colorbrewer

from app.core.files import write_atomic
from app.palette.palette import Flags, Kind, Scheme
from app.palette.schemes import catalogue_file, scheme_row

LEVELS: Final = 256
"""Colours that a continuous ramp is kept by."""
FEW: Final = 24
"""Colours kept of qualitative palettes that go on for ever."""

SOURCES: Final = {
    "ColorBrewer": (
        "ColorBrewer licence (Apache style)",
        "Cynthia Brewer, Mark Harrower and The Pennsylvania State University",
    ),
    "Matplotlib": ("Matplotlib licence (PSF style)", "the Matplotlib development team"),
    "Petroff": ("CC0-1.0", "Matthew A. Petroff, 2021"),
    "Okabe-Ito": ("free to use", "Masataka Okabe and Kei Ito, 2008"),
    "Tol": ("BSD-3-Clause", "Paul Tol and Clément Haëck"),
    "Crameri": ("MIT", "Fabio Crameri"),
    "seaborn": ("BSD-3-Clause", "Michael Waskom"),
    "Plotly": ("MIT", "Plotly, Inc."),
    "cmocean": ("MIT", "Kristen M. Thyng"),
    "colorcet": ("CC-BY-4.0", "Peter Kovesi and Anaconda, Inc."),
    "CARTO": ("CC-BY-3.0", "CARTO"),
    "CMasher": ("BSD-3-Clause", "Ellert van der Velden"),
}
"""Source to licence and author, in the order of the catalogue."""

_MATPLOTLIB: Final = {
    Kind.QUALITATIVE: "tab10 tab20 tab20b tab20c",
    Kind.SEQUENTIAL: "viridis cividis plasma inferno magma turbo gray bone pink copper hot afmhot gist_heat "
    "cool Wistia spring summer autumn winter cubehelix gnuplot gnuplot2 CMRmap brg gist_rainbow "
    "rainbow jet nipy_spectral terrain ocean gist_earth",
    Kind.DIVERGING: "coolwarm bwr seismic",
    Kind.CYCLIC: "twilight hsv",
}
_TOL: Final = {
    Kind.QUALITATIVE: "bright vibrant muted high_contrast medium_contrast pale dark light land_cover",
    Kind.SEQUENTIAL: "YlOrBr WhOrBr iridescent incandescent rainbow_PuRd rainbow_PuBr rainbow_WhRd rainbow_WhBr",
    Kind.DIVERGING: "sunset nightfall BuRd PRGn",
}
_SEABORN: Final = {
    Kind.QUALITATIVE: "deep muted pastel bright dark colorblind",
    Kind.SEQUENTIAL: "rocket mako flare crest",
    Kind.DIVERGING: "vlag icefire",
}
_PLOTLY: Final = {
    Kind.QUALITATIVE: "Plotly D3 G10 T10 Alphabet Dark24 Light24",
    Kind.SEQUENTIAL: "Plotly3 Electric Blackbody Bluered Hot Jet Rainbow",
    Kind.DIVERGING: "Picnic Portland",
    Kind.CYCLIC: "IceFire Edge HSV mrybm mygbm",
}
_CMOCEAN: Final = {Kind.DIVERGING: "topo balance delta curl diff tarn", Kind.CYCLIC: "phase"}
_CRAMERI_DIVERGING: Final = frozenset(
    ["bam", "berlin", "broc", "bukavu", "cork", "fes", "lisbon", "managua", "oleron", "roma", "tofino", "vanimo", "vik"]
)
_COLORCET: Final = {
    "cyclic": Kind.CYCLIC,
    "circle": Kind.CYCLIC,
    "diverging": Kind.DIVERGING,
    "glasbey": Kind.QUALITATIVE,
}
_RAINBOW_SIZES: Final = range(2, 24)
_BREWER_SIZES: Final = range(3, 13)


@click.command()
@click.option("--flags", type=click.Path(path_type=Path, exists=True), required=True, help="ColorBrewer's flags, CSV.")
@click.option("--out", type=click.Path(path_type=Path), default=catalogue_file, help="The file to write.")
def build(flags: Path, out: Path) -> None:
    """Write the catalogue."""
    schemes = collect(read_flags(flags))
    sources = {name: {"licence": licence, "author": author} for name, (licence, author) in SOURCES.items()}
    rows = ",\n".join(json.dumps(scheme_row(scheme), ensure_ascii=False) for scheme in schemes)
    write_atomic(out, f'{{"sources": {json.dumps(sources, ensure_ascii=False)},\n"schemes": [\n{rows}\n]}}\n')
    click.echo(f"{len(schemes)} schemes, {sum(len(scheme.sizes) for scheme in schemes)} palettes")


def read_flags(path: Path) -> dict[tuple[str, int], Flags]:
    """Return ColorBrewer's flags by scheme and size."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["scheme"], int(row["n"])): Flags.of(row[name] for name in ("blind", "print", "copy", "screen"))
            for row in csv.DictReader(file)
        }


def collect(flags: Mapping[tuple[str, int], Flags]) -> list[Scheme]:
    """Return all schemes; of those with the same colours only the first."""
    seen: set[frozenset[tuple[str, ...]]] = set()
    schemes = []
    for scheme in (*_brewer(flags), *(scheme for collector in _COLLECTORS for scheme in collector())):
        colours = frozenset(scheme.sizes.values())
        if colours not in seen:
            seen.add(colours)
            schemes.append(scheme)
    return schemes


def _scheme(source: str, name: str, kind: Kind, *palettes: Iterable[Any]) -> Scheme:
    """Return a scheme of palettes whose colours are in any form that matplotlib reads."""
    key = f"{source.lower().replace('colorbrewer', 'brewer')}.{name}"
    sizes = {len(colours): colours for colours in map(_hexadecimal, palettes)}
    return Scheme(key, name, kind, source, SOURCES[source][0], sizes)


def _hexadecimal(colours: Iterable[Any]) -> tuple[str, ...]:
    return tuple(to_hex(colour) for colour in colours)


def _levels(colormap: Colormap) -> Sequence[Any]:
    """Return the colours that keep a colour map."""
    return [colormap(step / (LEVELS - 1)) for step in range(LEVELS)]


def _named(table: Mapping[Kind, str]) -> Iterator[tuple[Kind, str]]:
    return ((kind, name) for kind, names in table.items() for name in names.split())


def _brewer(flags: Mapping[tuple[str, int], Flags]) -> Iterator[Scheme]:
    for kind, names in colorbrewer.COLOR_MAPS.items():
        for name, sizes in names.items():
            palettes = [
                colorbrewer.get_map(name, kind, size).mpl_colors for size in _BREWER_SIZES if str(size) in sizes
            ]
            scheme = _scheme("ColorBrewer", name, Kind(kind.lower()), *palettes)
            own = {size: flags[name, size] for size in scheme.sizes}
            yield Scheme(scheme.key, name, scheme.kind, scheme.source, scheme.licence, scheme.sizes, own)


def _matplotlib() -> Iterator[Scheme]:
    for kind, name in _named(_MATPLOTLIB):
        colours = mpl.color_sequences[name] if kind is Kind.QUALITATIVE else _levels(mpl.colormaps[name])
        yield _scheme("Matplotlib", name, kind, colours)
    for name in ("petroff6", "petroff8", "petroff10"):
        yield _scheme("Petroff", name, Kind.QUALITATIVE, mpl.color_sequences[name])
    yield _scheme("Okabe-Ito", "Okabe-Ito", Kind.QUALITATIVE, mpl.color_sequences["okabe_ito"])


def _tol() -> Iterator[Scheme]:
    for kind, name in _named(_TOL):
        colours = getattr(tol_colors, name)
        yield _scheme("Tol", name, kind, colours if kind is Kind.QUALITATIVE else _levels(colours))
    yield _scheme(
        "Tol",
        "rainbow_discrete",
        Kind.SEQUENTIAL,
        *(tol_colors.rainbow_discrete(size).colors for size in _RAINBOW_SIZES),
    )


def _crameri() -> Iterator[Scheme]:
    for name, colormap in crameri.cmaps.items():
        if name.endswith("_r"):
            continue
        if name.endswith("S"):
            yield _scheme("Crameri", name, Kind.QUALITATIVE, colormap.colors[:FEW])
        else:
            diverging = Kind.DIVERGING if name in _CRAMERI_DIVERGING else Kind.SEQUENTIAL
            yield _scheme("Crameri", name, Kind.CYCLIC if name.endswith("O") else diverging, _levels(colormap))


def _seaborn() -> Iterator[Scheme]:
    for kind, name in _named(_SEABORN):
        colours = seaborn.color_palette(name) if kind is Kind.QUALITATIVE else _levels(mpl.colormaps[name])
        yield _scheme("seaborn", name, kind, colours)


def _plotly() -> Iterator[Scheme]:
    modules = {Kind.QUALITATIVE: "qualitative", Kind.CYCLIC: "cyclical"}
    for kind, name in _named(_PLOTLY):
        stored = getattr(getattr(plotly.colors, modules.get(kind, kind.value)), name)
        colours = [
            each if each[0] == "#" else [level / 255 for level in plotly.colors.unlabel_rgb(each)] for each in stored
        ]
        is_closed = kind is Kind.CYCLIC and to_hex(colours[0]) == to_hex(colours[-1])
        yield _scheme("Plotly", name, kind, colours[:-1] if is_closed else colours)


def _cmocean() -> Iterator[Scheme]:
    kinds = {name: kind for kind, name in _named(_CMOCEAN)}
    for name in cmocean.cmapnames:
        yield _scheme("cmocean", name, kinds.get(name, Kind.SEQUENTIAL), _levels(getattr(cmocean, name)))


def _colorcet() -> Iterator[Scheme]:
    for original in colorcet.all_original_names():
        kind = _COLORCET.get(original.partition("_")[0], Kind.SEQUENTIAL)
        aliases = colorcet.get_aliases(original).replace(" ", "").split(",")[1:]
        name = min(aliases, key=lambda alias: alias.startswith("CET_"), default=original)
        colours = colorcet.palette[original]
        yield _scheme("colorcet", name, kind, colours[:FEW] if kind is Kind.QUALITATIVE else colours)


def _carto() -> Iterator[Scheme]:
    for kind in (Kind.QUALITATIVE, Kind.SEQUENTIAL, Kind.DIVERGING):
        module = getattr(cartocolors, kind.value)
        found: dict[str, list[Any]] = {}
        for name, _, size in (name.rpartition("_") for name in dir(module) if name[-1].isdigit()):
            found.setdefault(name, []).append(getattr(module, f"{name}_{size}").mpl_colors)
        for name, palettes in found.items():
            yield _scheme("CARTO", name, kind, *sorted(palettes, key=len))


def _cmasher() -> Iterator[Scheme]:
    for name, colormap in cmasher.cmap_d.items():
        if not name.endswith("_r"):
            yield _scheme("CMasher", name, Kind(get_cmap_type(colormap)), _levels(colormap))


_COLLECTORS: Final[tuple[Callable[[], Iterator[Scheme]], ...]] = (
    *(_matplotlib, _tol, _crameri, _seaborn, _plotly, _cmocean, _colorcet, _carto, _cmasher),
)

if __name__ == "__main__":
    build()
