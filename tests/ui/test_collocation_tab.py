"""The collocation tab over a small index, built as every index is built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice, product
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from app.collocation.build.documents import Document
from app.collocation.build.pipeline import Plan, build_index
from app.collocation.build.sentences import write_examples
from app.collocation.build.vocabulary import Thresholds
from app.collocation.compare import Verdict
from app.collocation.examples import Examples
from app.collocation.facets import EVERYTHING, Facet
from app.collocation.library import ACADEMIC, PAPERS, Library
from app.collocation.online import Web, WebAnswer, WebHit
from app.collocation.query.syntax import Query
from app.collocation.tags import WordClass
from app.core.errors import NetworkError, StorageError
from app.core.history import Entry
from app.core.paths import Paths
from app.core.progress import Progress
from app.ui.collocation.asking import Compared, Found, Scanned
from app.ui.desk import Desk
from app.ui.tabs.collocation import CollocationTab
from tests.ui.conftest import Shot

WAIT_MS = 10_000
DAY = date(2026, 1, 2)
SUBJECTS = ("model", "method", "network", "system", "theory", "measure", "graph", "kernel", "matrix", "sample")
PLACES = (
    *("practice", "vision", "biology", "speech", "physics", "medicine"),
    *("finance", "chemistry", "robotics", "music", "law", "history"),
)
PERIODS = {"old": "to2022", "new": "from2023"}
WRITTEN: dict[tuple[str, str], tuple[tuple[str, int], ...]] = {
    ("cs", "old"): (
        ("plays an important role", 24),
        ("plays a crucial role", 6),
        ("depends on the data", 60),
        ("should pay attention", 9),
        ("depends of the data", 2),
    ),
    ("cs", "new"): (("plays a crucial role", 20), ("plays a pivotal role", 18), ("discusses the attention", 12)),
    ("math", "old"): (("plays an important role", 5), ("depends on the data", 40), ("needs special attention", 11)),
    ("math", "new"): (("plays a central role", 7),),
}
"""What is written how often; each sentence once, for what is repeated counts once."""


def sentences(phrase: str, count: int, first: int = 0) -> list[str]:
    """Different sentences with a phrase, at most 120 of them."""
    pairs = islice(product(SUBJECTS, PLACES), first, first + count)
    return [f"This {subject} {phrase} in modern {place} and in all of its applications." for subject, place in pairs]


def written(folder: Path, field: str, period: str, used: Counter[str]) -> Document:
    path, lines = folder / f"{field}-{period}.txt", list[str]()
    for phrase, count in WRITTEN[field, period]:
        lines += sentences(phrase, count, used[phrase])
        used[phrase] += count
    path.write_text("\n".join(lines), encoding="utf-8")
    return Document(path, field, PERIODS[period], f"{field} notes", "CC BY 4.0", quotable=True)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `resources/ngrams` is, with the counts above."""
    texts, folder = tmp_path_factory.mktemp("texts"), tmp_path_factory.mktemp("shipped")
    used = Counter[str]()
    documents = [written(texts, field, period, used) for field, period in WRITTEN]
    build_index(Plan(documents, Thresholds(2, 2), DAY), folder / "academic.pack", texts / "work")
    write_examples(documents, folder / "academic_examples.pack")
    return folder


@pytest.fixture
def library(paths: Paths, shipped: Path) -> Library:
    return Library(paths, shipped)


class StubService:
    """Answers with what it is told, or raises it."""

    title = "Stub"
    error: Exception | None = None

    def __init__(self, asked: list[str]) -> None:
        self.asked = asked

    def look_up(self, query: Query) -> WebAnswer:
        self.asked.append(query.text)
        if self.error is not None:
            raise self.error
        return WebAnswer(self.title, "times on the web", (WebHit("plays a vital role", 1234.0),))


@pytest.fixture
def service() -> StubService:
    return StubService([])


Make = Callable[[], CollocationTab]


