"""Tables of figures: printed, and added to benchmarks.json beside what the machine was doing.

Importing it also puts the checkout on the path, so that each benchmark can be started as a script.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

FILE = ROOT / "benchmarks.json"
Cell = str | float | int
Row = Mapping[str, Cell]


def publish(name: str, rows: Sequence[Row], note: str = "") -> None:
    """Print the rows as a table, whose columns are the keys of the first, and add them to the file."""
    titles = list(rows[0])
    lines = [titles, *([_text(row[title]) for title in titles] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(titles))]
    for first, *others in lines:
        padded = [text.rjust(width) for text, width in zip(others, widths[1:], strict=True)]
        print("  ".join([first.ljust(widths[0]), *padded]))
    if note:
        print(note)
    _add({"benchmark": name, **_circumstances(), "rows": [dict(row) for row in rows]})


def _text(cell: Cell) -> str:
    return f"{cell:.1f}" if isinstance(cell, float) else str(cell)


def _circumstances() -> dict[str, str | float | int | None]:
    return {
        "time": datetime.now(tz=timezone.utc).isoformat(timespec="seconds"),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _add(run: Mapping[str, object]) -> None:
    runs = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else []
    new = FILE.with_suffix(".new")
    new.write_text(json.dumps([*runs, run], indent=1, ensure_ascii=False), encoding="utf-8")
    new.replace(FILE)
