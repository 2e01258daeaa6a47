"""A card with a caption, small buttons, and what it is about below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction

    from app.ui.desk import Desk
    from app.ui.theme import Theme


class Pane(QFrame):
    """Holds one widget under a line with a caption.

    Args:
        theme: fonts and spaces.
        body: what the pane is about.
        parent: the owner.

    """

    def __init__(self, theme: Theme, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "card")
        self.caption = QLabel()
        self.caption.setProperty("tone", "muted")
        self.caption.setFont(theme.font("small"))
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        top = QWidget()
        top.setFixedHeight(theme.hit_area() + theme.space(8))
        self.corner = QHBoxLayout(top)
        self.corner.setContentsMargins(theme.space(12), 0, theme.space(4), 0)
        self.corner.setSpacing(0)
        self.corner.addWidget(self.caption, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addWidget(body, 1)

    def add_buttons(self, actions: Sequence[QAction]) -> None:
        """Put small buttons for `actions` at the right end of the line."""
        for action in actions:
            button = QToolButton(self)
            button.setProperty("kind", "flat")
            button.setProperty("square", "true")
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
            action.changed.connect(lambda button=button, action=action: button.setAccessibleName(action.text()))
            self.corner.addWidget(button)


class ToolPane(Pane):
    """A pane with actions of its own, whose keys work while the keyboard is in it.

    Args:
        desk: theme and actions.
        group: marked; the heading under which the actions are listed.
        body: what the pane is about.
        parent: the owner.

    """

    def __init__(self, desk: Desk, group: str, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, body, parent)
        self.setFocusProxy(body)
        self._desk, self._group = desk, group

    def add_action(
        self,
        name: str,
        text: str,
        slot: Callable[[], object] | Callable[[bool], object],
        keys: str,
        icon: str,
        *,
        checkable: bool = False,
    ) -> QAction:
        """Enter an action in the registry, as `ActionRegistry.add` does."""
        return self._desk.actions.add(
            f"formula.{name}",
            text,
            slot,
            shortcut=keys,
            icon=icon,
            group=self._group,
            checkable=checkable,
            owner=self,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )
