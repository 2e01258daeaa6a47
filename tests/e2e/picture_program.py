"""A window that shows a picture to the pixel, as a reader of papers would: `picture_program FILE X Y`."""

from __future__ import annotations

import sys

from PySide6.QtCore import QPoint, QSocketNotifier, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPaintEvent, QRasterWindow

from tests.e2e.pattern_program import say


class PictureWindow(QRasterWindow):
    """Shows the picture."""

    def __init__(self, picture: QImage, place: QPoint) -> None:
        super().__init__()
        self._picture = picture
        self.setFlags(Qt.WindowType.FramelessWindowHint)
        self.setTitle("picture")
        self.setPosition(place)
        self.resize(picture.size())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.drawImage(0, 0, self._picture)
        say(event="painted", x=self.x(), y=self.y())


def main() -> None:
    application = QGuiApplication(sys.argv[:1])
    file, x, y = sys.argv[1:]
    window = PictureWindow(QImage(file), QPoint(int(x), int(y)))
    window.show()
    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
    notifier.activated.connect(application.quit)
    application.exec()


if __name__ == "__main__":
    main()
