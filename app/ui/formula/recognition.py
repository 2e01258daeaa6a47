"""Read pictures with the recogniser, one after the other, and keep every answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from app.core.errors import Cancelled, PaperdeskError
from app.core.i18n import tr
from app.formula.engine import Candidate, Doubt
from app.formula.service import Loading, Status
from app.ui.formula.pictures import DRAWING, Source, thumbnail

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

    def status(self) -> Status | None:
        """Return what reads the pictures, None before it is loaded; never waits."""

    def close(self) -> None:
        """Give back what the engine holds."""

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
    detail: dict[str, Any] = {
        "confidence": round(answer.confidence, 4),
        "engine": answer.engine,
        "seconds": round(answer.seconds, 3),
        "source": source.origin,
    }
    if source.part is not None:
        detail |= {"file": source.name, "page": source.part[1].page}
    if len(answer.candidates) > 1 or any(each.doubts for each in answer.candidates):
        detail["candidates"] = [_kept(each) for each in answer.candidates]
    entry = history.add(TOOL, answer.latex, detail=detail, thumbnail=thumbnail(image))
    return Reading(source, image, ink, answer, entry)


def read_drawing(
    image: QImage, reader: Reader, history: History, replaced: int | None, progress: Progress
) -> Reading:  # fmt: skip
    """Read a drawing; its entry takes the place of `replaced`, unless the user pinned or edited that one.

    Raises `NoFormula`, `ModelError`, `Cancelled`, `StorageError`; the older entry then stays.
    """
    reading = _read(Source(DRAWING, image), reader, history, progress)
    older = None if replaced is None else history.get(replaced)
    if older is not None and not older.pinned and not older.detail.get("edited"):
        history.delete([older.id])
    return reading


def _kept(candidate: Candidate) -> list[Any]:
    """Return a candidate as the history keeps it."""
    doubts = [[each.start, each.end, round(each.chance, 3), each.instead] for each in candidate.doubts]
    return [candidate.latex, round(candidate.confidence, 4), doubts]


def candidates_in(detail: Mapping[str, Any]) -> list[Candidate]:
    """Return the answers that an entry of the history keeps, none when it keeps none or they are no answers."""
    try:
        return [
            Candidate(
                str(latex), float(confidence), doubts=tuple(_doubt(*facts) for doubts in more for facts in doubts)
            )
            for latex, confidence, *more in detail.get("candidates", ())
        ]
    except (TypeError, ValueError):
        return []


def _doubt(start: float, end: float, chance: float, instead: str) -> Doubt:
    return Doubt(int(start), int(end), float(chance), str(instead))


def news(readings: Readings) -> tuple[str, str] | None:
    """Return what is to be said of several pictures, and the kind of message; None for one that was read."""
    if readings.faults:
        name, error = readings.faults[0]
        counts = {"done": readings.done, "failed": len(readings.faults)}
        return tr("{done} read, {failed} not: {name}: {error}", **counts, name=name, error=error), "warning"
    if readings.done > 1:
        return tr("{done} formulas read. All of them are in the history.", done=readings.done), "success"
    return None
