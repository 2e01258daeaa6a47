"""Read pictures with the recogniser, one after the other, and keep every answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from app.core.errors import Cancelled, PaperdeskError
from app.core.i18n import tr
from app.formula.service import Loading
from app.ui.formula.pictures import Source, thumbnail

if TYPE_CHECKING:
    from PIL import Image
    from PySide6.QtGui import QImage

    from app.core.history import Entry, History
    from app.core.progress import Progress
    from app.formula.engine import Answer

TOOL: Final = "formula"


class Reader(Protocol):
    """What the tab needs of `app.formula.service.Recogniser`."""

    @property
    def loading(self) -> Loading:
        """How far the engine is."""

    def load(self) -> object:
        """Load the engine. Raises `ModelError`."""

    def read(self, picture: Image.Image) -> Answer:
        """Return the answer to one picture; waits for the engine. Raises `NoFormula`, `ModelError`."""


@dataclass(frozen=True)
class Reading:
    """A picture, its answer and the entry of the history that keeps both."""

    source: Source
    image: QImage
    ink: tuple[float, float]
    """Width and height of the ink in pixels of the picture, (0, 0) if unknown."""
    answer: Answer
    entry: Entry


@dataclass
class Readings:
    """What became of several pictures."""

    last: Reading | None = None
    done: int = 0
    faults: list[tuple[str, PaperdeskError]] = field(default_factory=list)
    """Name and error of each picture that could not be read."""


def read_all(sources: Sequence[Source], reader: Reader, history: History, progress: Progress) -> Readings:
    """Read `sources` in turn; every answer is in the history before the next picture is opened.

    Raises:
        PaperdeskError: there is one picture only and it cannot be read.
        Cancelled: the user has stopped it; what was read until then is kept.

    """
    readings = Readings()
    for number, source in enumerate(sources):
        progress.report(number, len(sources) if len(sources) > 1 else None, _what_is_done(source, reader))
        try:
            readings.last = _read(source, reader, history, progress)
            readings.done += 1
        except Cancelled:
            raise
        except PaperdeskError as error:
            if len(sources) == 1:
                raise
            readings.faults.append((source.name, error))
    return readings


def _what_is_done(source: Source, reader: Reader) -> str:
    """Return what the user waits for."""
    if reader.loading is not Loading.READY:
        return tr("Loading the recognition model")
    return tr("Reading {name}", name=source.name) if source.name else tr("Reading the formula")


def _read(source: Source, reader: Reader, history: History, progress: Progress) -> Reading:
    """Read one picture and keep the answer."""
    from app.ui.formula.conversion import ink_size, to_qimage  # noqa: PLC0415 - see there

    picture = source.open()
    image = source.image
    if image is None or image.hasAlphaChannel():
        image = to_qimage(picture)
    ink = ink_size(picture)
    answer = reader.read(picture)
    progress.report(0)  # The user may have stopped it meanwhile: then nothing is kept.
    detail = {
        "confidence": round(answer.confidence, 4),
        "engine": answer.engine,
        "seconds": round(answer.seconds, 3),
        "source": source.origin,
    }
    entry = history.add(TOOL, answer.latex, detail=detail, thumbnail=thumbnail(image))
    return Reading(source, image, ink, answer, entry)
