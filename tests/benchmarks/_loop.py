"""The event loop of a window that is measured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEventLoop, QTimer

LOOK_EVERY_MS: Final = 2
WITHIN_MS: Final = 120_000


def until(is_so: Callable[[], bool]) -> None:
    """Run the event loop until something is so; fail when it takes two minutes."""
    loop = QEventLoop()
    look = QTimer(loop, interval=LOOK_EVERY_MS)
    look.timeout.connect(lambda: loop.exit(0) if is_so() else None)
    look.start()
    QTimer.singleShot(WITHIN_MS, loop, lambda: loop.exit(1))
    assert loop.exec() == 0, "waited in vain"
