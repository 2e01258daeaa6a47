"""How sure the engine is of its answer, in words and figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.core.i18n import mark, tr
from app.ui.formula.candidates import percent
from app.ui.formula.engine_titles import engine_title

if TYPE_CHECKING:
    from app.ui.theme import Theme

SURE: Final = 0.9
DOUBTFUL: Final = 0.6
WORDS: Final = (
    (SURE, "success", mark("Sure")),
    (DOUBTFUL, "warning", mark("Worth a look")),
    (0.0, "error", mark("Doubtful")),
)
"""Least confidence, the theme's colour, the word."""


@dataclass(frozen=True)
class Said:
    """What the line is about."""

    confidence: float | None = None
    """Of the answer that is shown, 0 to 1; None: there is no answer."""
    engine: str = ""
    seconds: float = 0.0
    edited: bool = False
    """Whether the source is the user's by now."""
    differences: int = 0
    """Places where picture and drawing differ."""
    doubts: int = 0
    """Places of the source that the engine is not sure of."""
    fault: str = ""
    """What is wrong with the source."""


class AnswerBar(QWidget):
    """One line: a word, the confidence, engine and time; or what is wrong with the source."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._said = Said()
        self._whole = ""
        self._word = QLabel(self)
        self._figures = QLabel(self)
        self._figures.setProperty("tone", "muted")
        self._figures.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(8))
        layout.addWidget(self._word)
        layout.addWidget(self._figures, 1)
        self.retranslate()

    @property
    def text(self) -> str:
        """All of the line."""
        return f"{self._word.text()} {self._whole}".strip()

    def show_answer(self, confidence: float, engine: str, seconds: float) -> None:
        """Show how an answer was found."""
        self._say(Said(confidence, engine, seconds))

    def show_confidence(self, confidence: float) -> None:
        """Show how sure the engine is of another one of its answers."""
        self._say(replace(self._said, confidence=confidence, edited=False))

    def show_edited(self, edited: bool) -> None:
        """Say whether the source is still the engine's."""
        self._say(replace(self._said, edited=edited))

    def show_differences(self, count: int) -> None:
        """Say in how many places picture and drawing differ."""
        self._say(replace(self._said, differences=count))

    def show_doubts(self, count: int) -> None:
        """Say of how many places of the source the engine is not sure."""
        self._say(replace(self._said, doubts=count))

    def show_fault(self, text: str) -> None:
        """Say what is wrong with the source; nothing with an empty text."""
        self._say(replace(self._said, fault=text))

    def clear(self) -> None:
        """Show nothing."""
        self._say(Said())

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        colour, word, self._whole = self._content()
        self._word.setText(word)
        self._word.setStyleSheet(f"color: {self._theme.colour(colour).name()}; font-weight: 600")
        self._word.setVisible(bool(word))
        self._figures.setToolTip(self._whole)
        self._figures.setAccessibleName(self._whole)
        self.setAccessibleName(self.text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
        elide, room = Qt.TextElideMode.ElideRight, self._figures.width()
        self._figures.setText(self._figures.fontMetrics().elidedText(self._whole, elide, room))

    def _say(self, said: Said) -> None:
        if said != self._said:
            self._said = said
            self.retranslate()

    def _content(self) -> tuple[str, str, str]:
        """Return colour and text of the word, and the rest of the line."""
        said = self._said
        if said.fault:
            return "warning", tr("Not drawn"), said.fault
        if said.confidence is None:
            return "text_muted", "", ""
        if said.edited:
            return "text_muted", tr("Edited"), self._with_doubt(tr("Copying keeps your text in the history."))
        colour, word = next((colour, word) for least, colour, word in WORDS if said.confidence >= least)
        figures = tr(
            "{percent} % confidence · {engine} · {seconds} s",
            percent=percent(said.confidence),
            engine=engine_title(said.engine),
            seconds=f"{said.seconds:.2f}" if said.seconds < 1 else f"{said.seconds:.1f}",
        )
        return colour, tr(word), self._with_doubt(figures)

    def _with_doubt(self, text: str) -> str:
        """Return `text` with the numbers of places to look at, before it: there may not be room for all."""
        differences, doubts = self._said.differences, self._said.doubts
        parts = []
        if doubts:
            parts.append(tr("1 place in doubt") if doubts == 1 else tr("{count} places in doubt", count=doubts))
        if differences:
            parts.append(tr("1 place differs") if differences == 1 else tr("{count} places differ", count=differences))
        return " · ".join([*parts, text])
