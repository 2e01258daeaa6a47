"""The page of figures in a real browser."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from app.palette import Theme, write_page
from app.palette.figures.page import own_figure
from tests.palette.conftest import is_near, picture_colours


@pytest.mark.timeout(300)
def test_the_page_shows_the_theme_without_the_network(theme: Theme, tmp_path: Path) -> None:
    # GIVEN a figure of the user's with colours of its own
    figure = tmp_path / "mine.json"
    figure.write_text(json.dumps({"data": [{"type": "bar", "y": [2], "marker": {"color": "#ff00ff"}}]}))
    page = tmp_path / "page.html"

    # WHEN
    write_page(theme, page, figure=figure)
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--host-resolver-rules=MAP * ~NOTFOUND",
    ]
    shot = tmp_path / "page.png"
    command = ["chromium", *options, "--window-size=1400,1500", "--virtual-time-budget=4000", f"--screenshot={shot}"]
    subprocess.run([*command, page.as_uri()], capture_output=True, timeout=280, check=True)

    # THEN
    found = picture_colours(shot, 60)
    assert all(is_near(colour, found) for colour in theme.colours)
    assert is_near(theme.diverging.colours[0], found, 30)
    assert "#ff00ff" not in found
    assert page.read_text(encoding="utf-8").count("<section>") == 9


def test_a_figure_of_plotly_loses_its_own_colours_only(theme: Theme, tmp_path: Path) -> None:
    # GIVEN
    file = tmp_path / "mine.json"
    trace = {"type": "scatter", "y": [1, 2], "line": {"color": "red", "width": 7}, "name": "kept"}
    file.write_text(json.dumps({"data": [trace], "layout": {"colorway": ["red"]}}))

    # WHEN
    figure = own_figure(theme, file)

    # THEN
    assert (figure.data[0].line.color, figure.data[0].line.width, figure.data[0].name) == (None, 7, "kept")
    assert figure.layout.colorway is None
