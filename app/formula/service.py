"""The recogniser that window and command line share: it chooses the engine and loads it once, in the background."""

from __future__ import annotations

import statistics
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from app.core.errors import InputError, PaperdeskError
from app.core.i18n import tr
from app.core.paths import Paths
from app.core.settings import Settings
from app.formula.devices import choose, remembered
from app.formula.engine import Answer, Engine, NoFormula

if TYPE_CHECKING:
    from PIL import Image

ENGINE: Final = "formula.engine"
RECENT: Final = 20
"""Answers whose time is shown."""
Make = Callable[[Settings, str], Engine]
"""make(settings, device) -> engine; without a device that of the settings."""


class Loading(Enum):
    """How far an engine is."""

    WAITING = "waiting"
    BUSY = "busy"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class Status:
    """What reads the pictures at the moment."""

    engine: str
    """A key of `ENGINES`."""
    device: str
    """A key of `devices.DEVICES`."""
    milliseconds: float | None
    """What a picture takes: the median of the latest answers, before the first one what the trial found."""
    memory: int
    """Bytes, 0 if unknown."""


@dataclass(frozen=True)
class Comparison:
    """What one engine made of a picture."""

    engine: str
    answer: Answer | None
    error: PaperdeskError | None = None


def _onnx(settings: Settings, device: str) -> Engine:
    from app.formula.onnx_engine import OnnxEngine  # noqa: PLC0415 - numpy: a tenth of a second at the start
    from app.formula.runtime import available  # noqa: PLC0415 - ONNX Runtime: the same

    def make(name: str) -> Engine:
        width, threads = settings.integer("formula.beam_width"), settings.integer("formula.threads")
        return OnnxEngine(beam_width=width, threads=threads, device=name)

    return make(device or choose(settings, available(), make))


def _pix2tex(_settings: Settings, _device: str) -> Engine:
    from app.formula.pix2tex_engine import Pix2texEngine  # noqa: PLC0415 - seldom used

    return Pix2texEngine(Paths.of_user())


ENGINES: Final[dict[str, Make]] = {"onnx": _onnx, "pix2tex": _pix2tex}
"""How each engine is made."""


class Recogniser:
    """Reads pictures. May be used from any thread; pictures are read one at a time.

    Args:
        settings: say which engine, unless `engine` does, and how it works.
        engines: how each is made; `ENGINES` without.
        engine: a key of `engines`.
        device: a key of `devices.DEVICES`; that of the settings without.

    """

    def __init__(
        self, settings: Settings, engines: dict[str, Make] | None = None, *, engine: str = "", device: str = ""
    ) -> None:  # fmt: skip
        name = engine or settings.text(ENGINE)
        known = engines or ENGINES
        if name not in known:
            raise InputError(tr("There is no engine {name}.", name=name))
        self._make = known[name]
        self._settings, self._device = settings, device
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._seconds: deque[float] = deque(maxlen=RECENT)
        self.loading = Loading.WAITING

    def load(self) -> Engine:
        """Load the engine, or wait until another thread has. Raises `ModelError`; the next call tries again."""
        with self._lock:
            return self._loaded()

    def recognise(self, pictures: Sequence[Image.Image]) -> list[Answer]:
        """Return an answer to each picture, an empty one where there is no formula. Raises `ModelError`."""
        with self._lock:
            answers = self._loaded().recognise(pictures)
        self._seconds.extend(answer.seconds for answer in answers if answer.latex)
        return answers

    def read(self, picture: Image.Image) -> Answer:
        """Return the answer to one picture. Raises `NoFormula`, `ModelError`."""
        answer = self.recognise([picture])[0]
        if not answer.latex:
            raise NoFormula
        return answer

    def status(self) -> Status | None:
        """Return what reads the pictures, None before it is loaded. Never waits."""
        engine = self._engine
        if engine is None:
            return None
        taken = list(self._seconds)
        trial = remembered(self._settings).get(engine.device) if engine.name == "onnx" else None
        return Status(engine.name, engine.device, 1000 * statistics.median(taken) if taken else trial, engine.memory())

    def close(self) -> None:
        """Give back what the engine holds; the next picture loads it again."""
        with self._lock:
            if self._engine is not None:
                self._engine.close()
            self._engine, self.loading = None, Loading.WAITING

    def _loaded(self) -> Engine:
        if self._engine is None:
            self.loading = Loading.BUSY
            try:
                engine = self._make(self._settings, self._device)
                engine.load()
            except BaseException:
                self.loading = Loading.FAILED
                raise
            self._engine = engine
            self.loading = Loading.READY
        return self._engine


def compare_engines(
    settings: Settings, picture: Image.Image, engines: dict[str, Make] | None = None
) -> Iterator[Comparison]:
    """Yield what each engine makes of a picture; each is loaded for it and closed again."""
    for name, make in (engines or ENGINES).items():
        engine: Engine | None = None
        try:
            engine = make(settings, "")
            engine.load()
            answer = engine.recognise([picture])[0]
            yield Comparison(name, answer) if answer.latex else Comparison(name, None, NoFormula())
        except PaperdeskError as error:
            yield Comparison(name, None, error)
        finally:
            if engine is not None:
                engine.close()
