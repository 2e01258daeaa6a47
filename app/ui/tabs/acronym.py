"""Names for papers and models: type a title, look through the names, copy one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QTabBar, QToolButton

from app.acronym.alphabet import fold
from app.acronym.export import EXPORTS
from app.acronym.gloss import gloss
from app.acronym.judgement import judge
from app.acronym.nothing import why_nothing
from app.acronym.online import Count, OnlineCheck
from app.acronym.pronounce import ipa, say
from app.acronym.search import Name, Names, find_own, search
from app.acronym.taken import taken_by
from app.acronym.together import phrase_count
from app.collocation.library import ACADEMIC, Library
from app.core.errors import InputError, PaperdeskError
from app.core.i18n import tr
from app.ui.acronym.actions import make_actions
from app.ui.acronym.backronym_page import BackronymPage
from app.ui.acronym.favourites import Favourites, FavouritesTable
from app.ui.acronym.names_page import NamesPage
from app.ui.tabs.base import Tab
from app.ui.widgets.copy_button import CopiedButton

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from app.acronym.query import Query
    from app.core.history import Entry
    from app.ui.desk import Desk

COPY_FORMAT: Final = "acronym.copy_format"
OFFENSIVE: Final = "acronym.offensive"
DELAY_MS: Final = 40
"""After the last key: shorter than the pause between two keys, longer than a burst of them."""
SPEAK_DELAY_MS: Final = 150
MOST_LISTED: Final = 3000
NAMES, TITLES, FAVOURITES = range(3)
SEARCH: Final = "acronym.search"
SPEECH: Final = "acronym.say"


class AcronymTab(Tab):
    """The search, the titles for a name, and the favourites.

    Args:
        desk: everything else there is.
        online: asks services who has a name; the real ones without it.
        library: the indexes of phrases; those of the user without it.

    """

    key = "acronym"

    def __init__(self, desk: Desk, online: OnlineCheck | None = None, library: Library | None = None) -> None:
        super().__init__(desk)
        phrases = library or Library(desk.paths)
        self._online = online
        self._wanted = ""
        """The name (folded) that is to be chosen when the names are there."""
        self.actions_of_tab = make_actions(self)
        self.names_page = NamesPage(desk, self.actions_of_tab)
        self.details = self.names_page.details
        self.backronyms = BackronymPage(desk, lambda: phrase_count(phrases, ACADEMIC))
        self.favourites = Favourites(desk, self)
        self.table = FavouritesTable(self.favourites)
        self.copy_button = CopiedButton(self.actions_of_tab.copy, list(self.actions_of_tab.copy_as.values()))
        self.options_button = QToolButton()
        self.views = QTabBar()
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._speak_delay = QTimer(self, singleShot=True, interval=SPEAK_DELAY_MS)
        self._lay_out()
        self._connect()
        self._unsubscribe = desk.settings.subscribe(self._on_setting)
        self.destroyed.connect(self._unsubscribe)
        self._show_state()
        self.retranslate()

    def retranslate(self) -> None:
        """Write all texts in the current language."""
        super().retranslate()
        for view, text in enumerate((tr("Names for a title"), tr("Titles for a name"), tr("Favourites"))):
            self.views.setTabText(view, text)
        self.views.setAccessibleName(tr("What to do"))
        self.options_button.setAccessibleName(tr("Options"))
        for part in (self.names_page, self.backronyms, self.table, self.copy_button):
            part.retranslate()
        self._mark_favourites()
        if self.names_page.names is not None:
            self._tell_found(self.names_page.names)

    def focus_input(self) -> None:
        """Put the keyboard into the field in front."""
        (self.names_page.title, self.backronyms.name, self.table)[self.views.currentIndex()].setFocus()

    def help_rows(self) -> list[tuple[str, str]]:
        """Return the keys that are no actions of this tab."""
        return [
            (tr("Up, Down in the title"), tr("Go through the names; their letters are coloured in the title")),
            (tr("Return in the title"), tr("Go to the list of names")),
            ("Esc", tr("Close the options, go back to the title")),
        ]

    def go_back(self) -> bool:
        """Close the options, or go back to the title."""
        if self.actions_of_tab.options.isChecked():
            self.actions_of_tab.options.setChecked(False)
        elif self.views.currentIndex() != NAMES:
            self.show_view(NAMES)
        elif not self.names_page.title.hasFocus():
            self.names_page.title.setFocus()
        else:
            return False
        return True

    @property
    def is_waiting(self) -> bool:
        """Whether something will be looked for in a moment."""
        return (
            self._delay.isActive()
            or self._speak_delay.isActive()
            or self.backronyms.is_waiting
            or (self.names_page.options.is_waiting)
        )

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read the lists when the tab is first seen, so that the first key is answered as fast as the others."""
        super().showEvent(event)
        if not self.favourites.entries:
            self.favourites.load()
        self.desk.tasks.run(lambda _progress: _warm_up(self._query()), lambda _done: None, channel="acronym.warm")

    def show_view(self, view: int) -> None:
        """Bring the names, the titles or the favourites to the front."""
        self.views.setCurrentIndex(view)
        self.focus_input()

    def show_options(self, shown: bool) -> None:
        """Show or hide the options."""
        self.names_page.options.setVisible(shown)
        (self.names_page.options.begins if shown else self.names_page.title).setFocus()

    def clear_options(self) -> None:
        """Take all options back to what they usually are."""
        self.names_page.options.clear()
        self.ask()

    def accept_entry(self, entry: Entry) -> None:
        """Go on with a result of the history."""
        self.show_view(NAMES)
        self._wanted = fold(str(entry.detail.get("name", "")))
        self.names_page.title.setPlainText(str(entry.detail.get("title", "")))
        self.ask()

    def ask(self) -> None:
        """Look for names at once."""
        self._delay.stop()
        query = self._query()
        if not query.title.strip():
            self.desk.tasks.cancel_channel(SEARCH)
            self.names_page.show_nothing()
            self.names_page.say("")
            self._show_state()
            return
        self.desk.tasks.run(lambda _progress: _found(query), self._show_names, self._show_error, channel=SEARCH)

    def copy(self) -> None:
        """Copy the name in the form used last."""
        form = self.desk.settings.text(COPY_FORMAT)
        self._copy(form if form in EXPORTS else "title")

    def copy_as(self, form: str) -> None:
        """Copy the name in a form, which is the usual one from now on."""
        try:
            self.desk.settings.set(COPY_FORMAT, form)
        except PaperdeskError as error:
            self.messages.show_message(str(error), "error")
        self._copy(form)

    def toggle_favourite(self) -> None:
        """Keep the chosen name, or let it go."""
        if self.details.judgement is not None:
            self.favourites.toggle(self.details.written, self.names_page.title.title, self._detail())

    def say(self) -> None:
        """Say the chosen name."""
        name = self.details.written
        if name:
            self.desk.tasks.run(lambda _progress: say(name), lambda _done: None, self._show_error, channel=SPEECH)

    def previous_alignment(self) -> None:
        """Show the way of the name through the title before this one."""
        self.details.step_alignment(-1)

    def next_alignment(self) -> None:
        """Show the next way of the name through the title."""
        self.details.step_alignment(1)

    def ask_online(self) -> None:
        """Ask services who has the chosen name."""
        judgement = self.details.judgement
        if judgement is None:
            return
        name = self.details.written
        task = self.desk.tasks.run(
            lambda progress: self._checker().check(name, progress),
            lambda counts: self._show_counts(name, counts),
            self._show_error,
            self.progress.update,
            channel="acronym.online",
        )
        self.progress.start(task, tr("Asking who has {name}", name=name))

    def _checker(self) -> OnlineCheck:
        if self._online is None:
            self._online = OnlineCheck(self.desk.paths)
        return self._online

    def _query(self) -> Query:
        page = self.names_page
        return page.options.query(page.title.title, page.kinds.kinds)

    def _show_names(self, found: tuple[Names, str]) -> None:
        names, reason = found
        self.names_page.show_names(names)
        if reason:
            self.names_page.say(reason, wrong=True)
        else:
            self._tell_found(names)
        if self._wanted:
            self.names_page.choose(self.names_page.model.row_of(self._wanted))
            self._wanted = ""
        self._mark_favourites()
        self._show_state()

    def _tell_found(self, names: Names) -> None:
        self.names_page.say(tr("{count} names", count=f"{names.total:,}"))

    def _show_error(self, error: Exception) -> None:
        if isinstance(error, InputError):
            self.names_page.names = None
            self.names_page.model.show_names(None)
            self._show_name(None)
            self.names_page.say(str(error), wrong=True)
        elif isinstance(error, PaperdeskError):
            self.messages.show_message(str(error), "error")
        else:
            self.desk.crashed.emit(error)

    def _show_name(self, name: Name | None, own: str = "") -> None:
        """Show all about a name, which the user may have written, and its letters in the title."""
        names = self.names_page.names
        judgement = judge(names.ground, name, own.strip()) if names is not None and name is not None else None
        self.details.show_judgement(judgement)
        self._show_letters(judgement.alignments[0].letters if judgement is not None else ())
        self._show_state()
        if judgement is not None:
            self.details.show_counts(self._checker().remembered(self.details.written))
            self._speak_delay.start()

    def _show_letters(self, letters: tuple[int, ...]) -> None:
        names = self.names_page.names
        places = [int(names.ground.title.place[at]) for at in letters] if names is not None else []
        self.names_page.title.show_letters(places)

    def _show_own(self, text: str) -> None:
        """Show all about a name of the user's own, or say why it is none for this title."""
        names = self.names_page.names
        if names is None or not fold(text):
            self._show_name(self.names_page.chosen)
            return
        own = find_own(names.ground, text)
        self._show_name(own, text)
        if own is None:
            text = tr("The letters of {name} do not run through the title in this order.", name=text)
            self.names_page.say(text, wrong=True)
        else:
            better = sum(name.score > own.score for name in names.listed)
            self.names_page.say(tr("{count} names score higher than {name}.", count=f"{better:,}", name=text))

    def _speak(self) -> None:
        """Find out how the name is said."""
        name = self.details.written
        if name:
            self.desk.tasks.run(
                lambda _progress: ipa(name), self.details.show_sound, lambda _error: None, channel="acronym.ipa"
            )

    def _show_counts(self, name: str, counts: list[Count]) -> None:
        if name == self.details.written:
            self.details.show_counts(counts)

    def _copy(self, form: str) -> None:
        name, title = self.details.written, self.names_page.title.title
        if self.details.judgement is None:
            return
        text = EXPORTS[form].convert(name, title)
        self.desk.copy_text(text)
        self.copy_button.tell()
        self.favourites.record(name, title, text, self._detail())

    def _detail(self) -> dict[str, object]:
        judgement = self.details.judgement
        if judgement is None:
            return {}
        return {"kind": judgement.name.kind.value, "score": round(judgement.name.score, 3)}

    def _mark_favourites(self) -> None:
        self.names_page.model.show_favourites(self.favourites.texts(self.names_page.title.title))

    def _use_title(self, title: str) -> None:
        self.show_view(NAMES)
        self.names_page.title.setPlainText(title)

    def _on_setting(self, key: str, _value: object) -> None:
        if key == OFFENSIVE:
            self._delay.start()

    def _show_state(self) -> None:
        """Enable what can be done now."""
        actions = self.actions_of_tab
        has_name = self.details.judgement is not None and self.views.currentIndex() == NAMES
        for action in (actions.copy, *actions.copy_as.values(), actions.favourite, actions.say, actions.online):
            action.setEnabled(has_name)
        for action in (actions.previous_alignment, actions.next_alignment):
            action.setEnabled(has_name and action.isEnabled())

    def _connect(self) -> None:
        page = self.names_page
        page.asked.connect(self._delay.start)
        page.name_chosen.connect(self._show_name)
        page.own_asked.connect(self._show_own)
        self._delay.timeout.connect(self.ask)
        self._speak_delay.timeout.connect(self._speak)
        self.details.alignment_changed.connect(self._show_letters)
        self.views.currentChanged.connect(self._stack.setCurrentIndex)
        self.views.currentChanged.connect(lambda _view: self._show_state())
        self.backronyms.title_chosen.connect(self._use_title)
        self.backronyms.failed.connect(self._show_backronym_error)
        self.backronyms.found.connect(self.messages.clear)
        self.favourites.changed.connect(self._mark_favourites)
        self.favourites.failed.connect(lambda text: self.messages.show_message(text, "error"))
        self.table.opened.connect(self.accept_entry)

    def _show_backronym_error(self, error: Exception) -> None:
        if isinstance(error, PaperdeskError):
            self.messages.show_message(str(error), "warning" if isinstance(error, InputError) else "error")
        else:
            self.desk.crashed.emit(error)

    def _lay_out(self) -> None:
        self.options_button.setDefaultAction(self.actions_of_tab.options)
        self.add_header_widget(self.options_button)
        self.add_header_widget(self.copy_button)
        self._stack = QStackedWidget()
        for page in (self.names_page, self.backronyms, self.table):
            self._stack.addWidget(page)
            self.views.addTab("")
        self.views.setExpanding(False)
        self.views.setDrawBase(False)
        self.content.addWidget(self.views)
        self.content.addWidget(self._stack, 1)


def _found(query: Query) -> tuple[Names, str]:
    """Return the names for a query, and why there are none."""
    names = search(query, most=MOST_LISTED)
    return names, "" if names.listed else why_nothing(query)


def _warm_up(query: Query) -> None:
    """Read every list that the search and the details need."""
    taken_by("")
    gloss("")
    names = search(type(query)("warm up", language=query.language))
    if names.listed:
        judge(names.ground, names.listed[0])
