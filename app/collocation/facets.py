"""The parts that counts are kept for: a field of research and a period, together a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.core.errors import InputError
from app.core.i18n import mark, tr

TO_2022: Final = "to2022"
FROM_2023: Final = "from2023"

PERIODS: Final = {TO_2022: mark("to 2022"), FROM_2023: mark("2023 on")}
"""Apart, because much text of 2023 and later leans to the style of language models."""
FIRST_RECENT_YEAR: Final = 2023

FIELDS: Final = {
    "cs": mark("computer science"),
    "math": mark("mathematics"),
    "physics": mark("physics"),
    "life": mark("life sciences"),
    "textbooks": mark("textbooks"),
    "mine": mark("my papers"),
}


def period_of(year: int) -> str:
    """Return the period that a year of publication belongs to."""
    return FROM_2023 if year >= FIRST_RECENT_YEAR else TO_2022


@dataclass(frozen=True, order=True)
class Cell:
    """One field in one period: keys of `FIELDS` and `PERIODS`."""

    field: str
    period: str


@dataclass(frozen=True)
class Facet:
    """What is counted: one field or all (""), one period or both ("")."""

    field: str = ""
    period: str = ""

    def __post_init__(self) -> None:
        if self.field and self.field not in FIELDS:
            raise InputError(
                tr("There is no field called {name}; there are {names}.", name=self.field, names=", ".join(FIELDS))
            )
        if self.period and self.period not in PERIODS:
            raise InputError(
                tr("There is no period called {name}; there are {names}.", name=self.period, names=", ".join(PERIODS))
            )

    def columns(self, cells: Sequence[Cell]) -> list[int]:
        """Return the numbers of the cells that are counted."""
        return [number for number, cell in enumerate(cells) if self._has(cell)]

    def _has(self, cell: Cell) -> bool:
        return self.field in {"", cell.field} and self.period in {"", cell.period}


EVERYTHING: Final = Facet()
