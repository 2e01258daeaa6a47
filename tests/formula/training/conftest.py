from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

# Training needs PyTorch, an extra that the program itself does without.
HAS_TORCH = importlib.util.find_spec("torch") is not None
collect_ignore_glob = [] if HAS_TORCH else ["test_*.py"]
# Layouts are set by LaTeX, and by MathJax in Node, whose pictures a browser shows.
collect_ignore = [
    name
    for program, name in (("pdflatex", "test_layouts.py"), ("node", "test_browser.py"))
    if not shutil.which(program)
]

HEIGHT = 20.0
"""Points: height of the pages of the shards made here."""


def pytest_pycollect_makemodule() -> None:
    """Say what is missing to somebody who asks for one of these files by name."""
    if not HAS_TORCH:
        raise pytest.Collector.CollectError("these tests need the extra train: pip install --editable .[test,train]")


def write_shard(folder: Path, name: str, formulas: list[list[tuple[int, float]]], bucket: int = 0) -> Path:
    """Write a shard whose glyphs are bars 3 points wide and 6 high; a formula is a list of (token, left edge)."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = [[(left, 7.0, left + 3, 13.0) for _, left in formula] for formula in formulas]
    (folder / f"{name}.pdf").write_bytes(_pdf(pages))
    np.savez(
        folder / f"{name}.npz",
        offsets=np.cumsum([0, *map(len, formulas)]).astype(np.int32),
        tokens=np.array([token for formula in formulas for token, _ in formula], np.uint16),
        boxes=np.array([box for page in pages for box in page], np.float32).reshape(-1, 4),
        bucket=bucket,
    )
    return folder / name


def _pdf(pages: list[list[tuple[float, float, float, float]]]) -> bytes:
    """A PDF of filled boxes, their coordinates from the top left of each page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for boxes in pages:
        width = max(box[2] for box in boxes) + 2
        content = "\n".join(f"{x0} {HEIGHT - y1} {x1 - x0} {y1 - y0} re f" for x0, y0, x1, y1 in boxes)
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {HEIGHT}] /Contents {len(objects)} 0 R >>")
    objects[1] = f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(kids)}] >>"
    text, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    text += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return (text + f"startxref\n{text.rindex('xref')}\n%%EOF\n").encode("ascii")


@pytest.fixture
def layouts(tmp_path: Path) -> Path:
    """A folder with two shards of 40 made-up formulas, short and long."""
    rng = np.random.default_rng(0)
    for name, bucket, length in (("short-0", 0, 4), ("long-0", 2, 12)):
        formulas = [
            [(int(rng.integers(4, 12)), 2.0 + 5 * place) for place in range(int(rng.integers(2, length)))]
            for _ in range(40)
        ]
        write_shard(tmp_path / "layouts", name, formulas, bucket)
    return tmp_path / "layouts"


@pytest.fixture
def shard_writer() -> Callable[..., Path]:
    return write_shard


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    """Networks as small as here are slower on several threads, much so beside other programs."""
    if importlib.util.find_spec("torch"):
        importlib.import_module("torch").set_num_threads(1)
