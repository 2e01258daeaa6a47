"""Names that models already have: a list that comes with the program, for a check without the network."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from app.acronym.alphabet import fold
from app.core.i18n import mark
from app.core.paths import resources_dir

SOURCES: Final = {
    "models": mark("a published model"),
    "transformers": mark("in the library transformers"),
    "timm": mark("in the library timm"),
}
"""Where a name is known from, marked."""


@dataclass(frozen=True)
class Taken:
    """A name that something has."""

    name: str
    """As it is written there."""
    source: str
    """Key of `SOURCES`."""


def taken_file() -> Path:
    """Return where the list is."""
    return resources_dir() / "acronym" / "taken.txt.gz"


@cache
def _known() -> dict[str, tuple[Taken, ...]]:
    known: dict[str, tuple[Taken, ...]] = {}
    for line in gzip.decompress(taken_file().read_bytes()).decode().splitlines():
        folded, name, source = line.split(" ")
        known[folded] = (*known.get(folded, ()), Taken(name, source))
    return known


def taken_by(name: str) -> tuple[Taken, ...]:
    """Return what has a name already, however it is written."""
    return _known().get(fold(name), ())
