"""The palette in front: its name, its swatches, the verdict, and figures in its colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.core.i18n import tr
from app.palette import sentences
from app.ui.palette.figure_grid import FigureGrid
from app.ui.palette.make_panel import MakePanel
from app.ui.palette.scoring import shown
from app.ui.palette.swatch_strip import SwatchStrip
from app.ui.palette.verdict_card import VerdictCard
from app.ui.palette.vision_bar import VisionBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from app.palette import Palette
    from app.ui.desk import Desk
    from app.ui.palette.actions import PaletteActions
    from app.ui.palette.bench import Bench
    from app.ui.palette.scoring import Score


NARROWEST_NAME: Final = 96
WIDEST_NAME: Final = 260
"""Width of the field with the name, units of `Theme.space`."""
LOW: Final = 72
"""Height of the swatches of the other palette, units of `Theme.space`."""


class Workbench(QWidget):
    """Shows what is on the bench; when two palettes are compared, the other one below it.

    Args:
        desk: theme and settings.
        bench: the palette in front.
        actions: what the buttons do.

    """

    def __init__(self, desk: Desk, bench: Bench, actions: PaletteActions) -> None:
        super().__init__()
        self._theme, self._bench = desk.theme, bench
        self.name = QLineEdit()
        self._origin = QLabel()
        self._buttons = [
            _button(action) for action in (actions.undo, actions.redo, actions.favourite, actions.compare, actions.make)
        ]
        self.strip = SwatchStrip(desk.theme)
        self.verdict = VerdictCard(desk.theme, actions.repair)
        self.make_panel = MakePanel(desk.theme, bench, actions.make_now)
        self.other = OtherPalette(desk, [actions.swap, actions.compare])
        looks = (actions.marks, actions.dark, actions.browser)
        self.visions = VisionBar(desk.theme, actions.visions, looks, desk.settings.integer("palette.severity"))
        self.grid = FigureGrid(desk.theme)
        self._details = QLabel()
        self._score: Score | None = None
        self._lay_out()
        bench.changed.connect(self.show_palette)
        self.name.textEdited.connect(self._fit_name)
        self.name.editingFinished.connect(self._rename)
        self.show_palette()

    @property
    def details(self) -> str:
        """What is said about the palette below its verdict."""
        return self._details.text()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.name.setAccessibleName(tr("Name of the palette"))
        self.name.setToolTip(tr("Name of the palette and of its theme; click to change it"))
        self.strip.setAccessibleName(tr("Colours"))
        self.grid.setAccessibleName(tr("Figures in these colours"))
        for part in (self.verdict, self.make_panel, self.other, self.visions):
            part.retranslate()
        self._write_origin()
        if self._score is not None:
            self.show_score(self._score)

    def show_palette(self) -> None:
        """Show the palette on the bench."""
        palette = self._bench.palette
        self.name.setText(palette.name)
        self.name.setCursorPosition(0)
        self._fit_name()
        colours = shown(palette).colours
        is_ramp = palette.is_continuous
        self.strip.show_colours(colours, self._bench.pinned, is_ramp=is_ramp, is_fixed=is_ramp)
        self._write_origin()

    def show_score(self, score: Score) -> None:
        """Show the measures of the palette, or of the order in which its colours are being dragged."""
        self._score = score
        self.strip.show_score(score)
        self.verdict.show_report(score.report)
        self._details.setText("\n".join(sentences(score.report)[1:]))

    def _rename(self) -> None:
        """Take the name that was typed; an empty one is none."""
        self._bench.rename(self.name.text())
        self.name.setText(self._bench.palette.name)

    def _fit_name(self) -> None:
        """Make the field as wide as the name, within reason."""
        space = self._theme.space
        wanted = self.name.fontMetrics().horizontalAdvance(self.name.text()) + space(32)
        self.name.setFixedWidth(max(space(NARROWEST_NAME), min(wanted, space(WIDEST_NAME))))

    def _write_origin(self) -> None:
        palette = self._bench.palette
        facts = (palette.source, palette.kind.title, tr("{count} colours", count=len(palette)))
        self._origin.setText(" · ".join(fact for fact in facts if fact))
        self._origin.setToolTip(tr("Licence: {licence}", licence=palette.licence) if palette.licence else "")

    def _lay_out(self) -> None:
        space = self._theme.space
        self.name.setProperty("bare", "true")
        self.name.setFont(self._theme.font("title"))
        self._origin.setProperty("tone", "muted")
        self._origin.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._details.setProperty("tone", "muted")
        self._details.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(space(4))
        line.addWidget(self.name)
        line.addWidget(self._origin, 1)
        for button in self._buttons:
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(8))
        column.addLayout(line)
        column.addWidget(self.make_panel)
        column.addWidget(self.strip)
        column.addWidget(self.verdict)
        column.addWidget(self.other)
        column.addWidget(self.visions)
        column.addWidget(self._scroll_area(), 1)
        self.make_panel.hide()
        self.other.hide()

    def _scroll_area(self) -> QScrollArea:
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, self._theme.space(8), 0)
        inner.setSpacing(self._theme.space(8))
        inner.addWidget(self._details)
        inner.addWidget(self.grid)
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area


class OtherPalette(QWidget):
    """The palette that the one in front is compared with.

    Args:
        desk: the theme.
        actions: what its buttons do.

    """

    def __init__(self, desk: Desk, actions: Sequence[QAction]) -> None:
        super().__init__()
        self._name = QLabel()
        self.strip = SwatchStrip(desk.theme, LOW)
        self.verdict = VerdictCard(desk.theme)
        space = desk.theme.space
        line = QHBoxLayout()
        line.setSpacing(space(8))
        self._name.setFont(desk.theme.font("title"))
        line.addWidget(self._name)
        line.addWidget(self.verdict, 1)
        for action in actions:
            line.addWidget(_button(action))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(4))
        column.addLayout(line)
        column.addWidget(self.strip)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.strip.setAccessibleName(tr("Colours of the other palette"))
        self.verdict.retranslate()

    def show_palette(self, palette: Palette) -> None:
        """Show a palette."""
        self._name.setText(palette.name)
        colours = shown(palette).colours
        self.strip.show_colours(colours, frozenset(), is_ramp=palette.is_continuous, is_fixed=True)

    def show_score(self, score: Score) -> None:
        """Show its measures."""
        self.strip.show_score(score)
        self.verdict.show_report(score.report)


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setProperty("square", "true")
    return button
