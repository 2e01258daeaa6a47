"""The desk with nothing but its capture: `capture_program FOLDER`. Pictures are left in the folder.

Words on its input: `set KEY VALUE`, `again`, `request`, `dialog` (opens one of ours); its end: quit.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog

from app.core.paths import Paths
from app.ui.capture_controller import CaptureController
from app.ui.desk import Desk
from app.ui.overlay.window import OverlayWindow
from tests.e2e.pattern_program import say

_SAID = {QEvent.Type.Paint: "painted", QEvent.Type.MouseMove: "pointed", QEvent.Type.Enter: "pointed"}


class Reporter(QObject):
    """Says what the capture does."""

    def __init__(self, desk: Desk, controller: CaptureController, folder: Path) -> None:
        super().__init__()
        self._desk, self._controller, self._folder, self._number = desk, controller, folder, 0
        desk.captured.connect(self._on_captured)
        desk.message.connect(lambda text, kind: say(event="message", text=text, kind=kind))
        controller.session.cancelled.connect(lambda: say(event="cancelled"))
        self._notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._on_words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(watched, OverlayWindow) and event.type() in _SAID:
            area = watched.geometry()
            place = [area.x(), area.y(), area.width(), area.height()]
            say(event=_SAID[event.type()], name=watched.screen_name, place=place)
        return False

    def _on_captured(self, image: QImage) -> None:
        now = time.monotonic()
        self._number += 1
        file = self._folder / f"{self._number}.png"
        image.save(str(file))
        say(event="captured", file=str(file), ratio=image.devicePixelRatio(), time=now)

    def _on_words(self) -> None:
        lines = os.read(0, 4096).decode().splitlines()
        for line in lines:
            word, *values = line.split()
            getattr(self, f"_do_{word}")(*values)
        if not lines:
            QApplication.quit()

    def _do_set(self, key: str, value: str = "") -> None:
        self._desk.settings.set(key, value)
        say(event="set")

    def _do_again(self) -> None:
        self._controller.again()

    def _do_request(self) -> None:
        self._desk.capture_requested.emit()

    def _do_dialog(self) -> None:
        self._dialog = QDialog()
        self._dialog.setModal(True)
        self._dialog.show()


def main() -> None:
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    folder = Path(sys.argv[1])
    desk = Desk(Paths.under(folder))
    controller = CaptureController(desk)
    reporter = Reporter(desk, controller, folder)
    application.installEventFilter(reporter)
    QTimer.singleShot(0, lambda: say(event="ready"))
    application.exec()
    controller.close()


if __name__ == "__main__":
    main()
