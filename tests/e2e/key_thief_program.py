"""Another program that has Ctrl+Alt+M already: grabs it on the root window and says so."""

from __future__ import annotations

import sys

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QGuiApplication

from app.hotkey.x11 import X11
from tests.e2e.pattern_program import say


def main() -> None:
    application = QGuiApplication(sys.argv[:1])
    hotkey = X11()
    hotkey.register(sys.argv[1], lambda: say(event="pressed"), lambda error: say(event="failed", text=str(error)))
    say(event="ready")
    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
    notifier.activated.connect(application.quit)
    application.exec()
    hotkey.unregister()


if __name__ == "__main__":
    main()
