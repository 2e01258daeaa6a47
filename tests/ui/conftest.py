"""A desk of its own for every test of a widget, and pictures of windows kept as artefacts of the run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from app.core.paths import Paths
from app.ui.desk import Desk

ARTEFACTS = Path(os.environ.get("PAPERDESK_ARTEFACTS", Path(__file__).parents[2] / "artefacts"))

Shot = Callable[[QWidget, str], Path]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path / "home")


@pytest.fixture
def desk(paths: Paths, qapp: QApplication) -> Iterator[Desk]:
    """What widgets share, in English, with an empty clipboard; all its work must end with the test."""
    desk = Desk(paths)
    desk.settings.set("general.language", "en")
    QGuiApplication.clipboard().clear()
    yield desk
    assert desk.close()
    desk.deleteLater()


@pytest.fixture
def shot() -> Shot:
    """Save a picture of a window under a name, to be looked at after the run."""

    def save(widget: QWidget, name: str) -> Path:
        ARTEFACTS.mkdir(exist_ok=True)
        path = ARTEFACTS / f"{name}.png"
        assert widget.grab().save(str(path))
        return path

    return save
