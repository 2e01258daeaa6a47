from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from app.core.errors import StorageError
from app.core.history import History
from tests.small_disk import run_on_small_disk


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    store = History(tmp_path / "data" / "history.sqlite3")
    yield store
    store.close()


def texts(history: History, query: str = "", **options: bool | str) -> list[str]:
    return [entry.text for entry in history.search(query, **options)]  # type: ignore[arg-type]


def test_a_result_comes_back_as_it_was(history: History) -> None:
    # WHEN
    added = history.add("formula", r"\frac{a}{b}", detail={"confidence": 0.9, "名": "值"}, thumbnail=b"png")

    # THEN
    assert history.get(added.id) == added
    assert history.thumbnail(added.id) == b"png"
    assert abs(datetime.now(tz=timezone.utc) - added.created) < timedelta(seconds=10)
    assert history.search()[0].thumbnail is None


def test_the_newest_come_first_and_pinned_ones_before_them(history: History) -> None:
    # GIVEN
    first, _, third = (history.add("formula", text) for text in "abc")

    # WHEN
    history.set_pinned([first.id], pinned=True)

    # THEN
    assert texts(history) == ["a", "c", "b"]
    assert texts(history, pinned=True) == ["a"]
    assert [entry.text for entry in history.search(limit=1, offset=1)] == ["c"]
    history.set_pinned([first.id], pinned=False)
    assert texts(history)[0] == "c"
    assert third.pinned is False


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 4),
        ("frac", 2),
        ("FRAC", 2),
        ("frac x", 1),
        ("x", 2),
        ("勾", 1),
        ("勾股 定理", 1),
        (r"0\%", 1),
        ("0%", 0),
        ("_1", 1),
        ("\\", 3),
        ("' OR 1=1 --", 0),
        ("nothing", 0),
    ],
)
def test_search_finds_every_word_anywhere(history: History, query: str, found: int) -> None:
    # GIVEN
    for text in (r"\frac{a}{b}", r"\frac{x_1}{2}", "勾股定理 x^2", r"100\%"):
        history.add("formula", text)

    # WHEN / THEN
    assert len(history.search(query)) == history.count(query) == len(history.ids(query)) == found


def test_search_keeps_to_one_tool(history: History) -> None:
    history.add("formula", "a")
    history.add("palette", "b")
    assert texts(history, tool="palette") == ["b"]
    assert history.count(tool="formula") == 1


def test_deleting_can_be_undone_until_the_purge(history: History) -> None:
    # GIVEN
    entries = [history.add("formula", text) for text in "abc"]
    ids = [entry.id for entry in entries]

    # WHEN / THEN
    history.delete(ids[:2])
    assert texts(history) == ["c"]
    assert history.get(ids[0]) is None
    history.restore(ids[:1])
    assert texts(history) == ["c", "a"]
    assert history.purge(0) == 1
    history.restore(ids)
    assert texts(history) == ["c", "a"]


def test_retention_spares_what_is_pinned_or_young(history: History) -> None:
    # GIVEN two results of last year and one of today
    old, pinned, young = (history.add("formula", text, thumbnail=b"x") for text in ("old", "pinned", "young"))
    with sqlite3.connect(history.path) as connection:
        connection.execute("UPDATE entry SET created = created - 86400 * 366 WHERE id < ?", (young.id,))
    connection.close()
    history.set_pinned([pinned.id], pinned=True)

    # WHEN
    removed = history.purge(365)

    # THEN
    assert removed == 1
    assert texts(history) == ["pinned", "young"]
    assert history.thumbnail(old.id) is None


def test_an_update_changes_text_or_details(history: History) -> None:
    entry = history.add("formula", "a", detail={"x": 1})
    history.update(entry.id, text="b")
    history.update(entry.id, detail={"x": 2})
    changed = history.get(entry.id)
    assert changed
    assert (changed.text, changed.detail) == ("b", {"x": 2})
    assert texts(history, "b") == ["b"]


def test_subscribers_hear_of_every_change(history: History) -> None:
    # GIVEN
    heard: list[int] = []
    stop = history.subscribe(lambda: heard.append(1))

    # WHEN
    entry = history.add("formula", "a")
    history.update(entry.id, text="b")
    history.set_pinned([entry.id], pinned=True)
    history.delete([entry.id])
    history.restore([entry.id])
    stop()
    history.delete([entry.id])

    # THEN
    assert len(heard) == 5


