"""What every widget is given: settings, history, models, tasks, actions, theme, and the signals between tabs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage

from app.core.history import History
from app.core.paths import Paths
from app.core.settings import Settings
from app.registry import all_options
from app.ui.actions import ActionRegistry
from app.ui.language import Language
from app.ui.tasks import TaskRunner
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.core.models import ModelStore

LANGUAGE: Final = "general.language"
SHUTDOWN_MS: Final = 5000
"""How long running work is waited for when the program ends."""


class Desk(QObject):
    """Built once and passed to every widget; there is no other way to reach what is in it.

    Args:
        paths: where the user's files are.
        parent: the owner.

    """

    language_changed = Signal()
    theme_changed = Signal()
    capture_requested = Signal()
    """Somebody wants a capture: a button, the tray, the command line."""
    captured = Signal(QImage)
    """The pixels of the region that the user chose."""
    look_up_requested = Signal()
    """Somebody wants the selected text to be looked up: the command line."""
    selected = Signal(str)
    """The text that the user has selected in some program and wants to look up, "" when it cannot be read yet."""
    message = Signal(str, str)
    """A text for the message bar of the tab in front, and its kind: info, success, warning or error."""
    tab_requested = Signal(str)
    """The key of a tab that is to come to the front."""
    crashed = Signal(object)
    """An exception that nobody expected."""
    _told = Signal(str, object)

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.paths = paths
        self.settings = Settings(paths.settings_file, all_options())
        self._language = Language(self)
        self._language.apply(self.settings.text(LANGUAGE))
        self.history = History(paths.history_file)
        self.theme = Theme(self.settings, self)
        self.tasks = TaskRunner(self)
        self.actions = ActionRegistry(self.settings, self)
        self._told.connect(self._on_setting)
        self._unsubscribe = self.settings.subscribe(self._told.emit)
        self.theme.changed.connect(self.theme_changed)
        self.tasks.failed.connect(lambda text: self.message.emit(text, "error"))
        self.tasks.crashed.connect(self.crashed)

    @cached_property
    def models(self) -> ModelStore:
        """The downloads; made when they are first asked for, because what fetches them is slow to import."""
        from app.core.model_table import model_store  # noqa: PLC0415 - see above

        return model_store(self.paths)

    def copy_text(self, text: str) -> None:
        """Put a text on the clipboard, where it stays after the program has ended if the system allows."""
        QGuiApplication.clipboard().setText(text)

    def show_tab(self, key: str) -> None:
        """Bring a tab to the front: a tool's key, "history" or "settings"."""
        self.tab_requested.emit(key)

    def close(self) -> bool:
        """Stop the work, close the files; return whether all work ended in time."""
        self._unsubscribe()
        ended = self.tasks.wait_all(SHUTDOWN_MS)
        self.theme.close()
        self._language.close()
        self.history.close()
        return ended

    def _on_setting(self, key: str, _value: Any) -> None:
        if key == LANGUAGE:
            self._language.apply(self.settings.text(LANGUAGE))
            self.actions.retranslate()
            self.language_changed.emit()
