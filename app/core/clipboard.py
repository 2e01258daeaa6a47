"""The clipboard for the command line, through the desktop's own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import Final

from app.core.errors import InputError, PaperdeskError
from app.core.i18n import tr

_TIMEOUT_SECONDS: Final = 10.0
_WINDOWS_PICTURE: Final = (
    "Add-Type -AssemblyName System.Windows.Forms, System.Drawing;"
    "$i = [Windows.Forms.Clipboard]::GetImage(); if ($i) { $m = New-Object IO.MemoryStream;"
    "$i.Save($m, [Drawing.Imaging.ImageFormat]::Png);"
    "[Console]::OpenStandardOutput().Write($m.ToArray(), 0, $m.Length) }"
)
_PNG: Final = b"\x89PNG\r\n\x1a\n"
"""How every PNG begins; programs that hold a text may hand it out as anything that is asked for."""
_MACOS_PICTURE: Final = "the clipboard as «class PNGf»"


def copy_text(text: str) -> None:
    """Put `text` on the clipboard. Raises `PaperdeskError` that names what to install."""
    command = _program(
        {"wl-copy": ["wl-copy"], "xclip": ["xclip", "-selection", "clipboard"], "pbcopy": ["pbcopy"], "clip": ["clip"]}
    )
    encoding = "utf-16" if command[0].startswith("clip") else "utf-8"
    quiet = subprocess.DEVNULL
    try:
        subprocess.run(  # noqa: S603 - a fixed program
            command, input=text.encode(encoding), stdout=quiet, stderr=quiet, timeout=_TIMEOUT_SECONDS, check=True
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise PaperdeskError(tr("{program} could not copy: is there a screen?", program=command[0])) from error


def picture() -> bytes:
    """Return the picture on the clipboard, PNG. Raises `InputError` when there is none."""
    command = _program(
        {
            "wl-paste": ["wl-paste", "--type", "image/png"],
            "xclip": ["xclip", "-selection", "clipboard", "-target", "image/png", "-out"],
            "osascript": ["osascript", "-e", _MACOS_PICTURE],
            "powershell": ["powershell", "-NoProfile", "-STA", "-Command", _WINDOWS_PICTURE],
        }
    )
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program
            command, capture_output=True, timeout=_TIMEOUT_SECONDS, check=False
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise PaperdeskError(
            tr("{program} did not give the picture: is there a screen?", program=command[0])
        ) from error
    data = _from_macos(done.stdout) if command[0] == "osascript" else done.stdout
    if done.returncode or not data.startswith(_PNG):
        raise InputError(tr("There is no picture on the clipboard."))
    return data


def _from_macos(output: bytes) -> bytes:
    """Return the bytes that AppleScript prints as hexadecimal between « and »."""
    text = output.decode("utf-8", errors="replace")
    digits = text.partition("PNGf")[2].partition("»")[0]
    return bytes.fromhex(digits) if digits else b""


def _program(commands: dict[str, list[str]]) -> list[str]:
    """Return the first command whose program is installed and fits the session."""
    for name, command in commands.items():
        if name.startswith("wl-") and not os.environ.get("WAYLAND_DISPLAY"):
            continue
        if shutil.which(name):
            return command
    if sys.platform == "linux":
        wanted = "wl-clipboard" if os.environ.get("WAYLAND_DISPLAY") else "xclip"
        raise PaperdeskError(tr("The clipboard needs the program {program}: install it first.", program=wanted))
    raise PaperdeskError(tr("The clipboard cannot be reached from the command line on this system."))
