"""Every test of the core has a home of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.i18n import set_language
from app.core.paths import HOME_VARIABLE, Paths


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    set_language("en")
    return Paths.of_user()
