"""What one engine made of a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QWidget

from app.core.i18n import tr
from app.ui.formula.candidates import percent
from app.ui.formula.engine_titles import engine_title
from app.ui.formula.picture_view import PictureView
from app.ui.formula.preview import Preview
from app.ui.formula.zoom import Zoom

if TYPE_CHECKING:
    from app.formula.service import Comparison
    from app.ui.desk import Desk

DRAWING_FACTOR: Final = 0.8
"""Of the size that a formula has in the tab."""


class EngineCard(QFrame):
    """Name, figures, drawing and source of an engine's answer, or why there is none.

    Args:
        desk: theme and tasks.
        engine: a key of `service.ENGINES`.
        parent: the owner.

    """

    taken = Signal(str)
    """The LaTeX that the user wants to go on with."""

    def __init__(self, desk: Desk, engine: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "card")
        self._latex = ""
        self._name = QLabel(engine_title(engine))
        self._name.setFont(desk.theme.font("title"))
        self._figures = QLabel(tr("Waiting"))
        self._figures.setProperty("tone", "muted")
        self._view = PictureView(desk.theme, Zoom(self))
        self._view.setAccessibleName(tr("How the LaTeX looks"))
        self._source = QLabel()
        self._source.setFont(desk.theme.font("mono"))
        self.take_button = QPushButton(tr("Use this answer"))
        self.take_button.setAutoDefault(False)
        self.take_button.clicked.connect(lambda: self.taken.emit(self._latex))
        self._preview = Preview(desk, self)
        self._preview.drawn.connect(lambda drawing: self._view.show_drawing(drawing.svg, DRAWING_FACTOR))
        self._preview.failed.connect(lambda *_fault: self._view.setVisible(False))
        self._lay_out(desk)

    @property
    def text(self) -> str:
        """What is said of the engine, and its source."""
        return f"{self._figures.text()}\n{self._source.text()}"

    def show_outcome(self, found: Comparison) -> None:
        """Show an answer, or why there is none."""
        answer = found.answer
        if answer is None:
            self._figures.setText(tr("No answer"))
            self._source.setFont(self.font())
            self._source.setText(str(found.error))
            self._source.setVisible(True)
            return
        seconds = f"{answer.seconds:.2f}"
        sure = tr("{percent} % · {seconds} s", percent=percent(answer.confidence), seconds=seconds)
        self._figures.setText(sure)
        self._latex = answer.latex
        self._source.setText(answer.latex)
        for widget in (self._view, self._source, self.take_button):
            widget.setVisible(True)
        self._preview.request(answer.latex, at_once=True)

    def _lay_out(self, desk: Desk) -> None:
        space = desk.theme.space
        self._source.setWordWrap(True)
        self._source.setTextFormat(Qt.TextFormat.PlainText)
        self._source.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid = QGridLayout(self)
        grid.setContentsMargins(space(16), space(12), space(12), space(12))
        grid.setHorizontalSpacing(space(12))
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self._figures, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._view, 1, 0, 1, 2)
        grid.addWidget(self._source, 2, 0)
        grid.addWidget(self.take_button, 2, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(1, 1)
        for widget in (self._view, self._source, self.take_button):
            widget.setVisible(False)
