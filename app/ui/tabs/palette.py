"""Palettes that everybody can tell apart: choose, see figures through other eyes, repair, export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QSplitter

from app.core.errors import InputError, PaperdeskError
from app.core.i18n import tr
from app.palette import FORMATS, Palette, Vision, repair
from app.ui.icons import icon
from app.ui.palette.actions import make_actions
from app.ui.palette.bench import Bench
from app.ui.palette.colour_tools import ColourTools
from app.ui.palette.display import Display
from app.ui.palette.exporter import Exporter
from app.ui.palette.favourites import read_dictionary
from app.ui.palette.header import HeaderButtons
from app.ui.palette.intake import Intake, is_welcome
from app.ui.palette.keeper import PaletteKeeper
from app.ui.palette.opening import Opened
from app.ui.palette.shelf import Shelf
from app.ui.palette.shelf_view import ShelfView
from app.ui.palette.workbench import Workbench
from app.ui.tabs.base import Tab

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QShowEvent

    from app.core.history import Entry
    from app.core.progress import Progress
    from app.palette import Repair
    from app.ui.desk import Desk
    from app.ui.palette.make_panel import Order
    from app.ui.tasks import Task

MEASURES: Final = frozenset({"palette.limit", "palette.model", "palette.severity"})
USUAL_FORMAT: Final = "matplotlib"


class PaletteTab(Tab):
    """A shelf of palettes, and one of them in front.

    Args:
        desk: everything else there is.
        open_url: shows a page or a folder; the desktop's own program without it.
        shelf: measures palettes.

    """

    key = "palette"

    def __init__(self, desk: Desk, open_url: Callable[[QUrl], None] | None = None, shelf: Shelf | None = None) -> None:
        super().__init__(desk)
        self._task: Task | None = None
        self._best: list[Palette] = []
        """What was made so far of what is being made, the best last."""
        self._format = USUAL_FORMAT
        self.bench = Bench(self)
        self.keeper = PaletteKeeper(desk, self)
        self.intake = Intake(desk, self)
        self.actions_of_tab = make_actions(self)
        self.shelf = ShelfView(desk, shelf or Shelf(), self)
        self.workbench = Workbench(desk, self.bench, self.actions_of_tab)
        self.colours = ColourTools(desk, self.bench, self.workbench, self)
        self.display = Display(desk, self.bench, self.workbench, self.actions_of_tab)
        self.exporter = Exporter(desk, self, self.messages, self.progress, open_url or _open_url)
        self.buttons = HeaderButtons(self.actions_of_tab, self.colours.actions.pick)
        self._lay_out()
        self._connect()
        self._unsubscribe = desk.settings.subscribe(self._on_setting)
        self.destroyed.connect(self._unsubscribe)
        self.setAcceptDrops(True)
        if (newest := self.keeper.newest()) is not None:
            self.bench.put(newest, is_own=False)
        self.retranslate()
        self._on_bench()

    @property
    def has_found(self) -> bool:
        """Whether there is something already that is kept if the work is stopped."""
        return bool(self._best)

    def retranslate(self) -> None:
        """Write all texts in the current language."""
        super().retranslate()
        self.buttons.retranslate()
        self.shelf.retranslate()
        self.workbench.retranslate()

    def focus_input(self) -> None:
        """Put the keyboard on the list of palettes."""
        self.shelf.list.setFocus()

    def help_rows(self) -> list[tuple[str, str]]:
        """Return the keys that are no actions of this tab."""
        return [
            (tr("Left, Right on the swatches"), tr("Go from colour to colour")),
            (tr("Return on the swatches"), tr("Copy the colour")),
            ("Esc", tr("Stop, close what is open, or go back to the list")),
        ]

    def go_back(self) -> bool:
        """Stop what is being made or close what is open, the last thing first."""
        if self._task is not None:
            self._task.cancel()
            self.progress.finish()
            return True
        actions = self.actions_of_tab
        for action in (actions.make, actions.compare):
            if action.isChecked():
                action.setChecked(False)
                return True
        if self.shelf.list.hasFocus():
            return False
        self.focus_input()
        return True

    def accept_entry(self, entry: Entry) -> None:
        """Show a palette of the history again."""
        palette = read_dictionary(entry.detail)
        if palette is not None:
            self._leave()
            self.bench.put(palette, is_own=False)

    def paste(self) -> None:
        """Take the colours on the clipboard: a text, a picture, or a file that was copied."""
        if not self.intake.paste():
            self.messages.show_message(tr("There are no colours on the clipboard."), "info")

    def export(self) -> None:
        """Write the theme in the form used last."""
        self.export_as(self._format)

    def export_as(self, form: str) -> None:
        """Ask for a folder and write the theme in one form, which is the usual one from now on."""
        self._format = form
        self.keeper.keep(self.bench.palette)
        self.exporter.ask_folder(self.display.dress, [form])

    def export_all(self) -> None:
        """Ask for a folder and write the theme in every form."""
        self.keeper.keep(self.bench.palette)
        self.exporter.ask_folder(self.display.dress, list(FORMATS))

    def install(self, program: str) -> None:
        """Put the theme where a program finds it."""
        self.keeper.keep(self.bench.palette)
        self.exporter.install(self.display.dress, program)

    def show_page(self) -> None:
        """Show the figures, drawn by Plotly, in the browser."""
        opened = self.display.opened
        is_figure = opened is not None and opened.path.suffix.lower() == ".json"
        figure = opened.path if opened is not None and is_figure else None
        self.exporter.show_page(self.display.dress, opened.table if opened is not None else None, figure)

    def copy_all(self) -> None:
        """Copy the colours as a list."""
        self.desk.copy_text(" ".join(self.bench.palette.colours))
        self.keeper.keep(self.bench.palette)
        text = tr("{count} colours copied.", count=len(self.bench.palette))
        self.messages.show_message(text, "success", timeout_ms=TOLD_MS)

    def toggle_favourite(self) -> None:
        """Keep the palette among the favourites, or let it go."""
        self._try(lambda: self.shelf.toggle_favourite(self.bench.palette))
        self._show_state()

    def show_comparison(self, shown: bool) -> None:
        """Keep the palette beside the one that is chosen next, or stop comparing."""
        self.display.compare_with(self.bench.palette if shown else None)

    def swap(self) -> None:
        """Bring the other palette to the front and put this one in its place."""
        if (other := self.display.other) is not None:
            self._leave()
            self.display.compare_with(self.bench.palette)
            self.bench.put(other, is_own=False)

    def show_make_panel(self, shown: bool) -> None:
        """Show or hide what a new palette can be like."""
        self.workbench.make_panel.setVisible(shown)
        if shown:
            self.workbench.make_panel.count.setFocus()
            self.workbench.make_panel.count.selectAll()

    def make_now(self) -> None:
        """Make a palette as wished."""
        self.actions_of_tab.make.setChecked(True)
        try:
            order: Order = self.workbench.make_panel.order(self.display.standard())
        except InputError as error:
            self.messages.show_message(str(error), "warning")
            return
        self._run(order.fill, self._put_made, tr("Making a palette"))

    def repair(self) -> None:
        """Move the colours as little as possible until everybody can tell them apart."""
        palette, standard, pinned = self.bench.palette, self.display.standard(), self.bench.pinned_places()
        best: list[Palette] = []

        def work(progress: Progress) -> Palette:
            def keep(found: Repair) -> None:
                best.append(found.palette)

            return repair(palette, standard, pinned=pinned, progress=progress, on_better=keep).palette

        self._run(work, self._put_repaired, tr("Repairing the palette"))
        self._best = best

    def see_as(self, vision: Vision) -> None:
        """See figures and swatches through other eyes."""
        self.workbench.visions.choose(vision)

    def show_looks(self, _checked: bool) -> None:
        """Draw figures with or without markers, and judge on a light or a dark background."""
        self.display.refresh()

    def find_palette(self) -> None:
        """Put the keyboard into the field that finds palettes."""
        self.shelf.filters.words.setFocus()
        self.shelf.filters.words.selectAll()

    def clear_filters(self) -> None:
        """List every palette."""
        self.shelf.filters.clear()

    def drop_own_data(self) -> None:
        """Show the sample figures without the user's own data or style."""
        self.display.show_own(None)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Measure the catalogue when the tab is first seen."""
        super().showEvent(event)
        self.shelf.ask(self.display.standard())
        self.display.paint()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what was edited when the user goes elsewhere."""
        self._leave()
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Welcome files and texts."""
        if is_welcome(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Show what was dropped."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.intake.take(event.mimeData())

    def _put_chosen(self, palette: Palette) -> None:
        """Bring a palette of the list to the front."""
        self._leave()
        self.bench.put(palette, is_own=False)

    def _put_own(self, palette: Palette) -> None:
        """Bring a palette to the front that the user brought along."""
        self._leave()
        self.bench.put(palette, is_own=True)

    def _put_made(self, palette: Palette) -> None:
        """Bring a palette to the front that was made, and keep it."""
        self._put_own(palette)
        self.keeper.keep(palette)

    def _put_repaired(self, palette: Palette) -> None:
        """Bring a repaired palette to the front, or say that nothing was wrong with it."""
        if palette.colours == self.bench.palette.colours:
            self.messages.show_message(
                tr("Nothing had to be changed: the colours are as wished."), "success", timeout_ms=TOLD_MS
            )
        else:
            self._put_made(palette)

    def _leave(self) -> None:
        """Keep the palette in front if it is the user's own work."""
        if self.bench.is_own:
            self.keeper.keep(self.bench.palette)

    def _show_opened(self, opened: Opened) -> None:
        """Show what the user brought along."""
        if opened.table is not None or opened.style is not None:
            self.display.show_own(opened)
        if opened.palette is not None:
            self._put_own(opened.palette)
        if opened.table is not None:
            text = tr("{name} is shown first among the figures.", name=opened.path.name)
            back = (tr("Sample figures only"), self.drop_own_data)
            self.messages.show_message(text, "success", back)

    def _on_bench(self) -> None:
        """Follow the palette in front."""
        self.display.refresh()
        self._show_state()
        self.shelf.mark(self.bench.palette)

    def _run(self, work: Callable[[Progress], Palette], done: Callable[[Palette], None], text: str = "") -> None:
        """Get a palette off the window's thread; a newer wish drops an older one."""
        self.messages.clear()
        task = self.desk.tasks.run(work, done, self._show_error, self.progress.update, channel="palette.make")
        task.finished.connect(self._on_task_end)
        self._task, self._best = task, []
        self.progress.start(task, text)

    def _on_task_end(self) -> None:
        """Forget what has ended; where it was stopped, show the best that was found until then."""
        if self._task is None or self.sender() is not self._task:
            return
        if self._task.is_cancelled and self._best:
            self._put_made(self._best[-1])
            self.messages.show_message(tr("Stopped early: this is the best that was found so far."), "info")
        self._task = None

    def _try(self, change: Callable[[], object]) -> None:
        """Change something; say why it is not possible."""
        try:
            change()
        except PaperdeskError as error:
            self._show_error(error)

    def _show_error(self, error: Exception) -> None:
        if isinstance(error, PaperdeskError):
            self.messages.show_message(str(error), "warning" if isinstance(error, InputError) else "error")
        else:
            self.desk.crashed.emit(error)

    def _on_setting(self, key: str, _value: object) -> None:
        if key in MEASURES:
            self.workbench.visions.judge_at(self.desk.settings.integer("palette.severity"))
            self.display.refresh()
            self.display.paint()
            self.shelf.ask(self.display.standard())

    def _show_state(self) -> None:
        """Enable what can be done now."""
        actions, bench = self.actions_of_tab, self.bench
        actions.undo.setEnabled(bench.can_undo)
        actions.redo.setEnabled(bench.can_redo)
        actions.swap.setEnabled(self.display.other is not None)
        actions.samples.setEnabled(self.display.opened is not None)
        is_kept = self.shelf.is_favourite(bench.palette)
        actions.favourite.setIcon(icon("star-filled", "accent") if is_kept else icon("star"))
        self.colours.show_state()

    def _connect(self) -> None:
        workbench = self.workbench
        self.bench.changed.connect(self._on_bench)
        self.shelf.chosen.connect(self._put_chosen)
        self.shelf.filters_changed.connect(lambda: self.shelf.ask(self.display.standard()))
        self.shelf.failed.connect(self._show_error)
        workbench.strip.reordered.connect(self.bench.reorder)
        self.colours.failed.connect(self._show_error)
        self.display.changed.connect(self._show_state)
        self.display.failed.connect(self._show_error)
        self.intake.came.connect(self._show_opened)
        self.intake.failed.connect(self._show_error)
        self.keeper.failed.connect(lambda text: self.messages.show_message(text, "error"))

    def _lay_out(self) -> None:
        for button in self.buttons.all():
            self.add_header_widget(button)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.shelf)
        splitter.addWidget(self.workbench)
        splitter.setStretchFactor(0, 0)
        splitter.setStretchFactor(1, 1)
        self.content.addWidget(splitter, 1)


TOLD_MS: Final = 4000


def _open_url(url: QUrl) -> None:
    """Show a page or a folder with the desktop's own program."""
    QDesktopServices.openUrl(url)
