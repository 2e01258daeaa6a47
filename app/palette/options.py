"""The settings of the Palette tool."""

from __future__ import annotations

from typing import Final

from app.core.i18n import mark
from app.core.settings import Option

_GROUP: Final = mark("Palette")

OPTIONS: Final = (
    Option(
        "palette.limit",
        float,
        10.0,
        mark("Distance that colours need"),
        mark("The smallest distance of two colours (CAM02-UCS) to any reader: 10 is friendly, 15 very friendly."),
        _GROUP,
        minimum=1,
        maximum=40,
    ),
    Option(
        "palette.model",
        str,
        "machado",
        mark("Model of colour blindness"),
        mark("Published values are mostly by Machado; Brettel is the most exact for tritans."),
        _GROUP,
        (("machado", "Machado 2009"), ("brettel", "Brettel 1997"), ("vienot", "Viénot 1999")),
    ),
    Option(
        "palette.severity",
        int,
        100,
        mark("Severity of colour blindness"),
        mark("100 is a reader without one kind of cone; most colour-blind readers have about 60."),
        _GROUP,
        minimum=0,
        maximum=100,
        unit=(mark(" %"), mark(" %")),
    ),
    Option("palette.favourites", str, "", "", hidden=True),
)
