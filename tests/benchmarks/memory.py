"""Memory of the idle program: before the recognition model is loaded, after, and after ten captures' worth of use.

RSS counts shared libraries in full; PSS divides them among the programs that share them.
"""

from __future__ import annotations

import re
import tempfile
import threading
from pathlib import Path

from _report import publish
from PySide6.QtGui import QGuiApplication

from tests.benchmarks._hand import wait
from tests.benchmarks.snips import FORMULAS, PLACE, snip, stage
from tests.e2e.formula_sheet import sheet
from tests.e2e.real_program import LISTENS, real_program
from tests.e2e.virtual_screens import environment, x_server, xdotool

BEFORE, AFTER, USED = "before the model", "with the model", "after ten captures"
GOALS_MB = {BEFORE: "130", AFTER: "350", USED: ""}
MODEL_LIBRARY = "onnxruntime"
SETTLED_S = 3.0


def megabytes(process: int) -> dict[str, float]:
    """Return RSS and PSS of a process."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    return {name.upper(): round(int(_number(name, text)) / 1024, 1) for name in ("Rss", "Pss")}


def _number(name: str, text: str) -> str:
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    assert found
    return found[1]


def has_model(process: int) -> bool:
    """Say whether the library of the model has been loaded."""
    return MODEL_LIBRARY in Path(f"/proc/{process}/maps").read_text(encoding="utf-8")


def before_and_after(home: Path, display: str) -> dict[str, dict[str, float]]:
    """Start the program and return its memory just before the model comes, and when all is quiet again."""
    with real_program(home, environment(display)) as program:
        program.wait_for_log(LISTENS)
        figures = {BEFORE: megabytes(program.process_id)}

        def is_loading() -> bool:
            now = megabytes(program.process_id)
            if has_model(program.process_id):
                return True
            figures[BEFORE] = now
            return False

        assert not is_loading(), "the model came before the hotkey: nothing to compare"
        wait(is_loading)
        threading.Event().wait(SETTLED_S)
        return {**figures, AFTER: megabytes(program.process_id)}


def after_use() -> dict[str, float]:
    """Return the memory of the program when it has read ten formulas."""
    shown = sheet(FORMULAS)
    with stage(shown) as (display, hand, program):
        xdotool(display, "mousemove", *PLACE)
        for part in shown.parts:
            snip(display, hand, shown, part)
        threading.Event().wait(SETTLED_S)
        return megabytes(program.process_id)


def main() -> None:
    """Measure a second start: the first one makes the home."""
    QGuiApplication(["benchmark", "-platform", "offscreen"])
    with x_server() as display, tempfile.TemporaryDirectory() as folder:
        before_and_after(Path(folder), display)
        figures = before_and_after(Path(folder), display)
    figures[USED] = after_use()
    rows = [{"idle": name, **values, "goal": GOALS_MB[name]} for name, values in figures.items()]
    publish("memory", rows, "MiB")


if __name__ == "__main__":
    main()
