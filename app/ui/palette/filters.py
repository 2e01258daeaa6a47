"""Which palettes are listed: by name, kind, number of colours, who has to tell them apart, print and source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPushButton, QWidget

from app.core.i18n import mark, tr
from app.palette import Kind, Vision
from app.ui.icons import icon
from app.ui.palette.shelf import EVERYBODY, Wanted, sources
from app.ui.widgets.no_wheel import ignore_wheel

if TYPE_CHECKING:
    from app.ui.theme import Theme

DELAY_MS: Final = 150
"""After the last key in the field."""
COUNTS: Final = tuple(range(2, 13))
READERS: Final = (
    ((), mark("Safe or not")),
    (EVERYBODY, mark("Safe for all")),
    ((Vision.NORMAL, Vision.PROTAN), mark("For protans")),
    ((Vision.NORMAL, Vision.DEUTAN), mark("For deutans")),
    ((Vision.NORMAL, Vision.TRITAN), mark("For tritans")),
)
KINDS: Final = {
    None: mark("Every kind"),
    Kind.QUALITATIVE: mark("For series"),
    Kind.SEQUENTIAL: mark("Sequential"),
    Kind.DIVERGING: mark("Diverging"),
    Kind.CYCLIC: mark("Cyclic"),
}


class FilterBar(QWidget):
    """Fields in two columns above the list."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.words = QLineEdit()
        self.kind, self.count, self.readers, self.source = (QComboBox() for _ in range(4))
        self.grey, self.favourites = QPushButton(), QPushButton()
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._fill()
        self._lay_out(theme)
        self.retranslate()
        self._connect()

    @property
    def wanted(self) -> Wanted:
        """What is chosen."""
        return Wanted(
            words=tuple(self.words.text().lower().split()),
            kind=list(KINDS)[self.kind.currentIndex()],
            count=self.count.currentData(),
            readers=READERS[self.readers.currentIndex()][0],
            grey=self.grey.isChecked(),
            source=self.source.currentData() or "",
            favourites=self.favourites.isChecked(),
        )

    def clear(self) -> None:
        """List everything."""
        self.words.clear()
        for box in (self.kind, self.count, self.readers, self.source):
            box.setCurrentIndex(0)
        for button in (self.grey, self.favourites):
            button.setChecked(False)
        self.changed.emit()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.words.setPlaceholderText(tr("Find a palette"))
        self.words.setAccessibleName(tr("Find a palette"))
        names = (tr("Kind of palette"), tr("Number of colours"), tr("Safe for"), tr("Source"))
        boxes = (self.kind, self.count, self.readers, self.source)
        for box, name in zip(boxes, names, strict=True):
            box.setAccessibleName(name)
            box.setToolTip(name)
        for number, text in enumerate(KINDS.values()):
            self.kind.setItemText(number, tr(text))
        for number, (_, text) in enumerate(READERS):
            self.readers.setItemText(number, tr(text))
        self.count.setItemText(0, tr("Any size"))
        for number, count in enumerate(COUNTS, 1):
            self.count.setItemText(number, tr("{count} colours", count=count))
        self.source.setItemText(0, tr("All sources"))
        self.grey.setText(tr("Grey print"))
        self.grey.setToolTip(tr("Only palettes that a grey print keeps apart"))
        self.favourites.setText(tr("My favourites"))
        self.favourites.setToolTip(tr("Only the palettes that you keep"))

    def _fill(self) -> None:
        self.kind.addItems([""] * len(KINDS))
        self.kind.setCurrentIndex(list(KINDS).index(Kind.QUALITATIVE))
        self.readers.addItems([""] * len(READERS))
        self.count.addItem("", None)
        for count in COUNTS:
            self.count.addItem("", count)
        self.source.addItem("", "")
        for source in sources():
            self.source.addItem(source, source)
        for box in (self.kind, self.count, self.readers, self.source):
            ignore_wheel(box)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
        for button in (self.grey, self.favourites):
            button.setCheckable(True)
        self.favourites.setIcon(icon("star"))

    def _connect(self) -> None:
        self.words.textEdited.connect(self._delay.start)
        self._delay.timeout.connect(self.changed)
        for box in (self.kind, self.count, self.readers, self.source):
            box.activated.connect(self.changed)
        for button in (self.grey, self.favourites):
            button.clicked.connect(self.changed)

    def _lay_out(self, theme: Theme) -> None:
        self.words.setClearButtonEnabled(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.space(6))
        grid.addWidget(self.words, 0, 0, 1, 2)
        fields: tuple[QWidget, ...] = (
            *(self.kind, self.count, self.readers, self.source),
            *(self.grey, self.favourites),
        )
        for number, field in enumerate(fields):
            grid.addWidget(field, 1 + number // 2, number % 2)
        for column in range(2):
            grid.setColumnStretch(column, 1)
