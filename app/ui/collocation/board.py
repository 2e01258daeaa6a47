"""Box, facets, answers and side panel: what is where, and which answer is in front."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.collocation.compare import Candidate
from app.core.i18n import tr
from app.ui.collocation.asking import Compared, Found, Scanned
from app.ui.collocation.comparison_page import ComparisonPage
from app.ui.collocation.details import Details, Subject
from app.ui.collocation.empty_state import EmptyState
from app.ui.collocation.facet_bar import FacetBar
from app.ui.collocation.findings_page import Correction, FindingsPage
from app.ui.collocation.hit_rows import HitRow
from app.ui.collocation.hits_page import HitsPage
from app.ui.collocation.operators import OperatorHelp
from app.ui.collocation.query_edit import QueryEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.ui.collocation.actions import CollocationActions
    from app.ui.collocation.asking import Outcome
    from app.ui.collocation.row_list import RowList
    from app.ui.desk import Desk

ROWS_SHARE, PANEL_SHARE = 2, 1
NARROW: Final = 760
"""Below this width, units of `Theme.space`, the rows have all of it."""
LEAST_PANEL: Final = 260
"""Width of the side panel, units of `Theme.space`."""


class Board(QWidget):
    """All that is seen under the title of the tab.

    Args:
        desk: the theme.
        edit: the box.
        facets: what is counted.
        papers: the page of the user's own papers.

    """

    row_changed = Signal()
    """Another row is chosen in the answer in front."""
    row_entered = Signal()
    """The chosen row is to be used."""

    def __init__(self, desk: Desk, edit: QueryEdit, facets: FacetBar, papers: QWidget) -> None:
        super().__init__()
        self._desk, self._panel_wanted = desk, True
        self._outcome: Outcome | None = None
        self.edit, self.facets, self.papers = edit, facets, papers
        self.empty = EmptyState(desk.theme)
        self.hits = HitsPage(desk.theme)
        self.comparison = ComparisonPage(desk.theme)
        self.findings = FindingsPage(desk.theme)
        self.operators = OperatorHelp(desk.theme, edit)
        self.status, self.reading = QLabel(), QPushButton()
        self.stack, self.side, self.split = QStackedWidget(), QStackedWidget(), QSplitter(Qt.Orientation.Horizontal)
        self._lists: dict[QWidget | None, RowList[Any]] = {
            page: page.list for page in (self.hits, self.comparison, self.findings)
        }
        self._connect()

    def add_details(self, actions: CollocationActions) -> None:
        """Make the side panel, whose buttons need the actions, and put everything in its place."""
        self.details = Details(self._desk.theme, actions)
        self._actions = actions
        self._lay_out()
        self.show_empty()

    @property
    def list(self) -> RowList[Any] | None:
        """The rows in front, None when there are none."""
        return self._lists.get(self.stack.currentWidget())

    @property
    def is_empty(self) -> bool:
        """Whether the examples are in front."""
        return self.stack.currentWidget() is self.empty

    @property
    def subject(self) -> Subject | None:
        """The chosen phrase of the answer in front, None while that is an old one."""
        row = self.list.chosen if self.list is not None and self.list.isEnabled() else None
        if isinstance(row, HitRow):
            return Subject(row.hit.text, row.hit.slots, row.hit.trend)
        if isinstance(row, Candidate):
            hit = self.comparison.hits[row.phrase]
            return Subject(row.phrase, hit.slots, hit.trend)
        return Subject(row.better.text) if isinstance(row, Correction) else None

    def show_empty(self) -> None:
        """Show the examples."""
        self._outcome = None
        self._show(self.empty)
        self.say("")
        self.show_reading("")

    def show_outcome(self, outcome: Outcome) -> None:
        """Bring an answer to the front."""
        self._outcome = outcome
        self._set_old(old=False)
        self._tell(outcome)
        if isinstance(outcome, Found):
            self.hits.show_found(outcome)
            self._show(self.hits)
        elif isinstance(outcome, Compared):
            self.comparison.show_comparison(outcome.comparison, outcome.hits)
            self._show(self.comparison)
        elif isinstance(outcome, Scanned):
            self.findings.show_findings(outcome.findings)
            self._show(self.findings)

    def show_as_old(self) -> None:
        """Show that the answer in front does not belong to the text in the box."""
        self._set_old(old=True)
        self.hits.offers.show_offers(None)
        self.row_changed.emit()

    def show_papers(self) -> None:
        """Bring the page of the user's papers to the front."""
        self.say("")
        self._show(self.papers)

    def show_side(self) -> None:
        """Show the operators if the user wants them or nothing else is there, else all about the chosen phrase."""
        shows_operators = self._actions.operators.isChecked() or self.subject is None
        self.side.setCurrentWidget(self.operators if shows_operators else self.details)

    def show_operators(self, shown: bool) -> None:
        """Show the operators beside the rows, or all about the phrase."""
        self.show_side()
        if shown:
            self._actions.panel.setChecked(True)

    def show_panel(self, shown: bool) -> None:
        """Show or hide what is beside the rows."""
        self._panel_wanted = shown
        self.side.setVisible(shown and self.stack.currentWidget() is not self.papers)

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Write under the box how it went."""
        self.status.setText(text)
        self.status.setVisible(bool(text))
        tone = "error" if wrong else "muted"
        if self.status.property("tone") != tone:
            self.status.setProperty("tone", tone)
            self.status.style().unpolish(self.status)
            self.status.style().polish(self.status)

    def show_reading(self, query: str) -> None:
        """Show the query that a question became, "" for none; a click puts it into the box."""
        self.reading.setVisible(bool(query))
        self.reading.setText(tr("Query: {query}", query=query.replace("&", "&&")))
        self.reading.setProperty("query", query)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.edit.setPlaceholderText(tr("A phrase, a question or a sentence"))
        self.edit.setAccessibleName(tr("What to look up"))
        self.reading.setToolTip(tr("Put this query into the box"))
        self.show_reading(str(self.reading.property("query") or ""))
        for part in (self.facets, self.empty, self.hits, self.comparison, self.findings, self.operators, self.details):
            part.retranslate()
        if self._outcome is not None and (self.list is None or self.list.isEnabled()):
            self._tell(self._outcome)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give the rows all the room when there is little."""
        super().resizeEvent(event)
        narrow = self._desk.theme.space(NARROW)
        if (self.width() < narrow) != (0 <= event.oldSize().width() < narrow):
            wanted = self._panel_wanted
            self._actions.panel.setChecked(wanted and self.width() >= narrow)
            self._panel_wanted = wanted

    def _tell(self, outcome: Outcome) -> None:
        """Say how many phrases there are, and what query a question became."""
        text = reading = ""
        if isinstance(outcome, Found):
            answer = outcome.answer
            total = f"{answer.total:,}"
            if answer.phrases == 1:
                text = tr("1 phrase, {total} times", total=total)
            else:
                text = tr("{phrases} phrases, {total} times", phrases=f"{answer.phrases:,}", total=total)
            reading = outcome.query if outcome.query != outcome.wish.text else ""
        elif isinstance(outcome, Compared):
            text = tr("{count} phrases side by side", count=len(outcome.comparison.candidates))
        self.say(text)
        self.show_reading(reading)

    def _set_old(self, *, old: bool) -> None:
        for rows in self._lists.values():
            rows.setEnabled(not old)

    def _show(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        self.facets.setVisible(page not in (self.empty, self.papers))
        self.facets.show_order(page is self.hits)
        self.side.setVisible(self._actions.panel.isChecked() and page is not self.papers)
        self.row_changed.emit()

    def _use_reading(self) -> None:
        self.edit.put(str(self.reading.property("query")))
        self.edit.setFocus()

    def _connect(self) -> None:
        for rows in self._lists.values():
            rows.chosen_changed.connect(self.row_changed)
            rows.entered.connect(self.row_entered)
        self.edit.entered.connect(self.row_entered)
        self.edit.moved.connect(self._move)
        self.empty.chosen.connect(self.edit.put)
        self.empty.chosen.connect(lambda _text: self.edit.setFocus())
        self.reading.clicked.connect(self._use_reading)

    def _move(self, rows: int) -> None:
        if self.list is not None:
            self.list.move_choice(rows)

    def _lay_out(self) -> None:
        space = self._desk.theme.space
        self.reading.setProperty("kind", "link")
        self.status.setWordWrap(True)
        self.status.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for page in (self.empty, self.hits, self.comparison, self.findings, self.papers):
            self.stack.addWidget(page)
        for panel in (self.details, self.operators):
            self.side.addWidget(panel)
        self.side.setMinimumWidth(space(LEAST_PANEL))
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.stack)
        self.split.addWidget(self.side)
        self.split.setStretchFactor(0, ROWS_SHARE)
        self.split.setStretchFactor(1, PANEL_SHARE)
        self.split.setSizes([100 * ROWS_SHARE, 100 * PANEL_SHARE])
        line = QHBoxLayout()
        line.setSpacing(space(8))
        line.addWidget(self.status, 1)
        line.addWidget(self.reading)
        line.addWidget(self.facets.order)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(8))
        column.addWidget(self.edit)
        column.addLayout(line)
        column.addWidget(self.facets)
        column.addWidget(self.split, 1)
