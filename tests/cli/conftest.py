"""The command line run in this process as the installed command runs it, and in processes of its own."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image, ImageDraw, ImageFont

from app.cli.main import main
from app.core.paths import HOME_VARIABLE, Paths

ROOT = Path(__file__).resolve().parents[2]
PAPERDESK = (sys.executable, "-m", "app")


class Result(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    return Paths.of_user()


@pytest.fixture
def run(paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run `paperdesk` with arguments; stderr never holds a traceback."""
    handlers = list(logging.getLogger().handlers)

    def call(*arguments: str | Path, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "argv", ["paperdesk", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            main()
        code = end.value.code
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        assert isinstance(code, int)
        return Result(code, out, err)

    yield call
    for handler in set(logging.getLogger().handlers) - set(handlers):
        logging.getLogger().removeHandler(handler)
        handler.close()


@pytest.fixture
def start(paths: Paths) -> Callable[..., subprocess.Popen[str]]:
    """Start `paperdesk` in a process of its own."""

    def call(*arguments: str | Path) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        command = [*PAPERDESK, *map(str, arguments)]
        return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True)

    return call


def formula_picture(text: str = "x = 1 + y") -> Image.Image:
    """A picture of a simple formula."""
    picture = Image.new("RGB", (60 + 24 * len(text), 90), "white")
    ImageDraw.Draw(picture).text((30, 20), text, "black", ImageFont.load_default(40))
    return picture


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "formula.png"
    formula_picture().save(path)
    return path


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    path = tmp_path / "blank.png"
    Image.new("RGB", (200, 100), "white").save(path)
    return path
