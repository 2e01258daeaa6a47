"""The settings of the collocation tool."""

from __future__ import annotations

from typing import Final

from app.core.i18n import mark
from app.core.settings import Option

_GROUP: Final = mark("Collocation")
MEASURE_TITLES: Final = {
    "count": mark("count"),
    "share": mark("share of the word's uses"),
    "logdice": mark("logDice"),
    "tscore": mark("t-score"),
    "mi": mark("mutual information"),
}
"""What phrases can be ranked by; `measures`, which computes them, takes NumPy a tenth of a second to load."""

OPTIONS: Final = (
    Option(
        "collocation.rank",
        str,
        "count",
        mark("Order of phrases"),
        mark("What puts a phrase at the top of an answer."),
        _GROUP,
        tuple(MEASURE_TITLES.items()),
    ),
    Option(
        "collocation.online",
        bool,
        False,
        mark("Second opinion from the web"),
        mark("Ask a web service as well, which then learns what you look up. Without it nothing leaves this computer."),
        _GROUP,
    ),
    Option(
        "collocation.service",
        str,
        "linggle",
        mark("Web service"),
        mark("Who is asked for a second opinion."),
        _GROUP,
        (
            ("linggle", "Linggle"),
            ("google-books", "Google Books"),
            ("datamuse", "Datamuse"),
            ("infini-gram", "infini-gram"),
        ),
    ),
)
