"""Hears the system asking the program to stop (Ctrl+C, kill, log-out) without looking for it all the time."""

from __future__ import annotations

import signal
import socket
from types import FrameType
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, Signal

SIGNALS: Final = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class StopSignals(QObject):
    """Python's handlers run only when Python runs: a socket that the signal writes to wakes the event loop."""

    came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading, self._writing = socket.socketpair()
        for each in (self._reading, self._writing):
            each.setblocking(False)
        self._before = {number: signal.signal(number, self._ignore) for number in SIGNALS if _is_wanted(number)}
        self._wakeup = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    def close(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._reading.close()
        self._writing.close()

    def _on_signal(self) -> None:
        try:
            numbers = self._reading.recv(256)
        except BlockingIOError:
            return
        if any(number in self._before for number in numbers):
            self.came.emit()

    @staticmethod
    def _ignore(_number: int, _frame: FrameType | None) -> None:
        """Let the socket alone say it."""


def _is_wanted(number: int) -> bool:
    """Say whether a signal is Python's to handle: what nohup and shells have it ignore stays ignored."""
    return signal.getsignal(number) not in (signal.SIG_IGN, None)