@pytest.fixture
def make(desk: Desk, library: Library, service: StubService, qtbot: QtBot) -> Iterator[Make]:
    """Make a tab that is shown and has the keyboard."""
    tabs: list[CollocationTab] = []

    def build() -> CollocationTab:
        def stub(_web: Web) -> StubService:
            return service

        tab = CollocationTab(desk, library, {"linggle": stub})
        tabs.append(tab)
        tab.resize(1100, 640)
        tab.show()
        qtbot.waitExposed(tab)
        tab.activateWindow()
        tab.focus_input()
        return tab

    yield build
    for tab in tabs:
        if isValid(tab):
            tab.close()
            delete(tab)


@pytest.fixture
def tab(make: Make, qtbot: QtBot) -> CollocationTab:
    """A tab whose index is open."""
    tab = make()
    qtbot.waitUntil(lambda: tab.loader.engine(ACADEMIC) is not None, timeout=WAIT_MS)
    return tab


def typed(qtbot: QtBot, tab: CollocationTab, text: str) -> None:
    """Type a text over what is in the box and wait for its answer."""
    tab.edit.selectAll()
    qtbot.keyClicks(tab.edit, text)
    answered(qtbot, tab)


def answered(qtbot: QtBot, tab: CollocationTab) -> None:
    qtbot.waitUntil(lambda: not tab.asker.is_busy and not tab.desk.tasks.running, timeout=WAIT_MS)


def phrases(tab: CollocationTab) -> list[str]:
    return [row.hit.text for row in tab.board.hits.list.rows]


def clipboard() -> str:
    return QGuiApplication.clipboard().text(QClipboard.Mode.Clipboard)


def entries(desk: Desk) -> list[Entry]:
    return desk.history.search(tool="collocation")


