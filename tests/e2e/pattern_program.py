"""A window with a known pattern at a place on the desktop, in pixels: `pattern_program X Y WIDTH HEIGHT`."""

from __future__ import annotations

import json
import sys

import numpy as np
from PySide6.QtCore import QRect, QSocketNotifier, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QImage, QKeyEvent, QPainter, QPaintEvent, QRasterWindow

_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


def pattern(width: int, height: int) -> QImage:
    """Return a picture in which no pixel is like its neighbours, the same at every call."""
    values = np.random.default_rng(7).integers(0, 1 << 24, (height, width), dtype=np.uint32) | 0xFF000000
    return QImage(values.tobytes(), width, height, width * 4, QImage.Format.Format_RGB32).copy()


class PatternWindow(QRasterWindow):
    """Shows the pattern and reports the keys it gets."""

    def __init__(self, place: QRect) -> None:
        super().__init__()
        self._picture = pattern(place.width(), place.height())
        self.setFlags(Qt.WindowType.FramelessWindowHint)
        self.setTitle("pattern")
        self.setGeometry(place)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.drawImage(0, 0, self._picture)
        say(event="painted", x=self.x(), y=self.y())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        say(event="focused")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() not in _MODIFIERS:
            say(event="key", key=event.key())


def say(**words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main() -> None:
    application = QGuiApplication(sys.argv[:1])
    window = PatternWindow(QRect(*map(int, sys.argv[1:5])))
    window.show()
    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
    notifier.activated.connect(application.quit)
    application.exec()


if __name__ == "__main__":
    main()
