from __future__ import annotations

from pathlib import Path

import pytest

from app.core.display import has_display
from app.core.paths import HOME_VARIABLE, Paths, resources_dir
from tests.e2e.virtual_screens import x_server


def test_one_variable_moves_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    paths = Paths.of_user()
    for path in (paths.settings_file, paths.history_file, paths.models, paths.cache, paths.logs):
        assert path.is_relative_to(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", ["desk", "~/desk"])
def test_its_value_may_be_relative_or_name_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(HOME_VARIABLE, value)
    assert Paths.of_user().data == tmp_path / "desk" / "data"


def test_otherwise_the_system_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, "")
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    paths = Paths.of_user()
    assert paths.config == tmp_path / "CONFIG" / "paperdesk"
    assert paths.data == tmp_path / "DATA" / "paperdesk"
    assert paths.cache == tmp_path / "CACHE" / "paperdesk"


def test_what_is_shipped_is_found() -> None:
    assert (resources_dir() / "translations" / "zh_CN").is_dir()


def test_a_screen_is_one_that_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a server of its own
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    with x_server("320x200", window_manager=False) as display:
        monkeypatch.setenv("DISPLAY", display)

        # WHEN / THEN
        assert has_display()
    assert not has_display()
    monkeypatch.setenv("DISPLAY", "")
    assert not has_display()


@pytest.mark.parametrize(("platform", "expected"), [("offscreen", True), ("xcb", False), ("wayland", False)])
def test_a_platform_chosen_by_hand_may_need_no_screen(
    monkeypatch: pytest.MonkeyPatch, platform: str, expected: bool
) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-that-is-not-there")
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert has_display() is expected
