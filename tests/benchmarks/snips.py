"""From letting go of the mouse to LaTeX on the clipboard: ten formulas on the screen, read by the real program."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from _report import publish
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

from tests.benchmarks._hand import Hand, hand_on, wait
from tests.e2e.formula_sheet import Sheet, sheet
from tests.e2e.real_program import LISTENS, RealProgram, real_program
from tests.e2e.virtual_screens import Program, environment, x_server, xdotool
from tests.e2e.x_clipboard import clipboard_text, copy_text

FORMULAS = (
    "x^2",
    "a+b=c",
    r"\frac{-b\pm\sqrt{b^2-4ac}}{2a}",
    r"\int_0^1 f(x)\,dx",
    r"\sum_{i=1}^{n} i=\frac{n(n+1)}{2}",
    r"e^{i\pi}+1=0",
    r"\nabla\cdot E=\frac{\rho}{\varepsilon_0}",
    r"\lim_{x\to 0}\frac{\sin x}{x}=1",
    r"P(A\mid B)=\frac{P(B\mid A)P(A)}{P(B)}",
    r"\hat{f}(\xi)=\int_{-\infty}^{\infty} f(x)e^{-2\pi ix\xi}\,dx",
)
ROUNDS = 5
PLACE = (40, 40)
WHITE = 0xFFFFFF


@contextmanager
def stage(shown: Sheet) -> Iterator[tuple[str, Hand, RealProgram]]:
    """Run the program with its model loaded, and show the sheet."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        display = stack.enter_context(x_server())
        program = stack.enter_context(real_program(folder, environment(display)))
        program.wait_for_log(LISTENS)
        file = folder / "sheet.png"
        shown.picture.save(str(file))
        words = [str(file), *map(str, PLACE)]
        window = stack.enter_context(Program("tests.e2e.picture_program", words, environment(display)))
        window.wait_for("painted")
        yield display, stack.enter_context(hand_on(display)), program


def snip(display: str, hand: Hand, shown: Sheet, part: QRect) -> float:
    """Capture a part of the sheet and return the seconds from letting go to the copied answer."""
    copy_text(display, "before")
    wait(lambda: clipboard_text(display) == "before")
    owner = hand.clipboard_owner()
    corner = (PLACE[0] + shown.picture.width() - 3, PLACE[1] + 3)
    hand.wait_for_colour(corner, WHITE)
    hand.press_hotkey()
    hand.wait_for_change(corner, WHITE)
    start = (PLACE[0] + part.left(), PLACE[1] + part.top())
    end = (PLACE[0] + part.right(), PLACE[1] + part.bottom())
    let_go = hand.drag(start, end, (start[0] + 3, start[1] + 3), WHITE)
    return wait(lambda: hand.clipboard_owner() not in (0, owner)) - let_go


def main() -> None:
    """Capture each formula several times."""
    QGuiApplication(["benchmark", "-platform", "offscreen"])
    shown, rows = sheet(FORMULAS), []
    with stage(shown) as (display, hand, program):
        xdotool(display, "mousemove", *PLACE)
        snip(display, hand, shown, shown.parts[0])
        for latex, part in zip(FORMULAS, shown.parts, strict=True):
            times = [1000 * snip(display, hand, shown, part) for _ in range(ROUNDS)]
            engine = [1000 * entry.detail["seconds"] for entry in program.entries()[:ROUNDS]]
            figures = {
                "median": statistics.median(times),
                "slowest": max(times),
                "of it model": statistics.median(engine),
            }
            answer = clipboard_text(display)
            rows.append(
                {"formula": latex, **{name: round(each, 1) for name, each in figures.items()}, "answer": answer}
            )
    medians = [float(row["median"]) for row in rows]
    total = {"median": round(statistics.median(medians), 1), "slowest": max(float(row["slowest"]) for row in rows)}
    model = round(statistics.median(float(row["of it model"]) for row in rows), 1)
    rows.append({"formula": "all ten", **total, "of it model": model, "answer": ""})
    publish("snips", rows, f"milliseconds from release to LaTeX on the clipboard, {ROUNDS} captures each")


if __name__ == "__main__":
    main()
