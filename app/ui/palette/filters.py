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
    from collections.abc import Sequence

    from app.ui.theme import Theme

DELAY_MS: Final = 150
"""After the last key in the field."""
COUNTS: Final = tuple(range(2, 13))
READERS: Final[Sequence[tuple[tuple[Vision, ...], tuple[str, ...], str]]] = (
    ((), (), mark("Safe or not")),
    (EVERYBODY, (), mark("Safe for all")),
    ((Vision.NORMAL, Vision.PROTAN), (), mark("For protans")),
    ((Vision.NORMAL, Vision.DEUTAN), (), mark("For deutans")),
    ((Vision.NORMAL, Vision.TRITAN), (), mark("For tritans")),
    ((), ("blind",), mark("Brewer: safe")),
)
"""Who has to tell all colours apart, as measured, and what ColorBrewer has to say."""
MEDIA: Final[Sequence[tuple[bool, tuple[str, ...], str]]] = (
    (False, (), mark("Any medium")),
    (True, (), mark("Grey print")),
    (False, ("print",), mark("Brewer: print")),
    (False, ("copy",), mark("Brewer: copies")),
    (False, ("screen",), mark("Brewer: screens")),
)
"""Whether a grey print has to keep all colours apart, as measured, and what ColorBrewer has to say."""
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
        self.kind, self.count, self.readers, self.media, self.source = self._boxes = [QComboBox() for _ in range(5)]
        self.favourites = QPushButton()
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._fill()
        self._lay_out(theme)
        self.retranslate()
        self._connect()

    @property
    def wanted(self) -> Wanted:
        """What is chosen."""
        readers, safe, _ = READERS[self.readers.currentIndex()]
        grey, fit, _ = MEDIA[self.media.currentIndex()]
        return Wanted(
            words=tuple(self.words.text().lower().split()),
            kind=list(KINDS)[self.kind.currentIndex()],
            count=self.count.currentData(),
            readers=readers,
            grey=grey,
            uses=safe + fit,
            source=self.source.currentData() or "",
            favourites=self.favourites.isChecked(),
        )

    def hurry(self) -> None:
        """Ask for what is in the fields now."""
        self._delay.stop()
        self.changed.emit()

    def clear(self, *, keeps_words: bool = False) -> None:
        """List everything, or everything with the words."""
        if not keeps_words:
            self.words.clear()
        for box in self._boxes:
            box.setCurrentIndex(0)
        self.favourites.setChecked(False)
        self.changed.emit()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.words.setPlaceholderText(tr("Find a palette"))
        self.words.setAccessibleName(tr("Find a palette"))
        names = (tr("Kind of palette"), tr("Number of colours"), tr("Safe for"), tr("Shown on"), tr("Source"))
        for box, name in zip(self._boxes, names, strict=True):
            box.setAccessibleName(name)
            box.setToolTip(name)
        for box in (self.readers, self.media):
            says = tr("“Brewer” is what ColorBrewer itself says; all else is measured")
            box.setToolTip(f"{box.accessibleName()}\n{says}")
        for number, text in enumerate(KINDS.values()):
            self.kind.setItemText(number, tr(text))
        for box, choices in ((self.readers, READERS), (self.media, MEDIA)):
            for number, (*_, text) in enumerate(choices):
                box.setItemText(number, tr(text))
        self.count.setItemText(0, tr("Any size"))
        for number, count in enumerate(COUNTS, 1):
            self.count.setItemText(number, tr("{count} colours", count=count))
        self.source.setItemText(0, tr("All sources"))
        self.favourites.setText(tr("My favourites"))
        self.favourites.setToolTip(tr("Only the palettes that you keep"))

    def _fill(self) -> None:
        self.kind.addItems([""] * len(KINDS))
        self.kind.setCurrentIndex(list(KINDS).index(Kind.QUALITATIVE))
        self.readers.addItems([""] * len(READERS))
        self.media.addItems([""] * len(MEDIA))
        self.count.addItem("", None)
        for count in COUNTS:
            self.count.addItem("", count)
        self.source.addItem("", "")
        for source in sources():
            self.source.addItem(source, source)
        for box in self._boxes:
            ignore_wheel(box)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
        self.favourites.setCheckable(True)
        self.favourites.setIcon(icon("star"))

    def _connect(self) -> None:
        self.words.textEdited.connect(self._delay.start)
        self._delay.timeout.connect(self.changed)
        for box in self._boxes:
            box.activated.connect(self.changed)
        self.favourites.clicked.connect(self.changed)

    def _lay_out(self, theme: Theme) -> None:
        self.words.setClearButtonEnabled(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.space(6))
        grid.addWidget(self.words, 0, 0, 1, 2)
        fields: list[QWidget] = [*self._boxes, self.favourites]
        for number, field in enumerate(fields):
            grid.addWidget(field, 1 + number // 2, number % 2)
        for column in range(2):
            grid.setColumnStretch(column, 1)
