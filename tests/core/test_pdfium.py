from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from app.collocation.build.readers.pdf import read
from app.core.pdfium import PDFIUM
from app.formula.pdf import Document
from tests.collocation.pdf_files import pdf

SOON = 0.3
"""Seconds in which either tool has read a page ten times over."""


def formula_tool(path: Path) -> object:
    with Document(path) as document:
        return document.render(1, 1.0).size


def collocation_tool(path: Path) -> object:
    return [passage.text for passage in read(path)]


@pytest.mark.parametrize("tool", [formula_tool, collocation_tool])
def test_a_tool_waits_while_another_uses_pdfium(tool: Callable[[Path], object], tmp_path: Path) -> None:
    # GIVEN a file, and PDFium in use
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf(["We discuss the results of the experiment in this section."]))
    with ThreadPoolExecutor(1) as pool:
        # WHEN a tool opens the file in another thread
        with PDFIUM:
            reading = pool.submit(tool, path)
            still = wait([reading], timeout=SOON).not_done

        # THEN it waits, and reads as soon as it may
        assert still
        assert reading.result(timeout=20)
