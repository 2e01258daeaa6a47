"""The palettes that the user keeps, in the settings: they survive a restart, with all of their colours."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from app.core.errors import PaperdeskError
from app.palette import Kind, Palette

if TYPE_CHECKING:
    from app.core.settings import Settings

FAVOURITES: Final = "palette.favourites"


class Favourites:
    """Reads and writes the favourites."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def all(self) -> tuple[Palette, ...]:
        """Return the favourites, the newest first; what cannot be read counts as none."""
        try:
            stored = json.loads(self._settings.text(FAVOURITES) or "[]")
        except ValueError:
            return ()
        return tuple(palette for each in _items(stored) if (palette := read_dictionary(each)))

    def toggle(self, palette: Palette) -> bool:
        """Keep a palette, or let it go; return whether it is kept now. Raises `StorageError`."""
        kept = self.all()
        rest = tuple(each for each in kept if each != unjudged(palette))
        now = rest if len(rest) < len(kept) else (palette, *kept)
        self._settings.set(FAVOURITES, json.dumps([dictionary(each) for each in now], ensure_ascii=False))
        return len(now) > len(kept)


def unjudged(palette: Palette) -> Palette:
    """Return a palette as it is kept, without ColorBrewer's own judgement of it."""
    return replace(palette, flags=None)


def dictionary(palette: Palette) -> dict[str, Any]:
    """Return a palette as settings and history keep it."""
    return {
        "name": palette.name,
        "kind": palette.kind.value,
        "colours": list(palette.colours),
        "source": palette.source,
        "licence": palette.licence,
    }


def read_dictionary(stored: Any) -> Palette | None:
    """Return the palette that was kept, None for anything else."""
    try:
        colours = Palette.of([str(colour) for colour in stored["colours"]]).colours
        source, licence = (str(stored.get(key, "")) for key in ("source", "licence"))
        return Palette(str(stored["name"]), colours, Kind(stored["kind"]), source, licence)
    except (KeyError, TypeError, ValueError, AttributeError, PaperdeskError):
        return None


def _items(stored: Any) -> list[Any]:
    return stored if isinstance(stored, list) else []
