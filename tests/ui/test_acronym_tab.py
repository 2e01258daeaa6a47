from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAccessible, QClipboard, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from app.acronym.alphabet import fold
from app.acronym.backronym import backronyms
from app.acronym.online import OnlineCheck, Service
from app.collocation.library import ACADEMIC, Library
from app.core.history import Entry
from app.core.http import Http
from app.ui.acronym.title_edit import TitleEdit
from app.ui.desk import Desk
from app.ui.tabs.acronym import FAVOURITES, NAMES, TITLES, AcronymTab
from tests.acronym.phrases import build_phrases

WAIT_MS = 30_000
TITLE = "Sparse Interpretable Neural Embeddings"

Shot = Callable[[QWidget, str], Path]


class NoAnswer(Http):
    """A service on a port where nobody listens: every question fails at once."""

    def __init__(self) -> None:
        super().__init__(sleep=lambda _seconds: None)


@pytest.fixture
def tab(desk: Desk, qtbot: QtBot) -> Iterator[AcronymTab]:
    service = Service("nobody", "titles on arXiv", "http://127.0.0.1:9/{name}", "http://127.0.0.1:9/", 0.0, "count")
    tab = AcronymTab(desk, OnlineCheck(desk.paths, NoAnswer(), (service,)))
    qtbot.addWidget(tab)
    tab.resize(1080, 680)
    tab.show()
    qtbot.waitExposed(tab)
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow, timeout=WAIT_MS)
    tab.focus_input()
    yield tab


def settled(qtbot: QtBot, tab: AcronymTab) -> None:
    """Wait until nothing is searched, drawn or spoken any more."""
    qtbot.waitUntil(lambda: not tab.is_waiting and not tab.desk.tasks.running, timeout=WAIT_MS)


def find(qtbot: QtBot, tab: AcronymTab, title: str = TITLE) -> None:
    tab.names_page.title.setPlainText(title)
    settled(qtbot, tab)


def shown(tab: AcronymTab) -> list[str]:
    model = tab.names_page.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def coloured(edit: TitleEdit) -> str:
    """The letters of the title that are underlined."""
    block = edit.document().firstBlock()
    units = block.text().encode("utf-16-le")
    marked = (each for each in block.layout().formats() if each.format.fontUnderline())
    return "".join(units[2 * each.start : 2 * (each.start + each.length)].decode("utf-16-le") for each in marked)


def choose(qtbot: QtBot, tab: AcronymTab, name: str) -> None:
    tab.names_page.choose(tab.names_page.model.row_of(name))
    settled(qtbot, tab)


def test_names_come_while_typing_and_their_letters_are_coloured(tab: AcronymTab, qtbot: QtBot, shot: Shot) -> None:
    # GIVEN the examples
    assert tab.names_page.stack.currentWidget() is tab.names_page.empty
    shot(tab, "acronym-empty")

    # WHEN a title is typed
    qtbot.keyClicks(tab.names_page.title, TITLE)
    settled(qtbot, tab)

    # THEN names are there, the first is chosen, and its letters are coloured in the title
    names = shown(tab)
    assert len(names) > 100
    assert tab.details.written == names[0]
    assert coloured(tab.names_page.title).lower() == fold(names[0])

    # WHEN the keys up and down are pressed in the title
    qtbot.keyClick(tab.names_page.title, Qt.Key.Key_Down)
    qtbot.keyClick(tab.names_page.title, Qt.Key.Key_Down)
    qtbot.keyClick(tab.names_page.title, Qt.Key.Key_Up)

    # THEN the choice moves, and the letters with it
    assert tab.details.heading.text() == names[1]
    assert coloured(tab.names_page.title).lower() == fold(names[1])
    settled(qtbot, tab)
    shot(tab, "acronym-names")


def test_letters_behind_characters_of_two_units_are_coloured(tab: AcronymTab, qtbot: QtBot) -> None:
    find(qtbot, tab, "😀 deep é 深 graph nets")
    assert fold(coloured(tab.names_page.title)) == fold(tab.details.written)


