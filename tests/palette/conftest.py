"""Themes to export, and the colours of a picture."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.palette import Theme, find, ramp
from app.palette.ramps import Kind

# The catalogue is built from packages that the program itself does without.
HAS_PACKAGES = all(importlib.util.find_spec(name) for name in ("cmasher", "cmcrameri", "colorcet", "palettable"))
collect_ignore = [] if HAS_PACKAGES else ["test_build.py"]
if not shutil.which("pdflatex"):
    collect_ignore.append("test_latex.py")
if not shutil.which("chromium"):
    collect_ignore.append("test_browser.py")


@pytest.fixture
def theme() -> Theme:
    """Six colours, none of them grey, with ramps of their own and without marks."""
    return Theme.of(
        find("petroff6").largest,
        "six",
        sequential=ramp(["#ffffcc", "#41b6c4", "#081d58"]),
        diverging=ramp(["#b2182b", "#2166ac"], Kind.DIVERGING),
    )


@pytest.fixture
def marked() -> Theme:
    """Eight colours with markers, dashes and hatches."""
    return Theme.of(find("petroff8").largest, "eight", with_marks=True)


@pytest.fixture
def run_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run a program in a folder of its own, warnings being errors, and return what it prints."""
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path / "mpl"))
    monkeypatch.setenv("MPLBACKEND", "agg")

    def call(program: str) -> str:
        command = [sys.executable, "-W", "error", "-c", program]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return call


def picture_colours(path: Path, least: int = 20) -> set[str]:
    """Return the colours that at least so many pixels of a picture have."""
    with Image.open(path) as picture:
        pixels = np.asarray(picture.convert("RGB")).reshape(-1, 3)
    found, counts = np.unique(pixels, axis=0, return_counts=True)
    return {f"#{bytes(row).hex()}" for row in found[counts >= least]}


def is_near(colour: str, colours: set[str], levels: int = 2) -> bool:
    """Return whether a colour, but for rounding, is among some."""
    wanted = np.frombuffer(bytes.fromhex(colour[1:]), np.uint8).astype(int)
    return any(np.abs(wanted - np.frombuffer(bytes.fromhex(each[1:]), np.uint8)).max() <= levels for each in colours)
