"""The main job with the real program: hotkey, drag, LaTeX on the clipboard and in the history."""

from __future__ import annotations

import os
import re
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from app.core.history import Entry
from app.core.settings import Settings
from app.formula.service import Recogniser
from app.registry import all_options
from app.ui.formula.conversion import to_pillow
from tests.desktop_portal import private_bus
from tests.e2e.formula_sheet import Sheet, sheet
from tests.e2e.real_program import LISTENS, RealProgram, real_program
from tests.e2e.screen_reader import VARIABLES as SCREEN_READER
from tests.e2e.screen_reader import screen_reader
from tests.e2e.virtual_screens import (
    BOTH,
    RIGHT,
    Program,
    drag,
    environment,
    set_monitors,
    wait_until,
    x_server,
    xdotool,
)
from tests.e2e.x_clipboard import clipboard_kinds, clipboard_text, copy_picture, copy_text
from tests.e2e.x_eye import XEye, looking_at

ARTEFACTS = Path(os.environ.get("PAPERDESK_ARTEFACTS", Path(__file__).parents[2] / "artefacts"))
FORMULAS = ("x^2", "a+b=c", "y=x+1", r"\frac{a}{b}", r"\sqrt{2}", r"\alpha+\beta", "a_i+b_i=c_i")
PLACE = (40, 60)
"""Where the sheet of formulas lies on the desktop, in pixels."""
WHITE = 0xFFFFFF
UNTOUCHED = "what the user copied before"


@dataclass
class Reader:
    """A user at a desk on which Paperdesk runs, with a sheet of formulas before them."""

    display: str
    eye: XEye
    program: RealProgram
    sheet: Sheet
    place: tuple[int, int]

    def call(self) -> None:
        """Press the hotkey and wait for the frozen picture."""
        xdotool(self.display, "key", "ctrl+alt+m")
        self.wait_for_overlay()

    def wait_for_overlay(self) -> None:
        wait_until(lambda: self._corner() != WHITE, "the screen is frozen and darker")

    def wait_for_desktop(self) -> None:
        wait_until(lambda: self._corner() == WHITE, "the screen is as it was")

    def drag_over(self, part: QRect) -> None:
        """Drag over a part of the sheet."""
        corners = (part.left(), part.top()), (part.right(), part.bottom())
        start, end = ((x + self.place[0], y + self.place[1]) for x, y in corners)
        drag(self.display, start, end)

    def wait_for_copy(self, before: str = UNTOUCHED) -> str:
        """Return what was copied after `before`."""
        wait_until(lambda: clipboard_text(self.display) not in ("", before), "something was copied")
        return clipboard_text(self.display)

    def wait_for_entries(self, count: int = 1) -> list[Entry]:
        """Return the history when it has so many entries, newest first."""
        wait_until(lambda: len(self.program.entries()) >= count, f"{count} entries in the history")
        return self.program.entries()

    def _corner(self) -> int:
        """Return the colour of the sheet's right upper corner, where nothing is dragged and no text lies."""
        return self.eye.pixel(self.place[0] + self.sheet.picture.width() - 3, self.place[1] + 3)


@pytest.fixture(scope="module")
def recogniser(tmp_path_factory: pytest.TempPathFactory) -> Recogniser:
    """The engine of the program, to know what it must answer."""
    return Recogniser(Settings(tmp_path_factory.mktemp("settings") / "settings.toml", all_options()))


@pytest.fixture
def reader(stack: ExitStack, display: str, tmp_path: Path) -> Reader:
    return sit_down(stack, display, tmp_path, sheet(FORMULAS))


