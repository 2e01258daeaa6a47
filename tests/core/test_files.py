from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import PaperdeskError, StorageError
from app.core.files import alone, set_aside, shown_name, write_atomic
from tests.small_disk import run_on_small_disk


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    # GIVEN
    path = tmp_path / "new folder" / "file"

    # WHEN
    write_atomic(path, "first")
    write_atomic(path, b"second")

    # THEN
    assert path.read_bytes() == b"second"
    assert [each.name for each in path.parent.iterdir()] == ["file"]


def test_a_full_disk_leaves_the_old_content_and_says_so(tmp_path: Path) -> None:
    # GIVEN a disk with a file on it WHEN more is written than there is room for
    program = """
import sys
from pathlib import Path
from app.core.errors import StorageError
from app.core.files import write_atomic
path = Path(sys.argv[1]) / "file"
write_atomic(path, "old")
try:
    write_atomic(path, "x" * 1_000_000)
except StorageError as error:
    print(error)
print(path.read_text(), len(list(path.parent.iterdir())))
"""
    result = run_on_small_disk(tmp_path / "disk", "100k", program)

    # THEN
    assert "the disk is full" in result.stdout, result.stderr
    assert result.stdout.splitlines()[-1] == "old 1"


def test_a_place_that_is_no_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="was not saved"):
        write_atomic(tmp_path / "file" / "below", "data")


def test_files_set_aside_never_meet(tmp_path: Path) -> None:
    # GIVEN / WHEN the same file is damaged twice within a second
    kept = []
    for content in ("one", "two"):
        (tmp_path / "file").write_text(content)
        kept.append(set_aside(tmp_path / "file"))

    # THEN
    assert [path.read_text() for path in kept] == ["one", "two"]
    assert not (tmp_path / "file").exists()


def test_a_link_is_followed_and_permissions_stay(tmp_path: Path) -> None:
    # GIVEN settings that live elsewhere, as people who keep them under version control have them
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old")
    real.chmod(0o644)
    link.symlink_to(real)

    # WHEN
    write_atomic(link, "new")

    # THEN
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert real.stat().st_mode & 0o777 == 0o644


def test_a_new_file_is_for_the_user_alone_and_its_name_may_be_long(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250)
    write_atomic(path, "new")
    assert path.stat().st_mode & 0o777 == 0o600


def test_one_process_at_a_time_has_a_file(tmp_path: Path) -> None:
    # GIVEN a process that holds a file until it is told to end
    path = tmp_path / "new" / "file"
    program = (
        "import sys; from pathlib import Path; from app.core.files import alone\n"
        "with alone(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", program, str(path)], stdin=pipe, stdout=pipe) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"

        # WHEN / THEN nobody else gets it before that process is gone, however it went
        with pytest.raises(PaperdeskError, match="Another Paperdesk"), alone(path):
            pass
        holder.kill()
    with alone(path), pytest.raises(PaperdeskError), alone(path):
        pass
    assert list(path.parent.iterdir()) == []


def test_a_place_that_cannot_be_held_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="was not saved"), alone(tmp_path / "file" / "below"):
        pass


@given(st.text(min_size=1))
def test_any_name_is_shown_on_one_short_line(name: str) -> None:
    shown = shown_name(Path("folder", name.replace("\0", "")))
    assert shown.isprintable()
    assert 0 < len(shown) <= 80
