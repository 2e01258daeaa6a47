"""The drawing of the source: ours at once, then the one by the user's LaTeX, for which stand-ins are on the PATH."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.desk import Desk
from app.ui.formula.picture_view import PictureView
from app.ui.formula.preview import EM_PX, Drawing, Preview
from app.ui.formula.zoom import Zoom
from tests.ui.formula_parts import WAIT_MS

POINTS = (20.0, 10.0)
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20pt" height="10pt" viewBox="0 0 20 10">'
    '<path d="M 0 0 L 20 0 L 20 10 Z"/></svg>'
)
EM_POINTS = 10.0
"""The size of LaTeX's letters."""


def program(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{text}")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with a latex that does nothing and a dvisvgm that makes a drawing."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program(folder, "latex", "")
    program(folder, "dvisvgm", f"import pathlib\npathlib.Path('formula.svg').write_text({DRAWING!r})\n")
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def drawings(desk: Desk, qtbot: QtBot) -> Iterator[tuple[Preview, list[Drawing]]]:
    """A preview and what it drew."""
    preview, drawn = Preview(desk), list[Drawing]()
    preview.drawn.connect(drawn.append)
    yield preview, drawn
    preview.cancel()
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=WAIT_MS)
    preview.deleteLater()


def test_latex_draws_after_us_in_the_same_size(
    qtbot: QtBot, desk: Desk, programs: Path, drawings: tuple[Preview, list[Drawing]]
) -> None:
    # GIVEN / WHEN a formula is drawn where there is LaTeX
    preview, drawn = drawings
    preview.request("x", at_once=True)
    qtbot.waitUntil(lambda: len(drawn) == 2, timeout=WAIT_MS)
    # THEN ours comes first, and the size of LaTeX's is in pixels of the same em
    view = PictureView(desk.theme, Zoom())
    qtbot.addWidget(view)
    view.show_drawing(drawn[1].svg)
    size = (view.natural_size.width(), view.natural_size.height())
    assert size == pytest.approx([side * EM_PX / EM_POINTS for side in POINTS], rel=0.02)
    assert (drawn[0].margin, drawn[1].margin) == (2.0, 0.0)
    assert desk.theme.colour("text").name().encode() in drawn[1].svg


def test_the_setting_keeps_latex_out(
    qtbot: QtBot, desk: Desk, programs: Path, drawings: tuple[Preview, list[Drawing]]
) -> None:
    # GIVEN a program that says when it is called
    called = programs / "called"
    program(programs, "latex", f"import pathlib\npathlib.Path({str(called)!r}).touch()\n")
    preview, drawn = drawings
    # WHEN a formula is drawn against the setting, and one with it
    desk.settings.set("formula.tex_preview", False)
    preview.request("x", at_once=True)
    qtbot.waitUntil(lambda: len(drawn) == 1, timeout=WAIT_MS)
    assert not called.exists()
    desk.settings.set("formula.tex_preview", True)
    preview.request("y", at_once=True)
    # THEN only the second went to LaTeX
    qtbot.waitUntil(called.exists, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(drawn) == 3, timeout=WAIT_MS)


def test_what_latex_cannot_draw_stays_as_we_draw_it(
    qtbot: QtBot, desk: Desk, programs: Path, drawings: tuple[Preview, list[Drawing]]
) -> None:
    called = programs / "called"
    program(programs, "latex", f"import pathlib\npathlib.Path({str(called)!r}).touch()\nraise SystemExit(1)\n")
    preview, drawn = drawings
    preview.request("x", at_once=True)
    qtbot.waitUntil(called.exists, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=WAIT_MS)
    assert [each.margin for each in drawn] == [2.0]


def test_a_newer_formula_drops_the_older_one(
    qtbot: QtBot, desk: Desk, programs: Path, drawings: tuple[Preview, list[Drawing]]
) -> None:
    preview, drawn = drawings
    preview.request("x", at_once=True)
    preview.request("y+z", at_once=True)
    qtbot.waitUntil(lambda: len(drawn) == 2, timeout=WAIT_MS)
    assert [each.margin for each in drawn] == [2.0, 0.0]
