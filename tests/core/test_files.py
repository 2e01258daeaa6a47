from __future__ import annotations

from pathlib import Path

import pytest

from app.core.errors import StorageError
from app.core.files import set_aside, write_atomic
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
