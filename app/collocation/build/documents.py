"""What an index is built from: documents, and the lines of text that a reader takes from them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Document:
    """One file, with keys of `FIELDS` and `PERIODS`; without a period, that of the year of each passage."""

    path: Path
    field: str
    period: str = ""
    title: str = ""
    licence: str = ""
    quotable: bool = False
    """Whether single sentences of it may be shown and shipped, with its title."""


@dataclass(frozen=True)
class Passage:
    """A line of running text: a paragraph, an abstract, a section; with the year of publication, if it is known."""

    text: str
    year: int | None = None


@dataclass(frozen=True)
class Skipped:
    """A document that could not be read, and why, in the user's language."""

    path: Path
    reason: str
