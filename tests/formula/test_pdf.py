from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from app.core.errors import InputError
from app.formula.pdf import MOST_PIXELS, Document, Region, address

WIDTH, HEIGHT = 300, 400
LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\n%%EOF\n"
)
"""A file that asks for a password nobody knows."""


def page(number: int) -> Image.Image:
    """A page, one pixel a point, with a black box whose place tells its number."""
    drawn = Image.new("L", (WIDTH, HEIGHT), 255)
    ImageDraw.Draw(drawn).rectangle((50, 10 + number % 300, 90, 20 + number % 300), fill=0)
    return drawn


def write(path: Path, pages: int) -> Path:
    first, *rest = (page(number) for number in range(1, pages + 1))
    first.save(path, save_all=True, append_images=rest, resolution=72)
    return path


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return write(tmp_path / "paper.pdf", 3)


def dark_box(picture: Image.Image) -> tuple[float, float, float, float]:
    dark = np.asarray(picture.convert("L")) < 100
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    return float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1)


def test_pages_are_drawn_at_any_zoom(paper: Path) -> None:
    with Document(paper) as document:
        assert len(document) == 3
        assert document.size(2) == (WIDTH, HEIGHT)
        for scale in (0.5, 1, 2):
            drawn = document.render(2, scale)
            assert drawn.mode == "RGB"
            assert drawn.size == (WIDTH * scale, HEIGHT * scale)
            assert dark_box(drawn) == pytest.approx([side * scale for side in (50, 12, 91, 23)], abs=2)


def test_a_region_is_what_was_dragged_over(paper: Path) -> None:
    with Document(paper) as document:
        cut = document.region(Region(3, 40, 3, 100, 33), dpi=144)
    assert cut.size == (120, 60)
    assert dark_box(cut) == pytest.approx((20, 20, 102, 42), abs=3)


def test_a_region_of_a_turned_page_is_as_it_is_shown(paper: Path, tmp_path: Path) -> None:
    # GIVEN a page shown on its side: its box is then near the upper right corner
    document = pypdfium2.PdfDocument(paper)
    document[0].set_rotation(90)
    document.save(tmp_path / "turned.pdf")
    document.close()

    # WHEN / THEN
    with Document(tmp_path / "turned.pdf") as turned:
        assert turned.size(1) == (HEIGHT, WIDTH)
        assert dark_box(turned.render(1, 1)) == pytest.approx((HEIGHT - 22, 50, HEIGHT - 11, 91), abs=2)
        cut = turned.region(Region(1, HEIGHT - 40, 40, HEIGHT, 100), dpi=72)
        assert dark_box(cut) == pytest.approx((18, 10, 29, 51), abs=2)


def test_a_region_that_reaches_over_the_rim_is_cut_there(paper: Path) -> None:
    with Document(paper) as document:
        assert document.region(Region(1, -50, -50, 100, 100), dpi=72).size == (100, 100)
        with pytest.raises(InputError, match=r"outside page 1 of paper\.pdf"):
            document.region(Region(1, 400, 0, 500, 10))


def test_a_drawing_never_fills_the_memory(paper: Path) -> None:
    with Document(paper) as document:
        drawn = document.render(1, 1000)
    assert drawn.width * drawn.height <= MOST_PIXELS * 1.01


def test_a_page_of_a_300_page_file_is_there_at_once(tmp_path: Path) -> None:
    # GIVEN
    path = write(tmp_path / "thesis.pdf", 300)

    # WHEN the first and the last page are looked at
    started = time.perf_counter()
    with Document(path) as document:
        first, last = document.render(1, 0.3), document.render(300, 0.3)
        taken = time.perf_counter() - started
        every = [document.size(number) for number in range(1, len(document) + 1)]

    # THEN nothing else was drawn for it, which would take far longer
    assert len(every) == 300
    assert dark_box(first) != dark_box(last)
    assert taken < 5


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_page_that_is_not_there_is_named(paper: Path, number: int) -> None:
    with Document(paper) as document, pytest.raises(InputError, match=f"has 3 pages and no page {number}"):
        document.size(number)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "damaged"), (b"no pdf", "damaged"), (b"%PDF-1.7\n%%EOF", "damaged"), (LOCKED, "password")],
)
def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    with pytest.raises(InputError, match=rf"bad\.pdf.*{words}"):
        Document(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no file missing\.pdf"):
        Document(tmp_path / "missing.pdf")


def test_a_truncated_file_is_an_error_or_a_file(paper: Path, tmp_path: Path) -> None:
    data = paper.read_bytes()
    for share in (0.1, 0.5, 0.9, 0.99):
        path = tmp_path / "cut.pdf"
        path.write_bytes(data[: int(len(data) * share)])
        try:
            with Document(path) as document:
                document.render(1, 0.2)
        except InputError as error:
            assert "cut.pdf" in str(error)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.pdf#page=3&box=72,100,300,140.5", ("a.pdf", Region(3, 72, 100, 300, 140.5))),
        ("b/A.PDF#page=1&box=0,0,1,1", ("b/A.PDF", Region(1, 0, 0, 1, 1))),
        ("a.pdf", None), ("a.png#page=1&box=0,0,1,1", None), ("#.png", None),
    ],
)  # fmt: skip
def test_a_region_has_an_address(name: str, expected: tuple[str, Region] | None) -> None:
    assert address(name) == expected
    if expected is not None:
        assert address(f"{expected[0]}#{expected[1]}") == expected


@pytest.mark.parametrize("place", ["page=1", "page=0&box=0,0,1,1", "page=1&box=1,1,1,1", "page=x&box=0,0,1,1",
                                   "page=1&box=0,0,1", "page=1&box=5,0,1,1"])  # fmt: skip
def test_a_wrong_address_says_how_to_write_it(place: str) -> None:
    with pytest.raises(InputError, match="page=3&box=72,100,300,140"):
        address(f"a.pdf#{place}")
