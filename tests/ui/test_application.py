"""The program as a process: one instance, clean ends, crashes that are told, its place remembered."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.core import instance
from app.core.logs import crash_file
from app.core.paths import HOME_VARIABLE, Paths
from tests.e2e.virtual_screens import ROOT, environment, wait_until, x_server, xdotool

WAIT_S = 60.0
TITLE = "^Paperdesk$"


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with x_server("1280x720") as display:
        yield display


class Run:
    """Starts of the program in one home of its own."""

    def __init__(self, home: Path, display: str) -> None:
        self.paths, self.display = Paths.under(home), display
        home.mkdir()
        self.variables = environment(display, **{HOME_VARIABLE: str(home), "XDG_RUNTIME_DIR": str(home)})
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "app", *words]
        process = subprocess.Popen(command, cwd=ROOT, env=self.variables, stderr=subprocess.PIPE)
        self.started.append(process)
        return process

    def windows(self, *, visible: bool = True) -> list[str]:
        """Return the windows of the program that runs."""
        return self._xdotool("search", *(["--onlyvisible"] if visible else []), "--name", TITLE).split()

    def window(self) -> str:
        """Return the window once it is there."""
        self.until(lambda: bool(self.windows()))
        return self.windows()[0]

    def active(self) -> str:
        return self._xdotool("getactivewindow").strip()

    def place(self, window: str) -> tuple[int, ...]:
        """Return left, top, width and height of a window without its frame."""
        numbers = re.findall(r"=(\d+)$", self._xdotool("getwindowgeometry", "--shell", window), re.MULTILINE)
        return tuple(int(number) for number in numbers[1:5])

    def _xdotool(self, *words: str) -> str:
        command = ["xdotool", *words]
        return subprocess.run(
            command, env=self.variables, capture_output=True, text=True, timeout=WAIT_S, check=False
        ).stdout

    def answers(self) -> bool:
        return instance.send(instance.SHOW, self.paths)

    def settled(self) -> None:
        """Wait until the program listens and the crash file is open: everything else is ready before."""
        self.window()
        self.until(crash_file(self.paths).exists)

    @staticmethod
    def until(done: Callable[[], bool]) -> None:
        wait_until(done, "the window does it", WAIT_S)

    def close(self) -> None:
        for process in self.started:
            process.kill()
            process.communicate()


@pytest.fixture
def run(tmp_path: Path, display: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    run = Run(tmp_path / "home", display)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "home"))
    yield run
    run.close()


def test_a_second_start_raises_the_first_and_ends(run: Run) -> None:
    # GIVEN the program, minimised
    first = run.start()
    window = run.window()
    xdotool(run.display, "windowminimize", window)
    run.until(lambda: not run.windows())
    # WHEN it is started again
    second = run.start()
    # THEN the second ends well, and the first's window is back, the only one, with the keyboard
    assert second.wait(WAIT_S) == 0
    run.until(lambda: run.windows() == [window])
    run.until(lambda: run.active() == window)
    assert first.poll() is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_being_asked_to_stop_saves_the_place_and_ends_well(run: Run, number: signal.Signals) -> None:
    # GIVEN the program, moved and made smaller
    first = run.start()
    window = run.window()
    before = run.place(window)
    xdotool(run.display, "windowsize", "--sync", window, 860, 520)
    xdotool(run.display, "windowmove", "--sync", window, 200, 100)
    run.until(lambda: run.place(window)[0] > before[0] and run.place(window)[2:] == (860, 520))
    assert run.answers()
    place = run.place(window)
    # WHEN the system asks it to stop
    first.send_signal(number)
    # THEN it ends well, without a word and without leaving a socket
    assert first.wait(WAIT_S) == 0
    assert first.stderr is not None
    assert first.stderr.read() == b""
    assert not run.answers()
    # WHEN it is started again
    run.start()
    # THEN it is where it was
    again = run.window()
    run.until(lambda: run.place(again) == place)


def test_what_the_shell_has_it_ignore_does_not_stop_it(run: Run) -> None:
    # GIVEN the program, started so that it outlives its terminal
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        first = run.start()
    finally:
        signal.signal(signal.SIGHUP, before)
    run.settled()
    # WHEN the terminal closes, and later somebody asks it to stop
    first.send_signal(signal.SIGHUP)
    # THEN the first did nothing
    assert run.answers()
    assert first.poll() is None
    first.terminate()
    assert first.wait(WAIT_S) == 0


def test_the_command_to_quit_ends_it_well(run: Run) -> None:
    # GIVEN the program
    first = run.start()
    run.window()
    # WHEN it is told to quit through its socket
    assert instance.send(instance.QUIT, run.paths)
    # THEN it ends well
    assert first.wait(WAIT_S) == 0


def test_the_command_capture_starts_a_capture_in_the_running_program(run: Run) -> None:
    # GIVEN the program
    first = run.start()
    window = run.window()

    def covering() -> list[str]:
        """Return the program's windows that are as large as the screen."""
        pid = str(first.pid)
        found = run._xdotool("search", "--onlyvisible", "--all", "--pid", pid, "--name", ".*").split()
        return [each for each in found if each != window and run.place(each)[2:] == (1280, 720)]

    assert covering() == []
    # WHEN the command is given on the command line
    second = run.start("capture")
    # THEN the command ends well, and the running program covers the screen to let the user choose
    assert second.wait(WAIT_S) == 0
    run.until(lambda: bool(covering()))
    # WHEN Esc is pressed, THEN the screen is free again
    xdotool(run.display, "key", "Escape")
    run.until(lambda: not covering())
    first.terminate()
    assert first.wait(WAIT_S) == 0


