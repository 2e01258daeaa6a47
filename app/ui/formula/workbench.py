"""Picture and answer side by side, and below them how sure the answer is and its LaTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.ui.formula.answer_bar import AnswerBar
from app.ui.formula.candidates import Candidates
from app.ui.formula.compare import Compare
from app.ui.formula.differences import Differences
from app.ui.formula.preview import Preview
from app.ui.formula.recognition import candidates_in
from app.ui.formula.source_editor import SourceEditor

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.core.history import Entry
    from app.formula.agreement import Agreement
    from app.ui.desk import Desk
    from app.ui.formula.copy_button import CopyButton
    from app.ui.formula.keeper import Keeper
    from app.ui.formula.preview import Drawing


class Workbench(QSplitter):
    """Keeps source, drawing and words about both in step.

    Args:
        desk: everything else there is.
        keeper: knows which entry of the history is shown.

    """

    def __init__(self, desk: Desk, keeper: Keeper) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._desk, self._keeper = desk, keeper
        self.compare = Compare(desk.theme)
        self.bar = AnswerBar(desk.theme)
        self.editor = SourceEditor(desk.theme)
        self.candidates = Candidates(desk.theme)
        self.preview = Preview(desk, self)
        self.differences = Differences(desk, self)
        self._agreement: Agreement | None = None
        self._are_marked = True
        self._line = QHBoxLayout()
        self._lay_out()
        self.editor.textChanged.connect(self._on_edited)
        self.candidates.chosen.connect(self.take)
        self.differences.found.connect(self._on_compared)
        self.preview.drawn.connect(self._on_drawn)
        self.preview.failed.connect(self._on_not_drawn)

    def add_copy_button(self, button: CopyButton) -> None:
        """Put the button at the right end of the line above the source."""
        self._line.addWidget(button)

    def begin(self, image: QImage | None) -> None:
        """Show a picture whose answer is awaited; None: it is not open yet."""
        self.preview.cancel()
        self.set_source("")
        self.editor.setReadOnly(True)
        self.bar.clear()
        self.candidates.offer(())
        self.differences.take_picture(None)
        self.compare.clear_drawing()
        if image is not None:
            self.compare.show_snip(image, (0.0, 0.0))
        else:
            self.compare.snip_view.clear()

    def show_entry(self, entry: Entry, image: QImage, ink: tuple[float, float]) -> None:
        """Show a result with its picture, which may be null, and the size of the picture's ink in pixels."""
        self.compare.clear_drawing()
        if image.isNull():
            self.compare.hide_snip()
        else:
            self.compare.show_snip(image, ink)
        self.differences.take_picture(None if image.isNull() else image)
        self.set_source(entry.text)
        self._show_confidence(entry)
        self.preview.request(entry.text, at_once=True)

    def clear(self) -> None:
        """Show nothing."""
        self.preview.cancel()
        self.set_source("")
        self.compare.hide_snip()
        self.compare.clear_drawing()
        self.candidates.offer(())
        self.differences.take_picture(None)
        self.bar.clear()

    def mark_differences(self, wanted: bool) -> None:
        """Tint what differs, or leave picture and drawing as they are."""
        self._are_marked = wanted
        self.compare.show_differences(self._agreement if wanted else None)

    def set_source(self, latex: str) -> None:
        """Put LaTeX into the editor without drawing it."""
        self.editor.blockSignals(True)
        self.editor.start_with(latex)
        self.editor.show_fault(0, 0)
        self.editor.show_doubts(())
        self.editor.blockSignals(False)
        self.compare.describe(latex)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        for part in (self.compare, self.bar, self.candidates):
            part.retranslate()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow fonts and colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_line"):
            self.editor.recolour()
            self.bar.retranslate()
            self.candidates.viewport().update()

    def _on_edited(self) -> None:
        """Draw the source anew in a moment."""
        latex = self.editor.latex
        self.editor.show_fault(0, 0)
        self.bar.show_fault("")
        self.candidates.mark(latex)
        if candidate := self.candidates.candidate(latex):
            self.bar.show_confidence(candidate.confidence)
            self.editor.show_doubts(candidate.doubts)
        else:
            self.bar.show_edited(self._keeper.is_edited(latex))
        self.bar.show_doubts(len(self.editor.doubts))
        if latex.strip():
            self.preview.request(latex)
        else:
            self.preview.cancel()
            self.compare.clear_drawing()

    def _show_confidence(self, entry: Entry) -> None:
        """Show how sure the engine was of an entry, and what else it held possible."""
        detail = entry.detail
        self.candidates.offer(candidates_in(detail))
        self.candidates.mark(entry.text)
        if "confidence" not in detail:
            self.bar.clear()
            return
        candidate = self.candidates.candidate(entry.text)
        confidence = float(detail["confidence"]) if candidate is None else candidate.confidence
        self.bar.show_answer(confidence, str(detail.get("engine", "")), float(detail.get("seconds", 0)))
        self.bar.show_edited(candidate is None and bool(detail.get("edited")))
        self.editor.show_doubts(candidate.doubts if candidate else ())
        self.bar.show_doubts(len(self.editor.doubts))

    def take(self, latex: str) -> None:
        """Put another answer into the source, from which undo leads back."""
        if latex.strip() != self.editor.latex.strip():
            self.editor.replace(latex)

    def _on_compared(self, agreement: Agreement | None) -> None:
        """Show where picture and drawing differ."""
        self._agreement = agreement
        places = max(len(agreement.picture), len(agreement.drawing)) if agreement else 0
        self.bar.show_differences(places)
        self.mark_differences(self._are_marked)

    def _on_drawn(self, drawing: Drawing) -> None:
        """Show how the source looks."""
        self._on_compared(None)
        self.compare.show_drawing(drawing)
        self.differences.compare(drawing)
        self.compare.describe(self.editor.latex)
        self.bar.show_fault("")
        self.editor.show_fault(0, 0)

    def _on_not_drawn(self, text: str, start: int, end: int) -> None:
        """Keep the last drawing, weaker, and say what is wrong with the source."""
        self.compare.answer_view.set_faded(True)
        self.bar.show_fault(text)
        self.editor.show_fault(start, end)

    def _lay_out(self) -> None:
        space = self._desk.theme.space
        self._line.setSpacing(space(12))
        self._line.addWidget(self.bar, 1)
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(8))
        column.addLayout(self._line)
        column.addWidget(self.candidates)
        column.addWidget(self.editor, 1)
        self.setChildrenCollapsible(False)
        self.addWidget(self.compare)
        self.addWidget(lower)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
