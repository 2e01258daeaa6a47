"""What every test gets: a screen of its own to open windows on, and none of the user's files, language or desktop."""

from __future__ import annotations

import os
import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.core.i18n import set_language
from app.core.paths import HOME_VARIABLE
from tests.e2e.virtual_screens import x_server

SCREEN = "1920x1080"
NOT_OURS = ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_SESSION_TYPE", "LANGUAGE", "LC_ALL", "LC_MESSAGES")
STACK = pytest.StashKey[ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    """Start an X server with a window manager for this run, and keep the run out of the user's home.

    A shell lets what it starts in the background ignore Ctrl+C, and so would every program that a test starts.
    """
    for number, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, usual)
    stack = config.stash[STACK] = ExitStack()
    home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="paperdesk-tests-")))
    (home / "run").mkdir(mode=0o700)
    for name in [*NOT_OURS, *(name for name in os.environ if name.startswith("QT_"))]:
        os.environ.pop(name, None)
    os.environ.update(
        {
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home / "run"),
            HOME_VARIABLE: str(home / "paperdesk"),
            "LANG": "C.UTF-8",
        }
    )
    display = stack.enter_context(x_server(SCREEN))
    os.environ.update({"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"})


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the X server."""
    config.stash[STACK].close()


@pytest.fixture(autouse=True)
def english() -> None:
    """Begin every test in English."""
    set_language("en")
