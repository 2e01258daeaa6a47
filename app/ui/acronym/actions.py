"""What can be done in the Acronym tab: one action each, for menu, keys and command palette."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from app.acronym.export import EXPORTS
from app.core.i18n import mark

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from app.ui.tabs.acronym import AcronymTab

COPY_AS: Final = {
    "title": mark("Copy as NAME: Title"),
    "macro": mark("Copy as a LaTeX macro"),
    "acrodef": mark("Copy as \\acrodef"),
    "name": mark("Copy the name alone"),
}
"""Key of `EXPORTS` to the action's text."""


@dataclass(frozen=True)
class AcronymActions:
    """The tab's actions."""

    copy: QAction
    copy_as: dict[str, QAction]
    favourite: QAction
    say: QAction
    online: QAction
    previous_alignment: QAction
    next_alignment: QAction
    options: QAction
    clear_options: QAction
    names: QAction
    titles: QAction
    favourites: QAction


def make_actions(tab: AcronymTab) -> AcronymActions:
    """Enter the tab's actions in the registry."""
    add = tab.add_tab_action
    return AcronymActions(
        copy=add("copy", mark("Copy the name"), tab.copy, "Ctrl+Shift+C", "copy", mark("Copy in the form used last")),
        copy_as={form: add(f"copy_{form}", COPY_AS[form], partial(tab.copy_as, form)) for form in EXPORTS},
        favourite=add("favourite", mark("Keep as a favourite"), tab.toggle_favourite, "Ctrl+D", "pin"),
        say=add("say", mark("Say the name"), tab.say, "Ctrl+Shift+S", "speak", mark("Hear it from espeak-ng")),
        online=add(
            "online",
            mark("Ask who has the name"),
            tab.ask_online,
            "Ctrl+Shift+L",
            "globe",
            mark("Ask arXiv, GitHub and paperswithcode.co, over the network, who has the name"),
        ),
        previous_alignment=add(
            "previous_alignment", mark("Letters before"), tab.previous_alignment, "Alt+Left", "back"
        ),
        next_alignment=add("next_alignment", mark("Letters after"), tab.next_alignment, "Alt+Right", "chevron-right"),
        options=add("options", mark("Options"), tab.show_options, "Ctrl+Shift+O", "panel", checkable=True),
        clear_options=add("clear_options", mark("Clear the options"), tab.clear_options, "Ctrl+Shift+Backspace"),
        names=add("names", mark("Names for a title"), partial(tab.show_view, 0), "Ctrl+Shift+1"),
        titles=add("titles", mark("Titles for a name"), partial(tab.show_view, 1), "Ctrl+Shift+2"),
        favourites=add("favourites", mark("Favourite names"), partial(tab.show_view, 2), "Ctrl+Shift+3"),
    )
