"""The palette of a figure that is only a picture: its frequent colours, without paper, ink and the edges between."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image

from app.core.errors import InputError
from app.core.files import shown_name
from app.core.i18n import tr
from app.palette.appearance import to_ucs
from app.palette.colour import Floats, to_hex

_LONGEST: Final = 2_000
"""Pixels of the longer side that are looked at; larger pictures are thinned out, not blurred."""
_SHARE: Final = 0.0005
"""Share of the picture that a colour of the palette has at least."""
_SAME: Final = 6.0
"""Colours nearer than this (CAM02-UCS) are one colour and the compression of the picture."""
_COLOURFUL: Final = 6.0
"""Paper, ink and grid lines have less colourfulness than this."""
_MIXED: Final = 0.012
"""Share of a channel by which a mixture of two colours may be off."""
_MOST: Final = 24


def picture_colours(path: Path) -> tuple[str, ...]:
    """Return the colours of a figure, the most frequent first. Raises `InputError`."""
    levels = _pixels(path)
    codes, counts = np.unique(levels.astype(np.int64) @ np.array([65536, 256, 1]), return_counts=True)
    order = np.argsort(-counts, kind="stable")
    order = order[counts[order] >= max(_SHARE * len(levels), 4)]
    rgb = (codes[order, None] >> np.array([16, 8, 0]) & 255) / 255
    chosen = _chosen(rgb, to_ucs(rgb))
    if len(chosen) < 2:  # noqa: PLR2004 - no palette
        raise InputError(tr("{name} has fewer than two clear colours.", name=shown_name(path)))
    return to_hex(rgb[chosen])


def _chosen(rgb: Floats, ucs: Floats) -> list[int]:
    """Return the places of the colours to keep among those of a picture (n, 3), the most frequent first."""
    chosen: list[int] = []
    for place in np.flatnonzero(np.hypot(ucs[:, 1], ucs[:, 2]) >= _COLOURFUL):
        is_new = all(
            np.linalg.norm(ucs[place] - ucs[other]) >= _SAME and not _is_edge(rgb[place], rgb[other], rgb[0])
            for other in chosen
        )
        if is_new and len(chosen) < _MOST:
            chosen.append(int(place))
    return chosen


def _is_edge(colour: Floats, line: Floats, paper: Floats) -> bool:
    """Tell whether a colour is that of a line mixed with the paper, as at the edges of lines."""
    way = line - paper
    share = float(np.dot(colour - paper, way) / max(float(np.dot(way, way)), _MIXED))
    return 0 < share < 1 and bool(np.abs(colour - paper - share * way).max() < _MIXED)


def _pixels(path: Path) -> npt.NDArray[np.uint8]:
    """Return the pixels (n, 3) of a picture, on white where it is transparent."""
    try:
        with Image.open(path) as picture:
            step = max(1, max(picture.size) // _LONGEST)
            rgba = picture.convert("RGBA")
    except FileNotFoundError:
        raise InputError(tr("There is no file {path}.", path=path)) from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise InputError(tr("{name} is no picture that can be read.", name=shown_name(path))) from error
    paper = Image.new("RGBA", rgba.size, "white")
    return np.asarray(Image.alpha_composite(paper, rgba).convert("RGB"))[::step, ::step].reshape(-1, 3)
