"""All about the name that is chosen in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from app.acronym.forms import SUFFIXES, with_suffix
from app.acronym.offensive import OFFENSIVE_LANGUAGES
from app.acronym.online import page
from app.acronym.ranking import KIND_TITLES
from app.acronym.taken import SOURCES
from app.core.i18n import tr
from app.ui.acronym.reason_bars import ReasonBars
from app.ui.widgets.no_wheel import ignore_wheel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.acronym.judgement import Judgement
    from app.acronym.online import Count
    from app.ui.acronym.actions import AcronymActions
    from app.ui.theme import Theme


class Details(QScrollArea):
    """The name, how it is written and said, where its letters are, why it scores, and who has it already."""

    alignment_changed = Signal(tuple)
    """The letters of another alignment, indices in the arrays of the title."""

    def __init__(self, theme: Theme, actions: AcronymActions) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        self.judgement: Judgement | None = None
        self._inner = QWidget()
        self._alignment = 0
        self._spoken = ""
        self._counts: list[Count] = []
        self.heading, self.sound = QLabel(), QLabel()
        self.form = QComboBox()
        self.meaning, self.taken, self.world = QLabel(), QLabel(), QLabel()
        self.position = QLabel()
        self.bars = ReasonBars(theme)
        self._captions = {name: QLabel() for name in ("form", "alignment", "reasons", "taken")}
        self.say_button = self._tool_button(actions.say)
        self.favourite_button = self._tool_button(actions.favourite)
        self.previous_button = self._tool_button(actions.previous_alignment)
        self.next_button = self._tool_button(actions.next_alignment)
        self.online_button = self._tool_button(actions.online)
        self._lay_out()
        self.form.currentTextChanged.connect(self._write)
        self.retranslate()

    @property
    def written(self) -> str:
        """The name in the form that the user chose."""
        return self.form.currentText()

    def show_judgement(self, judgement: Judgement | None) -> None:
        """Show another name, None for none."""
        self.judgement, self._alignment, self._spoken, self._counts = judgement, 0, "", []
        self.form.blockSignals(True)
        self.form.clear()
        if judgement is not None:
            own = judgement.forms
            endings = [with_suffix(own[0], suffix) for suffix in SUFFIXES]
            self.form.addItems(list(dict.fromkeys([*own, *endings])))
        self.form.blockSignals(False)
        self.bars.show_reasons(judgement.reasons if judgement is not None else ())
        self._inner.setVisible(judgement is not None)
        self._write()
        self.verticalScrollBar().setValue(0)

    def show_sound(self, spoken: str) -> None:
        """Show how the name is said."""
        self._spoken = spoken
        self._write()

    def show_counts(self, counts: Sequence[Count]) -> None:
        """Show what services say about the name."""
        self._counts = list(counts)
        self._write()

    def step_alignment(self, step: int) -> None:
        """Show the next way of the name through the title, or the one before it."""
        if self.judgement is not None:
            self._alignment = (self._alignment + step) % len(self.judgement.alignments)
            self._write()
            self.alignment_changed.emit(self.judgement.alignments[self._alignment].letters)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self._captions["form"].setText(tr("Written"))
        self._captions["alignment"].setText(tr("Letters in the title"))
        self._captions["reasons"].setText(tr("Why it scores"))
        self._captions["taken"].setText(tr("Already taken?"))
        self.form.setAccessibleName(tr("How the name is written"))
        self.setAccessibleName(tr("About the name"))
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(button.defaultAction().text().replace("&", ""))
        self.bars.retranslate()
        self._write()

    def _write(self) -> None:
        judgement = self.judgement
        if judgement is None:
            return
        self.heading.setText(self.written)
        kind = tr(KIND_TITLES[judgement.name.kind])
        self.sound.setText(f"{kind}  ·  {self._spoken}" if self._spoken else kind)
        several = len(judgement.alignments) > 1
        self.position.setText(
            tr("{number} of {count} ways", number=self._alignment + 1, count=len(judgement.alignments))
            if several
            else tr("One way")
        )
        for action in (self._actions.previous_alignment, self._actions.next_alignment):
            action.setEnabled(several)
        offends = ", ".join(tr(OFFENSIVE_LANGUAGES[language]) for language in judgement.offends_in)
        remarks = [tr("May offend in: {languages}.", languages=offends)] if offends else []
        remarks += [judgement.meaning] if judgement.meaning else []
        self.meaning.setText("\n".join(remarks))
        self.meaning.setVisible(bool(remarks))
        self._write_taken(judgement)

    def _write_taken(self, judgement: Judgement) -> None:
        known = [tr("{name} is {source}.", name=each.name, source=tr(SOURCES[each.source])) for each in judgement.taken]
        self.taken.setText("\n".join(known) if known else tr("Not among 1,600 names of models."))
        lines = [self._count_line(count, self.written) for count in self._counts]
        if checked := [count.checked for count in self._counts if not count.error]:
            moment = min(checked).astimezone()
            lines.append(tr("Checked at {time}.", time=f"{moment:%Y-%m-%d %H:%M}"))
        self.world.setText("<br>".join(lines))
        self.world.setVisible(bool(lines))

    def _count_line(self, count: Count, name: str) -> str:
        if count.count is None:
            return count.error
        link = f'<a style="color: {self._theme.colour("accent").name()}" href="{page(count.service, name)}">'
        return f"{link}{count.count:,}</a> {tr(count.service.title)}"

    def _tool_button(self, action: object) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)  # type: ignore[arg-type]
        button.setProperty("kind", "flat")
        button.setProperty("square", "true")
        button.setIconSize(QSize(self._theme.space(18), self._theme.space(18)))
        return button

    def _lay_out(self) -> None:
        space = self._theme.space
        self.heading.setFont(self._theme.font("display"))
        self.heading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        ignore_wheel(self.form)
        for label in (self.meaning, self.taken, self.world):
            label.setWordWrap(True)
        self.world.setOpenExternalLinks(True)
        self.sound.setProperty("tone", "muted")
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(space(12), 0, space(12), 0)
        column.setSpacing(space(4))
        column.addLayout(self._row(self.heading, self.say_button, self.favourite_button))
        column.addWidget(self.sound)
        column.addWidget(self.meaning)
        self._add_part(column, "form", self.form)
        self._add_part(column, "alignment", self._row(self.position, self.previous_button, self.next_button))
        self._add_part(column, "reasons", self.bars)
        self._add_part(column, "taken", self._row(self.taken, self.online_button))
        column.addWidget(self.world)
        column.addStretch(1)
        self.setWidget(self._inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _row(self, first: QWidget, *others: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.space(4))
        row.addWidget(first, 1)
        for other in others:
            row.addWidget(other)
        return row

    def _add_part(self, column: QVBoxLayout, name: str, content: QWidget | QHBoxLayout) -> None:
        caption = self._captions[name]
        caption.setFont(self._theme.font("small"))
        caption.setProperty("tone", "muted")
        column.addSpacing(self._theme.space(8))
        column.addWidget(caption)
        if isinstance(content, QWidget):
            column.addWidget(content)
        else:
            column.addLayout(content)