def press(qtbot: QtBot, tab: CollocationTab, text: str) -> None:
    """Press a button of the message bar."""
    button = next(each for each in tab.messages.findChildren(QAbstractButton) if each.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_phrases_come_while_typing_with_their_share_and_count(qtbot: QtBot, tab: CollocationTab) -> None:
    # WHEN a query is typed
    typed(qtbot, tab, "plays _ _ role")
    # THEN its phrases are there, the most frequent first, and say how many there are
    assert phrases(tab) == [
        "plays an important role",
        "plays a crucial role",
        "plays a pivotal role",
        "plays a central role",
    ]
    assert [row.hit.count for row in tab.board.hits.list.rows] == [29, 26, 18, 7]
    assert tab.board.hits.list.rows[1].bar == pytest.approx(26 / 29)
    assert tab.board.status.text() == "4 phrases, 80 times"
    # AND the classes of the words asked for are named
    assert "adjective" in tab.board.hits.legend.text()
    assert "verb" not in tab.board.hits.legend.text()


def test_up_and_down_in_the_box_go_through_the_phrases_and_return_copies(
    qtbot: QtBot, tab: CollocationTab, desk: Desk
) -> None:
    typed(qtbot, tab, "plays _ _ role")
    # WHEN the user goes down twice and up once without leaving the box
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(tab.edit, key)
    assert tab.edit.hasFocus()
    # THEN Return copies that phrase, and the history has it
    qtbot.keyClick(tab.edit, Qt.Key.Key_Return)
    assert clipboard() == "plays a crucial role"
    assert tab.copy_button.text() == "Copied"
    qtbot.waitUntil(lambda: [each.text for each in entries(desk)] == ["plays a crucial role"], timeout=WAIT_MS)
    assert entries(desk)[0].detail == {"kind": "phrase", "query": "plays _ _ role", "index": "academic"}


def test_return_before_the_answer_copies_the_first_phrase_of_it(qtbot: QtBot, tab: CollocationTab) -> None:
    # GIVEN an earlier answer
    typed(qtbot, tab, "pay _")
    # WHEN a query is typed and Return pressed before its answer can be there
    tab.edit.selectAll()
    qtbot.keyClicks(tab.edit, "plays _ _ role")
    assert tab.asker.is_busy
    qtbot.keyClick(tab.edit, Qt.Key.Key_Return)
    answered(qtbot, tab)
    # THEN the phrase is one of the new answer
    assert clipboard() == "plays an important role"


def test_facets_and_orders_switch_without_another_query(
    qtbot: QtBot, tab: CollocationTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN an answer with the counts of fields and periods on the chips
    typed(qtbot, tab, "plays _ _ role")
    assert tab.facets.fields.buttons["cs"].text() == "computer science  68"
    assert tab.facets.fields.buttons["math"].text() == "mathematics  12"
    assert tab.facets.periods.buttons["from2023"].text() == "2023 on  45"
    assert "physics" not in tab.facets.fields.shown
    engine = tab.loader.engine(ACADEMIC)
    assert engine is not None
    monkeypatch.setattr(engine, "search", None)
    # WHEN another field, period and order are chosen, by keys and by mouse
    tab.actions_of_tab.next_field.trigger()
    answered(qtbot, tab)
    assert [row.hit.count for row in tab.board.hits.list.rows] == [26, 24, 18]
    qtbot.mouseClick(tab.facets.periods.buttons["from2023"], Qt.MouseButton.LeftButton)
    answered(qtbot, tab)
    # THEN the rows are those of it, though nobody has searched
    assert tab.facets.facet == Facet("cs", "from2023")
    assert phrases(tab) == ["plays a crucial role", "plays a pivotal role"]
    assert tab.facets.fields.buttons["cs"].text() == "computer science  38"
    tab.actions_of_tab.next_measure.trigger()
    answered(qtbot, tab)
    assert tab.facets.measure_key == "share"
    assert tab.desk.settings.text("collocation.rank") == "share"
    assert isinstance(tab.asker.outcome, Found)
    assert tab.asker.outcome.answer.measure == "share"


def test_the_order_follows_the_preferences(qtbot: QtBot, tab: CollocationTab, desk: Desk) -> None:
    typed(qtbot, tab, "plays _ _ role")
    desk.settings.set("collocation.rank", "mi")
    answered(qtbot, tab)
    assert tab.facets.measure_key == "mi"
    assert isinstance(tab.asker.outcome, Found)
    assert tab.asker.outcome.answer.measure == "mi"


def test_two_phrases_are_compared_with_a_verdict(qtbot: QtBot, tab: CollocationTab) -> None:
    # WHEN
    typed(qtbot, tab, "depends of the or depends on the?")
    # THEN
    outcome = tab.asker.outcome
    assert isinstance(outcome, Compared)
    assert outcome.comparison.verdict is Verdict.FIRST
    assert tab.board.comparison.verdict.text() == "100 to 2: write “depends on the”."
    assert tab.details.heading.text() == "depends on the"
    # AND Return copies the better one
    qtbot.keyClick(tab.edit, Qt.Key.Key_Return)
    assert clipboard() == "depends on the"


def test_a_question_shows_the_query_that_it_became(qtbot: QtBot, tab: CollocationTab) -> None:
    # WHEN a question is asked in English, and in Chinese
    for question in ("what verb goes with attention?", "attention 前面用什么动词"):
        tab.edit.put(question)
        answered(qtbot, tab)
        # THEN the query is shown
        assert tab.board.reading.isVisible()
        assert "attention" in phrases(tab)[0]
        assert "v. " in tab.board.reading.text()
    # AND a click puts it into the box
    qtbot.mouseClick(tab.board.reading, Qt.MouseButton.LeftButton)
    answered(qtbot, tab)
    assert tab.edit.query.startswith("v. ")
    assert not tab.board.reading.isVisible()


def test_what_is_rare_in_a_sentence_is_underlined_and_return_puts_the_better_one_into_it(
    qtbot: QtBot, tab: CollocationTab
) -> None:
    # GIVEN a sentence that was copied over two lines
    QGuiApplication.clipboard().setText("This 𝛼 model depends of the data\nin practice, and nothing else.")
    # WHEN it is pasted
    qtbot.keyClick(tab.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    answered(qtbot, tab)
    # THEN what is rare is underlined, and the better one offered
    outcome = tab.asker.outcome
    assert isinstance(outcome, Scanned)
    assert outcome.findings
    line = tab.edit.document().firstBlock().layout()
    assert any(each.format.fontUnderline() or each.format.underlineStyle().value for each in line.formats())
    # AND Return puts it into the sentence, which can be undone and copied
    qtbot.keyClick(tab.edit, Qt.Key.Key_Return)
    assert "𝛼 model depends on the data in practice" in tab.edit.query
    tab.edit.undo()
    assert "depends of the data" in tab.edit.query
    tab.edit.redo()
    answered(qtbot, tab)
    tab.actions_of_tab.copy.trigger()
    assert clipboard() == tab.edit.query
    assert tab.board.findings.caption.text() == "Nothing in this sentence is rare."


def test_a_query_that_cannot_be_understood_is_underlined_where_it_is_wrong(qtbot: QtBot, tab: CollocationTab) -> None:
    # GIVEN an answer
    typed(qtbot, tab, " plays _ _ role")
    # WHEN a bracket is opened
    qtbot.keyClicks(tab.edit, " {a")
    answered(qtbot, tab)
    # THEN the fault is said and underlined, and the old rows cannot be copied by mistake
    assert tab.board.status.text() == "{ is never closed. Add }."
    formats = tab.edit.document().firstBlock().layout().formats()
    assert any(each.start == 16 and each.format.underlineColor().isValid() for each in formats)
    assert not tab.actions_of_tab.copy.isEnabled()
    qtbot.keyClick(tab.edit, Qt.Key.Key_Return)
    assert clipboard() == ""
    # AND all is well when it is taken back
    for _ in range(3):
        qtbot.keyClick(tab.edit, Qt.Key.Key_Backspace)
    answered(qtbot, tab)
    assert tab.board.status.text() == "4 phrases, 80 times"
    assert tab.actions_of_tab.copy.isEnabled()


@pytest.mark.parametrize("text", ["😀", "{{{{", "_ " * 200, "/", "[[", "|", "?", "注意", "x" * 500, "~", "\u200b"])
def test_nonsense_is_answered_in_words(qtbot: QtBot, tab: CollocationTab, desk: Desk, text: str) -> None:
    crashes: list[object] = []
    desk.crashed.connect(crashes.append)
    tab.edit.put(text)
    answered(qtbot, tab)
    assert not crashes
    assert tab.board.status.text() or tab.board.is_empty


def test_when_nothing_is_found_the_nearest_queries_are_offered(qtbot: QtBot, tab: CollocationTab) -> None:
    # WHEN a word is misspelt
    typed(qtbot, tab, "plays a crusial role")
    qtbot.waitUntil(tab.board.hits.offers.isVisible, timeout=WAIT_MS)
    # THEN the right one is offered, and taken with a click
    offer = tab.board.hits.offers.buttons[0]
    assert offer.text() == "plays a crucial role  (26)"
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    answered(qtbot, tab)
    assert phrases(tab) == ["plays a crucial role"]
    assert not tab.board.hits.offers.isVisible()


def test_a_choice_without_its_question_mark_is_offered_with_it(qtbot: QtBot, tab: CollocationTab) -> None:
    # WHEN
    typed(qtbot, tab, "depends of or depends on")
    qtbot.waitUntil(tab.board.hits.offers.isVisible, timeout=WAIT_MS)
    # THEN
    offer = tab.board.hits.offers.buttons[0]
    assert offer.text().startswith("depends of or depends on?")
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    answered(qtbot, tab)
    assert isinstance(tab.asker.outcome, Compared)


def test_offers_go_when_the_text_is_no_query(qtbot: QtBot, tab: CollocationTab) -> None:
    typed(qtbot, tab, "plays a crusial role")
    qtbot.waitUntil(tab.board.hits.offers.isVisible, timeout=WAIT_MS)
    typed(qtbot, tab, "plays {a role")
    assert not tab.board.hits.offers.isVisible()


def test_what_another_field_has_is_offered_there(qtbot: QtBot, tab: CollocationTab) -> None:
    typed(qtbot, tab, "pay attention")
    qtbot.mouseClick(tab.facets.fields.buttons["math"], Qt.MouseButton.LeftButton)
    answered(qtbot, tab)
    qtbot.waitUntil(tab.board.hits.offers.isVisible, timeout=WAIT_MS)
    assert "in all fields" in tab.board.hits.offers.buttons[0].text()
    qtbot.mouseClick(tab.board.hits.offers.buttons[0], Qt.MouseButton.LeftButton)
    answered(qtbot, tab)
    assert tab.facets.facet == EVERYTHING
    assert phrases(tab) == ["pay attention"]


def test_a_rare_phrase_is_told_what_is_written_more_often(qtbot: QtBot, tab: CollocationTab) -> None:
    typed(qtbot, tab, "depends of the data")
    qtbot.waitUntil(tab.board.hits.offers.isVisible, timeout=WAIT_MS)
    assert phrases(tab) == ["depends of the data"]
    assert tab.board.hits.offers.caption.text() == "Written more often:"
    assert "depends on the" in tab.board.hits.offers.buttons[0].text()


def test_a_recent_phrase_says_so(qtbot: QtBot, tab: CollocationTab) -> None:
    # GIVEN a phrase that is only found from 2023 on
    typed(qtbot, tab, "plays _ _ role")
    assert not tab.details.note.isVisible()
    tab.board.hits.list.choose(phrases(tab).index("plays a pivotal role"))
    # THEN the panel shows the trend and says what it means
    assert tab.details.trend.isVisible()
    assert tab.details.note.text().startswith("Mostly in texts of 2023 on")
    assert tab.details.note.isVisible()


def test_examples_come_when_asked_for_and_follow_the_phrase(qtbot: QtBot, tab: CollocationTab) -> None:
    typed(qtbot, tab, "plays _ _ role")
    assert not tab.details.examples.isVisible()
    # WHEN
    qtbot.keyClick(tab.edit, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "important role</span>" in tab.details.examples.text(), timeout=WAIT_MS)
    # THEN the phrase is marked and the source named
    assert "cs notes, CC BY 4.0" in tab.details.examples.text()
    assert "background:#ffe08a" in tab.details.examples.text()
    # AND the examples are those of another phrase when it is chosen
    qtbot.keyClick(tab.edit, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "crucial role</span>" in tab.details.examples.text(), timeout=WAIT_MS)
    tab.actions_of_tab.examples.trigger()
    assert not tab.details.examples.isVisible()


def test_an_index_without_sentences_says_so(
    qtbot: QtBot, make: Make, library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(library, "packed_examples", lambda _name: tmp_path / "none.pack")
    tab = make()
    typed(qtbot, tab, "plays _ _ role")
    tab.actions_of_tab.examples.trigger()
    qtbot.waitUntil(lambda: "has no example sentences" in tab.details.examples.text(), timeout=WAIT_MS)


def test_going_through_the_phrases_does_not_begin_the_preparing_of_the_sentences_anew(
    qtbot: QtBot, tab: CollocationTab, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN sentences that are being prepared
    usual, gate, calls = library.examples, Event(), list[str]()

    def slowly(name: str, progress: Progress) -> Examples | None:
        calls.append(name)
        while not gate.wait(0.02):
            progress.report(1, 2, "Preparing")
        return usual(name, progress)

    monkeypatch.setattr(library, "examples", slowly)
    typed(qtbot, tab, "plays _ _ role")
    tab.actions_of_tab.examples.trigger()
    qtbot.waitUntil(lambda: tab.details.examples.text() == "Preparing the examples", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(calls), timeout=WAIT_MS)
    # WHEN the user goes to another phrase
    qtbot.keyClick(tab.edit, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: tab.details.heading.text() == "plays a crucial role", timeout=WAIT_MS)
    gate.set()
    # THEN its sentences are shown as soon as they are there, prepared once
    qtbot.waitUntil(lambda: "crucial role</span>" in tab.details.examples.text(), timeout=WAIT_MS)
    assert calls == [ACADEMIC]


def test_single_words_have_their_class_and_everyday_frequency(qtbot: QtBot, tab: CollocationTab) -> None:
    typed(qtbot, tab, "plays a pivotal role")
    qtbot.waitUntil(lambda: "4.8" in tab.details.words.text(), timeout=WAIT_MS)
    assert "adjective" in tab.details.words.text()
    assert isinstance(tab.asker.outcome, Found)
    slots = tab.asker.outcome.answer.hits[0].slots
    assert [slot.word_class for slot in slots][2] is WordClass.ADJECTIVE


def test_a_pinned_phrase_stays_on_top_of_other_answers_and_of_other_days(
    qtbot: QtBot, tab: CollocationTab, make: Make
) -> None:
    # GIVEN a phrase that is pinned
    typed(qtbot, tab, "plays _ _ role")
    qtbot.keyClick(tab.edit, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: tab.board.hits.list.rows[0].is_pinned, timeout=WAIT_MS)
    assert len(phrases(tab)) == 4
    # WHEN something else is asked, later, in another tab
    delete(tab)
    later = make()
    qtbot.waitUntil(lambda: bool(later.notebook.pins), timeout=WAIT_MS)
    typed(qtbot, later, "pay _")
    # THEN it is above the answer, which is chosen
    assert phrases(later) == ["plays an important role", "pay attention"]
    assert later.board.subject is not None
    assert later.board.subject.phrase == "pay attention"
    # AND it is compared with the chosen phrase, and released
    later.actions_of_tab.compare.trigger()
    answered(qtbot, later)
    assert later.board.comparison.verdict.text().startswith("29 to 9")
    typed(qtbot, later, "pay _")
    later.board.hits.list.choose(0)
    later.actions_of_tab.pin.trigger()
    qtbot.waitUntil(lambda: phrases(later) == ["pay attention"], timeout=WAIT_MS)


def test_nothing_to_compare_with_is_said(qtbot: QtBot, tab: CollocationTab) -> None:
    typed(qtbot, tab, "pay _")
    tab.actions_of_tab.compare.trigger()
    assert tab.messages.text.startswith("Pin a phrase first")


def test_a_query_that_stays_is_kept_and_can_be_asked_again(qtbot: QtBot, tab: CollocationTab, desk: Desk) -> None:
    # GIVEN a query that stayed for a while, after others that did not
    typed(qtbot, tab, "pay _")
    typed(qtbot, tab, "plays _ _ role")
    qtbot.waitUntil(lambda: bool(entries(desk)), timeout=WAIT_MS)
    assert [each.text for each in entries(desk)] == ["plays _ _ role"]
    answered(qtbot, tab)
    # WHEN it is chosen from the recent ones
    tab.edit.put("")
    qtbot.waitUntil(lambda: tab.board.is_empty, timeout=WAIT_MS)
    tab.actions_of_tab.recent.trigger()
    menu = next(each for each in tab.findChildren(QMenu) if each.isVisible())
    assert [each.text() for each in menu.actions()] == ["plays _ _ role"]
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    answered(qtbot, tab)
    # THEN it is asked again; so it is from the history
    assert len(phrases(tab)) == 4
    tab.edit.put("")
    tab.accept_entry(entries(desk)[0])
    answered(qtbot, tab)
    assert tab.edit.query == "plays _ _ role"


def test_the_examples_of_the_empty_tab_can_be_tried(qtbot: QtBot, tab: CollocationTab) -> None:
    assert tab.board.is_empty
    assert tab.board.operators.isVisible()
    assert not tab.facets.isVisible()
    qtbot.mouseClick(tab.board.empty.examples[0], Qt.MouseButton.LeftButton)
    answered(qtbot, tab)
    assert len(phrases(tab)) == 4
    assert tab.edit.hasFocus()


@pytest.mark.parametrize(
    ("before", "sign", "after"),
    [
        ("plays", "_", "plays _ "),
        ("important", "~x", "~important"),
        ("play", "[[x]]", "[[play]]"),
        ("", "{a b}", "{}"),
        ("a", "a | b", "a | "),
        ("re", "$", "re$"),
    ],
)
def test_operators_are_put_where_they_belong(
    qtbot: QtBot, tab: CollocationTab, before: str, sign: str, after: str
) -> None:
    tab.edit.put(before)
    button = next(each for each in tab.board.operators.signs if each.text() == sign)
    tab.actions_of_tab.operators.setChecked(True)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert tab.edit.query == after
    assert tab.focusWidget() is tab.edit


def test_esc_goes_one_step_back(qtbot: QtBot, tab: CollocationTab) -> None:
    typed(qtbot, tab, "plays _ _ role")
    tab.actions_of_tab.operators.trigger()
    tab.board.hits.list.setFocus()
    # WHEN / THEN the help goes, then the keyboard is in the box, then its text is selected, then there is nothing
    assert tab.go_back()
    assert not tab.board.operators.isVisible()
    assert tab.edit.hasFocus()
    tab.board.hits.list.setFocus()
    assert tab.go_back()
    assert tab.edit.textCursor().selectedText() == "plays _ _ role"
    assert not tab.go_back()


def test_a_question_typed_before_the_index_is_open_is_answered_when_it_is(qtbot: QtBot, make: Make) -> None:
    tab = make()
    tab.edit.put("plays _ _ role")
    assert tab.asker.is_busy
    answered(qtbot, tab)
    assert len(phrases(tab)) == 4


def test_opening_can_be_stopped_and_gone_on_with(
    qtbot: QtBot, make: Make, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN an index that takes long to open
    usual = library.engine

    def slowly(name: str, progress: Progress) -> object:
        while True:
            progress.report(0, None)

    monkeypatch.setattr(library, "engine", slowly)
    tab = make()
    tab.edit.put("plays _ _ role")
    qtbot.waitUntil(tab.progress.isVisible, timeout=WAIT_MS)
    # WHEN it is stopped
    cancel = next(each for each in tab.progress.findChildren(QAbstractButton) if each.text() == "Cancel")
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "no answers" in tab.messages.text, timeout=WAIT_MS)
    # THEN it goes on when the user wants, and answers what is in the box
    monkeypatch.setattr(library, "engine", usual)
    press(qtbot, tab, "Go on")
    answered(qtbot, tab)
    assert len(phrases(tab)) == 4


def test_an_index_that_cannot_be_opened_is_tried_again(
    qtbot: QtBot, make: Make, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = library.engine

    def full(name: str, progress: Progress) -> object:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(library, "engine", full)
    tab = make()
    qtbot.waitUntil(lambda: tab.messages.text == "The disk is full.", timeout=WAIT_MS)
    monkeypatch.setattr(library, "engine", usual)
    press(qtbot, tab, "Try again")
    typed(qtbot, tab, "plays _ _ role")
    assert len(phrases(tab)) == 4


def test_the_web_is_asked_only_when_the_user_has_allowed_it(
    qtbot: QtBot, tab: CollocationTab, service: StubService, desk: Desk
) -> None:
    # GIVEN an answer that has stayed long enough to be kept
    typed(qtbot, tab, "plays _ _ role")
    qtbot.waitUntil(lambda: bool(entries(desk)), timeout=WAIT_MS)
    assert service.asked == []
    # WHEN the user asks, and is told what that means
    tab.actions_of_tab.web.trigger()
    assert service.asked == []
    assert "learns what you look up" in tab.messages.text
    press(qtbot, tab, "Turn on and ask")
    answered(qtbot, tab)
    # THEN it is asked, and its answer marked as from the web
    assert service.asked == ["plays _ _ role"]
    assert tab.details.web.isVisible()
    assert "1,234" in tab.details.web.text()
    caption = next(each for each in tab.details.findChildren(type(tab.details.web)) if "From the web" in each.text())
    assert caption.text() == "From the web: Stub"
    # AND from now on by itself, failures being said in words
    service.error = NetworkError("stub.example cannot be reached. Is the network connected?")
    typed(qtbot, tab, "pay _")
    qtbot.waitUntil(lambda: "cannot be reached" in tab.details.web.text(), timeout=WAIT_MS)
    assert service.asked == ["plays _ _ role", "pay _"]
    assert phrases(tab) == ["pay attention"]


def test_the_users_own_papers_are_counted_and_asked(
    qtbot: QtBot, tab: CollocationTab, library: Library, tmp_path: Path
) -> None:
    # GIVEN a folder with a paper, and a broken one
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "mine.txt").write_text("\n".join(sentences("paves the way", 12)), encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    # WHEN the user asks their papers and is led to count them first
    tab.actions_of_tab.index.trigger()
    assert tab.papers.isVisible()
    assert not tab.papers.build.isEnabled()
    assert tab.index_box.currentData() == ACADEMIC
    tab.papers.add([folder])
    qtbot.mouseClick(tab.papers.build, Qt.MouseButton.LeftButton)
    assert tab.builder.is_building
    qtbot.waitUntil(lambda: not tab.builder.is_building and library.exists(PAPERS), timeout=3 * WAIT_MS)
    qtbot.waitUntil(lambda: "can be asked" in tab.messages.text, timeout=WAIT_MS)
    # THEN what was left out is listed, and the papers answer
    assert "broken.pdf" in tab.papers.skipped.item(0).text()
    press(qtbot, tab, "Ask them")
    typed(qtbot, tab, "paves _ way")
    assert phrases(tab) == ["paves the way"]
    assert tab.asker.index == PAPERS
    assert tab.facets.fields.shown == []
    # AND so does academic English again
    tab.actions_of_tab.index.trigger()
    typed(qtbot, tab, "plays _ _ role")
    assert len(phrases(tab)) == 4


def test_counting_papers_can_be_stopped(qtbot: QtBot, tab: CollocationTab, tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("\n".join(sentences("paves the way", 12)), encoding="utf-8")
    tab.open_papers()
    tab.papers.add([path])
    tab.papers.build.click()
    tab.building.show()
    cancel = next(each for each in tab.building.findChildren(QAbstractButton) if each.text() == "Cancel")
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert tab.messages.text.startswith("Stopped.")
    answered(qtbot, tab)
    assert not tab.builder.is_building
    assert tab.go_back()
    assert tab.board.is_empty


def test_the_papers_of_last_time_are_listed(
    qtbot: QtBot, tab: CollocationTab, library: Library, tmp_path: Path
) -> None:
    library.remember_paper_sources([tmp_path])
    tab.actions_of_tab.papers.trigger()
    assert tab.papers.sources == [tmp_path]
    tab.papers.list.selectAll()
    qtbot.mouseClick(tab.papers.remove, Qt.MouseButton.LeftButton)
    assert tab.papers.sources == []


def test_a_narrow_tab_gives_the_rows_all_the_room(qtbot: QtBot, tab: CollocationTab) -> None:
    assert tab.board.side.isVisible()
    tab.resize(560, 500)
    qtbot.waitUntil(lambda: not tab.board.side.isVisible(), timeout=WAIT_MS)
    tab.resize(1100, 640)
    qtbot.waitUntil(tab.board.side.isVisible, timeout=WAIT_MS)
    tab.actions_of_tab.panel.trigger()
    tab.resize(560, 500)
    tab.resize(1100, 640)
    qtbot.waitUntil(lambda: tab.width() == 1100, timeout=WAIT_MS)
    assert not tab.board.side.isVisible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_every_answer_can_be_seen_in_both_languages_and_themes(
    qtbot: QtBot, tab: CollocationTab, desk: Desk, shot: Shot, code: str, theme: str
) -> None:
    desk.settings.set("general.language", code)
    desk.settings.set("general.theme", theme)
    shot(tab, f"collocation-empty-{code}-{theme}")
    tab.actions_of_tab.examples.setChecked(True)
    texts = {
        "hits": "plays _ _ role",
        "comparison": "depends of the or depends on the?",
        "sentence": "This model depends of the data in practice.",
        "nothing": "plays a crusial role",
    }
    for name, text in texts.items():
        tab.edit.put(text)
        answered(qtbot, tab)
        qtbot.waitUntil(lambda name=name: name != "nothing" or tab.board.hits.offers.isVisible(), timeout=WAIT_MS)
        qtbot.waitUntil(lambda: not tab.board.subject or bool(tab.details.examples.text()), timeout=WAIT_MS)
        shot(tab, f"collocation-{name}-{code}-{theme}")
        row = tab.board.list
        assert row is not None
        for place in range(len(row.rows)):
            assert str(row.model().index(place, 0).data())
    chinese = "全部领域" in tab.facets.fields.buttons[""].text()
    assert chinese == (code == "zh_CN")
