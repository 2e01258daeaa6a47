from __future__ import annotations

import gzip
import re
import resource
import signal
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app.collocation.build import counting, pipeline, shards
from app.collocation.build.documents import Document
from app.collocation.build.pipeline import Plan, build_index
from app.collocation.build.vocabulary import Thresholds
from app.collocation.engine import Engine
from app.collocation.expand import expand
from app.collocation.index import Index
from app.collocation.tokens import runs
from app.core.errors import Cancelled, InputError, PaperdeskError, StorageError
from app.core.files import alone
from tests.collocation.conftest import DAY


class StopsAfter:
    """Progress whose user cancels at the given report."""

    def __init__(self, reports: int) -> None:
        self.left = reports

    def report(self, done: float, total: float | None = None, text: str = "") -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled(text)


def by_hand(documents: Sequence[Document], thresholds: Thresholds) -> dict[str, tuple[int, ...]]:
    """Count every n-gram of one to five words in each document, one document a cell, repeated lines once."""
    counts: dict[str, Counter[int]] = {}
    seen = set()
    for number, document in enumerate(documents):
        for line in document.path.read_text(encoding="utf-8").splitlines():
            letters = re.sub("[^a-z]", "", line.lower())[:160]
            for run in runs(line) if letters not in seen else ():
                words = [word.text for word in run]
                for length in range(1, 6):
                    for start in range(len(words) - length + 1):
                        text = " ".join(words[start : start + length])
                        counts.setdefault(text, Counter())[number] += 1
            seen.add(letters)
    cells = range(len(documents))
    return {
        text: tuple(own[cell] for cell in cells)
        for text, own in counts.items()
        if own.total() >= (thresholds.phrase if " " in text else thresholds.word)
    }


def table(index: Index) -> dict[str, tuple[int, ...]]:
    """Return every n-gram of an index with its count in each cell."""
    result = {}
    for length in range(1, 6):
        level = index.level(length)
        for row in range(len(level)):
            words = [index.words.text(int(level.words[slot][row])) for slot in range(length)]
            result[" ".join(words)] = tuple(level.cells[row].tolist())
    return result


def opened(packed: Path, folder: Path) -> Index:
    expand(packed, folder / "opened.index")
    return Index(folder / "opened.index")


def test_counts_are_those_of_counting_by_hand(small: Engine, documents: list[Document]) -> None:
    assert table(small.index) == by_hand(documents, Thresholds(2, 2))
    assert [(each.field, each.period) for each in documents] == [(c.field, c.period) for c in small.index.cells]


@pytest.mark.parametrize("part_positions", [500, 3000])
def test_parts_and_shards_of_any_size_give_the_same_file(
    documents: list[Document], packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part_positions: int
) -> None:
    # GIVEN memory for so little that every level is counted in many parts
    monkeypatch.setattr(pipeline, "PART_POSITIONS", part_positions)
    monkeypatch.setattr(counting, "_CHUNK", 700)
    monkeypatch.setattr(shards, "SHARD_TOKENS", 900)

    # WHEN
    build_index(Plan(documents, Thresholds(2, 2), DAY), tmp_path / "out.pack", tmp_path / "work")

    # THEN
    assert (tmp_path / "out.pack").read_bytes() == packed.read_bytes()
    assert not (tmp_path / "work").exists()


@pytest.mark.parametrize("reports", [0, 3, 7, 12, 16])
def test_a_stopped_build_goes_on_and_ends_the_same(
    documents: list[Document], packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reports: int
) -> None:
    # GIVEN a build that its user stops
    plan, out, work = Plan(documents, Thresholds(2, 2), DAY), tmp_path / "out.pack", tmp_path / "work"
    with pytest.raises(Cancelled):
        build_index(plan, out, work, StopsAfter(reports))
    assert not out.exists()

    # WHEN it is started again, it makes no shard a second time
    made = {path.name for path in work.glob("shards/*.npz")}
    written: list[str] = []
    real = shards.write_atomic
    monkeypatch.setattr(shards, "write_atomic", lambda path, data: (written.append(path.name), real(path, data)))
    build_index(plan, out, work)

    # THEN
    assert not made & set(written)
    assert out.read_bytes() == packed.read_bytes()


