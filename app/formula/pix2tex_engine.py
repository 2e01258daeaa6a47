"""The engine "pix2tex": the package of that name with its own weights, in a process and an environment of its own."""

from __future__ import annotations

import base64
import io
import json
import queue
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from app.core.i18n import tr
from app.formula.devices import CPU
from app.formula.doubts import Written
from app.formula.engine import Answer, ModelError, NoFormula
from app.formula.memory import resident
from app.formula.normalise import normalise
from app.formula.pix2tex_environment import PIX2TEX, command
from app.formula.ranking import Calibration, ranked

if TYPE_CHECKING:
    from PIL import Image

    from app.core.paths import Paths

START_SECONDS: Final = 180.0
"""Within this the child has to be ready; PyTorch takes long to load from a slow disk."""
ANSWER_SECONDS: Final = 120.0
"""Within this a picture has to be read; endless repetitions take longest."""
END_SECONDS: Final = 5.0
CALIBRATION: Final = Calibration(slope=1.0, offset=-0.4, agreement=10.0)
"""pix2tex tells no probability: the confidence is that of the agreement alone."""


class Pix2texEngine:
    """See `Engine`.

    Args:
        paths: where the environment, the weights and the log are.
        child: the command of the child process; the installed one without.
        answer_seconds: after this time without an answer the child is ended.

    """

    name = PIX2TEX

    def __init__(
        self, paths: Paths, child: Sequence[str] | None = None, *, answer_seconds: float = ANSWER_SECONDS
    ) -> None:  # fmt: skip
        self._log = paths.logs / "pix2tex.log"
        self._paths = paths
        self._command = child
        self._answer_seconds = answer_seconds
        self._child: _Child | None = None
        self.device = CPU

    def load(self) -> None:
        """Start the child, unless it runs, and wait until it is ready. Raises `ModelError`."""
        if self._child is not None and self._child.is_running:
            return
        self.close()
        self._child = _Child(self._command or command(self._paths), self._log)
        try:
            self.device = str(self._child.answer(START_SECONDS).get("device", CPU))
        except _ChildError as error:
            self.close()
            reason = str(error) or _last_line(self._log)
            raise ModelError(tr("pix2tex cannot be started: {reason}", reason=reason)) from error

    def recognise(self, pictures: Sequence[Image.Image]) -> list[Answer]:
        """Return an answer to each picture; see `Engine`. A child that dies is started once more."""
        return [self._recognise(picture) for picture in pictures]

    def memory(self) -> int:
        """Return the bytes of memory of the child."""
        return resident(self._child.process.pid) if self._child is not None and self._child.is_running else 0

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.end()
            self._child = None

    def _recognise(self, picture: Image.Image) -> Answer:
        nothing = Answer("", 0.0, self.name, 0.0)
        try:
            normalised = normalise(picture)
        except NoFormula:
            return nothing
        row = self._asked(picture)
        candidates = ranked([Written(str(row.get("latex", "")), 0.0)], normalised, CALIBRATION)
        if not candidates:
            return nothing
        best = candidates[0]
        return Answer(best.latex, best.confidence, self.name, float(row["seconds"]), candidates)

    def _asked(self, picture: Image.Image) -> dict[str, Any]:
        """Return the child's answer. Raises `ModelError`; the next picture then starts another child."""
        for is_last in (False, True):
            self.load()
            assert self._child is not None  # noqa: S101 - `load` has started it
            try:
                row = self._child.ask(_question(picture), self._answer_seconds)
            except _ChildError as error:
                self.close()
                if error.is_late:
                    limit = round(self._answer_seconds)
                    text = tr("pix2tex did not answer within {seconds} s and was ended.", seconds=limit)
                    raise ModelError(text) from error
                if is_last:
                    raise ModelError(tr("pix2tex broke off: {reason}", reason=_last_line(self._log))) from error
            else:
                if "error" in row:
                    raise ModelError(tr("pix2tex could not read the picture: {reason}", reason=row["error"]))
                return row
        raise AssertionError


class _ChildError(Exception):
    """The child has ended or keeps silent."""

    def __init__(self, text: str = "", *, is_late: bool = False) -> None:
        super().__init__(text)
        self.is_late = is_late


class _Child:
    """The process, and a thread that waits for what it says."""

    def __init__(self, child: Sequence[str], log: Path) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as errors:
            try:
                self.process = subprocess.Popen(  # noqa: S603 - our own script in our own environment
                    child, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8"
                )
            except OSError as error:
                raise ModelError(tr("pix2tex cannot be started: {reason}", reason=error)) from error
        self._lines: queue.Queue[str] = queue.Queue()
        assert self.process.stdout is not None  # noqa: S101 - a pipe was asked for
        self._listener = threading.Thread(target=self._listen, args=(self.process.stdout,), daemon=True)
        self._listener.start()

    @property
    def is_running(self) -> bool:
        """Whether the process has not ended."""
        return self.process.poll() is None

    def ask(self, question: str, seconds: float) -> dict[str, Any]:
        """Return the answer to a question. Raises `_ChildError`."""
        assert self.process.stdin is not None  # noqa: S101 - a pipe was asked for
        try:
            self.process.stdin.write(question + "\n")
            self.process.stdin.flush()
        except OSError as error:
            raise _ChildError from error
        return self.answer(seconds)

    def answer(self, seconds: float) -> dict[str, Any]:
        """Return the next answer. Raises `_ChildError` when the child ends, keeps silent or says something else."""
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            raise _ChildError(tr("it keeps silent"), is_late=True) from None
        if not line:
            raise _ChildError
        try:
            row = json.loads(line)
        except ValueError as error:
            raise _ChildError(line.strip()) from error
        return row if isinstance(row, dict) else {}

    def end(self) -> None:
        """Let the child end, or end it."""
        deadline = time.monotonic() + END_SECONDS
        with suppress(OSError):
            if self.process.stdin is not None:
                self.process.stdin.close()
        self.process.kill()
        self.process.wait(max(deadline - time.monotonic(), 0))
        self._listener.join(END_SECONDS)

    def _listen(self, output: IO[str]) -> None:
        with output:
            for line in output:
                self._lines.put(line)
        self._lines.put("")


def _question(picture: Image.Image) -> str:
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "PNG", compress_level=1)
    return json.dumps({"png": base64.b64encode(buffer.getvalue()).decode("ascii")})


def _last_line(log: Path) -> str:
    """Return the last thing the child wrote to its log."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    return next((line.strip() for line in reversed(lines) if line.strip()), tr("no reason given"))
