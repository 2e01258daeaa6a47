from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from app.collocation.arrays import MappedArrays
from app.collocation.build.documents import Document
from app.collocation.build.sentences import Chooser, write_examples
from app.collocation.engine import Engine
from app.collocation.expand import expand
from app.collocation.library import ACADEMIC, PAPERS, Library
from app.collocation.packed import load_packed, write_packed
from app.core.errors import Cancelled, InputError, StorageError
from app.core.paths import Paths
from tests.collocation.test_build import StopsAfter

PHRASE = "the role of"


@pytest.fixture
def shipped(packed: Path, documents: list[Document], small: Engine, tmp_path: Path) -> Path:
    """A folder as `resources/ngrams` is."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    shutil.copy(packed, folder / "academic.pack")
    write_examples(documents, folder / "academic_examples.pack", Chooser(small.index))
    return folder


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path / "home")


def count(library: Library) -> int:
    return library.engine().search(PHRASE).total()


def expanded(paths: Paths) -> Path:
    return next((paths.cache / "collocation").glob("academic-*.index"))


def test_an_index_is_expanded_once(shipped: Path, paths: Paths) -> None:
    # GIVEN
    library = Library(paths, shipped)
    assert library.exists(ACADEMIC)
    assert not library.is_ready(ACADEMIC)
    expected = count(library)
    made = expanded(paths).stat()

    # WHEN
    again = Library(paths, shipped)

    # THEN
    assert again.is_ready(ACADEMIC)
    assert count(again) == expected > 0
    assert expanded(paths).stat().st_mtime_ns == made.st_mtime_ns
    assert again.engine() is again.engine()


@pytest.mark.parametrize("place", [0.0, 0.3, 0.999])
def test_a_damaged_index_is_made_again(shipped: Path, paths: Paths, place: float) -> None:
    # GIVEN one byte of the expanded file is another one
    expected = count(Library(paths, shipped))
    data = bytearray(expanded(paths).read_bytes())
    data[int(place * (len(data) - 1))] ^= 1
    expanded(paths).write_bytes(data)

    # WHEN / THEN
    assert count(Library(paths, shipped)) == expected
    MappedArrays(expanded(paths)).verify()


@pytest.mark.parametrize("size", [0, 7, 5000, -1])
def test_a_half_written_index_is_made_again(shipped: Path, paths: Paths, size: int) -> None:
    # GIVEN
    expected = count(Library(paths, shipped))
    expanded(paths).write_bytes(expanded(paths).read_bytes()[:size])

    # WHEN / THEN
    assert count(Library(paths, shipped)) == expected


def test_a_damaged_shipped_file_is_an_error_that_says_what_to_do(shipped: Path, paths: Paths) -> None:
    # GIVEN
    file = shipped / "academic.pack"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)

    # WHEN / THEN nothing partial is left to be opened
    with pytest.raises(StorageError, match="Install Paperdesk again"):
        Library(paths, shipped).engine()
    assert list((paths.cache / "collocation").glob("*.index")) == []


def test_expanding_can_be_stopped_and_started_again(shipped: Path, paths: Paths) -> None:
    # GIVEN
    with pytest.raises(Cancelled):
        Library(paths, shipped).engine(progress=StopsAfter(5))
    assert list((paths.cache / "collocation").glob("*academic*")) == []

    # WHEN / THEN
    assert count(Library(paths, shipped)) > 0


def test_a_new_shipped_file_replaces_the_expanded_one(shipped: Path, paths: Paths, packed: Path) -> None:
    # GIVEN
    count(Library(paths, shipped))
    old = expanded(paths)

    # WHEN another version of the program ships another file
    meta, arrays = load_packed(packed)
    write_packed(shipped / "academic.pack", {**meta, "date": "2027-01-01"}, arrays)

    # THEN
    assert count(Library(paths, shipped)) > 0
    assert expanded(paths) != old
    assert not old.exists()


def test_too_small_a_disk_is_said_before_it_is_filled(
    shipped: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN
    usage = shutil.disk_usage(shipped)._replace(free=1000)
    monkeypatch.setattr("app.collocation.expanded.disk_usage", lambda _: usage)

    # WHEN / THEN
    with pytest.raises(StorageError, match=r"needs \d+ MB"):
        Library(paths, shipped).engine()


def test_examples_show_the_phrase_and_name_their_source(shipped: Path, paths: Paths) -> None:
    # GIVEN
    examples = Library(paths, shipped).examples()
    assert examples is not None

    # WHEN
    found = examples.find("The  important", limit=3)

    # THEN
    assert len(found) == 3
    for each in found:
        assert each.text[each.start : each.end].lower() == "the important"
        assert each.source.endswith(" texts")
        assert each.licence == "CC BY 4.0"
    assert examples.find("unheard phrase") == examples.find("") == []


def test_without_good_sentences_there_are_no_examples(shipped: Path, paths: Paths, tmp_path: Path) -> None:
    # GIVEN
    (tmp_path / "a.txt").write_text("1 2 3\n")
    quotable = Document(tmp_path / "a.txt", "cs", "to2022", quotable=True)
    assert write_examples([quotable], shipped / "academic_examples.pack") == 0

    # WHEN
    examples = Library(paths, shipped).examples()

    # THEN
    assert examples is not None
    assert examples.find("the role") == []


def test_there_is_no_index_of_papers_before_it_is_built(paths: Paths) -> None:
    with pytest.raises(InputError, match="Build one first"):
        Library(paths).engine(PAPERS)
    assert Library(paths).examples(PAPERS) is None


def test_a_folder_that_cannot_be_written_is_an_error(packed: Path, tmp_path: Path) -> None:
    # GIVEN a file where the folder should be
    (tmp_path / "file").write_text("")

    # WHEN / THEN
    with pytest.raises(StorageError):
        expand(packed, tmp_path / "file" / "x.index")


def test_memory_is_given_back(small: Engine) -> None:
    # GIVEN / WHEN
    before = _resident_kb(small.index.arrays.path)
    small.index.arrays.verify()

    # THEN
    assert _resident_kb(small.index.arrays.path) <= before + 64


def _resident_kb(path: Path) -> int:
    """The memory that the mapping of a file takes up in this process."""
    lines = Path(f"/proc/{os.getpid()}/smaps").read_text().splitlines()
    at = next(number for number, line in enumerate(lines) if line.endswith(str(path)))
    return int(next(line for line in lines[at:] if line.startswith("Rss:")).split()[1])
