"""The clipboard of a display as another program has it: through xclip."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.e2e.virtual_screens import TIMEOUT_S, environment


def clipboard_text(display: str) -> str:
    """Return the text that a program would paste, "" for none."""
    return _read(display, "UTF8_STRING").decode()


def clipboard_kinds(display: str) -> set[str]:
    """Return the types of what is on the clipboard."""
    return set(_read(display, "TARGETS").decode().split())


def copy_text(display: str, text: str) -> None:
    """Put a text on the clipboard."""
    _write(display, "UTF8_STRING", text.encode())


def copy_picture(display: str, file: Path) -> None:
    """Put a PNG file's picture on the clipboard."""
    _write(display, "image/png", file.read_bytes())


def _read(display: str, kind: str) -> bytes:
    command = ["xclip", "-selection", "clipboard", "-target", kind, "-out"]
    answer = subprocess.run(command, env=environment(display), capture_output=True, check=False, timeout=TIMEOUT_S)
    return answer.stdout


def _write(display: str, kind: str, data: bytes) -> None:
    """Let xclip offer the data; it goes on in the background until another program copies something."""
    subprocess.run(
        ["xclip", "-selection", "clipboard", "-target", kind, "-in"],
        env=environment(display),
        input=data,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
        timeout=TIMEOUT_S,
    )
