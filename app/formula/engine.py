"""What every recogniser of formulas offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from app.core.errors import InputError, PaperdeskError
from app.core.i18n import tr

if TYPE_CHECKING:
    from PIL import Image


class ModelError(PaperdeskError):
    """The recognition model is missing, damaged or cannot be run."""


class NoFormula(InputError):  # noqa: N818 - the name says what was found
    """The picture shows nothing that could be a formula."""

    def __init__(self) -> None:
        super().__init__(tr("No formula found in the picture. Take a region with some white space around the formula."))


MOST_CANDIDATES: Final = 3
"""Answers to a picture."""


@dataclass(frozen=True)
class Doubt:
    """A place in the LaTeX of an answer that the engine is not sure of."""

    start: int
    end: int
    """Characters from `start` to before `end`."""
    chance: float
    """Probability, 0 to 1, of what is there, given what is before it."""
    instead: str = ""
    """What could be put in its place; empty when nothing could without changing more."""


@dataclass(frozen=True)
class Candidate:
    """One of the answers to a picture."""

    latex: str
    confidence: float
    """The estimated probability, 0 to 1, that this is the right one; those of a picture add up to 1 at most."""
    agreement: float | None = None
    """How far its drawing agrees with the picture, 0 to 1 (see `agreement`); None: it was not drawn."""
    doubts: tuple[Doubt, ...] = ()
    """In the order of the text."""


@dataclass(frozen=True)
class Answer:
    """What an engine read in a picture."""

    latex: str
    """Empty when there was no formula."""
    confidence: float
    """The estimated probability, 0 to 1, that the LaTeX is right."""
    engine: str
    seconds: float
    candidates: tuple[Candidate, ...] = ()
    """Up to three different answers, the best, which is this one, first."""


class Engine(Protocol):
    """Reads formulas. `recognise` may be called from any thread, one call at a time."""

    name: str
    device: str
    """What it computes on, a key of `devices.DEVICES`; settled by `load`."""

    def load(self) -> None:
        """Get ready. Raises `ModelError`."""

    def recognise(self, pictures: Sequence[Image.Image]) -> list[Answer]:
        """Return an answer to each picture, in order. Raises `ModelError`."""

    def memory(self) -> int:
        """Return the bytes of memory that the loaded engine takes, 0 if unknown."""

    def close(self) -> None:
        """Give back what the engine holds; `load` makes it ready again."""
