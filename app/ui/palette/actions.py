"""What can be done in the Palette tab: one action each, for menu, keys and command palette."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from app.core.i18n import mark
from app.palette import FORMATS, Vision
from app.ui.palette.exporter import PROGRAMS

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from app.ui.tabs.palette import PaletteTab

EXPORTS: Final = {
    "matplotlib": mark("Export for Matplotlib…"),
    "plotly": mark("Export for Plotly…"),
    "seaborn": mark("Export for seaborn…"),
    "altair": mark("Export for Altair…"),
    "latex": mark("Export for LaTeX, TikZ and pgfplots…"),
    "typst": mark("Export for Typst…"),
    "css": mark("Export as CSS…"),
    "json": mark("Export as JSON…"),
    "gimp": mark("Export for GIMP, Inkscape and Krita…"),
    "ase": mark("Export for Adobe programs…"),
    "r": mark("Export for R…"),
    "d3": mark("Export for D3…"),
    "office": mark("Export for PowerPoint and Office…"),
    "sheets": mark("Export for Google Sheets…"),
}
"""Key of `FORMATS` to the action's text."""
INSTALLS: Final = {
    "matplotlib": mark("Install into Matplotlib"),
    "plotly": mark("Install into Plotly"),
}
VISIONS: Final = {
    Vision.NORMAL: mark("See as everybody does"),
    Vision.PROTAN: mark("See as protans do"),
    Vision.DEUTAN: mark("See as deutans do"),
    Vision.TRITAN: mark("See as tritans do"),
    Vision.GREY: mark("See as in a grey print"),
}


@dataclass(frozen=True)
class PaletteActions:
    """The tab's actions."""

    open: QAction
    paste: QAction
    export: QAction
    exports: dict[str, QAction]
    export_all: QAction
    installs: dict[str, QAction]
    browser: QAction
    copy_all: QAction
    favourite: QAction
    compare: QAction
    swap: QAction
    make: QAction
    make_now: QAction
    repair: QAction
    reverse: QAction
    undo: QAction
    redo: QAction
    visions: dict[Vision, QAction]
    marks: QAction
    dark: QAction
    find: QAction
    clear_filters: QAction
    samples: QAction

    def export_menu(self) -> tuple[list[QAction], ...]:
        """Return the groups of what the menu of the export button lists."""
        return list(self.installs.values()), [*self.exports.values(), self.export_all], [self.copy_all]


def make_actions(tab: PaletteTab) -> PaletteActions:
    """Enter the tab's actions in the registry."""
    return PaletteActions(**_opening(tab), **_choosing(tab), **_working(tab), **_looking(tab))


def _opening(tab: PaletteTab) -> dict[str, Any]:
    """Return what takes palettes in and gives them out."""
    add = tab.add_tab_action
    return dict(
        open=add(
            *("open", mark("Open a palette or data…"), tab.intake.choose_file, "Ctrl+O", "open"),
            mark("Open colours, a style, a figure, or your own data to see in these colours"),
        ),
        paste=add(
            *("paste", mark("Paste colours"), tab.paste, "Ctrl+V", "paste"),
            mark("Take the colours of the text or picture on the clipboard"),
        ),
        export=add(
            *("export", mark("Export"), tab.export, "Ctrl+S", "save"),
            mark("Write the theme for the program used last"),
        ),
        exports={key: add(f"export_{key}", EXPORTS[key], partial(tab.export_as, key)) for key in FORMATS},
        export_all=add("export_all", mark("Export in every form…"), tab.export_all),
        installs={
            program: add(f"install_{program}", INSTALLS[program], partial(tab.install, program), "", "download")
            for program in PROGRAMS
        },
        browser=add(
            *("browser", mark("Figures in the browser"), tab.show_page, "Ctrl+B", "globe"),
            mark("See the same figures, drawn by Plotly, in the browser"),
        ),
        copy_all=add(
            *("copy_all", mark("Copy all colours"), tab.copy_all, "Ctrl+Shift+C", "copy"),
            mark("Copy the colours as a list of #rrggbb"),
        ),
    )


def _choosing(tab: PaletteTab) -> dict[str, Any]:
    """Return what finds, keeps and compares palettes."""
    add = tab.add_tab_action
    return dict(
        favourite=add(
            *("favourite", mark("Keep as a favourite palette"), tab.toggle_favourite, "Ctrl+D", "star"),
            mark("Keep the palette among the favourites, or let it go"),
        ),
        compare=add(
            *("compare", mark("Compare"), tab.show_comparison, "Ctrl+Shift+M", "compare"),
            mark("Keep this palette beside the one that is chosen next"),
            checkable=True,
        ),
        swap=add("swap", mark("Swap the compared palettes"), tab.swap, "Ctrl+Shift+W", "swap"),
        find=add("find", mark("Find a palette"), tab.find_palette, "Ctrl+F", "search"),
        clear_filters=add("clear_filters", mark("List every palette"), tab.clear_filters, "Ctrl+Shift+Backspace"),
        samples=add("samples", mark("Sample figures only"), tab.drop_own_data, "", "reset"),
    )


def _working(tab: PaletteTab) -> dict[str, Any]:
    """Return what makes and changes palettes."""
    add = tab.add_tab_action
    return dict(
        make=add(
            *("make", mark("Make a palette"), tab.show_make_panel, "Ctrl+M", "wand"),
            mark("Show what a new palette can be like"),
            checkable=True,
        ),
        make_now=add(
            *("make_now", mark("Make it now"), tab.make_now, "Ctrl+Return", "wand"),
            mark("Make a palette as wished; again for another one"),
        ),
        repair=add(
            *("repair", mark("Repair the palette"), tab.repair, "Ctrl+R", "wand"),
            mark("Move the colours as little as possible until everybody can tell them apart"),
        ),
        reverse=add("reverse", mark("Turn the order round"), tab.bench.reverse, "Ctrl+Shift+R", "swap"),
        undo=add("undo", mark("Undo"), tab.bench.undo, "Ctrl+Z", "undo"),
        redo=add("redo", mark("Redo"), tab.bench.redo, "Ctrl+Shift+Z", "redo"),
    )


def _looking(tab: PaletteTab) -> dict[str, Any]:
    """Return what changes how the figures are seen."""
    add = tab.add_tab_action
    return dict(
        visions={
            vision: add(f"see_{vision.value}", text, partial(tab.see_as, vision), f"Ctrl+Shift+{number}")
            for number, (vision, text) in enumerate(VISIONS.items(), 1)
        },
        marks=add(
            *("marks", mark("Markers, dashes and hatches"), tab.show_looks, "Ctrl+Shift+K", "markers"),
            mark("Let series differ without colour, too"),
            checkable=True,
        ),
        dark=add(
            *("dark", mark("Dark figures"), tab.show_looks, "Ctrl+Shift+D", "dark"),
            mark("Draw and judge on a dark background"),
            checkable=True,
        ),
    )
