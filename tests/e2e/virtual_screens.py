"""Real X servers without a monitor, real programs on them, and their words read as they come."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_S = 30.0
"""Ends as soon as what is awaited happens; machines that do much else at the same time need the rest."""
LEFT = (0, 312, 1366, 768)
RIGHT = (1366, 0, 1920, 1080)
"""Two monitors in pixels: the left one is smaller and hangs lower, so every offset differs."""
BOTH = "3286x1080"
_LOOK_EVERY_S = 0.02


@contextmanager
def x_server(size: str = "1920x1080", *, window_manager: bool = True) -> Iterator[str]:
    """Run an X server, with a window manager unless told otherwise, and give its display."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-noreset", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as answer:
            display = f":{answer.readline().strip()}"
        try:
            if window_manager:
                with running_window_manager(display):
                    yield display
            else:
                yield display
        finally:
            server.terminate()


@contextmanager
def running_window_manager(display: str) -> Iterator[None]:
    command = ["openbox", "--sm-disable", "--startup", "echo ready"]
    with subprocess.Popen(
        command, env=environment(display), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as manager:
        assert manager.stdout is not None
        manager.stdout.readline()
        try:
            yield
        finally:
            manager.terminate()


def environment(display: str, **more: str) -> dict[str, str]:
    """Return this process's environment for a program on the display, which keeps its bytecode as a user's does."""
    unwanted = ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "DBUS_SESSION_BUS_ADDRESS", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted and not name.startswith("QT_")}
    return {**kept, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", **more}


def set_monitors(display: str) -> None:
    """Divide a screen of the size `BOTH` into the monitors LEFT and RIGHT."""
    for name, (x, y, width, height), output in (("LEFT", LEFT, "screen"), ("RIGHT", RIGHT, "none")):
        place = f"{width}/300x{height}/200+{x}+{y}"
        command = ["xrandr", "--setmonitor", name, place, output]
        subprocess.run(command, env=environment(display), check=True, stdout=subprocess.DEVNULL)


def wait_until(condition: Callable[[], bool], what: str, timeout_s: float = TIMEOUT_S) -> None:
    """Look at what other programs do until the condition holds; fail with `what` was awaited."""
    pause, deadline = threading.Event(), time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, f"in vain: {what}"
        pause.wait(_LOOK_EVERY_S)


def xdotool(display: str, *words: str | int) -> None:
    """Move the mouse, press buttons and keys as a hand would."""
    subprocess.run(["xdotool", *map(str, words)], env=environment(display), check=True, timeout=TIMEOUT_S)


def drag(display: str, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press the left button at one pixel and let go of it at another."""
    between = ((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
    words = ["mousemove", *start, "mousedown", 1, "mousemove", *between, "mousemove", *end, "mouseup", 1]
    xdotool(display, *words)


class Program:
    """A Python module run on a display, which prints one JSON object a line and reads words from its input."""

    def __init__(self, module: str, arguments: Sequence[str], variables: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", module, *arguments],
            cwd=ROOT,
            env=dict(variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.heard: list[dict[str, Any]] = []
        self._rest = b""

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def tell(self, words: str) -> None:
        """Write a line to the program."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{words}\n".encode())
        self._process.stdin.flush()

    def wait_for(self, event: str, timeout_s: float = TIMEOUT_S) -> dict[str, Any]:
        """Return the next object with this `event`; fail when the program says nothing of the kind."""
        assert self.hears(event, timeout_s), f"no {event!r} came; heard {self.heard[-5:]}"
        return self.heard[-1]

    def hears(self, event: str, timeout_s: float) -> bool:
        """Say whether the program says this within the time; what it says before is passed over."""
        deadline = time.monotonic() + timeout_s
        while (answer := self._next(deadline)) is not None:
            if answer["event"] == event:
                return True
        return False

    def close(self) -> int:
        """End the program and return its exit code."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            return self._process.wait(TIMEOUT_S)
        finally:
            self._process.kill()
            self._process.wait()
            self._process.stdout.close()

    def _next(self, deadline: float) -> dict[str, Any] | None:
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        while b"\n" not in self._rest:
            ready, _, _ = select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))
            data = os.read(pipe, 65536) if ready else b""
            if not data:
                return None
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        self.heard.append(answer)
        return answer
