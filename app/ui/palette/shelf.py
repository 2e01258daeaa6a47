"""The palettes that can be chosen, measured and sorted: those of the catalogue and those that the user keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.palette import Level, Standard, Vision, catalogue, check, level

if TYPE_CHECKING:
    from app.core.progress import Progress
    from app.palette import Kind, Palette, Report

EVERYBODY: Final = (Vision.NORMAL, Vision.PROTAN, Vision.DEUTAN, Vision.TRITAN)
OWN: Final = "own"
"""What stands for the user's own palettes among the sources."""
_RANK: Final = {Level.VERY_SAFE: 0, Level.SAFE: 1, Level.UNSAFE: 2}


@dataclass(frozen=True)
class Wanted:
    """Which palettes to list."""

    words: tuple[str, ...] = ()
    """Lower case; the name or the source has to hold all of them."""
    kind: Kind | None = None
    count: int | None = None
    """So many colours of each; None: as many as it has."""
    readers: tuple[Vision, ...] = ()
    """Who has to be able to tell all colours apart."""
    grey: bool = False
    """Whether a grey print has to keep them apart."""
    uses: tuple[str, ...] = ()
    """What ColorBrewer itself has to judge a palette good for, see `Flags.allow`."""
    source: str = ""
    favourites: bool = False
    """Whether to list the user's favourites instead of the catalogue."""

    def names(self, palette: Palette) -> bool:
        """Tell whether name, kind and source of a palette are wanted."""
        text = f"{palette.name} {palette.source}".lower()
        return (
            all(word in text for word in self.words)
            and self.kind in (None, palette.kind)
            and self.source in ("", palette.source)
        )

    def suits(self, report: Report) -> bool:
        """Tell whether a palette is as safe as is wanted."""
        told_apart = all(round(report.smallest(vision).distance, 1) >= report.limit for vision in self.readers)
        return told_apart and (report.keeps_grey or not self.grey)


@dataclass(frozen=True)
class Row:
    """A palette with its measures."""

    palette: Palette
    report: Report

    @property
    def level(self) -> Level:
        """The verdict in one word."""
        return level(self.report)


class Shelf:
    """Lists palettes; each is measured once for each number of colours. May be used from any thread."""

    def __init__(self) -> None:
        self._standard = Standard()
        self._measured: dict[Palette, Row] = {}

    def rows(self, wanted: Wanted, standard: Standard, favourites: Iterable[Palette], progress: Progress) -> list[Row]:
        """Return the palettes that are wanted, the safest first. Raises `Cancelled`."""
        if standard != self._standard:
            self._standard, self._measured = standard, {}
        measured = self._measured
        found = []
        for palette in _palettes(wanted, favourites):
            progress.report(0)
            if palette not in measured:
                measured[palette] = Row(palette, check(palette, standard))
            if wanted.suits(measured[palette].report):
                found.append(measured[palette])
        return sorted(found, key=lambda row: (_RANK[row.level], -row.report.distance))


def _palettes(wanted: Wanted, favourites: Iterable[Palette]) -> Iterator[Palette]:
    """Yield what has the wanted name, kind, source, number of colours and judgement."""
    if wanted.favourites:
        yield from (palette for palette in favourites if wanted.names(palette))
        return
    for scheme in catalogue().values():
        palette = scheme.fitting(wanted.count, wanted.uses)
        if palette is not None and wanted.names(palette):
            yield palette


def sources() -> list[str]:
    """Return where the palettes of the catalogue come from, in its order."""
    return list(dict.fromkeys(scheme.source for scheme in catalogue().values()))
