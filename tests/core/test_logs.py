from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core import logs
from app.core.paths import HOME_VARIABLE, Paths
from tests.small_disk import run_on_small_disk

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_handlers() -> Iterator[None]:
    """Take the handlers away that a test adds."""
    root, ours = logging.getLogger(), logging.getLogger("app")
    before, level = list(root.handlers), ours.level
    yield
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    ours.setLevel(level)
    logs.stop_watching()


def test_messages_of_ours_and_warnings_are_written(paths: Paths) -> None:
    # WHEN
    logs.set_up_logging(paths)
    logging.getLogger("app.some").info("of ours")
    logging.getLogger("other").warning("a warning of others")
    logging.getLogger("other").debug("chatter of others")

    # THEN
    text = logs.log_file(paths).read_text(encoding="utf-8")
    assert "INFO app.some: of ours" in text
    assert "a warning of others" in text
    assert "chatter" not in text


def test_the_log_does_not_grow_without_end(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN
    monkeypatch.setattr(logs, "LOG_BYTES", 2000)
    logs.set_up_logging(paths)

    # WHEN
    for number in range(300):
        logging.getLogger("app").info("message %d", number)

    # THEN
    files = sorted(paths.logs.glob("paperdesk.log*"))
    assert len(files) == logs.LOG_FILES + 1
    assert all(file.stat().st_size <= 2000 for file in files)
    assert "message 299" in logs.log_file(paths).read_text()


@pytest.mark.parametrize("text", ["勾股", "caf\udce9.png", "line\nline", "\x00"])
def test_any_text_can_be_written(paths: Paths, capsys: pytest.CaptureFixture[str], text: str) -> None:
    logs.set_up_logging(paths)
    logging.getLogger("app").info("%s", text)
    assert logs.log_file(paths).stat().st_size > 20
    assert capsys.readouterr().err == ""


def test_a_log_that_cannot_be_written_is_no_fault(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    # GIVEN a file in the folder's place
    paths.logs.parent.mkdir(parents=True, exist_ok=True)
    paths.logs.write_text("")

    # WHEN / THEN
    assert logs.set_up_logging(paths) is None
    logs.watch_for_crashes(paths)
    assert logs.previous_crash(paths) is None
    assert capsys.readouterr().err == ""


def test_a_disk_that_fills_up_prints_no_traceback(tmp_path: Path) -> None:
    # GIVEN a disk of a few kilobytes WHEN more is logged than it holds
    program = """
import logging, sys
from pathlib import Path
from app.core.logs import log_file, set_up_logging
from app.core.paths import Paths
paths = Paths.under(Path(sys.argv[1]))
set_up_logging(paths)
for number in range(1000):
    logging.getLogger("app").info("message %d %s", number, "x" * 100)
print("message 0 " in log_file(paths).read_text())
"""
    result = run_on_small_disk(tmp_path / "disk", "40k", program)

    # THEN
    assert (result.stdout, result.stderr) == ("True\n", "")


def crash(paths: Paths, fault: str) -> int:
    """Run a program that watches for crashes and dies."""
    program = (
        "import faulthandler, os, signal\n"
        "from app.core import logs; from app.core.paths import Paths\n"
        f"logs.watch_for_crashes(Paths.of_user())\n{fault}"
    )
    variables = {HOME_VARIABLE: str(paths.config.parent), "PATH": ""}
    return subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=variables, check=False).returncode


def test_a_crash_is_found_once_and_kept(paths: Paths) -> None:
    # GIVEN
    code = crash(paths, "def unlucky(): os.kill(os.getpid(), signal.SIGSEGV)\nunlucky()")

    # WHEN / THEN
    assert code < 0
    assert "in unlucky" in (logs.previous_crash(paths) or "")
    assert logs.previous_crash(paths) is None
    assert "in unlucky" in (paths.logs / "crash-last.log").read_text()


@pytest.mark.parametrize("end", ["logs.stop_watching()", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_an_end_without_a_crash_leaves_nothing_to_tell(paths: Paths, end: str) -> None:
    # GIVEN a crash that was shown long ago
    crash(paths, "os.kill(os.getpid(), signal.SIGABRT)")
    shown = logs.previous_crash(paths)

    # WHEN
    crash(paths, end)

    # THEN
    assert shown
    assert logs.previous_crash(paths) is None
    assert (paths.logs / "crash-last.log").read_text().strip() == shown


def test_watching_twice_and_stopping_leaves_no_file(paths: Paths) -> None:
    logs.watch_for_crashes(paths)
    logs.watch_for_crashes(paths)
    logs.stop_watching()
    assert not logs.crash_file(paths).exists()
