"""Start Paperdesk when the user logs in: one small writer per platform, chosen in one place."""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from app.core.errors import InputError, StorageError
from app.core.files import write_atomic
from app.core.i18n import tr

NAME: Final = "paperdesk"
HIDDEN: Final = "--hidden"
"""The option of the command line with which the window waits in the tray."""
AGENT_LABEL: Final = "org.paperdesk.Paperdesk"
RUN_KEY: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED_KEY: Final = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"


class Autostart(Protocol):
    """What the preferences need from a platform."""

    def is_enabled(self) -> bool:
        """Return whether Paperdesk starts at the next log-in."""

    def enable(self, command: Sequence[str]) -> None:
        """Run `command` (program and arguments) at every log-in; raises `StorageError` or `InputError`."""

    def disable(self) -> None:
        """Start no more at log-in; raises `StorageError`."""


def launch_command() -> list[str]:
    """Return the command that starts this installation in the tray: program and arguments."""
    return [*_program(), HIDDEN]


def _program() -> list[str]:
    if image := os.environ.get("APPIMAGE"):
        return [image]
    if getattr(sys, "frozen", False):
        return [sys.executable]
    beside = shutil.which(NAME, path=str(Path(sys.executable).parent))
    if beside:
        return [beside]
    root = Path(__file__).resolve().parents[2]
    start = "import sys; sys.path.insert(0, sys.argv.pop(1)); from app.cli.main import main; main()"
    return [sys.executable, "-c", start, str(root)]


def choose() -> Autostart:
    """Return the writer for this platform."""
    if sys.platform == "win32":
        return RegistryAutostart(UserRegistry())
    if sys.platform == "darwin":
        folder = Path.home() / "Library" / "LaunchAgents"
        return FileAutostart(folder / f"{AGENT_LABEL}.plist", launch_agent, agent_is_on)
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "autostart"
    return FileAutostart(folder / f"{NAME}.desktop", desktop_entry, entry_is_on)


@dataclass(frozen=True)
class FileAutostart:
    """Log-in items that are files: XDG autostart and macOS launch agents.

    `make` turns a command into the file's bytes, `is_on` tells from the bytes whether the desktop would run it.
    """

    path: Path
    make: Callable[[Sequence[str]], bytes]
    is_on: Callable[[bytes], bool]

    def is_enabled(self) -> bool:
        """Return whether the file is there and not switched off by the desktop."""
        try:
            return self.is_on(self.path.read_bytes())
        except OSError:
            return False

    def enable(self, command: Sequence[str]) -> None:
        """Write the file."""
        write_atomic(self.path, self.make(command))

    def disable(self) -> None:
        """Remove the file."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(tr("{path} cannot be removed: {why}.", path=self.path, why=error.strerror)) from error


def desktop_entry(command: Sequence[str]) -> bytes:
    """Return the autostart file for `command` (Desktop Entry Specification 1.5, Desktop Application Autostart 0.5)."""
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=Paperdesk",
        f"Exec={exec_line(command)}",
        "Icon=paperdesk",
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
    )
    return ("\n".join(lines) + "\n").encode()


def exec_line(command: Sequence[str]) -> str:
    r"""Return `command` as the value of an Exec key.

    Three layers, innermost first (Desktop Entry Specification, "The Exec key"): inside double quotes a backslash goes
    before each of " ` $ \, a percent sign is doubled because field codes start with one, and the whole is then a value
    of type string in which backslash and line ends are escaped once more. A program whose name holds "=" is not
    allowed there, so it is run through a shell that only replaces itself.
    """
    words = list(command)
    if any("\0" in word for word in words) or not all(_is_text(word) for word in words):
        raise InputError(tr("The program's path holds bytes that an autostart file cannot hold. Move it elsewhere."))
    if "=" in words[0]:
        words = ["/bin/sh", "-c", 'exec "$0" "$@"', *words]
    value = " ".join(_quoted(word) for word in words)
    for character, escaped in (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        value = value.replace(character, escaped)
    return value


def _quoted(word: str) -> str:
    escaped = "".join(f"\\{character}" if character in '"`$\\' else character for character in word)
    return f'"{escaped}"'.replace("%", "%%")


def _is_text(word: str) -> bool:
    """Return whether `word` is Unicode text: file names that are not valid UTF-8 reach Python as lone surrogates."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def entry_is_on(content: bytes) -> bool:
    """Return whether a desktop runs this autostart file: present and neither hidden nor switched off."""
    lines = {line.strip().lower() for line in content.decode(errors="replace").splitlines()}
    return bool(lines) and lines.isdisjoint({"hidden=true", "x-gnome-autostart-enabled=false"})


def launch_agent(command: Sequence[str]) -> bytes:
    """Return the property list of a macOS launch agent that runs `command` once at log-in."""
    agent = {
        "Label": AGENT_LABEL,
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "LimitLoadToSessionType": "Aqua",
        "ProcessType": "Interactive",
    }
    try:
        return plistlib.dumps(agent)
    except ValueError as error:
        message = tr("The program's path holds bytes that an autostart file cannot hold. Move it elsewhere.")
        raise InputError(message) from error


def agent_is_on(content: bytes) -> bool:
    """Return whether macOS runs this launch agent."""
    try:
        agent = plistlib.loads(content)
    except (plistlib.InvalidFileException, ValueError):
        return False
    return bool(agent.get("RunAtLoad")) and not agent.get("Disabled")


class Registry(Protocol):
    """The part of the Windows registry that log-in items need; all keys lie under the current user."""

    def read(self, key: str, name: str) -> str | bytes | None:
        """Return the value, or None."""

    def write(self, key: str, name: str, value: str) -> None:
        """Set a text value; raises OSError."""

    def remove(self, key: str, name: str) -> None:
        """Remove the value if it is there; raises OSError."""


@dataclass(frozen=True)
class RegistryAutostart:
    """Windows: a value under the Run key, which the Task Manager may have switched off in a second key."""

    registry: Registry

    def is_enabled(self) -> bool:
        """Return whether the value is there and approved: the first byte of a switched-off approval is odd."""
        approval = self.registry.read(APPROVED_KEY, NAME)
        switched_off = isinstance(approval, bytes) and bool(approval) and approval[0] % 2 == 1
        return self.registry.read(RUN_KEY, NAME) is not None and not switched_off

    def enable(self, command: Sequence[str]) -> None:
        """Write the value and forget an earlier switching off."""
        self._change(lambda: self.registry.write(RUN_KEY, NAME, subprocess.list2cmdline(command)))
        self._change(lambda: self.registry.remove(APPROVED_KEY, NAME))

    def disable(self) -> None:
        """Remove the value."""
        self._change(lambda: self.registry.remove(RUN_KEY, NAME))

    @staticmethod
    def _change(action: Callable[[], None]) -> None:
        try:
            action()
        except OSError as error:
            raise StorageError(
                tr("Windows refused to change the programs started at log-in: {why}.", why=error)
            ) from error


if sys.platform == "win32":
    import winreg

    class UserRegistry:
        """The current user's part of the real registry."""

        def read(self, key: str, name: str) -> str | bytes | None:
            """Return the value, or None."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    value = winreg.QueryValueEx(opened, name)[0]
            except OSError:
                return None
            return value if isinstance(value, str | bytes) else None

        def write(self, key: str, name: str, value: str) -> None:
            """Set a text value."""
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

        def remove(self, key: str, name: str) -> None:
            """Remove the value if it is there."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened:
                    winreg.DeleteValue(opened, name)
            except FileNotFoundError:
                return