def test_a_broken_title_is_pasted_as_one_line(tab: AcronymTab, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setText("Sparse\nInterpretable \n Neural  Embeddings\n")
    tab.names_page.title.insertFromMimeData(mime)
    settled(qtbot, tab)
    assert tab.names_page.title.title == TITLE


def test_every_way_of_a_name_can_be_looked_at(tab: AcronymTab, qtbot: QtBot) -> None:
    # GIVEN a name with several ways through the title
    find(qtbot, tab)
    choose(qtbot, tab, "spine")
    judgement = tab.details.judgement
    assert judgement is not None
    assert len(judgement.alignments) > 1

    # WHEN / THEN each is shown in turn, and the last leads to the first again
    seen = [tab.names_page.title.document().firstBlock().layout().formats()]
    for _ in judgement.alignments:
        tab.actions_of_tab.next_alignment.trigger()
        assert coloured(tab.names_page.title).lower() == "spine"
        seen.append(tab.names_page.title.document().firstBlock().layout().formats())
    assert [each.start for each in seen[0]] == [each.start for each in seen[-1]]
    assert [each.start for each in seen[0]] != [each.start for each in seen[1]]


def test_the_bars_show_the_names_of_one_length(tab: AcronymTab, qtbot: QtBot) -> None:
    # GIVEN
    find(qtbot, tab)
    everything = len(shown(tab))

    # WHEN a bar is pressed, and pressed again
    bar = tab.names_page.lengths.bars[5]
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton)
    five = shown(tab)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton)

    # THEN
    assert five
    assert {len(fold(name)) for name in five} == {5}
    assert len(shown(tab)) == everything
    settled(qtbot, tab)


def test_options_and_kinds_narrow_the_list_and_nothing_explains_itself(
    tab: AcronymTab, qtbot: QtBot, shot: Shot
) -> None:
    # GIVEN
    find(qtbot, tab)
    tab.actions_of_tab.options.trigger()
    assert tab.names_page.options.begins.hasFocus()

    # WHEN a beginning is typed
    qtbot.keyClicks(tab.names_page.options.begins, "Sp")
    settled(qtbot, tab)

    # THEN
    assert shown(tab)
    assert all(fold(name).startswith("sp") for name in shown(tab))
    shot(tab, "acronym-options")

    # WHEN nothing fits
    qtbot.keyClicks(tab.names_page.options.contains, "zz")
    settled(qtbot, tab)

    # THEN the reason stands under the title
    assert shown(tab) == []
    assert "Without the part that it must contain" in tab.names_page.status.text()
    assert not tab.actions_of_tab.copy.isEnabled()

    # WHEN Esc closes the options and they are cleared, and only words are wanted
    assert tab.go_back()
    tab.actions_of_tab.clear_options.trigger()
    for kind, button in tab.names_page.kinds.buttons.items():
        if kind.value != "word":
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settled(qtbot, tab)

    # THEN
    assert not tab.names_page.options.isVisible()
    assert {tab.names_page.model.name(row).kind.value for row in range(20)} == {"word"}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("title", "part"), [("深度学习", "Latin"), (" ".join(["word"] * 101), "101 words"), ("a", "one letter")]
)
def test_a_title_that_cannot_be_used_says_why_and_is_kept(tab: AcronymTab, qtbot: QtBot, title: str, part: str) -> None:
    find(qtbot, tab, title)
    assert part in tab.names_page.status.text()
    assert tab.names_page.title.title == title
    assert shown(tab) == []


def test_a_name_of_ones_own_is_judged(tab: AcronymTab, qtbot: QtBot) -> None:
    # GIVEN
    find(qtbot, tab)

    # WHEN names are typed that can and cannot be formed
    qtbot.keyClicks(tab.names_page.own, "SPIN-E")
    settled(qtbot, tab)
    assert fold(tab.details.written) == "spine"
    assert "score higher than SPIN-E" in tab.names_page.status.text()
    tab.names_page.own.clear()
    qtbot.keyClicks(tab.names_page.own, "xyz")
    settled(qtbot, tab)

    # THEN
    assert "do not run through" in tab.names_page.status.text()
    assert tab.details.judgement is None


