"""The engine of the settings, loaded before it is needed and made anew when its settings change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from app.core.errors import PaperdeskError
from app.core.i18n import tr
from app.formula.devices import DEVICE
from app.formula.service import Recogniser

if TYPE_CHECKING:
    from app.core.progress import Progress
    from app.ui.desk import Desk
    from app.ui.formula.recognition import Reader
    from app.ui.widgets.message_bar import MessageBar

ENGINE: Final = "formula.engine"
ENGINE_SETTINGS: Final = frozenset({ENGINE, DEVICE, "formula.beam_width", "formula.threads"})
LOAD_AFTER_MS: Final = 200
"""The window is painted first."""


class EngineLoader(QObject):
    """Holds what reads pictures.

    Args:
        desk: gives settings and tasks.
        messages: where faults are told.
        reader: what reads pictures; the engine of the settings without one.
        parent: the owner.

    """

    def __init__(self, desk: Desk, messages: MessageBar, reader: Reader | None, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._messages = desk, messages
        self.reader: Reader = reader if reader is not None else Recogniser(desk.settings)
        if reader is None:
            self._unsubscribe = desk.settings.subscribe(self._on_setting)
            self.destroyed.connect(self._unsubscribe)
        QTimer.singleShot(LOAD_AFTER_MS, self, self.load)

    def load(self) -> None:
        """Load the engine in the background."""
        reader = self.reader

        def work(_progress: Progress) -> None:
            reader.load()

        self._desk.tasks.run(work, self._loaded, self.fail, channel="formula.engine")

    def fail(self, error: Exception) -> None:
        """Say that nothing can be read, and offer to try again."""
        if not isinstance(error, PaperdeskError):
            self._desk.crashed.emit(error)
            return
        self._messages.show_message(str(error), "error", (tr("Try again"), self.load))

    def _loaded(self, _nothing: None) -> None:
        """Be ready; nobody needs to be told."""

    def _on_setting(self, key: str, _value: object) -> None:
        if key in ENGINE_SETTINGS:
            older, self.reader = self.reader, Recogniser(self._desk.settings)
            self._desk.tasks.run(lambda _progress: older.close(), self._loaded)
            self.load()
