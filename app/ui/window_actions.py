"""The actions of the window itself: going to pages, palette, keys, about, quitting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from app.core.i18n import mark
from app.ui.main_menu import PROGRAM

if TYPE_CHECKING:
    from app.ui.desk import Desk
    from app.ui.pages import Page
    from app.ui.window import Window

GO: Final = mark("Go to")
KEYS: Final = {"history": "Ctrl+H", "settings": "Ctrl+,"}


def add_window_actions(window: Window, pages: Sequence[Page]) -> None:
    """Register the actions: one for each page (Ctrl+1 and so on, history and settings with keys of their own)."""
    add = window.desk.actions.add
    number = 0
    for page in pages:
        number += page.key not in KEYS
        keys = KEYS.get(page.key, f"Ctrl+{number}")
        add(f"go.{page.key}", page.title, partial(window.show_page, page.key), shortcut=keys, icon=page.icon, group=GO)
    add(
        "program.palette",
        mark("Find an action"),
        window.open_palette,
        shortcut="Ctrl+K",
        tip=mark("Type a few letters of what you want to do"),
        icon="search",
        group=PROGRAM,
    )
    add("program.keys", mark("Keys"), window.open_help, shortcut="F1", icon="keyboard", group=PROGRAM)
    add("program.menu", mark("All actions"), window.open_menu, shortcut="F10", icon="more", group=PROGRAM)
    add(
        "program.shortcuts",
        mark("Change keyboard shortcuts"),
        lambda: _open_shortcuts(window),
        icon="keyboard",
        group=PROGRAM,
    )
    add("program.about", mark("About Paperdesk"), lambda: _open_about(window), icon="info", group=PROGRAM)
    add(
        "program.quit",
        mark("Quit"),
        window.quit,
        shortcut="Ctrl+Q",
        tip=mark("End the program; the capture keys do nothing then"),
        icon="quit",
        group=PROGRAM,
    )


def _open_shortcuts(window: Window) -> None:
    from app.ui.shortcut_editor import ShortcutEditor  # noqa: PLC0415 - not before somebody asks for it

    window.build_pages()
    _open(window, ShortcutEditor)


def _open_about(window: Window) -> None:
    from app.ui.about import About  # noqa: PLC0415 - as above

    _open(window, About)


def _open(window: Window, make: Callable[[Desk, QWidget], QDialog]) -> None:
    """Show a dialog beside the work, the one that is open already if there is; it is gone when it is closed."""
    dialog = next((each for each in window.findChildren(QDialog) if type(each) is make), None)
    if dialog is None:
        dialog = make(window.desk, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
