from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.core.errors import InputError, StorageError
from app.core.settings import Option, Settings
from tests.small_disk import run_on_small_disk

OPTIONS = (
    Option("look.colour", str, "blue", "Colour", choices=(("blue", "Blue"), ("red", "Red"))),
    Option("look.size", int, 12, "Size", minimum=6, maximum=40),
    Option("look.scale", float, 1.0, "Scale"),
    Option("look.bold", bool, False, "Bold"),
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.toml", OPTIONS)


def again(settings: Settings) -> Settings:
    return Settings(settings.path, OPTIONS)


def test_values_are_kept_and_defaults_are_not_written(settings: Settings) -> None:
    # WHEN
    settings.set("look.size", 20)
    settings.set("look.bold", value=True)

    # THEN
    later = again(settings)
    assert (later.integer("look.size"), later.flag("look.bold"), later.text("look.colour")) == (20, True, "blue")
    assert "colour" not in settings.path.read_text()
    assert later.is_default("look.colour")
    assert not later.is_default("look.size")


def test_reset_goes_back_to_the_default(settings: Settings) -> None:
    settings.set("look.colour", "red")
    settings.reset("look.colour")
    assert again(settings).text("look.colour") == "blue"


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("look.size", "20", 20),
        ("look.scale", "1.5", 1.5),
        ("look.scale", 2, 2.0),
        ("look.bold", "Yes", True),
        ("look.bold", "off", False),
    ],
)
def test_texts_are_read_as_the_kind(settings: Settings, key: str, value: Any, expected: Any) -> None:
    settings.set(key, value)
    assert settings.get(key) == expected
    assert type(settings.get(key)) is type(expected)


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("look.size", "big", "a whole number"),
        ("look.size", 1.5, "a whole number"),
        ("look.size", 5, "at least 6"),
        ("look.size", 41, "at most 40"),
        ("look.colour", "green", "can be blue, red, not green"),
        ("look.bold", "perhaps", "yes or no"),
        ("look.bold", 1, "yes or no"),
        ("look.size", True, "a whole number"),
        ("look.shape", "round", "no setting called look.shape"),
    ],
)
def test_wrong_values_are_refused_in_words(settings: Settings, key: str, value: Any, text: str) -> None:
    with pytest.raises(InputError, match=text):
        settings.set(key, value)
    assert not settings.path.exists()


def test_comments_and_unknown_keys_survive(settings: Settings) -> None:
    # GIVEN
    settings.path.write_text('# mine\n[look]\nsize = 14 # points\nfuture = "x"\n[other]\na = 1\n')
    reopened = again(settings)

    # WHEN
    reopened.set("look.size", 15)

    # THEN
    text = settings.path.read_text()
    assert "# mine" in text
    assert "size = 15 # points" in text
    assert 'future = "x"' in text
    assert "[other]" in text


@pytest.mark.parametrize("content", ["look = 3\n", "[look]\nsize = 'big'\n", "[look]\nsize = 1000\n"])
def test_a_wrong_value_in_the_file_counts_as_the_default(settings: Settings, content: str) -> None:
    settings.path.write_text(content)
    assert again(settings).integer("look.size") == 12


@pytest.mark.parametrize("content", [b"[look\nsize=", b"\xff\xfe\x00\x01"])
def test_a_damaged_file_is_set_aside_with_a_message(settings: Settings, content: bytes) -> None:
    # GIVEN
    settings.path.write_bytes(content)

    # WHEN
    reopened = again(settings)

    # THEN
    assert reopened.notice
    kept = next(settings.path.parent.glob("settings.toml.damaged-*"))
    assert str(kept) in reopened.notice
    assert kept.read_bytes() == content
    assert reopened.integer("look.size") == 12


def test_subscribers_hear_of_changes_only(settings: Settings) -> None:
    # GIVEN
    heard: list[tuple[str, Any]] = []
    stop = settings.subscribe(lambda key, value: heard.append((key, value)))

    # WHEN
    settings.set("look.size", 20)
    settings.set("look.size", 20)
    settings.reset("look.size")
    stop()
    settings.set("look.size", 30)

    # THEN
    assert heard == [("look.size", 20), ("look.size", 12)]


def test_what_could_not_be_saved_is_not_in_force(tmp_path: Path) -> None:
    # GIVEN a full disk
    program = """
import sys
from pathlib import Path
from app.core.errors import StorageError
from tests.core.test_settings import OPTIONS
from app.core.settings import Settings
folder = Path(sys.argv[1])
settings = Settings(folder / "settings.toml", OPTIONS)
settings.set("look.size", 20)
try:
    (folder / "filler").write_bytes(b"x" * 1_000_000)
except OSError:
    pass
try:
    settings.set("look.size", 30)
except StorageError as error:
    print(error)
print(settings.get("look.size"), Settings(folder / "settings.toml", OPTIONS).get("look.size"))
"""
    # WHEN
    result = run_on_small_disk(tmp_path / "disk", "64k", program)

    # THEN
    assert "the disk is full" in result.stdout, result.stderr
    assert result.stdout.splitlines()[-1] == "20 20"


def test_a_folder_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    settings = Settings(tmp_path / "settings.toml", OPTIONS)
    assert settings.notice
    with pytest.raises(StorageError):
        settings.set("look.size", 20)


def test_what_another_process_changed_is_taken_over_and_told(settings: Settings) -> None:
    # GIVEN two programs with the same file
    settings.set("look.size", 20)
    heard: list[tuple[str, Any]] = []
    settings.subscribe(lambda key, value: heard.append((key, value)))
    again(settings).set("look.colour", "red")

    # WHEN
    settings.set("look.bold", not settings.flag("look.bold"))

    # THEN nothing is lost
    assert ("look.colour", "red") in heard
    reopened = again(settings)
    assert reopened.text("look.colour") == "red"
    assert reopened.integer("look.size") == 20
    assert reopened.flag("look.bold") == settings.flag("look.bold")


def test_a_file_that_was_removed_is_written_anew(settings: Settings) -> None:
    # GIVEN
    settings.set("look.size", 20)
    settings.path.unlink()

    # WHEN
    settings.set("look.colour", "red")

    # THEN
    assert again(settings).integer("look.size") == 20


def test_a_default_that_could_not_be_saved_is_not_in_force(settings: Settings) -> None:
    # GIVEN a folder that has taken the place of the file
    settings.set("look.size", 20)
    settings.path.unlink()
    settings.path.mkdir()

    # WHEN
    with pytest.raises(StorageError):
        settings.reset("look.size")

    # THEN
    assert settings.integer("look.size") == 20
