"""What every tab has: a title with its main actions, its content, and below it progress and messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage, QShowEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.core.i18n import tr
from app.ui.icons import icon
from app.ui.main_menu import MainMenu
from app.ui.pages import find_page
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.desk import Desk


class Tab(QWidget):
    """Base of all tabs.

    A tab adds widgets to `content` (a vertical layout) and `add_header_widget`, writes its texts in `retranslate` and
    calls that once at the end of its constructor; later it is called at every change of the language.

    Args:
        desk: everything else there is.

    """

    key = ""
    """The same as in the registry."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._was_shown = False
        self.title_label = QLabel()
        self.title_label.setFont(desk.theme.font("display"))
        self.menu_button = QToolButton()
        self.menu_button.setIcon(icon("more"))
        self.menu_button.setProperty("square", "true")
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setMenu(MainMenu(desk, self.menu_button))
        self.content = QVBoxLayout()
        self.progress = ProgressLine(desk.theme)
        self.messages = MessageBar(desk.theme)
        self._header = QHBoxLayout()
        self._arrange()
        desk.language_changed.connect(self._on_language)
        Tab.retranslate(self)

    def add_header_widget(self, widget: QWidget) -> None:
        """Put a widget at the right of the title, before the menu; the primary action comes first."""
        self._header.insertWidget(self._header.count() - 1, widget)

    def add_tab_action(  # noqa: PLR0913 - as the registry
        self,
        name: str,
        text: str,
        slot: Callable[..., None],
        keys: str = "",
        icon: str = "",
        tip: str = "",
        *,
        checkable: bool = False,
    ) -> QAction:
        """Enter an action of this tab in the registry, under its key and title; see `ActionRegistry.add`."""
        page = find_page(self.key)
        return self.desk.actions.add(
            f"{self.key}.{name}",
            text,
            slot,
            shortcut=keys,
            icon=icon,
            tip=tip,
            group=page.title if page else self.key,
            owner=self,
            checkable=checkable,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )

    def retranslate(self) -> None:
        """Write all texts in the current language."""
        page = find_page(self.key)
        title = tr(page.title) if page else self.key
        self.title_label.setText(title)
        self.setAccessibleName(title)
        self.menu_button.setToolTip(tr("All actions (F10)"))
        self.menu_button.setAccessibleName(tr("All actions"))
        self.messages.retranslate()
        self.progress.retranslate()

    def focus_input(self) -> None:
        """Put the keyboard where the user starts; called when the tab comes to the front."""

    def accept_capture(self, image: QImage) -> None:
        """Take the pixels that the user captured."""

    def accept_text(self, text: str) -> None:
        """Take the text that the user has selected in another program."""

    def help_rows(self) -> list[tuple[str, str]]:
        """Return keys and what they do here for the sheet behind F1, which lists actions with shortcuts by itself."""
        return []

    def go_back(self) -> bool:
        """Undo the last step into something, such as an open panel, for Esc; return whether there was one."""
        return False

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Do once what the style sheet leaves undone in widgets that were filled before they were first shown."""
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            for view in self.findChildren(QListView):
                view.doItemsLayout()
            for box in self.findChildren(QAbstractSpinBox):
                for field in box.findChildren(QLineEdit):
                    field.setTextMargins(self.desk.theme.space(8), 0, 0, 0)

    def _on_language(self) -> None:
        self.retranslate()

    def _arrange(self) -> None:
        space = self.desk.theme.space
        line = QFrame()
        line.setProperty("frame", "line")
        self._header.setContentsMargins(space(16), space(12), space(16), space(12))
        self._header.setSpacing(space(8))
        self._header.addWidget(self.title_label)
        self._header.addStretch(1)
        self._header.addWidget(self.menu_button)
        self.content.setSpacing(space(12))
        body = QVBoxLayout()
        body.setContentsMargins(space(16), space(12), space(16), space(16))
        body.setSpacing(space(12))
        body.addLayout(self.content, 1)
        body.addWidget(self.progress)
        body.addWidget(self.messages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._header)
        column.addWidget(line)
        column.addLayout(body, 1)
