"""How sure the engine is of its answer, in words and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.core.i18n import mark, tr

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


class AnswerBar(QWidget):
    """One line: a word, the confidence, engine and time; or what is wrong with the source."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._answer: tuple[float, str, float] | None = None
        self._edited = False
        self._fault = ""
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
        return f"{self._word.text()} {self._figures.text()}".strip()

    def show_answer(self, confidence: float, engine: str, seconds: float) -> None:
        """Show how an answer was found."""
        self._answer, self._edited, self._fault = (confidence, engine, seconds), False, ""
        self.retranslate()

    def show_edited(self, edited: bool) -> None:
        """Say whether the source is still the engine's."""
        self._edited = edited
        self.retranslate()

    def show_fault(self, text: str) -> None:
        """Say what is wrong with the source; nothing with an empty text."""
        self._fault = text
        self.retranslate()

    def clear(self) -> None:
        """Show nothing."""
        self._answer, self._edited, self._fault = None, False, ""
        self.retranslate()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        colour, word, figures = self._content()
        self._word.setText(word)
        self._word.setStyleSheet(f"color: {self._theme.colour(colour).name()}; font-weight: 600")
        self._word.setVisible(bool(word))
        self._figures.setText(figures)
        self._figures.setToolTip(figures)
        self.setAccessibleName(self.text)

    def _content(self) -> tuple[str, str, str]:
        """Return colour and text of the word, and the rest of the line."""
        if self._fault:
            return "warning", tr("Not drawn"), self._fault
        if self._answer is None:
            return "text_muted", "", ""
        if self._edited:
            return "text_muted", tr("Edited"), tr("Copying keeps your text in the history.")
        confidence, engine, seconds = self._answer
        colour, word = next((colour, word) for least, colour, word in WORDS if confidence >= least)
        figures = tr(
            "{percent} % confidence · {engine} · {seconds} s",
            percent=min(99, round(100 * confidence)) if confidence < 1 else 100,
            engine=engine,
            seconds=f"{seconds:.2f}" if seconds < 1 else f"{seconds:.1f}",
        )
        return colour, tr(word), figures
