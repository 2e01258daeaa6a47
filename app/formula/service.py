"""The recogniser that window and command line share: it chooses the engine and loads it once, in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Final

from app.core.errors import InputError
from app.core.i18n import tr
from app.core.settings import Settings
from app.formula.engine import Answer, Engine, NoFormula

if TYPE_CHECKING:
    from PIL import Image


class Loading(Enum):
    """How far an engine is."""

    WAITING = "waiting"
    BUSY = "busy"
    READY = "ready"
    FAILED = "failed"


def _onnx(settings: Settings) -> Engine:
    from app.formula.onnx_engine import OnnxEngine  # noqa: PLC0415 - numpy: a tenth of a second at the start

    return OnnxEngine(beam_width=settings.integer("formula.beam_width"), threads=settings.integer("formula.threads"))


ENGINES: Final[dict[str, Callable[[Settings], Engine]]] = {"onnx": _onnx}
"""How each engine is made."""


class Recogniser:
    """Reads pictures with the engine of the settings. May be used from any thread; pictures are read one at a time."""

    def __init__(self, settings: Settings, engines: dict[str, Callable[[Settings], Engine]] | None = None) -> None:
        name = settings.text("formula.engine")
        known = engines or ENGINES
        if name not in known:
            raise InputError(tr("There is no engine {name}.", name=name))
        self._make = known[name]
        self._settings = settings
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self.loading = Loading.WAITING

    def load(self) -> Engine:
        """Load the engine, or wait until another thread has. Raises `ModelError`; the next call tries again."""
        with self._lock:
            return self._loaded()

    def recognise(self, pictures: Sequence[Image.Image]) -> list[Answer]:
        """Return an answer to each picture, an empty one where there is no formula. Raises `ModelError`."""
        with self._lock:
            return self._loaded().recognise(pictures)

    def read(self, picture: Image.Image) -> Answer:
        """Return the answer to one picture. Raises `NoFormula`, `ModelError`."""
        answer = self.recognise([picture])[0]
        if not answer.latex:
            raise NoFormula
        return answer

    def _loaded(self) -> Engine:
        if self._engine is None:
            self.loading = Loading.BUSY
            try:
                engine = self._make(self._settings)
                engine.load()
            except BaseException:
                self.loading = Loading.FAILED
                raise
            self._engine = engine
            self.loading = Loading.READY
        return self._engine
