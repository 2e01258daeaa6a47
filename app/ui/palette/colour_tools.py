"""What is done to single colours: copy, pin, move, remove, and pick one from the screen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from app.core.errors import InputError
from app.core.i18n import mark
from app.ui.palette.eyedropper import Eyedropper

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from app.ui.desk import Desk
    from app.ui.palette.bench import Bench
    from app.ui.palette.workbench import Workbench
    from app.ui.tabs.base import Tab


@dataclass(frozen=True)
class ColourActions:
    """The actions of the current colour."""

    copy: QAction
    pin: QAction
    move_left: QAction
    move_right: QAction
    remove: QAction
    pick: QAction

    def changing(self) -> list[QAction]:
        """Return those that change the palette."""
        return [self.pin, self.move_left, self.move_right, self.remove, self.pick]


class ColourTools(QObject):
    """Works on the current colour of the swatches.

    Args:
        desk: actions and clipboard.
        bench: the palette in front.
        workbench: its swatches.
        tab: where the actions work.

    """

    failed = Signal(object)

    def __init__(self, desk: Desk, bench: Bench, workbench: Workbench, tab: Tab) -> None:
        super().__init__(tab)
        self._desk, self._bench = desk, bench
        self._strip, self._other = workbench.strip, workbench.other.strip
        self.eyedropper = Eyedropper(desk, self)
        self.actions = self._make_actions(tab)
        self._strip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._strip.customContextMenuRequested.connect(self._show_menu)
        self._strip.copied.connect(lambda _colour: self.copy())
        self._other.copied.connect(self._copy_other)
        self.eyedropper.picked.connect(self._insert)
        self.eyedropper.failed.connect(self.failed)

    def show_state(self) -> None:
        """Enable what can be done to the palette in front."""
        for action in self.actions.changing():
            action.setEnabled(not self._bench.palette.is_continuous)

    def copy(self) -> None:
        """Copy the current colour."""
        self._desk.copy_text(self._strip.colour)
        self._strip.tell_copied()

    def toggle_pin(self) -> None:
        """Let the current colour stay when others are made or repaired, or let it go."""
        self._bench.toggle_pin(self._strip.colour)

    def remove(self) -> None:
        """Take the current colour away."""
        self._try(lambda: self._bench.remove(self._strip.current))

    def _insert(self, colour: str) -> None:
        """Put a colour that was picked behind the current one."""
        place = self._strip.current + 1
        self._try(lambda: self._bench.insert(place, colour))
        if colour in self._strip.colours:
            self._strip.set_current(self._strip.colours.index(colour))
        self._strip.setFocus()

    def _copy_other(self, colour: str) -> None:
        self._desk.copy_text(colour)
        self._other.tell_copied()

    def _try(self, change: Callable[[], None]) -> None:
        """Change the palette; tell why that is not possible."""
        try:
            change()
        except InputError as error:
            self.failed.emit(error)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self._strip)
        menu.addActions([self.actions.copy, *self.actions.changing()])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._strip.mapToGlobal(place))

    def _make_actions(self, tab: Tab) -> ColourActions:
        add, move = tab.add_tab_action, self._strip.move_current
        return ColourActions(
            copy=add("colour_copy", mark("Copy the colour"), self.copy, "Ctrl+C", "copy"),
            pin=add("colour_pin", mark("Pin or unpin the colour"), self.toggle_pin, "Ctrl+P", "pin"),
            move_left=add("colour_left", mark("Move the colour left"), partial(move, -1), "Alt+Left", "back"),
            move_right=add(
                "colour_right", mark("Move the colour right"), partial(move, 1), "Alt+Right", "chevron-right"
            ),
            remove=add("colour_remove", mark("Remove the colour"), self.remove, "Ctrl+Delete", "delete"),
            pick=add(
                *("colour_pick", mark("Pick a colour from the screen"), self.eyedropper.start, "Ctrl+I", "eyedropper"),
                mark("Put the colour of any pixel into the palette"),
            ),
        )
