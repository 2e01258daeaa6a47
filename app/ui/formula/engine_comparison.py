"""What each engine makes of one picture, below each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from app.core.i18n import tr
from app.formula.service import ENGINES, compare_engines
from app.ui.formula.engine_card import EngineCard
from app.ui.formula.pane import Pane
from app.ui.formula.picture_view import PictureView
from app.ui.formula.zoom import Zoom
from app.ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QImage

    from app.core.progress import Progress
    from app.formula.service import Comparison, Make
    from app.ui.desk import Desk

CHANNEL: Final = "formula.comparison"
WIDTH, HEIGHT = 640, 500
"""Units of `Theme.space`."""


class EngineComparison(QDialog):
    """Lets every engine read a picture, one after the other, and shows answers, confidence and times as they come.

    Args:
        desk: runs the work.
        picture: what is read.
        parent: the tab.
        engines: how each engine is made; those of the program without.

    """

    taken = Signal(str)
    """The LaTeX that the user wants to go on with."""
    _came = Signal(object)

    def __init__(
        self, desk: Desk, picture: QImage, parent: QWidget | None = None, engines: Mapping[str, Make] | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._picture = desk, picture
        self._engines = dict(ENGINES if engines is None else engines)
        self.cards = {name: EngineCard(desk, name, self) for name in self._engines}
        self.progress = ProgressLine(desk.theme, self)
        self._came.connect(self._show)
        self.setWindowTitle(tr("Compare engines"))
        self._lay_out()
        self._start()

    def done(self, result: int) -> None:
        """Stop the engines with the dialog."""
        self._desk.tasks.cancel_channel(CHANNEL)
        super().done(result)

    def _start(self) -> None:
        picture, settings, engines, came = self._picture, self._desk.settings, self._engines, self._came

        def work(progress: Progress) -> None:
            from app.ui.formula.conversion import to_pillow  # noqa: PLC0415 - see there

            for number, found in enumerate(compare_engines(settings, to_pillow(picture), engines), 1):
                progress.report(number, len(engines))
                came.emit(found)

        task = self._desk.tasks.run(work, self._end, self._fail, self._on_progress, channel=CHANNEL)
        self.progress.start(task, tr("Each engine is loaded and reads the picture"))

    def _on_progress(self, done: float, total: float | None, text: str) -> None:
        self.progress.update(done, total, text)

    def _show(self, found: Comparison) -> None:
        card = self.cards[found.engine]
        card.show_outcome(found)
        card.taken.connect(self._take)

    def _end(self, _nothing: None) -> None:
        """Every engine was heard of by now."""

    def _fail(self, error: Exception) -> None:
        self._desk.crashed.emit(error)

    def _take(self, latex: str) -> None:
        self.taken.emit(latex)
        self.accept()

    def _lay_out(self) -> None:
        theme = self._desk.theme
        view = PictureView(theme, Zoom(self))
        view.show_image(self._picture)
        view.setAccessibleName(tr("Picture of the formula"))
        pane = Pane(theme, view)
        pane.caption.setText(tr("Picture"))
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(4 * (theme.space(16),)))
        column.setSpacing(theme.space(12))
        column.addWidget(pane, 2)
        for card in self.cards.values():
            column.addWidget(card, 3)
        column.addWidget(self.progress)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(theme.space(WIDTH), theme.space(HEIGHT))
