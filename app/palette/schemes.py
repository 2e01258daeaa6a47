"""The published palettes that come with Paperdesk; `app.palette.build` makes the file they are read from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final

from app.core.errors import InputError
from app.core.i18n import tr
from app.core.paths import resources_dir
from app.palette.colour import in_short
from app.palette.palette import Flags, Kind, Scheme

_DIGITS: Final = len("rrggbb")


def catalogue_file() -> Path:
    """Return the file of all schemes."""
    return resources_dir() / "palettes" / "catalogue.json"


@cache
def catalogue() -> Mapping[str, Scheme]:
    """Return all schemes by their keys, ColorBrewer's first, then those used most."""
    stored = json.loads(catalogue_file().read_text(encoding="utf-8"))
    sources = stored["sources"]
    return {row["key"]: scheme_from(row, sources[row["source"]]["licence"]) for row in stored["schemes"]}


def scheme_from(row: Mapping[str, Any], licence: str) -> Scheme:
    """Return the scheme that a row of the file describes."""
    return Scheme(
        row["key"],
        row["name"],
        Kind(row["kind"]),
        row["source"],
        licence,
        {int(count): _split(digits) for count, digits in row["sizes"].items()},
        {int(count): Flags.of(flags) for count, flags in row.get("flags", {}).items()},
    )


def scheme_row(scheme: Scheme) -> dict[str, Any]:
    """Return a scheme as a row of the file."""
    row: dict[str, Any] = {
        "key": scheme.key,
        "name": scheme.name,
        "kind": scheme.kind.value,
        "source": scheme.source,
        "sizes": {str(count): "".join(colours).replace("#", "") for count, colours in scheme.sizes.items()},
    }
    if scheme.flags:
        row["flags"] = {str(count): str(flags) for count, flags in scheme.flags.items()}
    return row


def _split(digits: str) -> tuple[str, ...]:
    return tuple(f"#{digits[start : start + _DIGITS]}" for start in range(0, len(digits), _DIGITS))


def find(name: str) -> Scheme:
    """Return the scheme called `name`: its key, or its name in any case, the first of several.

    Raises `InputError` that names similar ones.
    """
    schemes = catalogue()
    if name in schemes:
        return schemes[name]
    wanted = name.lower()
    for scheme in schemes.values():
        if wanted in (scheme.key.lower(), scheme.name.lower()):
            return scheme
    name = in_short(name)
    names = {scheme.name.lower(): scheme.name for scheme in schemes.values()}
    similar = ", ".join(names[each] for each in get_close_matches(wanted, names))
    if similar:
        raise InputError(tr("There is no palette {name}. Is it one of these: {similar}?", name=name, similar=similar))
    raise InputError(tr("There is no palette {name}. “paperdesk palette list” shows all.", name=name))
