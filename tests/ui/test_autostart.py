from __future__ import annotations

import plistlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import InputError, StorageError
from app.ui.autostart import (
    APPROVED_KEY,
    NAME,
    RUN_KEY,
    FileAutostart,
    RegistryAutostart,
    agent_is_on,
    choose,
    desktop_entry,
    entry_is_on,
    exec_line,
    launch_agent,
    launch_command,
)

HOSTILE = [
    '/opt/a b/$HOME`id`/100%f "quoted" back\\slash/paperdesk',
    "--name=it's; rm -rf ~ & | < > # *",
    "",
    "a\tb\nc",
]


def words_of(value: str) -> list[str]:
    """Read an Exec value as the specification says: string escapes, then quotes, then field codes."""
    words, word, quoted, position = [], "", False, 0
    text = ""
    while position < len(value):
        if value[position] == "\\":
            text += {"\\": "\\", "n": "\n", "r": "\r", "t": "\t", "s": " "}[value[position + 1]]
            position += 2
        else:
            text += value[position]
            position += 1
    characters = iter(text)
    for character in characters:
        if character == '"':
            quoted = not quoted
            if not quoted:
                words.append(word)
                word = ""
        elif character == "\\":
            assert quoted
            word += next(characters)
        elif character == "%":
            assert next(characters) == "%"
            word += "%"
        elif quoted:
            assert character not in "`$"
            word += character
        else:
            assert character == " "
    assert not quoted
    return words


class MemoryRegistry:
    """The Windows registry's current user, in memory."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.values: dict[tuple[str, str], str | bytes] = {}
        self.refuses = refuses

    def read(self, key: str, name: str) -> str | bytes | None:
        return self.values.get((key, name))

    def write(self, key: str, name: str, value: str) -> None:
        if self.refuses:
            raise PermissionError(5, "Access is denied")
        self.values[key, name] = value

    def remove(self, key: str, name: str) -> None:
        self.values.pop((key, name), None)


@pytest.mark.parametrize("command", [["/usr/bin/paperdesk"], HOSTILE, ["/opt/纸桌/paperdesk", "--tray"]])
def test_a_desktop_reads_back_the_command_that_was_written(command: list[str]) -> None:
    # GIVEN a command, WHEN it is written as an Exec value, THEN the specification's reading gives it back
    assert words_of(exec_line(command)) == command


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=4))
def test_any_command_survives_the_exec_quoting(command: list[str]) -> None:
    # GIVEN any texts
    expected = ["/bin/sh", "-c", 'exec "$0" "$@"', *command] if "=" in command[0] else command

    # WHEN / THEN
    assert words_of(exec_line(command)) == expected
    assert "\n" not in exec_line(command)


@pytest.mark.parametrize("path", ["/opt/\udcff/paperdesk", "/opt/\0/paperdesk"])
def test_a_path_that_is_not_text_is_refused_in_words(path: str) -> None:
    # GIVEN a path with bytes outside of Unicode, WHEN / THEN
    with pytest.raises(InputError, match="Move it elsewhere"):
        desktop_entry([path])


def test_the_xdg_file_is_written_seen_and_removed(tmp_path: Path) -> None:
    # GIVEN an empty autostart folder that does not exist yet
    autostart = FileAutostart(tmp_path / "autostart" / "paperdesk.desktop", desktop_entry, entry_is_on)
    assert not autostart.is_enabled()

    # WHEN
    autostart.enable(HOSTILE)

    # THEN
    lines = autostart.path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "[Desktop Entry]"
    assert words_of(next(line for line in lines if line.startswith("Exec="))[5:]) == HOSTILE
    assert autostart.is_enabled()

    # WHEN
    autostart.disable()
    autostart.disable()

    # THEN
    assert not autostart.is_enabled()
    assert not autostart.path.exists()


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_an_entry_that_the_desktop_switched_off_counts_as_off(line: str) -> None:
    # GIVEN an entry as a desktop's own autostart settings leave it, WHEN / THEN
    assert not entry_is_on(f"[Desktop Entry]\nExec=paperdesk\n{line}\n".encode())


def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    # GIVEN a file where the folder should be
    (tmp_path / "autostart").write_text("in the way", encoding="utf-8")
    autostart = FileAutostart(tmp_path / "autostart" / "paperdesk.desktop", desktop_entry, entry_is_on)

    # WHEN / THEN
    with pytest.raises(StorageError):
        autostart.enable(["paperdesk"])
    with pytest.raises(StorageError):
        autostart.disable()


def test_the_launch_agent_runs_the_command_at_log_in(tmp_path: Path) -> None:
    # GIVEN
    autostart = FileAutostart(tmp_path / "agent.plist", launch_agent, agent_is_on)

    # WHEN
    autostart.enable(HOSTILE[:3])

    # THEN
    agent = plistlib.loads(autostart.path.read_bytes())
    assert agent["ProgramArguments"] == HOSTILE[:3]
    assert agent["RunAtLoad"] is True
    assert autostart.is_enabled()


@pytest.mark.parametrize("content", [b"", b"not a list", plistlib.dumps({"RunAtLoad": True, "Disabled": True})])
def test_a_broken_or_disabled_agent_counts_as_off(content: bytes) -> None:
    # GIVEN / WHEN / THEN
    assert not agent_is_on(content)


def test_a_launch_agent_cannot_hold_control_characters() -> None:
    # GIVEN / WHEN / THEN
    with pytest.raises(InputError):
        launch_agent(["/Applications/\x01/Paperdesk"])


def test_the_windows_run_value_quotes_and_undoes_an_earlier_switching_off() -> None:
    # GIVEN a registry in which the Task Manager has switched Paperdesk off
    registry = MemoryRegistry()
    autostart = RegistryAutostart(registry)
    registry.values[RUN_KEY, NAME] = "old"
    registry.values[APPROVED_KEY, NAME] = b"\x03\0\0\0"
    assert not autostart.is_enabled()

    # WHEN
    autostart.enable([r"C:\Program Files\Paperdesk\paperdesk.exe", 'say "hi"'])

    # THEN
    assert registry.values[RUN_KEY, NAME] == r'"C:\Program Files\Paperdesk\paperdesk.exe" "say \"hi\""'
    assert autostart.is_enabled()

    # WHEN
    autostart.disable()

    # THEN
    assert not autostart.is_enabled()


def test_a_registry_that_refuses_is_reported() -> None:
    # GIVEN
    autostart = RegistryAutostart(MemoryRegistry(refuses=True))

    # WHEN / THEN
    with pytest.raises(StorageError, match="Access is denied"):
        autostart.enable(["paperdesk.exe"])


def test_this_platform_has_a_writer_under_the_users_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # GIVEN
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    # WHEN
    autostart = choose()

    # THEN
    assert isinstance(autostart, FileAutostart)
    assert autostart.path == tmp_path / "autostart" / "paperdesk.desktop"


def test_the_command_is_this_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a plain installation, WHEN / THEN its own program is started
    monkeypatch.delenv("APPIMAGE", raising=False)
    program, *rest = launch_command()
    assert Path(program).is_absolute()
    assert rest[-1] == "--hidden"

    # GIVEN an AppImage, WHEN / THEN the image and not its mounted copy is started
    monkeypatch.setenv("APPIMAGE", "/home/u/Paperdesk.AppImage")
    assert launch_command() == ["/home/u/Paperdesk.AppImage", "--hidden"]
