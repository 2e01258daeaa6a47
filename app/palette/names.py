"""What people call colours."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from app.core.i18n import mark, tr
from app.palette.appearance import to_ucs
from app.palette.colour import Floats, to_rgb

_TERMS: Final = {
    mark("black"): "#000000",
    mark("white"): "#ffffff",
    mark("grey"): "#929591",
    mark("dark grey"): "#363737",
    mark("light grey"): "#d8dcd6",
    mark("red"): "#e50000",
    mark("dark red"): "#840000",
    mark("salmon"): "#ff796c",
    mark("orange"): "#f97306",
    mark("brown"): "#653700",
    mark("light brown"): "#ad8150",
    mark("beige"): "#e6daa6",
    mark("yellow"): "#ffff14",
    mark("gold"): "#dbb40c",
    mark("olive"): "#6e750e",
    mark("green"): "#15b01a",
    mark("light green"): "#96f97b",
    mark("dark green"): "#033500",
    mark("teal"): "#029386",
    mark("turquoise"): "#06c2ac",
    mark("sky blue"): "#75bbfd",
    mark("light blue"): "#95d0fc",
    mark("blue"): "#0343df",
    mark("dark blue"): "#00035b",
    mark("purple"): "#7e1e9c",
    mark("lavender"): "#c79fef",
    mark("magenta"): "#c20078",
    mark("pink"): "#ff81c0",
}
"""Term to its middle in the colour survey of 2010 (xkcd.com/color, public domain): the most frequent terms."""


def colour_name(colour: str) -> str:
    """Return what people call a colour "#rrggbb", in the user's language."""
    distances = np.linalg.norm(_middles() - to_ucs(to_rgb([colour])), axis=1)
    return tr(list(_TERMS)[int(distances.argmin())])


@cache
def _middles() -> Floats:
    return to_ucs(to_rgb(list(_TERMS.values())))
