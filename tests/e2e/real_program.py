"""Paperdesk as its user starts it, in a home of its own: `python -m app`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from app.core.history import Entry, History
from app.core.logs import log_file
from app.core.paths import HOME_VARIABLE, Paths
from tests.e2e.virtual_screens import ROOT, TIMEOUT_S, wait_until

LISTENS = "listening for "
"""What the log says when the hotkey is in force."""


class RealProgram:
    """The running window, and the command line beside it."""

    def __init__(self, home: Path, variables: Mapping[str, str]) -> None:
        self.paths = Paths.under(home)
        self._variables = {**variables, HOME_VARIABLE: str(home)}
        self._process = subprocess.Popen(self._command(), cwd=ROOT, env=self._variables)

    @property
    def process_id(self) -> int:
        """The number by which the system knows the program."""
        return self._process.pid

    def wait_for_log(self, words: str) -> None:
        """Wait until the log has the words."""
        wait_until(lambda: words in self.log(), f"{words!r} in the log")

    def log(self) -> str:
        """Return all that the program has logged."""
        file = log_file(self.paths)
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command line of the same user and return what it printed."""
        command = self._command(*arguments)
        return subprocess.run(
            command, cwd=ROOT, env=self._variables, capture_output=True, text=True, check=False, timeout=TIMEOUT_S
        )

    def entries(self) -> list[Entry]:
        """Return the history from its file, newest first, with thumbnails."""
        history = History(self.paths.history_file)
        try:
            found = [history.get(entry.id) for entry in history.search("", limit=50)]
        finally:
            history.close()
        return [entry for entry in found if entry is not None]

    def kill(self) -> None:
        """End the program as a power cut would."""
        self._process.kill()
        self._process.wait()

    def close(self) -> int:
        """Ask the program to end and return its exit code."""
        self._process.terminate()
        try:
            return self._process.wait(TIMEOUT_S)
        finally:
            self._process.kill()
            self._process.wait()

    @staticmethod
    def _command(*arguments: str) -> list[str]:
        return [sys.executable, "-W", "error", "-m", "app", *arguments]


@contextmanager
def real_program(home: Path, variables: Mapping[str, str]) -> Iterator[RealProgram]:
    """Run the program; it must end in peace when asked, unless it has been killed."""
    program = RealProgram(home, variables)
    try:
        yield program
    finally:
        program.close()
