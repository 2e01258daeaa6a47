"""What is counted and in which order: chips for fields and periods with their counts, and the measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from app.collocation.facets import FIELDS, PERIODS, Facet
from app.collocation.measures import MEASURES
from app.core.i18n import mark, tr
from app.ui.collocation.flow_layout import FlowLayout
from app.ui.widgets.no_wheel import ignore_wheel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.ui.theme import Theme

ALL_FIELDS: Final = mark("All fields")
ALL_PERIODS: Final = mark("All years")
EXPLAINED: Final = {
    "count": mark("The most frequent first"),
    "share": mark("First the phrases that have most of the uses of their rarest word"),
    "logdice": mark("First words that seldom occur without each other; does not depend on the size of the index"),
    "tscore": mark("First phrases that are surely more frequent than chance; likes frequent words"),
    "mi": mark("First words that attract each other most; likes rare words"),
}
"""Key of `MEASURES` to what it does."""


class Chips(QObject):
    """Buttons of which one is pressed; the first, "", stands for all."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, titles: Mapping[str, str], every: str, parent: QObject) -> None:
        super().__init__(parent)
        self._titles = {"": every, **titles}
        self._totals: dict[str, int] = {}
        self._group = QButtonGroup(self)
        self.buttons = {key: QPushButton() for key in self._titles}
        for key, button in self.buttons.items():
            button.setCheckable(True)
            button.setFont(theme.font("small"))
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
        self.buttons[""].setChecked(True)

    @property
    def key(self) -> str:
        """The key of the pressed chip."""
        return next(key for key, button in self.buttons.items() if button.isChecked())

    @property
    def shown(self) -> list[str]:
        """The keys of the chips that can be pressed."""
        return [key for key, button in self.buttons.items() if not button.isHidden()]

    def offer(self, keys: Sequence[str]) -> None:
        """Show the chips of these keys and that of all; none when there is nothing to choose."""
        for key, button in self.buttons.items():
            button.setVisible(len(keys) > 1 and (not key or key in keys))
        if self.key not in ("", *keys):
            self.buttons[""].setChecked(True)

    def press(self, key: str) -> None:
        """Press a chip without telling."""
        self.buttons[key].setChecked(True)

    def show_totals(self, totals: Mapping[str, int]) -> None:
        """Write the count of each on the chips; none without."""
        self._totals = {"": sum(totals.values()), **totals} if totals else {}
        self.retranslate()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        for key, button in self.buttons.items():
            title = tr(self._titles[key])
            total = self._totals.get(key)
            button.setText(title if total is None else f"{title}  {total:,}")
            button.setAccessibleName(button.text())


class FacetBar(QWidget):
    """The chips, and apart from them, in `order`, the choice of a measure."""

    changed = Signal()

    def __init__(self, theme: Theme, measure: str) -> None:
        super().__init__()
        self.fields = Chips(theme, FIELDS, ALL_FIELDS, self)
        self.periods = Chips(theme, PERIODS, ALL_PERIODS, self)
        self.measure, self.order = QComboBox(), QWidget()
        self._label, self._gap = QLabel(), QWidget()
        for key in MEASURES:
            self.measure.addItem("", key)
        self.measure.setCurrentIndex(max(0, self.measure.findData(measure)))
        ignore_wheel(self.measure)
        self._lay_out(theme)
        for chips in (self.fields, self.periods):
            chips.chosen.connect(lambda _key: self.changed.emit())
        self.measure.activated.connect(lambda _row: self.changed.emit())

    @property
    def facet(self) -> Facet:
        """What is counted."""
        return Facet(self.fields.key, self.periods.key)

    @property
    def measure_key(self) -> str:
        """The key in `MEASURES` of the order."""
        return str(self.measure.currentData())

    def offer(self, fields: Sequence[str], periods: Sequence[str]) -> None:
        """Show the chips of what an index tells apart."""
        self.fields.offer(fields)
        self.periods.offer(periods)
        self._gap.setVisible(bool(self.fields.shown))

    def press(self, facet: Facet) -> None:
        """Show another facet without telling."""
        self.fields.press(facet.field)
        self.periods.press(facet.period)

    def show_order(self, shown: bool) -> None:
        """Show the choice of a measure, or, where there is one order only, no figures on the chips either."""
        self.order.setVisible(shown)
        if not shown:
            self.fields.show_totals({})
            self.periods.show_totals({})

    def next_field(self) -> None:
        """Press the next chip of the fields."""
        self._press_next(self.fields)

    def next_period(self) -> None:
        """Press the next chip of the periods."""
        self._press_next(self.periods)

    def next_measure(self) -> None:
        """Choose the next measure."""
        self.measure.setCurrentIndex((self.measure.currentIndex() + 1) % self.measure.count())
        self.changed.emit()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        for row, (key, measure) in enumerate(MEASURES.items()):
            self.measure.setItemText(row, tr(measure.title))
            self.measure.setItemData(row, tr(EXPLAINED[key]), Qt.ItemDataRole.ToolTipRole)
        self._label.setText(tr("Order"))
        self.measure.setAccessibleName(tr("Order of phrases"))
        self.measure.setToolTip(tr("What puts a phrase at the top of an answer."))
        for chips in (self.fields, self.periods):
            chips.retranslate()

    def _press_next(self, chips: Chips) -> None:
        keys = chips.shown
        if keys:
            chips.press(keys[(keys.index(chips.key) + 1) % len(keys)])
            self.changed.emit()

    def _lay_out(self, theme: Theme) -> None:
        self._label.setProperty("tone", "muted")
        self._label.setFont(theme.font("small"))
        row = QHBoxLayout(self.order)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(8))
        row.addWidget(self._label)
        row.addWidget(self.measure)
        chips = FlowLayout(theme.space(4))
        self._gap.setFixedSize(theme.space(16), 1)
        for part in (*self.fields.buttons.values(), self._gap, *self.periods.buttons.values()):
            chips.addWidget(part)
        self.setLayout(chips)