def test_threads_and_processes_write_at_once(history: History) -> None:
    # GIVEN another process that writes
    program = (
        "import sys; from pathlib import Path; from app.core.history import History\n"
        "h = History(Path(sys.argv[1])); [h.add('cli', str(i)) for i in range(50)]; h.close()"
    )
    other = subprocess.Popen([sys.executable, "-c", program, str(history.path)])

    # WHEN
    threads = [threading.Thread(target=lambda: [history.add("ui", str(i)) for i in range(25)]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # THEN
    assert other.wait(60) == 0
    assert history.count(tool="cli") == 50
    assert history.count(tool="ui") == 50


def test_a_killed_process_loses_nothing_it_had_shown_as_saved(tmp_path: Path) -> None:
    # GIVEN a process that prints each id once it is saved
    program = (
        "import sys; from pathlib import Path; from app.core.history import History\n"
        "h = History(Path(sys.argv[1]))\n"
        "while True: print(h.add('formula', 'x' * 5000, thumbnail=b'p' * 9000).id, flush=True)"
    )
    path = tmp_path / "history.sqlite3"
    process = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout

    # WHEN it is killed in the middle of its work
    shown = [int(process.stdout.readline()) for _ in range(40)]
    process.send_signal(signal.SIGKILL)
    shown += [int(line) for line in process.stdout.read().split("\n") if line.strip()]
    process.stdout.close()
    process.wait()

    # THEN
    reopened = History(path)
    saved = set(reopened.ids())
    assert set(shown) <= saved
    assert all(reopened.thumbnail(number) == b"p" * 9000 for number in saved)
    assert reopened.notice is None
    reopened.close()


@pytest.mark.parametrize("damage", ["garbage", "truncated", "folder", "future", "other"])
def test_a_damaged_history_is_set_aside_and_a_fresh_one_starts(tmp_path: Path, damage: str) -> None:
    # GIVEN
    path = tmp_path / "history.sqlite3"
    store = History(path)
    for number in range(200):
        store.add("formula", f"text {number}" * 50)
    store.close()
    match damage:
        case "garbage":
            path.write_bytes(b"\x00garbage" * 4000)
        case "truncated":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        case "folder":
            path.unlink()
            path.mkdir()
        case "future":
            execute(path, "PRAGMA user_version = 99")
        case "other":
            execute(path, "DROP TABLE entry")

    # WHEN
    reopened = History(path)

    # THEN
    kept = next(tmp_path.glob("history.sqlite3.damaged-*"))
    assert str(kept) in (reopened.notice or "")
    assert reopened.count() == 0
    reopened.add("formula", "new")
    assert reopened.count() == 1
    reopened.close()


def test_damage_deep_in_the_file_is_found_by_the_purge(tmp_path: Path) -> None:
    # GIVEN a file in the middle of which one long text is overwritten
    path = tmp_path / "history.sqlite3"
    store = History(path)
    for number in range(20):
        store.add("formula", f"text {number}" * 10_000)
    store.close()
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xa5" * 30_000)

    # WHEN it is opened, which does not read all of it, and purged, which does
    reopened = History(path)
    assert reopened.notice is None
    with pytest.raises(StorageError, match="The history was damaged and starts anew"):
        reopened.purge(0)

    # THEN
    kept = next(tmp_path.glob("history.sqlite3.damaged-*"))
    assert str(kept) in (reopened.notice or "")
    assert reopened.add("formula", "new").id == 1
    assert texts(reopened) == ["new"]
    assert reopened.purge(0) == 0
    reopened.close()


@pytest.mark.parametrize("action", ["read", "write"])
def test_a_file_damaged_under_the_running_program_is_set_aside_once(history: History, action: str) -> None:
    # GIVEN
    history.add("formula", "a")
    execute(history.path, "PRAGMA wal_checkpoint(TRUNCATE)")
    heard: list[int] = []
    history.subscribe(lambda: heard.append(1))
    with history.path.open("r+b") as file:
        file.write(b"\xff" * history.path.stat().st_size)

    # WHEN
    with pytest.raises(StorageError, match="The old file is kept as"):
        history.search("a") if action == "read" else history.add("formula", "b")

    # THEN
    assert heard == [1]
    history.add("formula", "c")
    assert texts(history) == ["c"]
    assert len(list(history.path.parent.glob("*.damaged-*[0-9]"))) == 1


def test_entries_are_read_by_their_ids_and_ids_come_newest_first(history: History) -> None:
    # GIVEN
    ids = [history.add("formula", text).id for text in "abcd"]
    history.set_pinned([ids[0]], pinned=True)
    history.delete([ids[1]])

    # WHEN / THEN
    assert history.ids() == [ids[3], ids[2], ids[0]]
    assert history.ids(pinned=True) == [ids[0]]
    assert history.ids(pinned=False) == [ids[3], ids[2]]
    assert {number: entry.text for number, entry in history.entries([*ids, 99]).items()} == {
        ids[0]: "a",
        ids[2]: "c",
        ids[3]: "d",
    }


def test_a_search_under_way_does_not_hold_up_a_result(history: History) -> None:
    # GIVEN a read that waits in the middle of its rows
    history.add("formula", "a")
    entered, go_on = threading.Event(), threading.Event()

    def pause() -> int:
        entered.set()
        return int(go_on.wait(20))

    history._reader.create_function("pause", 0, pause)
    reading = threading.Thread(target=lambda: history._read("SELECT pause() FROM entry"))
    reading.start()
    assert entered.wait(20)

    # WHEN / THEN
    added = history.add("formula", "b")
    assert reading.is_alive()
    go_on.set()
    reading.join()
    assert history.get(added.id)


def execute(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_full_disk_is_said_and_what_was_saved_stays(tmp_path: Path) -> None:
    # GIVEN a disk of 300 kB WHEN results are saved until it is full
    program = """
import sys
from pathlib import Path
from app.core.errors import StorageError
from app.core.history import History
history = History(Path(sys.argv[1]) / "history.sqlite3")
saved = []
try:
    while True:
        saved.append(history.add("formula", "x" * 2000).id)
except StorageError as error:
    print(error)
print(len(saved) > 3, sorted(history.ids()) == saved)
"""
    result = run_on_small_disk(tmp_path / "disk", "300k", program)

    # THEN
    assert "the disk is full" in result.stdout, result.stderr
    assert result.stdout.splitlines()[-1] == "True True"


def test_a_history_locked_for_long_is_said(history: History) -> None:
    # GIVEN another program in the middle of a transaction
    other = sqlite3.connect(history.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    history._connection.execute("PRAGMA busy_timeout = 50")

    # WHEN / THEN
    with pytest.raises(StorageError, match="in use by another program"):
        history.add("formula", "a")
    other.execute("ROLLBACK")
    other.close()
    history.add("formula", "a")
    assert history.count() == 1
