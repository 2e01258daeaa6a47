"""A sway without monitors: two outputs, the left one at negative coordinates and scale 1.5."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.virtual_screens import TIMEOUT_S

RIGHT, LEFT = "HEADLESS-1", "HEADLESS-2"
ORIGIN, SIZE = (-1000, 0), (2920, 1080)
"""The box around both outputs."""
CONFIGURATION = """
xwayland disable
default_border none
default_floating_border none
focus_follows_mouse no
output HEADLESS-1 mode 1920x1080 position 0 0 scale 1
output HEADLESS-2 mode 1500x900 position -1000 56 scale 1.5
output HEADLESS-2 bg #336699 solid_color
workspace 1 output HEADLESS-1
workspace 2 output HEADLESS-2
for_window [title="pattern"] floating enable, move absolute position 300 200
exec echo ready > ready
"""
NOBODY = 65534
"""Sway refuses to be root."""


@contextmanager
def headless_sway() -> Iterator[dict[str, str]]:
    """Run the compositor and give the environment of its programs."""
    folder = Path(tempfile.mkdtemp(prefix="sway-"))
    try:
        (folder / "config").write_text(CONFIGURATION, encoding="utf-8")
        os.mkfifo(folder / "ready")
        folder.chmod(0o700)
        as_user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.getuid() == 0 else []
        if as_user:
            for path in (folder, *folder.iterdir()):
                os.chown(path, NOBODY, NOBODY)
        variables = _variables(folder)
        command = [*as_user, "sway", "--config", str(folder / "config")]
        with subprocess.Popen(command, env=variables, cwd=folder, stderr=subprocess.DEVNULL) as sway:
            try:
                yield _of_programs(folder, variables)
            finally:
                sway.terminate()
    finally:
        shutil.rmtree(folder)


def _variables(folder: Path) -> dict[str, str]:
    unwanted = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted and not name.startswith("QT_")}
    return {
        **kept,
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "WLR_BACKENDS": "headless",
        "WLR_HEADLESS_OUTPUTS": "2",
        "WLR_LIBINPUT_NO_DEVICES": "1",
        "WLR_RENDERER": "pixman",
    }


def _of_programs(folder: Path, variables: dict[str, str]) -> dict[str, str]:
    """Wait for the compositor and find its socket."""
    (folder / "ready").read_text(encoding="utf-8")
    display = next(file.name for file in folder.glob("wayland-*") if file.suffix != ".lock")
    return {**variables, "WAYLAND_DISPLAY": display, "QT_QPA_PLATFORM": "wayland"}


def type_keys(variables: dict[str, str], *keys: str) -> None:
    """Press keys on a keyboard that is plugged in for as long; programs need a moment to notice it."""
    pressed = [word for key in keys for word in ("-k", key)]
    subprocess.run(["wtype", "-s", "300", *pressed, "-s", "100"], env=variables, check=True, timeout=TIMEOUT_S)
