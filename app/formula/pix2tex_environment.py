"""Installing pix2tex: its weights, and an environment of its own because its packages are old and large."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.core.errors import Cancelled, NetworkError, PaperdeskError, StorageError
from app.core.files import alone, storage_error
from app.core.i18n import tr
from app.core.model_table import model_store
from app.core.progress import Progress
from app.formula.engine import ModelError

if TYPE_CHECKING:
    from app.core.paths import Paths

PIX2TEX: Final = "pix2tex"
CHILD: Final = Path(__file__).with_name("pix2tex_child.py")
_EXTRA: Final = re.compile(r"^(?P<requirement>[^;]+?)\s*;.*extra\s*==\s*['\"]pix2tex['\"]")
_STEP: Final = re.compile(r"^\s*(?:Collecting|Downloading|Installing|Building)\s+(?P<what>.+?)\s*$")


def environment(paths: Paths) -> Path:
    """Return the folder of the environment."""
    return paths.data / "engines" / PIX2TEX


def python_of(folder: Path) -> Path:
    """Return the Python of an environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def is_installed(paths: Paths) -> bool:
    """Tell whether environment and weights are there."""
    return (environment(paths) / "installed").exists() and model_store(paths).installed(PIX2TEX)


def command(paths: Paths) -> list[str]:
    """Return the command of the child process. Raises `ModelError` when pix2tex is not installed."""
    if not is_installed(paths):
        raise ModelError(tr("pix2tex is not installed. Install it with: paperdesk formula install-pix2tex"))
    return [str(python_of(environment(paths))), str(CHILD), str(model_store(paths).path(PIX2TEX))]


def install(paths: Paths, progress: Progress) -> None:
    """Make the environment and download the weights; what is there already stays.

    Raises `NetworkError`, `StorageError`, `Cancelled`, and `PaperdeskError` when there is no Python to use.
    """
    folder = environment(paths)
    with alone(folder):
        if not (folder / "installed").exists():
            _make(folder, progress)
            _run([str(python_of(folder)), "-m", "pip", "--disable-pip-version-check", "--no-input", "install",
                  *requirements()], progress)  # fmt: skip
            (folder / "installed").touch()
    model_store(paths).install(PIX2TEX, progress)


def remove(paths: Paths) -> None:
    """Delete environment and weights. Raises `StorageError`."""
    try:
        if environment(paths).exists():
            shutil.rmtree(environment(paths))
    except OSError as error:
        raise storage_error(environment(paths), error) from error
    model_store(paths).remove(PIX2TEX)


def requirements() -> list[str]:
    """Return what the extra "pix2tex" of this program asks for. Raises `PaperdeskError`."""
    try:
        lines = requires("paperdesk") or []
    except PackageNotFoundError as error:
        raise PaperdeskError(tr("This copy of Paperdesk does not know what pix2tex needs.")) from error
    return [found["requirement"] for line in lines if (found := _EXTRA.match(line))]


def _make(folder: Path, progress: Progress) -> None:
    """Make an empty environment."""
    python = sys.executable if not getattr(sys, "frozen", False) else shutil.which("python3") or shutil.which("python")
    if python is None:
        raise PaperdeskError(tr("pix2tex needs Python: install it from python.org or your system's packages."))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(folder, error) from error
    _run([python, "-m", "venv", "--clear", str(folder)], progress)


def _run(arguments: list[str], progress: Progress) -> None:
    """Run a program, telling each step. Raises `Cancelled`, `StorageError`, `NetworkError`."""
    last = ""
    with subprocess.Popen(  # noqa: S603 - Python itself
        arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace",
    ) as process:  # fmt: skip
        try:
            for line in process.stdout or ():
                last = line.strip() or last
                step = _STEP.match(line)
                progress.report(0, None, step["what"] if step else "")
        except Cancelled:
            process.kill()
            raise
    if process.returncode:
        if "No space left" in last:
            raise StorageError(tr("The disk is full. Make room and try again."))
        raise NetworkError(tr("pix2tex could not be installed: {reason}", reason=last))
