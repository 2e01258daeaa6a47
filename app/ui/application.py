"""Starts the program with a window and ends it without leaving anything behind."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from shiboken6 import delete

from app import __version__
from app.core import instance
from app.core.errors import PaperdeskError
from app.core.i18n import tr
from app.core.logs import previous_crash, set_up_logging, stop_watching, watch_for_crashes
from app.core.paths import Paths
from app.ui.desk import Desk
from app.ui.faults import FaultWatch
from app.ui.icons import app_icon
from app.ui.instance_server import InstanceServer
from app.ui.stop_signals import StopSignals
from app.ui.tray import Tray, has_tray
from app.ui.widgets.toast import Toast
from app.ui.window import Window

if TYPE_CHECKING:
    from app.ui.capture_controller import CaptureController
    from app.ui.crash_dialog import CrashDialog
    from app.ui.look_up_controller import LookUpController

DESKTOP_FILE: Final = "org.paperdesk.Paperdesk"
"""Name of the .desktop file without its ending; the desktop's portal must be told the same."""
RETENTION: Final = "history.retention_days"
UNSEEN_MS: Final = 3000
"""A window that is not painted by then waits on another desktop; the capture keys work all the same."""
_log = logging.getLogger(__name__)


def run_app(*, hidden: bool = False, capture: bool = False) -> int:
    """Run the program until the user quits and return the exit code; a running one is raised instead.

    Args:
        hidden: start in the tray, if there is one.
        capture: begin with a capture.

    """
    paths = Paths.of_user()
    command = instance.CAPTURE if capture else instance.SHOW
    if instance.send(command, paths):
        return 0
    application = make_application()
    server = InstanceServer(paths)
    if not server.listen():
        return 0 if instance.send(command, paths) else _refuse(tr("Paperdesk is running but does not answer."))
    crash = previous_crash(paths)
    set_up_logging(paths)
    watch_for_crashes(paths)
    try:
        return _live(application, Desk(paths), server, crash or "", hidden=hidden, capture=capture)
    except PaperdeskError as error:
        return _refuse(str(error))
    finally:
        server.close()
        stop_watching()


def _live(
    application: QApplication, desk: Desk, server: InstanceServer, crash: str, *, hidden: bool, capture: bool
) -> int:
    """Run from the first window to the last thread and return the exit code."""
    program = Program(desk, server, crash)
    program.start(hidden=hidden, capture=capture)
    code = application.exec()
    if not program.close():
        _log.warning("work was still running at the end")
        stop_watching()
        logging.shutdown()
        os._exit(code)
    return code


def _refuse(text: str) -> int:
    """Say why there is no window and return the exit code."""
    QMessageBox.critical(None, "Paperdesk", text)
    return 1


