"""The menu behind the [...] button: every action that can be called now, under the heading of its group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from app.core.i18n import mark, tr

if TYPE_CHECKING:
    from app.ui.actions import Registered
    from app.ui.desk import Desk

PROGRAM = mark("Paperdesk")
"""The heading of actions that belong to nothing smaller; they are not put away in a menu of their own."""


class MainMenu(QMenu):
    """Filled anew each time it opens.

    Args:
        desk: gives the actions.
        parent: the owner.

    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List the actions: those of the tab in front first, the other groups as menus, the program's at the foot."""
        for menu in self.findChildren(QMenu):
            menu.deleteLater()
        self.clear()
        groups: dict[str, list[Registered]] = {}
        own: list[Registered] = []
        for entry in self._desk.actions.all():
            if entry.owner is None:
                groups.setdefault(entry.group or PROGRAM, []).append(entry)
            elif entry.owner.isVisible():
                own.append(entry)
        self._list(own)
        program = groups.pop(PROGRAM, [])
        for group, entries in groups.items():
            menu = self.addMenu(tr(group))
            menu.setToolTipsVisible(True)
            for entry in entries:
                menu.addAction(entry.action)
        self.addSeparator()
        self._list(program)

    def _list(self, entries: list[Registered]) -> None:
        for entry in entries:
            self.addAction(entry.action)
        if entries:
            self.addSeparator()