def test_copying_in_every_form_says_so_and_is_kept_in_the_history(tab: AcronymTab, qtbot: QtBot) -> None:
    # GIVEN
    find(qtbot, tab)
    choose(qtbot, tab, "spine")

    # WHEN it is copied in the usual form and in another
    tab.actions_of_tab.copy.trigger()
    assert QGuiApplication.clipboard().text(QClipboard.Mode.Clipboard) == f"SPINE: {TITLE}"
    assert tab.copy_button.says_copied
    tab.actions_of_tab.copy_as["macro"].trigger()

    # THEN the other is the usual one from now on
    macro = r"\newcommand{\spine}{\textsc{SPINE}\xspace}"
    assert QGuiApplication.clipboard().text(QClipboard.Mode.Clipboard) == macro
    tab.actions_of_tab.copy.trigger()
    assert QGuiApplication.clipboard().text(QClipboard.Mode.Clipboard) == macro
    settled(qtbot, tab)
    entries = tab.desk.history.search(tool="acronym")
    assert [entry.text for entry in entries] == [macro, macro, f"SPINE: {TITLE}"]
    assert entries[0].detail["title"] == TITLE


def test_a_name_is_copied_as_it_is_written(tab: AcronymTab, qtbot: QtBot) -> None:
    find(qtbot, tab, "A Robustly Optimized BERT Pretraining Approach")
    choose(qtbot, tab, "roberta")
    tab.details.form.setCurrentText("RoBERTa")
    tab.actions_of_tab.copy_as["name"].trigger()
    assert tab.details.heading.text() == "RoBERTa"
    assert QGuiApplication.clipboard().text(QClipboard.Mode.Clipboard) == "RoBERTa"
    settled(qtbot, tab)


def test_favourites_are_kept_compared_and_opened_again(tab: AcronymTab, qtbot: QtBot, shot: Shot) -> None:
    # GIVEN two favourites
    find(qtbot, tab)
    for name in ("spine", "sine"):
        choose(qtbot, tab, name)
        tab.actions_of_tab.favourite.trigger()
        settled(qtbot, tab)
    assert tab.favourites.texts(TITLE) == {"spine", "sine"}

    # WHEN they are looked at
    tab.show_view(FAVOURITES)
    shot(tab, "acronym-favourites")
    rows = {tab.table.item(row, 0).text(): row for row in range(tab.table.rowCount())}
    assert set(map(fold, rows)) == {"spine", "sine"}
    assert tab.table.item(rows["SPINE"], 6).text() == TITLE

    # WHEN one is opened, another title being in the field
    tab.names_page.title.setPlainText("Another title")
    settled(qtbot, tab)
    tab.table.opened.emit(tab.favourites.entries[rows["SPINE"]])
    settled(qtbot, tab)

    # THEN its title and name are back, and letting it go removes it
    assert tab.views.currentIndex() == NAMES
    assert (tab.names_page.title.title, fold(tab.details.written)) == (TITLE, "spine")
    tab.actions_of_tab.favourite.trigger()
    settled(qtbot, tab)
    assert tab.favourites.texts(TITLE) == {"sine"}


def test_a_result_of_the_history_is_opened_again(tab: AcronymTab, qtbot: QtBot, desk: Desk) -> None:
    entry: Entry = desk.history.add("acronym", "x", detail={"name": "Spin", "title": TITLE})
    settled(qtbot, tab)
    tab.accept_entry(entry)
    settled(qtbot, tab)
    assert fold(tab.details.written) == "spin"


