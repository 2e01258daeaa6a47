from __future__ import annotations

from pathlib import Path

from app.acronym.backronym import backronyms
from app.acronym.together import Phrases, phrase_count
from app.collocation.library import ACADEMIC, Library
from app.core.errors import StorageError
from app.core.paths import Paths
from tests.acronym.phrases import SENTENCES, build_phrases


def library(folder: Path, shipped: Path) -> Library:
    return Library(Paths.under(folder / "home"), shipped)


def test_titles_whose_words_go_together_in_the_index_come_first(tmp_path: Path) -> None:
    # GIVEN a title that is not the best, and an index of texts that have it often
    before = [each.title for each in backronyms("ORB", [], "computing")]
    wanted = before[4]
    phrases = library(tmp_path, build_phrases(wanted.lower(), tmp_path))
    phrases.engine()

    # WHEN
    count = phrase_count(phrases, ACADEMIC)
    assert count is not None
    after = backronyms("ORB", [], "computing", count=count)

    # THEN it is the best
    first, second, *_ = wanted.lower().split()
    assert count(f"{first} {second}") == SENTENCES
    assert count("words nobody wrote") == 0
    assert count("{not a query") == 0
    assert after[0].title == wanted
    assert [each.score for each in after] == sorted((each.score for each in after), reverse=True)


def test_without_an_index_that_is_ready_nothing_is_counted(tmp_path: Path) -> None:
    # GIVEN an index that nobody has opened yet, and none at all
    shipped = build_phrases("optimal regret bounds", tmp_path)
    packed = library(tmp_path, shipped)

    # WHEN / THEN it is not opened, since that takes seconds
    assert phrase_count(packed, ACADEMIC) is None
    assert not packed.is_ready(ACADEMIC)
    assert phrase_count(library(tmp_path, tmp_path / "nowhere"), ACADEMIC) is None
    assert backronyms("ORB", [], "computing", count=None)


def test_an_index_that_cannot_be_opened_is_done_without() -> None:
    class Damaged:
        def is_ready(self, name: str) -> bool:
            return name == ACADEMIC

        def engine(self, name: str) -> Phrases:
            raise StorageError(f"{name} is damaged.")

    assert phrase_count(Damaged(), ACADEMIC) is None
