"""Palettes from what people have: lists of colours, styles, figures, pictures, swatch files. Never a pickle."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from app.core.errors import InputError
from app.core.files import shown_name
from app.core.i18n import tr
from app.palette.colour import WHITE, parse_hex
from app.palette.files import read_json, read_text
from app.palette.palette import Palette
from app.palette.picture import picture_colours
from app.palette.plotly_json import plotly_colours
from app.palette.schemes import find
from app.palette.styles import style_colours
from app.palette.swatches import ase_colours, gpl_colours

MOST_FOUND: Final = 40
"""Colours taken from a figure: the first ones."""
PICKLES: Final = frozenset({".pkl", ".pickle", ".p", ".dill", ".joblib"})
_SEPARATORS: Final = re.compile(r"[\s,;|\"'\[\]()]+")
_HEX_IN_TEXT: Final = re.compile(r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
_GREYNESS: Final = 16
"""Levels by which the channels of a grey may differ: axes and texts of a figure are no colours of its palette."""


def read_palette(source: str, background: str = WHITE) -> Palette:
    """Return the palette that `source` names: a file, colours such as "1b9e77,d95f02", or one of the catalogue.

    Translucent colours are taken as they look on `background`. Raises `InputError` that says what is wrong.
    """
    path = Path(os.path.expanduser(source))  # noqa: PTH111 - pathlib's raises for a user that does not exist
    if path.suffix.lower() in {*_READERS, *_PICTURES, *PICKLES} or _is_file(path):
        return read_file(path, background)
    colours = _split(source)
    if len(colours) > 1 or source.strip().startswith("#"):
        return Palette.of(colours, "palette", background=background)
    return find(source.strip()).largest


def _is_file(path: Path) -> bool:
    """Tell whether there is a file; a text that is too long to be a path, or has characters none has, is no file."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def read_file(path: Path, background: str = WHITE) -> Palette:
    """Return the palette in a file. Raises `InputError`."""
    suffix = path.suffix.lower()
    refuse_pickle(path)
    if suffix in _PICTURES:
        return Palette(path.stem, picture_colours(path))
    colours = _READERS.get(suffix, _listed)(path, background)
    if not colours:
        raise InputError(tr("No colours were found in {name}.", name=shown_name(path)))
    return Palette(path.stem, tuple(colours))


def refuse_pickle(path: Path) -> None:
    """Raise `InputError` for a file that could run programs when it is opened."""
    if path.suffix.lower() in PICKLES:
        raise InputError(
            tr(
                "{name} is a pickle, which can run programs when it is opened. Give a picture, CSV or JSON instead.",
                name=shown_name(path),
            )
        )


def _split(text: str) -> list[str]:
    return [part for part in _SEPARATORS.split(text) if part]


def _listed(path: Path, background: str) -> list[str]:
    """Read a list of colours; all of it has to be colours."""
    return [parse_hex(part, background) for part in _split(read_text(path))]


def _json(path: Path, background: str) -> list[str]:
    """Read a list of colours, a theme that was exported, or a figure or template of Plotly."""
    content = read_json(path)
    if isinstance(content, dict) and isinstance(content.get("colours"), list):
        content = content["colours"]
    if isinstance(content, list):
        return [parse_hex(str(each), background) for each in content]
    return plotly_colours(content, background)[:MOST_FOUND]


def _svg(path: Path, background: str) -> list[str]:
    """Read the colours written in a drawing, but for the greys of axes and texts."""
    found = dict.fromkeys(parse_hex(each, background) for each in _HEX_IN_TEXT.findall(read_text(path)))
    coloured = [colour for colour in found if max(levels := bytes.fromhex(colour[1:])) - min(levels) > _GREYNESS]
    return coloured[:MOST_FOUND]


_PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff"})
_READERS: Final[Mapping[str, Callable[[Path, str], Sequence[str]]]] = {
    ".mplstyle": style_colours,
    ".json": _json,
    ".svg": _svg,
    ".gpl": lambda path, _: gpl_colours(path),
    ".ase": lambda path, _: ase_colours(path),
    ".txt": _listed,
    ".hex": _listed,
}
"""Suffix to the function from path and background to colours."""