def test_titles_for_a_name_lead_to_its_names(tab: AcronymTab, qtbot: QtBot, shot: Shot) -> None:
    # GIVEN
    tab.actions_of_tab.titles.trigger()
    assert tab.backronyms.name.hasFocus()

    # WHEN a name and keywords are typed
    qtbot.keyClicks(tab.backronyms.keywords, "language")
    qtbot.keyClicks(tab.backronyms.name, "MAPLE")
    settled(qtbot, tab)

    # THEN there are titles, and the chosen one can be searched
    assert tab.backronyms.titles.count() > 3
    shot(tab, "acronym-titles")
    first = tab.backronyms.titles.item(0).text()
    qtbot.mouseClick(tab.backronyms.use_button, Qt.MouseButton.LeftButton)
    settled(qtbot, tab)
    assert tab.views.currentIndex() == NAMES
    assert tab.names_page.title.title == first

    # WHEN a name has other characters THEN that is said
    tab.show_view(TITLES)
    tab.backronyms.name.clear()
    qtbot.keyClicks(tab.backronyms.name, "M4")
    settled(qtbot, tab)
    assert "from a to z" in tab.messages.text


def test_titles_whose_words_go_together_come_first_once_the_phrases_are_open(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    # GIVEN a title that is not the best, and texts that have it often, in an index that nobody has opened
    wanted = backronyms("ORB", [], "computing")[4].title
    library = Library(desk.paths, build_phrases(wanted.lower(), tmp_path))
    tab = AcronymTab(desk, library=library)
    qtbot.addWidget(tab)
    tab.show()
    tab.show_view(TITLES)

    # WHEN the name is typed THEN there are titles at once
    qtbot.keyClicks(tab.backronyms.name, "ORB")
    settled(qtbot, tab)
    assert tab.backronyms.titles.item(0).text() != wanted
    assert not library.is_ready(ACADEMIC)

    # WHEN the phrases have been opened elsewhere THEN they decide
    library.engine()
    tab.backronyms.propose()
    settled(qtbot, tab)
    assert tab.backronyms.titles.item(0).text() == wanted


def test_a_name_of_ones_own_may_have_a_version(tab: AcronymTab, qtbot: QtBot) -> None:
    # GIVEN
    find(qtbot, tab, "You Only Look Once")

    # WHEN a name is typed whose ending tells versions apart
    qtbot.keyClicks(tab.names_page.own, "YOLOv2")
    settled(qtbot, tab)

    # THEN it is judged by its other letters and shown as it was typed
    assert tab.details.written == "YOLOv2"
    assert tab.details.judgement is not None
    assert tab.details.judgement.name.text == "yolo"
    assert coloured(tab.names_page.title) == "YOLO"
    assert "score higher than YOLOv2" in tab.names_page.status.text()


def test_services_that_cannot_be_reached_say_so(tab: AcronymTab, qtbot: QtBot) -> None:
    find(qtbot, tab)
    tab.actions_of_tab.online.trigger()
    settled(qtbot, tab)
    assert "127.0.0.1 cannot be reached" in tab.details.world.text()


def test_both_languages_and_screen_readers(tab: AcronymTab, qtbot: QtBot, shot: Shot, desk: Desk) -> None:
    # GIVEN names
    find(qtbot, tab)

    # WHEN the language is switched
    desk.settings.set("general.language", "zh_CN")
    settled(qtbot, tab)
    shot(tab, "acronym-chinese")

    # THEN no button is left in English, but for names and titles
    own = {"", "中", *(button.text() for button in tab.names_page.empty.examples)}
    buttons = [each for each in tab.findChildren(QAbstractButton) if each.isVisible()]
    left = [
        each.text() or each.accessibleName()
        for each in buttons
        if (each.text() or each.accessibleName()) not in own
        and all(ord(letter) < 0x2E80 for letter in each.text() or each.accessibleName())
    ]
    assert left == []
    assert all(each.text() or each.accessibleName() for each in buttons)
    row = tab.names_page.model.index(0)
    assert QAccessible.queryAccessibleInterface(tab.names_page.list) is not None
    assert "," in str(row.data(int(Qt.ItemDataRole.AccessibleTextRole)))
