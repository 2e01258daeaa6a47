"""The tools of the desk: the one place that knows them all."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from app.core.i18n import mark
from app.core.options import CORE_OPTIONS
from app.core.settings import Option


@dataclass(frozen=True)
class Tool:
    """One tool. Its parts are named "module:attribute" and imported only when they are needed."""

    key: str
    title: str
    icon: str
    tab: str
    cli: str
    options: str
    preferences: str = ""
    """A function from the desk to rows that stand on the tool's page beside its settings; "" for none."""
    captures: bool = False
    """Whether pictures captured from the screen are for this tool."""
    looks_up: bool = False
    """Whether texts selected in other programs are for this tool."""


TOOLS: Final = (
    Tool(
        "formula",
        mark("Formula"),
        "formula",
        "app.ui.tabs.formula:FormulaTab",
        "app.cli.formula:formula",
        "app.formula.options:OPTIONS",
        preferences="app.ui.formula.engine_row:engine_rows",
        captures=True,
    ),
    Tool(
        "collocation",
        mark("Collocation"),
        "collocation",
        "app.ui.tabs.collocation:CollocationTab",
        "app.cli.collocation:collocation",
        "app.collocation.options:OPTIONS",
        looks_up=True,
    ),
    Tool(
        "acronym",
        mark("Acronym"),
        "acronym",
        "app.ui.tabs.acronym:AcronymTab",
        "app.cli.acronym:acronym",
        "app.acronym.options:OPTIONS",
    ),
    Tool(
        "palette",
        mark("Palette"),
        "palette",
        "app.ui.tabs.palette:PaletteTab",
        "app.cli.palette:palette",
        "app.palette.options:OPTIONS",
    ),
)


def load(part: str) -> Any:
    """Import and return what "module:attribute" names."""
    module, _, attribute = part.partition(":")
    return getattr(import_module(module), attribute)


def all_options() -> tuple[Option, ...]:
    """Return the settings of the desk and of every tool."""
    return CORE_OPTIONS + tuple(option for tool in TOOLS for option in load(tool.options))
