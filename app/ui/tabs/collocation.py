"""Which words go together: ask while typing, look through the phrases, copy one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QToolButton

from app.collocation.facets import EVERYTHING
from app.collocation.library import INDEXES, PAPERS, Library
from app.collocation.query.syntax import QueryError
from app.core.errors import InputError, PaperdeskError
from app.core.i18n import tr
from app.ui.collocation.actions import make_actions
from app.ui.collocation.asker import Asker
from app.ui.collocation.asking import Found, Scanned, Wish, facets_of
from app.ui.collocation.board import Board
from app.ui.collocation.detail_loader import ONLINE, DetailLoader
from app.ui.collocation.facet_bar import FacetBar
from app.ui.collocation.findings_page import Correction
from app.ui.collocation.index_box import IndexBox
from app.ui.collocation.index_loader import IndexLoader
from app.ui.collocation.notebook import Notebook
from app.ui.collocation.papers_page import PapersBuilder, PapersPage
from app.ui.collocation.query_edit import QueryEdit
from app.ui.collocation.recent_menu import RecentMenu
from app.ui.tabs.base import Tab
from app.ui.widgets.copy_button import CopiedButton
from app.ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from app.core.history import Entry
    from app.ui.collocation.asking import Offer, Outcome, Totals
    from app.ui.collocation.detail_loader import Services
    from app.ui.desk import Desk

RANK: Final = "collocation.rank"
TOLD_MS: Final = 6000
"""How long news stays that needs no answer."""
SETTLED_MS: Final = 1500
"""A query that stays so long was meant: it goes into the history, and to the web if the user wants that."""


class CollocationTab(Tab):
    """One box for queries, questions and sentences, and the answer below it.

    Args:
        desk: everything else there is.
        library: the indexes; those of the user without it.
        services: web services by their keys in the settings; the real ones without it.

    """

    key = "collocation"

    def __init__(self, desk: Desk, library: Library | None = None, services: Services | None = None) -> None:
        super().__init__(desk)
        self.library = library or Library(desk.paths)
        self._enter_later = False
        self.building = ProgressLine(desk.theme)
        self.loader = IndexLoader(desk, self.library, self.progress, self.messages, self)
        self.asker = Asker(desk, self.loader, self)
        self.notebook = Notebook(desk, self)
        self.builder = PapersBuilder(desk, self.library, self.building, self.messages, self)
        self.papers = PapersPage(desk, self.library, self.builder)
        self.index_box = IndexBox(self.library)
        self.edit = QueryEdit(desk.theme)
        self.facets = FacetBar(desk.theme, desk.settings.text(RANK))
        self.board = Board(desk, self.edit, self.facets, self.papers)
        self.actions_of_tab = make_actions(self)
        self.board.add_details(self.actions_of_tab)
        self.details = self.board.details
        self.detail_loader = DetailLoader(desk, self.library, self.details, self.progress, services)
        self.copy_button = CopiedButton(self.actions_of_tab.copy)
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._lay_out()
        self._connect()
        self._unsubscribe = desk.settings.subscribe(self._on_setting)
        self.destroyed.connect(self._unsubscribe)
        self._on_row()
        self.retranslate()

    def retranslate(self) -> None:
        """Write all texts in the current language."""
        super().retranslate()
        for part in (self.board, self.papers, self.building, self.copy_button, self.index_box):
            part.retranslate()

    def focus_input(self) -> None:
        """Put the keyboard into the box, its text selected so that typing begins anew."""
        self.edit.setFocus()
        self.edit.selectAll()

    def help_rows(self) -> list[tuple[str, str]]:
        """Return the keys that are no actions of this tab."""
        return [
            (tr("Up, Down in the box"), tr("Go through the phrases")),
            (tr("Return"), tr("Copy the chosen phrase; in a sentence, put the correction into it")),
            ("Esc", tr("Go back to the box, select its text, close the help")),
        ]

    def go_back(self) -> bool:
        """Leave the papers, the help or the rows; return whether there was something to leave."""
        actions = self.actions_of_tab
        if self.board.stack.currentWidget() is self.papers:
            self._show_answer()
        elif actions.operators.isChecked() and not self.board.is_empty:
            actions.operators.setChecked(False)
        elif not self.edit.hasFocus():
            self.focus_input()
        elif self.edit.query and not self.edit.textCursor().hasSelection():
            self.edit.selectAll()
        else:
            return False
        self.edit.setFocus()
        return True

    def accept_text(self, text: str) -> None:
        """Look up what was selected in another program."""
        if text:
            self.look_up(text)

    def look_up(self, text: str) -> None:
        """Ask a text."""
        self.edit.put(" ".join(text.split()))
        self.edit.setFocus()

    def accept_entry(self, entry: Entry) -> None:
        """Look up a query of the history again."""
        if entry.detail.get("index") in INDEXES:
            self.index_box.choose(str(entry.detail["index"]))
        self.look_up(str(entry.detail.get("query") or entry.text))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Open the index when the tab is first seen, so that the first question is answered like any other."""
        super().showEvent(event)
        self.loader.open(self.asker.index)
        self.notebook.load()

    def copy(self) -> None:
        """Copy the chosen phrase, or the sentence."""
        outcome, subject = self.asker.outcome, self.board.subject
        if isinstance(outcome, Scanned):
            text = self.edit.query
        elif subject is not None:
            text = subject.phrase
        else:
            return
        self.desk.copy_text(text)
        self.copy_button.tell()
        self.notebook.record_copy(text, self.edit.query, self.asker.index)

    def use(self) -> None:
        """Copy the chosen phrase, or put the chosen correction into the sentence; wait for the answer if need be."""
        if self.asker.is_busy:
            self._enter_later = True
            return
        rows = self.board.list
        chosen = rows.chosen if rows is not None else None
        if isinstance(chosen, Correction):
            finding = chosen.finding
            self.edit.replace((finding.start, finding.end), chosen.better.text)
            self.edit.setFocus()
        else:
            self.copy()

    def toggle_pin(self) -> None:
        """Pin the chosen phrase, or release it."""
        if (subject := self.board.subject) is not None:
            self.notebook.toggle_pin(subject.phrase, self.edit.query, self.asker.index)

    def compare_pinned(self) -> None:
        """Ask which is right: the chosen phrase or those that are pinned."""
        subject = self.board.subject
        phrases = dict.fromkeys([*([subject.phrase] if subject else []), *self.notebook.pins])
        if len(phrases) > 1:
            self.edit.put(f"{' or '.join(phrases)}?")
        else:
            text = tr("Pin a phrase first, and then choose another one to compare it with.")
            self.messages.show_message(text, timeout_ms=TOLD_MS)

    def show_examples(self, _shown: bool) -> None:
        """Show sentences with the chosen phrase, or show them no more."""
        self.actions_of_tab.panel.setChecked(True)
        self._load_details()

    def open_recent(self) -> None:
        """Offer the last queries."""
        menu = RecentMenu(self.notebook.recent, self)
        menu.chosen.connect(self.look_up)
        menu.open_under(self.edit)

    def open_papers(self) -> None:
        """Show which papers are counted."""
        self.board.show_papers()
        self.papers.open()

    def ask_web(self) -> None:
        """Ask a web service about the query, if the user allows it."""
        if not self.detail_loader.may_ask_web:
            text = tr("Off so far: a web service learns what you look up. It can be turned off again in Settings.")
            self.messages.show_message(text, "info", (tr("Turn on and ask"), self._allow_web))
        elif isinstance(self.asker.outcome, Found):
            self.actions_of_tab.panel.setChecked(True)
            self.detail_loader.ask_web(self.asker.outcome.answer.query)

    def _allow_web(self) -> None:
        if self._keep(ONLINE, value=True):
            self.ask_web()

    def _wish(self) -> Wish:
        return Wish(self.edit.query.rstrip(), self.facets.facet, self.facets.measure_key, self.notebook.pins)

    def _on_text(self) -> None:
        """Ask for what was typed."""
        wish = self._wish()
        if wish.text == self.asker.wish.text:
            return
        self._enter_later = False
        self._settled.stop()
        self.edit.show_fault(None)
        self.detail_loader.forget_web()
        self.asker.ask(wish)
        if not wish.text:
            self.board.show_empty()
            self._show_state()
        elif self.asker.is_waiting:
            self.board.say(tr("The answer comes as soon as the phrases are open."))

    def _on_facet(self) -> None:
        if self.facets.measure_key != self.desk.settings.text(RANK):
            self._keep(RANK, value=self.facets.measure_key)
        self.asker.rank_again(self._wish())

    def _show_outcome(self, outcome: Outcome) -> None:
        in_papers = self.board.stack.currentWidget() is self.papers
        self.board.show_outcome(outcome)
        self.edit.show_fault(None)
        if isinstance(outcome, Scanned):
            self.edit.show_findings((each.start, each.end) for each in outcome.findings)
        if in_papers and self.papers.isAncestorOf(self.focusWidget() or self):
            self.board.show_papers()
        self._settled.start()
        if self._enter_later:
            self._enter_later = False
            self.use()

    def _show_error(self, error: Exception) -> None:
        if isinstance(error, QueryError):
            self.edit.show_fault((error.start, error.end) if error.query == self.asker.wish.text else None)
            self._refuse(error)
        elif isinstance(error, InputError):
            self._refuse(error)
        elif isinstance(error, PaperdeskError):
            self.messages.show_message(str(error), "error")
        else:
            self.desk.crashed.emit(error)
        self._enter_later = False

    def _refuse(self, error: InputError) -> None:
        """Say what is wrong with the text; the answer before it stays to be seen, but cannot be used."""
        self.board.say(str(error), wrong=True)
        self.board.show_reading("")
        self.board.show_as_old()

    def _show_totals(self, totals: Totals) -> None:
        self.facets.fields.show_totals(totals.fields)
        self.facets.periods.show_totals(totals.periods)

    def _take_offer(self, offer: Offer) -> None:
        self.facets.press(offer.facet)
        if offer.is_same_query:
            self._on_facet()
        else:
            self.look_up(offer.text)

    def _show_answer(self) -> None:
        """Bring the answer back to the front, or the examples."""
        if self.asker.outcome is not None:
            self.board.show_outcome(self.asker.outcome)
        else:
            self.board.show_empty()

    def _offer_facets(self, name: str) -> None:
        engine = self.loader.engine(name)
        if engine is not None and name == self.asker.index:
            self.facets.offer(*facets_of(engine))

    def _ask_index(self, name: str) -> None:
        """Ask an index from now on."""
        self.facets.press(EVERYTHING)
        self.asker.wish = self._wish()
        self.asker.ask_index(name)
        self._offer_facets(name)

    def _on_papers_missing(self) -> None:
        self.open_papers()
        text = tr("There is no index of your papers yet. Build one first.")
        self.messages.show_message(text, "info", timeout_ms=TOLD_MS)

    def _on_built(self) -> None:
        """Ask the new index."""
        self.loader.forget(PAPERS)
        self.detail_loader.forget(PAPERS)
        text = tr("Your papers are counted and can be asked.")
        self.messages.show_message(text, "success", (tr("Ask them"), self._ask_papers), TOLD_MS * 5)
        if self.asker.index == PAPERS:
            self.asker.ask_index(PAPERS)

    def _ask_papers(self) -> None:
        self._show_answer()
        self.index_box.choose(PAPERS)
        self.focus_input()

    def _on_row(self) -> None:
        """Tell about another phrase."""
        self._show_state()
        self.board.show_side()
        self._load_details()

    def _load_details(self) -> None:
        self.details.show_subject(self.board.subject)
        self.detail_loader.load(self.asker.index, self.facets.facet, examples=self.actions_of_tab.examples.isChecked())

    def _on_pins(self) -> None:
        outcome = self.asker.outcome
        if isinstance(outcome, Found) and outcome.wish.pins != self.notebook.pins:
            self.asker.rank_again(self._wish())

    def _on_settled(self) -> None:
        """Keep what was looked up, and ask the web if the user wants that."""
        outcome = self.asker.outcome
        if outcome is None or (isinstance(outcome, Found) and not outcome.answer.hits):
            return
        self.notebook.record_query(outcome.wish.text.strip(), self.asker.index)
        if isinstance(outcome, Found) and self.detail_loader.may_ask_web:
            self.detail_loader.ask_web(outcome.answer.query)

    def _keep(self, key: str, *, value: object) -> bool:
        """Store a setting; return whether it is stored."""
        try:
            self.desk.settings.set(key, value)
        except PaperdeskError as error:
            self.messages.show_message(str(error), "error")
            return False
        return True

    def _on_setting(self, key: str, value: object) -> None:
        if key == RANK and value != self.facets.measure_key:
            self.facets.measure.setCurrentIndex(self.facets.measure.findData(value))
            self._on_facet()

    def _show_state(self) -> None:
        """Enable what can be done now."""
        actions, has_phrase = self.actions_of_tab, self.board.subject is not None
        actions.copy.setEnabled(has_phrase or isinstance(self.asker.outcome, Scanned))
        for action in (actions.pin, actions.examples, actions.compare):
            action.setEnabled(has_phrase)
        actions.web.setEnabled(isinstance(self.asker.outcome, Found))

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._on_text)
        self.facets.changed.connect(self._on_facet)
        self.index_box.chosen.connect(self._ask_index)
        self.index_box.missing.connect(self._on_papers_missing)
        self.board.row_changed.connect(self._on_row)
        self.board.row_entered.connect(self.use)
        self.board.hits.offers.chosen.connect(self._take_offer)
        self.asker.answered.connect(self._show_outcome)
        self.asker.counted.connect(self._show_totals)
        self.asker.offered.connect(self.board.hits.offers.show_offers)
        self.asker.failed.connect(self._show_error)
        self.loader.ready.connect(self._offer_facets)
        self.notebook.changed.connect(self._on_pins)
        self.notebook.failed.connect(lambda text: self.messages.show_message(text, "error"))
        self.builder.built.connect(lambda _summary: self._on_built())
        self._settled.timeout.connect(self._on_settled)
        self.destroyed.connect(self.detail_loader.close)

    def _lay_out(self) -> None:
        actions = self.actions_of_tab
        self.add_header_widget(self.copy_button)
        self.add_header_widget(self.index_box)
        for action in (actions.recent, actions.operators, actions.panel):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setProperty("square", "true")
            button.setToolButtonStyle(button.toolButtonStyle().ToolButtonIconOnly)
            self.add_header_widget(button)
        actions.panel.setChecked(True)
        self.content.addWidget(self.board, 1)
        self.content.addWidget(self.building)
