"""The pages of the window: the tools of the registry, and at the foot history and settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.core.i18n import mark
from app.registry import TOOLS


@dataclass(frozen=True)
class Page:
    """What the sidebar lists and the window builds when it is first shown."""

    key: str
    title: str
    """Marked."""
    icon: str
    tab: str
    """ "module:class" of a `Tab`."""
    captures: bool = False
    """Whether it takes captured pictures."""
    looks_up: bool = False
    """Whether it takes texts that were selected in other programs."""


FOOT: Final = (
    Page("history", mark("History"), "history", "app.ui.history_tab:HistoryTab"),
    Page("settings", mark("Settings"), "settings", "app.ui.preferences:PreferencesTab"),
)


def tool_pages() -> tuple[Page, ...]:
    """Return the pages of the tools, in the registry's order."""
    return tuple(Page(tool.key, tool.title, tool.icon, tool.tab, tool.captures, tool.looks_up) for tool in TOOLS)


def find_page(key: str) -> Page | None:
    """Return a page of the registry or the foot; None when there is none of this key."""
    return next((page for page in (*tool_pages(), *FOOT) if page.key == key), None)
