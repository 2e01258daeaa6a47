"""The LaTeX of the answer, to be corrected by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, QSize, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip

from app.core.i18n import tr
from app.ui.formula.braces import partner
from app.ui.formula.doubt_marks import DoubtMarks
from app.ui.formula.highlighter import LatexHighlighter
from app.ui.formula.pictures import CLIPBOARD, sources_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QWidget

    from app.formula.engine import Doubt
    from app.ui.formula.doubt_marks import Mark
    from app.ui.theme import Theme

LEAST_LINES: Final = 3
USUAL_LINES: Final = 6


class SourceEditor(QPlainTextEdit):
    """An editor for one formula. Tab leaves it; a pasted picture is handed on."""

    pictures_pasted = Signal(list)
    """The `Source`s that were pasted."""
    copy_requested = Signal()
    """The copy key was pressed with nothing selected."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fault: tuple[int, int] | None = None
        self._doubts = DoubtMarks(self.document())
        self.setObjectName("formulaSource")
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(theme.space(8))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._highlighter = LatexHighlighter(self.document(), theme)
        self.cursorPositionChanged.connect(self._mark)
        self.recolour()

    @property
    def latex(self) -> str:
        """The source as it stands."""
        return self.toPlainText()

    @property
    def fault(self) -> tuple[int, int] | None:
        """The place that is underlined as wrong."""
        return self._fault

    def replace(self, latex: str) -> None:
        """Put `latex` in the place of everything; undo brings the old text back."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(latex)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.End)

    def start_with(self, latex: str) -> None:
        """Begin anew with `latex`; there is nothing to undo."""
        self.setPlainText(latex)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def show_fault(self, start: int, end: int) -> None:
        """Underline the characters from `start` to `end`; nothing when they are the same."""
        self._fault = (start, end) if end > start else None
        self._mark()

    @property
    def doubts(self) -> list[Mark]:
        """The places that are underlined as doubtful."""
        return self._doubts.standing()

    def show_doubts(self, doubts: Sequence[Doubt]) -> None:
        """Underline `doubts`, which are about the source as it stands, until their text changes."""
        self._doubts.take(doubts)
        self._mark()

    def go_to_doubt(self) -> None:
        """Select the next doubtful place, after the last the first again, and say what may be there."""
        if mark := self._doubts.after(self.textCursor().selectionEnd()):
            self.setFocus()
            self.setTextCursor(QTextCursor(mark.cursor))
            QToolTip.showText(self.viewport().mapToGlobal(self.cursorRect().bottomLeft()), _words(mark), self)

    def take_other(self) -> None:
        """Put what may be there instead into the doubtful place at the cursor."""
        mark = self._doubts.at(self.textCursor().position())
        if mark and mark.instead:
            QToolTip.hideText()
            QTextCursor(mark.cursor).insertText(mark.instead)

    def recolour(self) -> None:
        """Take fonts and colours from the theme anew."""
        self.setFont(self._theme.font("mono"))
        self._highlighter.recolour()
        self._mark()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for some lines."""
        return QSize(480, self._height_of(USUAL_LINES))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for a few lines."""
        return QSize(160, self._height_of(LEAST_LINES))

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Say what is doubtful under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            mark = self._doubts.at(self.cursorForPosition(event.pos()).position())
            QToolTip.showText(event.globalPos(), _words(mark) if mark else "", self)
            return True
        return bool(super().viewportEvent(event))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what may be in a doubtful place, above what every editor offers."""
        menu = self.createStandardContextMenu(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            position = self.cursorForPosition(event.pos()).position()
        else:
            position = self.textCursor().position()
        mark = self._doubts.at(position)
        if mark and mark.instead:
            self.setTextCursor(QTextCursor(mark.cursor))
            first = menu.actions()[0]
            change = menu.addAction(tr("Change to {latex}", latex=mark.instead), self.take_other)
            menu.insertAction(first, change)
            menu.insertSeparator(first)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 - Qt's name
        """Take pictures as well as text."""
        return bool(super().canInsertFromMimeData(source) or sources_in(source, CLIPBOARD))

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Insert text; hand pictures on."""
        has_words = source.hasText() and not source.hasUrls()
        pictures = [] if has_words else sources_in(source, CLIPBOARD)
        if pictures:
            self.pictures_pasted.emit(pictures)
        else:
            self.insertPlainText(source.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Copy the whole formula when nothing is selected."""
        if event.matches(QKeySequence.StandardKey.Copy) and not self.textCursor().hasSelection():
            self.copy_requested.emit()
            return
        super().keyPressEvent(event)

    def _height_of(self, lines: int) -> int:
        """Return the height of so many lines with the frame."""
        edges = self.contentsMargins().top() + self.contentsMargins().bottom() + 2 * self.document().documentMargin()
        return round(lines * self.fontMetrics().lineSpacing() + edges)

    def _mark(self) -> None:
        """Mark the fault, the doubts, and the bracket beside the cursor with its partner."""
        marks = []
        if self._fault:
            marks.append(self._selection(self._fault, underline=self._theme.colour("error")))
        for doubt in () if self._fault else self._doubts.standing():
            span = (doubt.cursor.selectionStart(), doubt.cursor.selectionEnd())
            marks.append(self._selection(span, underline=self._theme.colour("warning")))
        if found := partner(self.toPlainText(), self.textCursor().position()):
            here, there = found
            colour = self._theme.colour("selection" if there else "difference")
            marks.extend(self._selection(span, background=colour) for span in (here, there) if span)
        self.setExtraSelections(marks)

    def _selection(
        self, span: tuple[int, int], *, background: QColor | None = None, underline: QColor | None = None
    ) -> QTextEdit.ExtraSelection:
        """Return a mark on the characters of `span`."""
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(span[0], last))
        cursor.setPosition(min(span[1], last), QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        if background is not None:
            form.setBackground(background)
        if underline is not None:
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            form.setUnderlineColor(underline)
        mark.cursor = cursor
        mark.format = form
        return mark


def _words(mark: Mark) -> str:
    """Return what is to be said of a doubtful place."""
    if mark.instead:
        return tr("Not sure. It may be {latex}: Ctrl+. or the context menu changes it.", latex=mark.instead.strip())
    return tr("Not sure. Compare it with the picture.")
