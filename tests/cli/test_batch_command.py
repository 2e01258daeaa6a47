from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.core.errors import InputError, StorageError
from app.core.files import alone
from app.core.paths import Paths
from app.core.progress import NoProgress
from app.core.settings import Settings
from app.formula import batch, cluster
from app.formula.service import Recogniser
from app.registry import all_options
from tests.cli.conftest import ROOT, Run, formula_picture
from tests.small_disk import run_on_small_disk

Start = Callable[..., subprocess.Popen[str]]
FIELDS = {"image", "latex", "confidence", "engine", "seconds"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three formulas, one of them in a folder of its own, a text and a file that is no picture by its name."""
    inside = tmp_path / "pictures"
    (inside / "more").mkdir(parents=True)
    for name in ("a.png", "b.JPG", "more/c.webp"):
        formula_picture(f"{name[0]} = 1").save(inside / name)
    (inside / "text.png").write_text("no picture")
    (inside / "notes.txt").write_text("no picture")
    return inside


def rows(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_every_picture_has_a_line(run: Run, folder: Path, tmp_path: Path) -> None:
    # WHEN
    out = tmp_path / "new" / "results.jsonl"
    code, printed, err = run("formula", "batch", folder, "--out", out, "--json")

    # THEN
    lines = rows(out)
    assert [row["image"] for row in lines] == ["a.png", "b.JPG", "text.png"]
    assert all(set(row) >= FIELDS for row in lines)
    assert [row["engine"] for row in lines] == ["onnx"] * 3
    assert all(isinstance(row["latex"], str) and 0 <= row["confidence"] <= 1 for row in lines)
    assert "text.png is not a picture" in lines[2]["error"]
    assert code == 2
    assert json.loads(printed) == {"read": 2, "failed": 1, "before": 0}
    assert err == "2 read, 1 failed, 0 were there before.\n"
    assert [path.name for path in out.parent.iterdir()] == ["results.jsonl"]


def test_folders_in_the_folder_are_read_when_asked_for(run: Run, folder: Path, tmp_path: Path) -> None:
    run("formula", "batch", folder, "--out", tmp_path / "out", "--recursive")
    assert [row["image"] for row in rows(tmp_path / "out")] == ["a.png", "b.JPG", "more/c.webp", "text.png"]


def test_a_second_run_reads_what_is_new(run: Run, folder: Path, tmp_path: Path) -> None:
    # GIVEN
    out = tmp_path / "out"
    run("formula", "batch", folder, "--out", out)
    before = out.read_bytes()
    formula_picture("z").save(folder / "d.png")

    # WHEN
    code, printed, _ = run("formula", "batch", folder, "--out", out, "--json")

    # THEN
    assert (code, json.loads(printed)) == (0, {"read": 1, "failed": 0, "before": 3})
    assert out.read_bytes().startswith(before)
    assert [row["image"] for row in rows(out)][3:] == ["d.png"]


def test_a_killed_run_goes_on_without_loss_or_duplicates(run: Run, start: Start, picture: Path, tmp_path: Path) -> None:
    # GIVEN many pictures, and a run that is killed when some are done
    folder, out = tmp_path / "many", tmp_path / "out"
    folder.mkdir()
    names = [f"{number:03}.png" for number in range(60)]
    for name in names:
        shutil.copy(picture, folder / name)
    with start("formula", "batch", folder, "--out", out, "--batch-size", "2") as process:
        while not out.exists() or out.stat().st_size < 300:
            assert process.poll() is None
        process.kill()
    done = len(out.read_text().splitlines())
    assert 0 < done < len(names)

    # WHEN its last line was torn, and the command is given again
    with out.open("ab") as file:
        file.write(b'{"image": "059.png", "lat')
    code, printed, _ = run("formula", "batch", folder, "--out", out, "--json")

    # THEN
    assert code == 0
    assert json.loads(printed)["before"] == done
    assert [row["image"] for row in rows(out)] == names


def test_a_file_torn_on_its_first_line_starts_anew(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b'{"ima')
    run("formula", "batch", folder, "--out", tmp_path / "out")
    assert len(rows(tmp_path / "out")) == 3


def test_a_file_of_something_else_is_left_alone(run: Run, folder: Path, tmp_path: Path) -> None:
    # GIVEN
    thesis = tmp_path / "thesis.tex"
    thesis.write_text("\\documentclass{article}\nno newline at the end")

    # WHEN
    code, _, err = run("formula", "batch", folder, "--out", thesis)

    # THEN
    assert code == 2
    assert "thesis.tex holds something else" in err
    assert thesis.read_text().endswith("no newline at the end")


@pytest.mark.parametrize("place", ["missing", "pictures/text.png"])
def test_a_folder_that_is_none_is_named(run: Run, folder: Path, tmp_path: Path, place: str) -> None:
    code, _, err = run("formula", "batch", tmp_path / place, "--out", tmp_path / "out")
    assert code == 2
    assert str(tmp_path / place) in err
    assert not (tmp_path / "out").exists()


def test_the_file_cannot_be_a_folder(run: Run, folder: Path) -> None:
    code, _, err = run("formula", "batch", folder, "--out", folder)
    assert (code, err) == (2, "paperdesk: pictures is not a file.\n")


def test_two_runs_cannot_write_to_one_file(run: Run, folder: Path, tmp_path: Path) -> None:
    # GIVEN
    out = tmp_path / "out"

    # WHEN
    with alone(out):
        code, _, err = run("formula", "batch", folder, "--out", out)

    # THEN
    assert code == 1
    assert "Another Paperdesk" in err
    assert run("formula", "batch", folder, "--out", out).code == 2


def test_a_full_disk_leaves_whole_lines(tmp_path: Path) -> None:
    # GIVEN a disk of a few kilobytes WHEN more lines are appended than there is room for
    program = """
import json, sys
from pathlib import Path
from app.core.errors import StorageError
from app.formula.batch import append
out = Path(sys.argv[1]) / "out"
row = {"image": "x" * 1000}
append(out, [row])
try:
    append(out, [row] * 100)
except StorageError as error:
    print(error)
print([json.loads(line) for line in out.read_text().splitlines()] == [row])
"""
    result = run_on_small_disk(tmp_path / "disk", "40k", program)

    # THEN
    assert "the disk is full" in result.stdout, result.stderr
    assert result.stdout.splitlines()[-1] == "True"


def test_an_error_of_the_disk_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="was not saved"):
        batch.append(tmp_path, [{"image": "a"}])


class Reader:
    """Stands for the engine: what it was given is counted."""

    name = "counting"

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def load(self) -> None:
        return

    def recognise(self, pictures: Any) -> list[batch.Answer]:
        self.sizes.append(len(pictures))
        return [batch.Answer("x", 0.5, self.name, 0.1) for _ in pictures]


def test_pictures_are_read_in_groups_and_lines_name_the_engine(folder: Path, tmp_path: Path, paths: Paths) -> None:
    # GIVEN
    engine = Reader()
    recogniser = Recogniser(Settings(paths.settings_file, all_options()), {"onnx": lambda *_: engine})
    names = batch.pictures(folder, recursive=True)

    # WHEN
    workers = batch.Here(recogniser, recogniser.load().name)
    summary = batch.read_all(folder, names, tmp_path / "out", workers, batch_size=3, progress=NoProgress())

    # THEN
    assert engine.sizes == [3]
    assert summary == batch.Summary(read=3, failed=1)
    assert {row["engine"] for row in rows(tmp_path / "out")} == {"counting"}


def test_a_folder_nobody_may_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN what the system says of such a folder to users other than root
    monkeypatch.setattr("os.access", lambda *_arguments: False)

    # WHEN / THEN
    with pytest.raises(InputError, match="You may not read"):
        list(batch.pictures(tmp_path, recursive=False))


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with a PDF of two pages, each with a formula at (50, 60), and a file that names them."""
    folder = tmp_path / "papers"
    folder.mkdir()
    pages = []
    for text in ("x = 1", "y = 2"):
        page = Image.new("RGB", (612, 792), "white")
        page.paste(formula_picture(text), (50, 60))
        pages.append(page)
    pages[0].save(folder / "a.pdf", save_all=True, append_images=pages[1:], resolution=72)
    lines = [{"pdf": "a.pdf", "page": page, "box": [50, 60, 250, 150]} for page in (1, 2, 3)]
    (tmp_path / "regions.jsonl").write_text("\n".join(json.dumps(line) for line in lines) + "\n\n")
    return folder


def test_regions_of_pdf_files_are_read(run: Run, papers: Path, tmp_path: Path) -> None:
    # WHEN
    command = ("formula", "batch", papers, "--regions", tmp_path / "regions.jsonl", "--out", tmp_path / "out", "--json")
    code, printed, _ = run(*command)

    # THEN there is no page 3
    found = rows(tmp_path / "out")
    assert [row["image"] for row in found] == [f"a.pdf#page={page}&box=50,60,250,150" for page in (1, 2, 3)]
    assert found[0]["latex"] != found[1]["latex"] != ""
    assert "no page 3" in found[2]["error"]
    assert (code, json.loads(printed)) == (2, {"read": 2, "failed": 1, "before": 0})

    # WHEN it is called again THEN nothing is read twice
    assert json.loads(run(*command).out) == {"read": 0, "failed": 0, "before": 3}


@pytest.mark.parametrize("line", ["{", "[]", '{"pdf": "a.pdf"}', '{"pdf": "a.pdf", "page": 1, "box": [1, 2]}',
                                  '{"pdf": "a.pdf", "page": 0, "box": [0, 0, 1, 1]}'])  # fmt: skip
def test_a_wrong_region_is_named_by_its_line(run: Run, papers: Path, tmp_path: Path, line: str) -> None:
    (tmp_path / "bad.jsonl").write_text('{"pdf": "a.pdf", "page": 1, "box": [0, 0, 9, 9]}\n' + line)
    code, _, err = run("formula", "batch", papers, "--regions", tmp_path / "bad.jsonl", "--out", tmp_path / "out")
    assert code == 2
    assert "Line 2 of bad.jsonl is no region" in err
    assert not (tmp_path / "out").exists()


def without_times(out: Path) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if key != "seconds"} for row in rows(out)]


QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@contextmanager
def a_scheduler(file: Path) -> Iterator[str]:
    """A Dask scheduler in a process of its own, as on another machine; its address is also in `file`."""
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
               "--no-dashboard", "--no-show", "--scheduler-file", str(file)]  # fmt: skip
    with subprocess.Popen(command, **QUIET) as process:
        try:
            while not file.exists() or not file.read_text().endswith("}"):
                assert process.poll() is None
            yield json.loads(file.read_text())["address"]
        finally:
            process.terminate()


def test_one_process_several_and_a_remote_scheduler_give_the_same(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a scheduler with a worker
    for number in range(5):
        formula_picture(f"{number} + x").save(folder / f"more{number}.png")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    file = tmp_path / "scheduler.json"
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(file), "--nthreads", "1",
              "--no-dashboard", "--no-nanny", "--local-directory", str(tmp_path)]  # fmt: skip
    common = ("formula", "batch", folder, "--batch-size", "2", "--out")

    # WHEN
    with a_scheduler(file) as address, subprocess.Popen(worker, **QUIET) as process:
        try:
            remote = run(*common, tmp_path / "remote", "--scheduler", address)
        finally:
            process.terminate()
    alone = run(*common, tmp_path / "alone")
    local = run(*common, tmp_path / "local", "--workers", "1")

    # THEN
    assert {remote.code, alone.code, local.code} == {2}
    assert len(without_times(tmp_path / "alone")) == 8
    assert without_times(tmp_path / "alone") == without_times(tmp_path / "local") == without_times(tmp_path / "remote")


def test_a_scheduler_that_is_not_there_is_said(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    code, _, err = run("formula", "batch", folder, "--out", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:9")
    assert code == 1
    assert "no Dask scheduler at tcp://127.0.0.1:9" in err


def test_a_cluster_without_workers_is_not_waited_for_without_end(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 2)
    file = tmp_path / "scheduler.json"

    # WHEN
    with a_scheduler(file) as address:
        code, _, err = run("formula", "batch", folder, "--out", tmp_path / "out", "--scheduler", address)

    # THEN
    assert code == 1
    assert "has no workers" in err


def test_without_the_extra_it_is_named(run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, _, err = run("formula", "batch", folder, "--out", tmp_path / "out", "--workers", "2")
    assert code == 2
    assert "paperdesk[cluster]" in err


def test_other_engines_do_not_read_on_a_cluster(run: Run, folder: Path, tmp_path: Path) -> None:
    command = ("formula", "batch", folder, "--out", tmp_path / "out", "--workers", "2", "--engine", "pix2tex")
    assert "own model" in run(*command).err
