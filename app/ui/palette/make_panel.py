"""What a new palette shall be like: few fields, and the colours that stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QGridLayout, QLabel, QPushButton, QSpinBox, QWidget

from app.core.i18n import mark, tr
from app.palette import Kind, Palette, Standard, Wishes, hue_of, make, ramp
from app.palette.making import FEWEST, LIGHTNESS, MOST
from app.palette.safety import CONTRAST
from app.ui.widgets.no_wheel import ignore_wheel

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from app.core.progress import Progress
    from app.ui.palette.bench import Bench
    from app.ui.theme import Theme

USUAL_COUNT: Final = 8
KINDS: Final = (
    (Kind.QUALITATIVE, mark("Colours for series")),
    (Kind.SEQUENTIAL, mark("Sequential ramp")),
    (Kind.DIVERGING, mark("Diverging ramp")),
)
LIGHTNESSES: Final = (
    (LIGHTNESS, mark("Medium")),
    ((60.0, 92.0), mark("Light")),
    ((15.0, 60.0), mark("Dark")),
    ((10.0, 95.0), mark("Any")),
)
"""Range of lightness J' to its name."""
_MOST_STOPS: Final = 3


@dataclass(frozen=True)
class Order:
    """A palette that is to be made."""

    kind: Kind
    wishes: Wishes
    stops: tuple[str, ...]
    """Colours that a ramp goes through."""
    standard: Standard
    seed: int

    def fill(self, progress: Progress) -> Palette:
        """Make it. Raises `InputError` when nothing fulfils the wishes, `Cancelled`."""
        if self.kind is Kind.QUALITATIVE:
            name = tr("made {count}", count=self.wishes.count)
            return make(self.wishes, self.standard, seed=self.seed, name=name, progress=progress)
        return ramp(self.stops, self.kind, name=tr("ramp"))


class MakePanel(QFrame):
    """The fields, and the button that makes a palette; pressed again it makes another one.

    Args:
        theme: spaces and fonts.
        bench: the palette in front; its pinned colours stay, and ramps go through them.
        action: makes the palette.

    """

    def __init__(self, theme: Theme, bench: Bench, action: QAction) -> None:
        super().__init__()
        self._theme, self._bench, self._action = theme, bench, action
        self.kind, self.lightness = QComboBox(), QComboBox()
        self.count = QSpinBox()
        self.hues, self.contrast = QCheckBox(), QCheckBox()
        self.button = QPushButton()
        self._labels = [QLabel() for _ in range(3)]
        self._hint = QLabel()
        self._made: tuple[object, int] = (None, 0)
        self._fill()
        self._lay_out()
        self.retranslate()
        self.button.clicked.connect(action.trigger)
        self.kind.currentIndexChanged.connect(self._show_state)
        bench.changed.connect(self._show_state)

    def order(self, standard: Standard) -> Order:
        """Return what is wanted. Raises `InputError` for wishes that contradict each other."""
        palette = self._bench.palette
        pinned = tuple(colour for colour in palette.colours if colour in self._bench.pinned)
        kind = KINDS[self.kind.currentIndex()][0]
        count = self.count.value()
        free = [colour for colour in palette.colours if colour not in pinned] if self.hues.isChecked() else []
        wishes = Wishes(
            count,
            pinned,
            tuple(map(hue_of, free[: max(count - len(pinned), 0)])),
            LIGHTNESSES[self.lightness.currentIndex()][0],
            contrast=CONTRAST if self.contrast.isChecked() else 1.0,
        )
        stops = (pinned or palette.colours)[: _MOST_STOPS if pinned else _fewest(kind)]
        return Order(kind, wishes, stops, standard, self._seed(wishes))

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        for label, text in zip(self._labels, (tr("What"), tr("Colours"), tr("Lightness")), strict=True):
            label.setText(text)
            label.buddy().setAccessibleName(text)
        for box, texts in ((self.kind, KINDS), (self.lightness, LIGHTNESSES)):
            for number, (_, text) in enumerate(texts):
                box.setItemText(number, tr(text))
        self.hues.setText(tr("Keep these hues"))
        self.hues.setToolTip(tr("The new colours have the hues of the palette in front"))
        self.contrast.setText(tr("For thin lines"))
        self.contrast.setToolTip(tr("Every colour has a contrast of 3 : 1 with the background"))
        self.button.setText(tr("Make"))
        self.button.setToolTip(self._action.toolTip())
        self._show_state()

    def _seed(self, wishes: Wishes) -> int:
        """Return another seed each time that the same is asked for."""
        asked, seed = self._made
        self._made = (wishes, seed + 1 if asked == wishes else 0)
        return self._made[1]

    def _show_state(self) -> None:
        is_ramp = KINDS[self.kind.currentIndex()][0] is not Kind.QUALITATIVE
        for field in (self.count, self.lightness, self.hues, self.contrast):
            field.setEnabled(not is_ramp)
        if is_ramp:
            self._hint.setText(tr("The ramp goes through the pinned colours, or the first ones."))
        elif stay := len(self._bench.pinned):
            one = tr("1 pinned colour stays.")
            self._hint.setText(one if stay == 1 else tr("{count} pinned colours stay.", count=stay))
        else:
            self._hint.setText(tr("Pin colours (Ctrl+P) that shall stay."))

    def _fill(self) -> None:
        for box, texts in ((self.kind, KINDS), (self.lightness, LIGHTNESSES)):
            box.addItems([""] * len(texts))
            ignore_wheel(box)
        self.count.setRange(FEWEST, MOST)
        self.count.setValue(USUAL_COUNT)
        ignore_wheel(self.count)
        self.button.setProperty("kind", "primary")

    def _lay_out(self) -> None:
        space = self._theme.space
        self.setProperty("frame", "card")
        self._hint.setProperty("tone", "muted")
        self._hint.setFont(self._theme.font("small"))
        grid = QGridLayout(self)
        grid.setContentsMargins(space(12), space(8), space(12), space(8))
        grid.setHorizontalSpacing(space(12))
        grid.setVerticalSpacing(space(4))
        fields: tuple[QWidget, ...] = (self.kind, self.count, self.lightness)
        for column, (label, field) in enumerate(zip(self._labels, fields, strict=True)):
            label.setBuddy(field)
            label.setFont(self._theme.font("small"))
            label.setProperty("tone", "muted")
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
        grid.addWidget(self.button, 1, 3, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.hues, 2, 0)
        grid.addWidget(self.contrast, 2, 1)
        grid.addWidget(self._hint, 2, 2, 1, 2)
        grid.setColumnStretch(3, 1)


def _fewest(kind: Kind) -> int:
    """Return how many colours a ramp needs."""
    return 2 if kind is Kind.DIVERGING else 1