def sit_down(
    stack: ExitStack, display: str, folder: Path, shown: Sheet, place: tuple[int, int] = PLACE, **variables: str
) -> Reader:
    """Start Paperdesk, then a window with the sheet, and copy something."""
    program = stack.enter_context(real_program(folder / "home", environment(display, **variables)))
    program.wait_for_log(LISTENS)
    show(stack, display, folder, shown.picture, place)
    copy_text(display, UNTOUCHED)
    xdotool(display, "mousemove", place[0] + shown.picture.width() // 2, place[1] + shown.picture.height() - 5)
    reader = Reader(display, stack.enter_context(looking_at(display)), program, shown, place)
    reader.wait_for_desktop()
    return reader


def show(stack: ExitStack, display: str, folder: Path, picture: QImage, place: tuple[int, int]) -> None:
    """Let another program show a picture."""
    file = folder / "sheet.png"
    assert picture.save(str(file))
    words = [str(file), *map(str, place)]
    stack.enter_context(Program("tests.e2e.picture_program", words, environment(display))).wait_for("painted")


def keep_picture(eye: XEye, name: str) -> None:
    """Save what is on the screen, to be looked at after the run."""
    ARTEFACTS.mkdir(exist_ok=True)
    assert eye.picture().save(str(ARTEFACTS / f"{name}.png"))


def expected(recogniser: Recogniser, shown: Sheet, part: QRect) -> str:
    """Return what the model reads in exactly these pixels."""
    return recogniser.read(to_pillow(shown.picture.copy(part))).latex


def picture_of(entry: Entry) -> QImage:
    """Return the picture that the history keeps, which is that of the screen if it is small."""
    return QImage.fromData(entry.thumbnail or b"").convertToFormat(QImage.Format.Format_RGB32)


def activate(display: str, title: str = "Paperdesk") -> None:
    """Bring a window to the front, as a click on the task bar would."""
    xdotool(display, "search", "--sync", "--onlyvisible", "--name", f"^{title}$", "windowactivate", "--sync")


def spelling(latex: str) -> str:
    """Return the LaTeX without the spaces and braces that make no difference."""
    return re.sub(r"\{(\w)\}", r"\1", latex.replace(" ", ""))


def test_hotkey_and_drag_put_the_answer_on_the_clipboard_and_in_the_history(
    reader: Reader, recogniser: Recogniser
) -> None:
    # WHEN the user calls Paperdesk from another program's window and drags over a formula there
    part = reader.sheet.parts[-1]
    reader.call()
    reader.drag_over(part)
    # THEN the clipboard has what the model reads in exactly these pixels
    answer = reader.wait_for_copy()
    assert answer == expected(recogniser, reader.sheet, part)
    # AND the history has it, with a picture of these pixels
    (entry,) = reader.wait_for_entries()
    assert entry.text == answer
    assert entry.detail["source"] == "capture"
    assert picture_of(entry) == reader.sheet.picture.copy(part)
    keep_picture(reader.eye, "main_job")


def test_simple_formulas_are_read_right(reader: Reader) -> None:
    # WHEN formulas are captured one after the other
    answers, before = list[str](), UNTOUCHED
    for part in reader.sheet.parts:
        reader.call()
        reader.drag_over(part)
        before = reader.wait_for_copy(before)
        answers.append(spelling(before))
    # THEN each can be pasted into the paper as it is
    assert answers == [spelling(latex) for latex in FORMULAS]
    assert len(reader.wait_for_entries(len(FORMULAS))) == len(FORMULAS)


@pytest.mark.parametrize("factors", ["LEFT=1;RIGHT=2", "LEFT=1.25;RIGHT=1.5"])
def test_a_formula_on_a_second_monitor_with_another_scale(
    stack: ExitStack, tmp_path: Path, recogniser: Recogniser, factors: str
) -> None:
    # GIVEN Paperdesk on two monitors of different scales and a formula on the second
    display = stack.enter_context(x_server(BOTH))
    set_monitors(display)
    place = (RIGHT[0] + 200, RIGHT[1] + 100)
    reader = sit_down(stack, display, tmp_path, sheet(FORMULAS), place, QT_SCREEN_SCALE_FACTORS=factors)
    # WHEN it is captured there
    part = reader.sheet.parts[1]
    reader.call()
    reader.drag_over(part)
    # THEN the answer is that of its pixels, neither scaled nor moved
    answer = reader.wait_for_copy()
    assert answer == expected(recogniser, reader.sheet, part)
    assert spelling(answer) == spelling(FORMULAS[1])
    (entry,) = reader.wait_for_entries()
    assert picture_of(entry) == reader.sheet.picture.copy(part)


def test_the_command_line_starts_a_capture_in_the_running_program(reader: Reader, recogniser: Recogniser) -> None:
    # WHEN a key of the desktop's own settings runs the command
    done = reader.program.command("capture")
    # THEN it ends at once and the running program does the rest
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    reader.wait_for_overlay()
    reader.drag_over(reader.sheet.parts[0])
    assert reader.wait_for_copy() == expected(recogniser, reader.sheet, reader.sheet.parts[0])


def test_escape_copies_nothing(reader: Reader) -> None:
    # WHEN a capture is given up in the middle of a drag
    reader.call()
    x, y = reader.place
    xdotool(reader.display, "mousemove", x + 30, y + 30, "mousedown", 1, "mousemove", x + 90, y + 90)
    xdotool(reader.display, "key", "Escape", "mouseup", 1)
    reader.wait_for_desktop()
    # THEN the clipboard is as before, and only the next capture is in the history
    assert clipboard_text(reader.display) == UNTOUCHED
    reader.call()
    reader.drag_over(reader.sheet.parts[0])
    reader.wait_for_copy()
    assert len(reader.wait_for_entries()) == 1


def test_a_killed_program_keeps_the_answer(reader: Reader) -> None:
    # WHEN the program dies as soon as the answer is seen
    reader.call()
    reader.drag_over(reader.sheet.parts[0])
    answer = reader.wait_for_copy()
    reader.program.kill()
    # THEN the history has it
    (entry,) = reader.program.entries()
    assert entry.text == answer
    assert entry.thumbnail


def test_pasted_and_opened_pictures_are_read_but_not_copied(stack: ExitStack, display: str, tmp_path: Path) -> None:
    # GIVEN a picture of a formula on the clipboard and in a file
    shown = sheet(FORMULAS[:1])
    file = tmp_path / "formula.png"
    assert shown.picture.save(str(file))
    program = stack.enter_context(real_program(tmp_path / "home", environment(display)))
    program.wait_for_log(LISTENS)
    copy_picture(display, file)
    kinds = clipboard_kinds(display)
    # WHEN it is pasted
    activate(display)
    xdotool(display, "key", "ctrl+v")
    wait_until(lambda: len(program.entries()) == 1, "the pasted picture was read")
    # AND the file is opened
    xdotool(display, "key", "ctrl+o")
    xdotool(display, "search", "--sync", "--onlyvisible", "--name", "Open pictures", "windowfocus", "--sync")
    xdotool(display, "type", str(file))
    xdotool(display, "key", "Return")
    wait_until(lambda: len(program.entries()) == 2, "the opened file was read")
    # THEN the clipboard has still the picture and nothing else
    assert [entry.detail["source"] for entry in program.entries()] == ["file", "clipboard"]
    assert program.close() == 0
    assert clipboard_kinds(display) == kinds


def test_a_white_region_holds_no_formula(stack: ExitStack, display: str, tmp_path: Path) -> None:
    # GIVEN a screen reader, and a sheet with much white
    bus = stack.enter_context(private_bus(tmp_path))
    screen = stack.enter_context(screen_reader(bus))
    variables = {"DBUS_SESSION_BUS_ADDRESS": bus, **SCREEN_READER}
    reader = sit_down(stack, display, tmp_path, sheet(FORMULAS), **variables)
    # WHEN nothing but white is captured
    reader.call()
    reader.drag_over(QRect(250, 40, 150, 60))
    # THEN the user is told so, and neither clipboard nor history have changed
    screen.wait_for("No formula found")
    keep_picture(reader.eye, "main_job_no_formula")
    assert clipboard_text(display) == UNTOUCHED
    assert reader.program.entries() == []


def test_a_hotkey_that_is_taken_is_explained_and_works_once_it_is_free(
    stack: ExitStack, display: str, tmp_path: Path
) -> None:
    # GIVEN another program that has the hotkey
    bus = stack.enter_context(private_bus(tmp_path))
    screen = stack.enter_context(screen_reader(bus))
    thief = stack.enter_context(Program("tests.e2e.key_thief_program", ["Ctrl+Alt+M"], environment(display)))
    thief.wait_for("ready")
    # WHEN Paperdesk starts
    variables = environment(display, DBUS_SESSION_BUS_ADDRESS=bus, **SCREEN_READER)
    program = stack.enter_context(real_program(tmp_path / "home", variables))
    # THEN its window says who has the key and what to do
    told = screen.wait_for("Another program already uses Ctrl+Alt+M")
    assert "Choose other keys in Settings" in told
    keep_picture(stack.enter_context(looking_at(display)), "main_job_hotkey_taken")
    xdotool(display, "key", "ctrl+alt+m")
    thief.wait_for("pressed")
    # WHEN the other program has gone and the user comes back from elsewhere
    show(stack, display, tmp_path, sheet(FORMULAS).picture, PLACE)
    activate(display, "picture")
    assert thief.close() == 0
    activate(display)
    # THEN the key is Paperdesk's without any more ado
    screen.wait_for("Ctrl+Alt+M calls Paperdesk from now on")
    assert LISTENS in program.log()