def test_closing_the_window_ends_it_where_there_is_no_tray(run: Run) -> None:
    # GIVEN the program on a desktop without a tray
    first = run.start()
    window = run.window()
    run.settled()
    # WHEN the window is closed with the window manager's key
    xdotool(run.display, "windowactivate", "--sync", window)
    xdotool(run.display, "key", "alt+F4")
    # THEN the program ends, and asks nothing
    assert first.wait(WAIT_S) == 0


def test_a_crash_leaves_its_stack_for_the_next_start(run: Run) -> None:
    # GIVEN the program
    first = run.start()
    run.settled()
    # WHEN it crashes
    first.send_signal(signal.SIGSEGV)
    assert first.wait(WAIT_S) == -signal.SIGSEGV
    # THEN the stack of its threads is in the log folder
    text = crash_file(run.paths).read_text()
    assert "Segmentation fault" in text
    assert "application.py" in text
    # WHEN it is started again and ends well
    second = run.start()
    run.settled()
    last = run.paths.logs / "crash-last.log"
    assert "Segmentation fault" in last.read_text()
    assert crash_file(run.paths).read_text() == ""
    second.terminate()
    assert second.wait(WAIT_S) == 0
    # THEN there is nothing left to tell
    assert not crash_file(run.paths).exists()


def test_hidden_without_a_tray_it_waits_in_the_task_bar(run: Run) -> None:
    # GIVEN a desktop without a tray
    # WHEN the program is started hidden
    first = run.start("--hidden")
    run.until(lambda: bool(run.windows(visible=False)))
    # THEN no window comes up until somebody asks for it
    assert run.windows() == []
    assert run.answers()
    run.until(lambda: len(run.windows()) == 1)
    first.terminate()
    assert first.wait(WAIT_S) == 0


@pytest.mark.parametrize(
    ("screen", "scale"), [("1024x640", 1), ("1280x800", 1.25), ("1920x1080", 1.5), ("3840x2160", 1), ("3840x2160", 2)]
)
def test_the_first_window_fits_any_screen_at_any_scale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, screen: str, scale: float
) -> None:
    # GIVEN a screen and a scale, and nothing remembered
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "home"))
    with x_server(screen) as display:
        run = Run(tmp_path / "home", display)
        run.variables["QT_SCALE_FACTOR"] = str(scale)
        # WHEN the program is started
        first = run.start()
        window = run.window()
        # THEN its window is within the screen, and large enough to work in
        width, height = (int(number) for number in screen.split("x"))
        run.until(lambda: run.place(window)[2] >= 860 * scale)
        left, top, wide, high = run.place(window)
        assert left + wide <= width
        assert top + high <= height
        assert high >= 500 * scale
        first.terminate()
        assert first.wait(WAIT_S) == 0
        run.close()