def make_application() -> QApplication:
    """Make the application object with the program's name and icon."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    QGuiApplication.setDesktopFileName(DESKTOP_FILE)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("paperdesk")
    application.setApplicationDisplayName("Paperdesk")
    application.setApplicationVersion(__version__)
    application.setWindowIcon(app_icon())
    application.setQuitOnLastWindowClosed(False)
    return application


class Program(QObject):
    """Everything that lives from the start to the end, put together.

    Args:
        desk: what the widgets share.
        server: hears what other starts want.
        crash: what an earlier run left when it crashed, "" for nothing.

    """

    def __init__(self, desk: Desk, server: InstanceServer, crash: str = "") -> None:
        super().__init__()
        self.desk, self._crash = desk, crash
        self._capture_first = self._is_ready = self._is_reporting = False
        self._dialog: CrashDialog | None = None
        self.capture: CaptureController | None = None
        self.look_up: LookUpController | None = None
        self.tray: Tray | None = None
        self.watch = FaultWatch(self)
        self.watch.install()
        self.watch.caught.connect(self._on_fault)
        desk.crashed.connect(self.watch.take)
        self.window = Window(desk)
        self._toast = Toast(desk.theme)
        server.asked.connect(self._on_asked)
        self.signals = StopSignals(self)
        self.signals.came.connect(self.window.quit)

    def start(self, *, hidden: bool = False, capture: bool = False) -> None:
        """Show the window; everything that can wait is loaded when it has been painted.

        Args:
            hidden: show no window; without a tray, from which it could be called, it waits in the task bar.
            capture: begin with a capture.

        """
        self._capture_first = capture
        if hidden:
            QTimer.singleShot(0, self, self._load_rest)
            if not has_tray():
                self.window.showMinimized()
            return
        self.window.painted.connect(self._load_rest)
        QTimer.singleShot(UNSEEN_MS, self, self._load_rest)
        self.window.show_last_page()
        self.window.show()

    def close(self) -> bool:
        """Take everything down in order; return whether all work ended in time."""
        self.signals.close()
        if self.capture is not None:
            self.capture.close()
        if self.look_up is not None:
            self.look_up.close()
        if self.tray is not None:
            self.tray.close()
        self.window.hide()
        delete(self._toast)
        ended = self.desk.close()
        delete(self.window)
        self.watch.remove()
        return ended

    def _load_rest(self) -> None:
        """Load what was not needed to see the window."""
        from app.ui.capture_controller import CaptureController  # noqa: PLC0415 - after the window is painted
        from app.ui.look_up_controller import LookUpController  # noqa: PLC0415 - as above

        if self._is_ready:
            return
        self._is_ready = True
        if not self.window.current_key:
            self.window.show_last_page()
        self.capture = CaptureController(self.desk)
        self.look_up = LookUpController(self.desk)
        self._add_tray()
        self._say_what_happened()
        days = self.desk.settings.integer(RETENTION)
        self.desk.tasks.run(lambda _progress: self.desk.history.purge(days), lambda _count: None)
        if self._capture_first:
            self.desk.capture_requested.emit()

    def _add_tray(self) -> None:
        self.tray = Tray(self.desk, self)
        self.tray.shown.connect(self.window.show_and_raise)
        self.tray.ended.connect(self.window.quit)
        self.window.unseen_message.connect(self._tell)
        self.window.has_tray = has_tray
        self._toast.clicked.connect(self.window.show_and_raise)

    def _tell(self, text: str, kind: str) -> None:
        """Tell somebody who is at work in another program: at the tray icon, or where there is none on the screen."""
        if self.tray is not None and has_tray():
            self.tray.say(text, kind)
        else:
            self._toast.say(text, kind)

    def _say_what_happened(self) -> None:
        messages = self.window.current_tab.messages
        for notice in (self.desk.settings.notice, self.desk.history.notice):
            if notice:
                messages.show_message(notice, "warning")
        if self._crash:
            text = tr("Paperdesk ended unexpectedly the last time.")
            messages.show_message(text, "warning", (tr("Show"), self._show_crash))

    def _show_crash(self) -> None:
        from app.ui.crash_dialog import CrashDialog  # noqa: PLC0415 - seldom needed

        CrashDialog(self.desk, self._crash, self.window, earlier=True).open()

    def _on_asked(self, command: str) -> None:
        if command == instance.SHOW:
            self.window.show_and_raise()
        elif command == instance.QUIT:
            self.window.quit()
        elif command == instance.LOOK_UP:
            self.desk.look_up_requested.emit()
        elif self._is_ready:
            self.desk.capture_requested.emit()
        else:
            self._capture_first = True

    def _on_fault(self, report: str) -> None:
        """Show a fault, unless it is one of showing faults."""
        if self._is_reporting:
            return
        self._is_reporting = True
        try:
            self._report(report)
        finally:
            self._is_reporting = False

    def _report(self, report: str) -> None:
        from app.ui.crash_dialog import CrashDialog  # noqa: PLC0415 - seldom needed

        if self._dialog is not None:
            self._dialog.add(report)
            return
        self._dialog = CrashDialog(self.desk, report, self.window if self.window.isVisible() else None)
        self._dialog.finished.connect(self._forget_dialog)
        self._dialog.quit_requested.connect(self.window.quit)
        self._dialog.open()

    def _forget_dialog(self) -> None:
        self._dialog = None
