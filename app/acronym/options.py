"""The settings of the Acronym tool."""

from __future__ import annotations

from typing import Final

from app.acronym.limits import LANGUAGES, LEAST_LETTERS, LONGEST_USUAL, MOST_LETTERS, SHORTEST_USUAL
from app.core.i18n import mark
from app.core.settings import Option

_GROUP: Final = mark("Acronym")
_LETTERS: Final = (mark(" letter"), mark(" letters"))

OPTIONS: Final = (
    Option(
        "acronym.language",
        str,
        "en",
        mark("Language of the words"),
        mark("Real words are looked for in the lexicon of this language; new words sound like it."),
        _GROUP,
        tuple(LANGUAGES.items()),
    ),
    Option(
        "acronym.shortest",
        int,
        SHORTEST_USUAL,
        mark("Shortest name"),
        mark("Names with fewer letters are not listed."),
        _GROUP,
        minimum=LEAST_LETTERS,
        maximum=MOST_LETTERS,
        unit=_LETTERS,
    ),
    Option(
        "acronym.longest",
        int,
        LONGEST_USUAL,
        mark("Longest name"),
        mark("Names with more letters are not listed."),
        _GROUP,
        minimum=LEAST_LETTERS,
        maximum=MOST_LETTERS,
        unit=_LETTERS,
    ),
    Option(
        "acronym.offensive",
        bool,
        False,
        mark("Show names that may offend"),
        mark("Names that are rude in English, Chinese pinyin, Spanish, French or German are left out otherwise."),
        _GROUP,
    ),
    Option(
        "acronym.copy_format",
        str,
        "title",
        mark("Copy names as"),
        mark("The form in which names are copied."),
        _GROUP,
        (
            ("title", mark("NAME: Title")),
            ("macro", mark("LaTeX macro")),
            ("acrodef", mark("\\acrodef entry")),
            ("name", mark("Name alone")),
        ),
    ),
    Option("acronym.field", str, "computing", "", hidden=True),
)