def test_other_documents_do_not_go_on_with_old_work(documents: list[Document], packed: Path, tmp_path: Path) -> None:
    # GIVEN work of other documents in the same folder
    with pytest.raises(Cancelled):
        build_index(Plan(documents[:2], Thresholds(1, 1), DAY), tmp_path / "no.pack", tmp_path / "work", StopsAfter(9))

    # WHEN
    build_index(Plan(documents, Thresholds(2, 2), DAY), tmp_path / "out.pack", tmp_path / "work")

    # THEN
    assert (tmp_path / "out.pack").read_bytes() == packed.read_bytes()


def test_repeated_lines_are_counted_once(tmp_path: Path) -> None:
    # GIVEN the same abstract in two sources, written a little differently
    line = "We study the role of attention in networks; it plays an important role in learning."
    first, second = tmp_path / "a.txt", tmp_path / "b.txt.gz"
    first.write_text(f"{line}\n{line}\n")
    second.write_bytes(gzip.compress(line.replace(";", " -").encode()))
    documents = [Document(first, "cs", "to2022"), Document(second, "cs", "from2023")]

    # WHEN
    summary = build_index(Plan(documents, Thresholds(1, 1), DAY), tmp_path / "out.pack", tmp_path / "work")

    # THEN
    index = opened(tmp_path / "out.pack", tmp_path)
    assert summary.repeated == 2
    assert table(index)["important role in learning"] == (1, 0)


def test_slots_have_the_class_that_most_of_their_places_have(tmp_path: Path) -> None:
    # GIVEN "results" as a noun and as a verb
    path = tmp_path / "a.txt"
    path.write_text("The results of this show it.\nIt results in a loss.\nIt often results in errors here.\n")

    # WHEN
    build_index(Plan([Document(path, "cs", "to2022")], Thresholds(1, 1), DAY), tmp_path / "o.pack", tmp_path / "work")

    # THEN
    engine = Engine(opened(tmp_path / "o.pack", tmp_path))
    assert [hit.text for hit in engine.search("n. of").answer().hits] == ["results of"]
    assert [hit.text for hit in engine.search("v. in").answer().hits] == ["results in"]


def test_a_broken_document_is_left_out_and_named(documents: list[Document], tmp_path: Path) -> None:
    # GIVEN
    broken = tmp_path / "broken.gz"
    broken.write_bytes(b"\x1f\x8b\x08 not gzip")
    missing = tmp_path / "missing.txt"
    plan = Plan([*documents, replace(documents[0], path=broken), replace(documents[0], path=missing)])

    # WHEN
    summary = build_index(plan, tmp_path / "out.pack", tmp_path / "work")

    # THEN
    assert [each.path for each in summary.skipped] == [broken, missing]
    assert all(each.path.name in each.reason for each in summary.skipped)
    assert summary.tokens > 0


def test_documents_without_words_are_an_error(tmp_path: Path) -> None:
    # GIVEN
    path = tmp_path / "empty.txt"
    path.write_text("1 2 3 +\n")

    # WHEN / THEN
    with pytest.raises(InputError, match="no text"):
        build_index(Plan([Document(path, "cs", "to2022")]), tmp_path / "out.pack", tmp_path / "work")


def test_two_builds_in_one_folder_do_not_meet(documents: list[Document], tmp_path: Path) -> None:
    with alone(tmp_path / "work"), pytest.raises(PaperdeskError, match="Another Paperdesk"):
        build_index(Plan(documents), tmp_path / "out.pack", tmp_path / "work")


def test_a_full_disk_stops_the_build_and_keeps_the_old_index(documents: list[Document], tmp_path: Path) -> None:
    # GIVEN an index, and files that may be no larger than a few thousand bytes
    out = tmp_path / "out.pack"
    out.write_bytes(b"the old index")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))

    # WHEN
    try:
        with pytest.raises(StorageError, match="disk is full"):
            build_index(Plan(documents), out, tmp_path / "work")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, old)

    # THEN
    assert out.read_bytes() == b"the old index"


def test_years_decide_the_period_of_documents_that_have_none(tmp_path: Path) -> None:
    # GIVEN a bibliography with an old and a new abstract
    path = tmp_path / "a.bib"
    path.write_text(
        "@article{a, year = {2019}, abstract = {We show an old result here.}}\n"
        "@article{b, year = {2024}, abstract = {We show a new result here.}}\n"
    )

    # WHEN
    build_index(Plan([Document(path, "mine")], Thresholds(1, 1), DAY), tmp_path / "o.pack", tmp_path / "work")

    # THEN
    counts = table(opened(tmp_path / "o.pack", tmp_path))
    assert (counts["an old result"], counts["a new result"], counts["we show"]) == ((1, 0), (0, 1), (1, 1))
