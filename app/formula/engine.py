"""What every recogniser of formulas offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

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


@dataclass(frozen=True)
class Answer:
    """What an engine read in a picture."""

    latex: str
    """Empty when there was no formula."""
    confidence: float
    """The estimated probability, 0 to 1, that the LaTeX is right."""
    engine: str
    seconds: float


class Engine(Protocol):
    """Reads formulas. `recognise` may be called from any thread, one call at a time."""

    name: str

    def load(self) -> None:
        """Get ready. Raises `ModelError`."""

    def recognise(self, pictures: Sequence[Image.Image]) -> list[Answer]:
        """Return an answer to each picture, in order. Raises `ModelError`."""
