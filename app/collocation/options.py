"""The settings of the collocation tool."""

from __future__ import annotations

from typing import Final

from app.collocation.measures import MEASURES
from app.core.i18n import mark
from app.core.settings import Option

_GROUP: Final = mark("Collocation")

OPTIONS: Final = (
    Option(
        "collocation.rank",
        str,
        "count",
        mark("Order of phrases"),
        mark("What puts a phrase at the top of an answer."),
        _GROUP,
        tuple((key, measure.title) for key, measure in MEASURES.items()),
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
