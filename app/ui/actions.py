"""Every action of the program in one place: menu, command palette and shortcut editor list what is here."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.core.i18n import tr
from app.ui.icons import icon as draw_icon

if TYPE_CHECKING:
    from app.core.settings import Settings

OVERRIDES: Final = "shortcuts.overrides"


@dataclass(frozen=True)
class Registered:
    """An action with what the registry knows about it; texts are marked, not translated."""

    id: str
    text: str
    tip: str
    group: str
    icon: str
    default: str
    """Its shortcut unless the user chose another, portable text."""
    owner: QWidget | None
    """The tab or other widget it acts in; None: it acts everywhere."""
    action: QAction

    @property
    def title(self) -> str:
        """Its name in the user's language, without the mark of an access key."""
        return tr(self.text).replace("&", "")

    @property
    def keys(self) -> str:
        """The shortcut in force, portable text; "" for none."""
        return self.action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)


class ActionRegistry(QObject):
    """Makes actions and remembers the shortcuts that the user chose for them."""

    changed = Signal()
    """An action came, went, or has another shortcut."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions: dict[str, Registered] = {}
        self._window: QWidget | None = None

    def add(  # noqa: PLR0913 - all but three have defaults that fit most actions
        self,
        id: str,
        text: str,
        slot: Callable[[], Any] | Callable[[bool], Any],
        *,
        shortcut: str = "",
        tip: str = "",
        icon: str = "",
        group: str = "",
        checkable: bool = False,
        owner: QWidget | None = None,
        context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
    ) -> QAction:
        """Make an action that menu, palette and shortcut editor know.

        Args:
            id: "tab.verb", unique among those that exist.
            text: marked; "&" before the access key.
            slot: called when it is triggered, with the new state when checkable.
            shortcut: default keys, portable text ("Ctrl+Shift+C").
            tip: marked; what it does in one line.
            icon: name of the drawing.
            group: marked; the heading under which it is listed.
            checkable: whether it is switched on and off.
            owner: the widget in whose reach the shortcut works and with which it goes; None: the window.
            context: as in Qt.

        Raises:
            ValueError: there is one with this id.

        """
        if id in self._actions:
            raise ValueError(id)
        action = QAction(owner or self)
        action.setObjectName(id)
        action.setCheckable(checkable)
        action.setShortcutContext(context)
        action.setMenuRole(QAction.MenuRole.NoRole)
        if icon:
            action.setIcon(draw_icon(icon))
        if checkable:
            action.toggled.connect(slot)
        else:
            action.triggered.connect(lambda _checked=False: slot())  # type: ignore[call-arg]
        entry = Registered(id, text, tip, group, icon, shortcut, owner, action)
        self._actions[id] = entry
        action.setShortcut(QKeySequence(self._overrides().get(id, shortcut)))
        action.changed.connect(self.changed)
        self._write(entry)
        action.destroyed.connect(lambda: self._forget(entry))
        home = owner or self._window
        if home is not None:
            home.addAction(action)
        self.changed.emit()
        return action

    def attach(self, window: QWidget) -> None:
        """Let the shortcuts of actions without an owner work in a window."""
        self._window = window
        for entry in self._actions.values():
            if entry.owner is None:
                window.addAction(entry.action)

    def all(self) -> list[Registered]:
        """Return what is registered, in the order it came."""
        return list(self._actions.values())

    def find(self, id: str) -> Registered:
        """Return one. Raises KeyError."""
        return self._actions[id]

    def default_shortcut(self, id: str) -> str:
        """Return the keys that an action has unless the user chose others."""
        return self._actions[id].default

    def set_shortcut(self, id: str, keys: str) -> None:
        """Give an action other keys, "" for none, and remember them. Raises `StorageError`."""
        entry = self._actions[id]
        overrides = self._overrides()
        overrides.pop(id, None)
        if not _same(keys, entry.default):
            overrides[id] = keys
        self._settings.set(OVERRIDES, json.dumps(overrides, sort_keys=True) if overrides else "")
        entry.action.setShortcut(QKeySequence(keys))
        self._write(entry)

    def conflicts(self, keys: str, id: str) -> list[Registered]:
        """Return the other actions that these keys would call where the action `id` works."""
        if not keys:
            return []
        owner = self._actions[id].owner
        others = [entry for entry in self._actions.values() if entry.id != id and _same(keys, entry.keys)]
        return [entry for entry in others if owner is None or entry.owner in (None, owner)]

    def retranslate(self) -> None:
        """Write all texts in the current language and say once that they changed."""
        self.blockSignals(True)
        for entry in self._actions.values():
            self._write(entry)
        self.blockSignals(False)
        self.changed.emit()

    def _write(self, entry: Registered) -> None:
        entry.action.setText(tr(entry.text))
        entry.action.setStatusTip(tr(entry.tip) if entry.tip else entry.title)
        entry.action.setToolTip(tool_tip(entry))

    def _overrides(self) -> dict[str, str]:
        """Return the shortcuts the user chose by id; what cannot be read counts as none."""
        try:
            stored = json.loads(self._settings.text(OVERRIDES) or "{}")
        except ValueError:
            return {}
        pairs = stored.items() if isinstance(stored, dict) else ()
        return {str(key): value for key, value in pairs if isinstance(value, str)}

    def _forget(self, entry: Registered) -> None:
        if self._actions.get(entry.id) is entry:
            del self._actions[entry.id]


def tool_tip(entry: Registered) -> str:
    """Return what an action does and its keys as this platform writes them."""
    text = tr(entry.tip) if entry.tip else entry.title
    keys = entry.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text} ({keys})" if keys else text


def _same(keys: str, others: str) -> bool:
    return QKeySequence(keys) == QKeySequence(others)
