"""All about the chosen phrase: its trend, its words, sentences that have it, and what the web says."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.collocation.tags import CLASS_TITLES
from app.core.i18n import tr
from app.ui.collocation.class_colours import class_colour
from app.ui.collocation.trend_bars import TrendBars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from app.collocation.examples import Example
    from app.collocation.matches import Slot, Trend
    from app.collocation.online import WebAnswer
    from app.ui.collocation.actions import CollocationActions
    from app.ui.theme import Theme

WEB_ROWS: Final = 10


@dataclass(frozen=True)
class Subject:
    """A phrase to be told about; without slots and trend where nothing is known of them."""

    phrase: str
    slots: tuple[Slot, ...] = ()
    trend: Trend | None = None


class Details(QScrollArea):
    """Shows one phrase."""

    def __init__(self, theme: Theme, actions: CollocationActions) -> None:
        super().__init__()
        self._theme = theme
        self._inner = QWidget()
        self.subject: Subject | None = None
        self._zipf: dict[str, float] = {}
        self._examples: Sequence[Example] = ()
        self._examples_note = ""
        self._web: WebAnswer | None = None
        self._web_note = ""
        self.heading, self.note, self.words = QLabel(), QLabel(), QLabel()
        self.examples, self.web = QLabel(), QLabel()
        self.trend = TrendBars(theme)
        self._captions = {name: QLabel() for name in ("trend", "words", "examples", "web")}
        self.pin_button, self.examples_button = self._tool_button(actions.pin), self._tool_button(actions.examples)
        self.web_button = self._tool_button(actions.web)
        self.examples_button.setProperty("kind", "")
        self._lay_out()
        theme.changed.connect(self._write)

    def show_subject(self, subject: Subject | None) -> None:
        """Show another phrase; its examples and the frequencies of its words come later."""
        if subject is not None and self.subject is not None and subject.phrase != self.subject.phrase:
            self.verticalScrollBar().setValue(0)
        self.subject = subject
        self._inner.setVisible(subject is not None)
        self._write()

    def show_zipf(self, values: dict[str, float]) -> None:
        """Show how frequent the single words are in everyday English."""
        self._zipf = values
        self._write_words()

    def show_examples(self, examples: Sequence[Example], note: str = "") -> None:
        """Show sentences, or a note on why there are none; nothing without either."""
        self._examples, self._examples_note = examples, note
        self._write_examples()

    def show_web(self, answer: WebAnswer | None, note: str = "") -> None:
        """Show what a service answered, or a note on why there is no answer."""
        self._web, self._web_note = answer, note
        self._write_web()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self._captions["trend"].setText(tr("Occurrences in a million words"))
        self._captions["words"].setText(
            tr("Words and how frequent they are in everyday English (Zipf: 2 rare, 6 very)")
        )
        self._captions["examples"].setText(tr("Examples"))
        self.setAccessibleName(tr("About the phrase"))
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(button.defaultAction().text().replace("&", ""))
        self.trend.retranslate()
        self._write()

    def _write(self) -> None:
        subject = self.subject
        if subject is None:
            return
        self.heading.setText(subject.phrase)
        has_trend = subject.trend is not None and (subject.trend.to_2022 > 0 or subject.trend.from_2023 > 0)
        for part in (self.trend, self._captions["trend"]):
            part.setVisible(has_trend)
        if subject.trend is not None:
            self.trend.show_trend(subject.trend)
        is_recent = subject.trend is not None and subject.trend.is_recent
        self.note.setVisible(is_recent)
        if is_recent:
            self.note.setText(
                tr("Mostly in texts of 2023 on, when much was written by language models. It may sound like them.")
            )
            self.note.setStyleSheet(f"color: {self._theme.colour('warning').name()}")
        self._write_words()
        self._write_examples()
        self._write_web()

    def _write_words(self) -> None:
        slots = self.subject.slots if self.subject is not None else ()
        self._captions["words"].setVisible(bool(slots))
        self.words.setVisible(bool(slots))
        muted = self._theme.colour("text_muted").name()
        rows = [
            f'<tr><td style="color:{class_colour(self._theme, slot.word_class).name()}"><b>{escape(slot.text)}</b></td>'
            f'<td style="color:{muted}">{escape(tr(CLASS_TITLES[slot.word_class]))}</td>'
            f'<td align="right">{self._zipf_of(slot.text)}</td></tr>'
            for slot in slots
        ]
        self.words.setText(f'<table width="100%" cellpadding="1">{"".join(rows)}</table>')

    def _zipf_of(self, word: str) -> str:
        value = self._zipf.get(word)
        return "" if value is None else f"{value:.1f}"

    def _write_examples(self) -> None:
        for part in (self.examples, self._captions["examples"]):
            part.setVisible(bool(self._examples or self._examples_note))
        self.examples.setText("".join(map(self._example, self._examples)) or escape(self._examples_note))

    def _example(self, example: Example) -> str:
        """Return a sentence with the phrase marked and the source below it, as rich text."""
        marked, ink = self._theme.colour("difference").name(), self._theme.colour("text").name()
        before, phrase, after = (
            escape(part)
            for part in (
                example.text[: example.start],
                example.text[example.start : example.end],
                example.text[example.end :],
            )
        )
        source = ", ".join(escape(part) for part in (example.source, example.licence) if part)
        return (
            f'<p style="margin:0 0 {self._theme.space(8)}px 0">{before}'
            f'<span style="background:{marked}; color:{ink}; font-weight:600">{phrase}</span>{after}<br>'
            f'<small style="color:{self._theme.colour("text_muted").name()}">{source}</small></p>'
        )

    def _write_web(self) -> None:
        shown = self._web is not None or bool(self._web_note)
        for part in (self.web, self._captions["web"]):
            part.setVisible(shown)
        service = self._web.service if self._web is not None else ""
        self._captions["web"].setText(tr("From the web: {service}", service=service) if service else tr("From the web"))
        if self._web is None or not self._web.hits:
            self.web.setText(escape(self._web_note or tr("{service} knows nothing of it.", service=service)))
            return
        muted = self._theme.colour("text_muted").name()
        rows = [(escape(hit.text), _figure(hit.value)) for hit in self._web.hits[:WEB_ROWS]]
        cells = "".join(f'<tr><td>{text}</td><td align="right">{figure}</td></tr>' for text, figure in rows)
        unit = f'<small style="color:{muted}">{escape(tr(self._web.unit))}</small>'
        head = f'<tr><td></td><td align="right">{unit}</td></tr>'
        self.web.setText(f'<table width="100%" cellpadding="1">{head}{cells}</table>')

    def _tool_button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setProperty("kind", "flat")
        button.setProperty("square", "true")
        button.setIconSize(QSize(self._theme.space(18), self._theme.space(18)))
        return button

    def _lay_out(self) -> None:
        space = self._theme.space
        self.heading.setFont(self._theme.font("title"))
        for label in (self.heading, self.note, self.examples, self.words, self.web, *self._captions.values()):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(space(12), 0, space(8), space(8))
        column.setSpacing(space(4))
        buttons = QHBoxLayout()
        buttons.setSpacing(space(4))
        for button in (self.examples_button, self.pin_button, self.web_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addWidget(self.heading)
        column.addLayout(buttons)
        sections = {
            "trend": (self.trend, self.note),
            "words": (self.words,),
            "examples": (self.examples,),
            "web": (self.web,),
        }
        for name, parts in sections.items():
            caption = self._captions[name]
            caption.setFont(self._theme.font("small"))
            caption.setProperty("tone", "muted")
            column.addSpacing(space(6))
            column.addWidget(caption)
            for part in parts:
                column.addWidget(part)
        column.addStretch(1)
        self.setWidget(self._inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def _figure(value: float) -> str:
    """Return the figure of a service: whole from a thousand on."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:,.4g}"  # noqa: PLR2004
