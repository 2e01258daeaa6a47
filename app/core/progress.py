"""How long work tells how far it is and learns that it should stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What a long function reports to; the window, the command line and tests each have their own."""

    def report(self, done: float, total: float | None = None, text: str = "") -> None:
        """Say that `done` of `total` units are done (`total` None: unknown), with a short text in the user's language.

        Raises `Cancelled` when the user has asked to stop, so that long loops need no other check.
        """


class NoProgress:
    """Reports to nobody and is never cancelled."""

    def report(self, done: float, total: float | None = None, text: str = "") -> None:
        """Do nothing."""
