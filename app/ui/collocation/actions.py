"""What can be done in the Collocation tab: one action each, for menu, keys and command palette."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.core.i18n import mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from app.ui.tabs.collocation import CollocationTab


@dataclass(frozen=True)
class CollocationActions:
    """The tab's actions."""

    copy: QAction
    examples: QAction
    pin: QAction
    compare: QAction
    recent: QAction
    next_field: QAction
    next_period: QAction
    next_measure: QAction
    operators: QAction
    panel: QAction
    index: QAction
    papers: QAction
    web: QAction


@dataclass(frozen=True)
class _Kind:
    """How an action is shown; `text` and `tip` are marked."""

    text: str
    keys: str
    icon: str = ""
    tip: str = ""
    checkable: bool = False


_KINDS: Final = {
    "copy": _Kind(mark("Copy the phrase"), "Ctrl+Shift+C", "copy", mark("Copy the phrase that is chosen")),
    "examples": _Kind(
        mark("Show examples"), "Ctrl+E", "quote", mark("Show sentences that have the phrase"), checkable=True
    ),
    "pin": _Kind(mark("Pin the phrase"), "Ctrl+D", "pin", mark("Keep it on top of all answers")),
    "compare": _Kind(
        mark("Compare with the pinned phrases"),
        "Ctrl+Shift+M",
        "compare",
        mark("Which is right: the chosen phrase or the pinned ones?"),
    ),
    "recent": _Kind(mark("Recent queries"), "Ctrl+Shift+H", "history", mark("Look up again what was looked up")),
    "next_field": _Kind(mark("Next field"), "Ctrl+Shift+F"),
    "next_period": _Kind(mark("Next years"), "Ctrl+Shift+Y"),
    "next_measure": _Kind(mark("Next order"), "Ctrl+Shift+K"),
    "operators": _Kind(
        mark("Help with queries"), "Ctrl+Shift+O", "help", mark("Show what can stand in a query"), checkable=True
    ),
    "panel": _Kind(
        mark("Side panel"), "Ctrl+Shift+B", "panel", mark("Show or hide what is beside the rows"), checkable=True
    ),
    "index": _Kind(mark("Ask my papers or academic English"), "Ctrl+Shift+I", "repeat", mark("Ask the other index")),
    "papers": _Kind(
        mark("My papers…"), "Ctrl+Shift+P", "open", mark("Choose the papers that are counted, and count them")
    ),
    "web": _Kind(mark("Ask the web"), "Ctrl+Shift+L", "globe", mark("Ask a web service for a second opinion")),
}


def make_actions(tab: CollocationTab) -> CollocationActions:
    """Enter the tab's actions in the registry."""
    slots: dict[str, Callable[..., None]] = {
        "copy": tab.copy,
        "examples": tab.show_examples,
        "pin": tab.toggle_pin,
        "compare": tab.compare_pinned,
        "recent": tab.open_recent,
        "next_field": tab.facets.next_field,
        "next_period": tab.facets.next_period,
        "next_measure": tab.facets.next_measure,
        "operators": tab.board.show_operators,
        "panel": tab.board.show_panel,
        "index": tab.index_box.choose_next,
        "papers": tab.open_papers,
        "web": tab.ask_web,
    }
    return CollocationActions(
        **{
            name: tab.add_tab_action(
                name, kind.text, slots[name], kind.keys, kind.icon, kind.tip, checkable=kind.checkable
            )
            for name, kind in _KINDS.items()
        }
    )
