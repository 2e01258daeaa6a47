from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NEEDS_AN_EXTRA = {"training", "build.py"}
"""Folders and files of what makes resources."""


def modules(*folders: str) -> list[str]:
    """The modules of these packages that need no extra."""
    files = [file for folder in folders for file in sorted((ROOT / "app" / folder).rglob("*.py"))]
    files = [file for file in files if NEEDS_AN_EXTRA.isdisjoint(file.relative_to(ROOT / "app").parts)]
    return [".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in files]


def test_imports_keep_to_the_layers() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("package", ["core", "formula", "collocation", "acronym", "palette", "cli"])
def test_nothing_below_the_window_loads_qt(package: str) -> None:
    # GIVEN every module of the package, those of other systems aside
    names = modules(package)
    program = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "print(sorted(name for name in sys.modules if name.startswith('PySide6')))"
    )

    # WHEN / THEN
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stderr


def test_the_checks_look_at_something() -> None:
    assert "app.core.models" in modules("core")
    assert "app.core" in modules("core")
