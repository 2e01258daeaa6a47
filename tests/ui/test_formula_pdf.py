"""Pages of a PDF: found, enlarged, dragged over, read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.formula.pdf import REGION_DPI
from app.ui.desk import Desk
from app.ui.formula.pdf_pages import PdfPages
from app.ui.formula.pdf_view import PdfView
from app.ui.formula.pictures import Source
from app.ui.tabs.formula import FormulaTab
from tests.ui.formula_parts import WAIT_MS, StubReader, entries, finished, open_tab, picture, read

PAGES = 300
WIDTH, HEIGHT = 612, 792
BAR = (200, 300, 400, 320)
"""Points from the upper left corner: a black bar on every page."""
PIXELS_PER_POINT = REGION_DPI / 72


def write_pdf(path: Path, pages: int) -> Path:
    """Write a PDF by hand whose pages have a bar each, and the second page is lying."""
    left, top, right, bottom = BAR
    stream = f"{left} {HEIGHT - bottom} {right - left} {bottom - top} re f"
    first = 4
    kids = " ".join(f"{first + number} 0 R" for number in range(pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        *[
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents 3 0 R /Rotate {turn} >>"
            for turn in (90 if number == 1 else 0 for number in range(pages))
        ],
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(objects) + 1
    trailer = f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    path.write_bytes(out + f"xref\n0 {count}\n0000000000 65535 f \n{table}{trailer}".encode())
    return path


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pdf(tmp_path_factory.mktemp("pdf") / "book.pdf", PAGES)


@pytest.fixture
def reader() -> StubReader:
    return StubReader()


@pytest.fixture
def tab(desk: Desk, reader: StubReader, qtbot: QtBot) -> Iterator[FormulaTab]:
    with open_tab(desk, reader, qtbot) as tab:
        yield tab


@pytest.fixture
def view(tab: FormulaTab, book: Path, qtbot: QtBot) -> PdfView:
    """The pages of an open book."""
    tab.read([Source("drop", path=book)])
    qtbot.waitUntil(tab.pdf_pane.isVisible, timeout=WAIT_MS)
    finished(qtbot, tab)
    return tab.pdf_pane.view


def place(view: PdfView, page: int, x: float, y: float) -> QPoint:
    """Return where a place of a page, in points, is in the view."""
    return (view.place_of(page).topLeft() + QPointF(x, y) * view.scale).toPoint()


def drag(qtbot: QtBot, view: PdfView, page: int, box: tuple[int, int, int, int]) -> None:
    start, end = place(view, page, *box[:2]), place(view, page, *box[2:])
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(view.viewport(), left, pos=start)
    qtbot.mouseMove(view.viewport(), (start + end) / 2)
    qtbot.mouseMove(view.viewport(), end)
    qtbot.mouseRelease(view.viewport(), left, pos=end)


def test_a_book_opens_at_its_first_page_and_draws_only_what_is_seen(tab: FormulaTab, view: PdfView) -> None:
    pages = tab.pdf_pane.pages
    assert len(pages.sizes) == PAGES
    assert view.page == 1
    assert tab.pdf_pane.number.maximum() == PAGES
    assert view.hasFocus()
    assert pages.picture(1) is not None
    drawn = [page for page in range(1, PAGES + 1) if pages.picture(page) is not None]
    assert len(drawn) <= 4


def test_a_formula_that_is_dragged_over_is_read(
    qtbot: QtBot, tab: FormulaTab, view: PdfView, reader: StubReader, desk: Desk
) -> None:
    # GIVEN page 250, found by its number
    tab.pdf_pane.go.trigger()
    assert tab.pdf_pane.number.hasFocus()
    qtbot.keyClicks(tab.pdf_pane.number, "250")
    qtbot.keyClick(tab.pdf_pane.number, Qt.Key.Key_Return)
    assert view.page == 250
    qtbot.waitUntil(lambda: tab.pdf_pane.pages.picture(250) is not None, timeout=WAIT_MS)
    # WHEN the bar is dragged over
    left, top, right, bottom = BAR
    drag(qtbot, view, 250, (left - 20, top - 20, right + 20, bottom + 20))
    finished(qtbot, tab)
    # THEN that part was read, sharper than it is shown, and the pages stay beside the answer
    width, height = reader.sizes[-1]
    assert width == pytest.approx((right - left + 40) * PIXELS_PER_POINT, rel=0.03)
    assert height == pytest.approx((bottom - top + 40) * PIXELS_PER_POINT, rel=0.05)
    assert tab.editor.latex == "x^2"
    assert view.isVisible()
    assert tab.workbench.isVisible()
    assert not tab.compare.snip_view.is_empty
    # AND the history says where it is from
    (entry,) = entries(desk)
    assert (entry.detail["source"], entry.detail["file"], entry.detail["page"]) == ("pdf", "book.pdf", 250)


def test_a_lying_page_is_read_as_it_is_seen(qtbot: QtBot, tab: FormulaTab, view: PdfView, reader: StubReader) -> None:
    # GIVEN a page that is turned by a quarter, so that the bar stands
    view.go_to(2)
    finished(qtbot, tab)
    assert tab.pdf_pane.pages.sizes[1] == (HEIGHT, WIDTH)
    # WHEN its bar is dragged over
    left, top, right, bottom = BAR
    drag(qtbot, view, 2, (HEIGHT - bottom - 20, left - 20, HEIGHT - top + 20, right + 20))
    finished(qtbot, tab)
    # THEN what was read is high
    width, height = reader.sizes[-1]
    assert height > 3 * width


def test_a_box_is_brought_up_moved_and_read_by_keys(
    qtbot: QtBot, tab: FormulaTab, view: PdfView, reader: StubReader
) -> None:
    # GIVEN a box in the middle of the page
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.box is not None
    before = view.box[1]
    # WHEN it is moved and made wider
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    after = view.box[1]
    assert after.top() > before.top()
    assert after.width() > before.width()
    assert reader.sizes == []
    # THEN Enter reads it
    qtbot.keyClick(view, Qt.Key.Key_Return)
    finished(qtbot, tab)
    assert reader.sizes[0][0] == pytest.approx(after.width() * PIXELS_PER_POINT, abs=2)


def test_esc_drops_the_box_then_closes_the_pages_which_can_be_brought_back(
    qtbot: QtBot, tab: FormulaTab, view: PdfView
) -> None:
    view.go_to(77)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert tab.go_back()
    assert view.box is None
    assert view.isVisible()
    assert tab.go_back()
    assert tab.empty.isVisible()
    tab.actions_of_tab.show_pdf.trigger()
    assert view.isVisible()
    assert view.page == 77
    finished(qtbot, tab)


def test_a_click_reads_nothing(qtbot: QtBot, tab: FormulaTab, view: PdfView, reader: StubReader) -> None:
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place(view, 1, 100, 100))
    assert view.box is None
    assert not tab.is_reading
    assert reader.sizes == []


def test_pages_are_enlarged_around_the_mouse_and_fit_again(qtbot: QtBot, tab: FormulaTab, view: PdfView) -> None:
    # GIVEN a page that fills the width
    fitting = view.scale
    before = (QPointF(300, 200) - view.place_of(1).topLeft()).y() / fitting
    # WHEN the wheel is turned with Ctrl
    wheel = QWheelEvent(
        QPointF(300, 200), QPointF(view.viewport().mapToGlobal(QPoint(300, 200))), QPoint(), QPoint(0, 240),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), wheel)
    # THEN what was below the mouse is there still, larger
    assert view.scale == pytest.approx(fitting * 1.25**2)
    after = (QPointF(300, 200) - view.place_of(1).topLeft()).y() / view.scale
    assert after == pytest.approx(before, abs=2)
    # AND the actions of the tab zoom the pages while the keyboard is on them
    tab.actions_of_tab.zoom_out.trigger()
    assert view.scale == pytest.approx(fitting * 1.25)
    tab.actions_of_tab.zoom_fit.trigger()
    assert view.scale == pytest.approx(fitting)
    finished(qtbot, tab)


def test_leafing_through_the_book_keeps_the_memory_small(qtbot: QtBot, tab: FormulaTab, view: PdfView) -> None:
    # GIVEN / WHEN the book is looked at here and there
    pages = tab.pdf_pane.pages
    for page in range(1, PAGES, 23):
        view.go_to(page)
        view.repaint()
        qtbot.waitUntil(lambda page=page: pages.picture(page) is not None, timeout=WAIT_MS)
    finished(qtbot, tab)
    # THEN there are no more pictures than the limit allows
    images = [image for page in range(1, PAGES + 1) if (image := pages.picture(page)) is not None]
    assert sum(image.sizeInBytes() for image in images) <= 128_000_000
    assert len(images) < PAGES / 4


def test_pages_that_went_by_are_not_drawn(qtbot: QtBot, desk: Desk, book: Path) -> None:
    # GIVEN a wish for a page while another is drawn
    pages = PdfPages(desk)
    with qtbot.waitSignal(pages.opened, timeout=WAIT_MS):
        pages.open(book)
    drawn: list[int] = []
    pages.drawn.connect(drawn.append)
    pages.want([1], 1.0)
    # WHEN more are wished for and given up before it is there
    pages.want([2, 3, 4], 1.0)
    pages.want([9], 1.0)
    qtbot.waitUntil(lambda: 9 in drawn, timeout=WAIT_MS)
    # THEN only what was being drawn and what is wanted at last are drawn
    assert drawn == [1, 9]
    pages.close()
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=WAIT_MS)


@pytest.mark.parametrize(("name", "content"), [("bad.pdf", b"%PDF-1.4 and nothing"), ("empty.pdf", b"")])
def test_a_file_that_is_no_pdf_is_named_and_the_tab_stays_as_it_was(
    qtbot: QtBot, tab: FormulaTab, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    tab.read([Source("file", path=tmp_path / name)])
    qtbot.waitUntil(lambda: name in tab.messages.text, timeout=WAIT_MS)
    assert tab.messages.kind == "warning"
    assert tab.empty.isVisible()
    finished(qtbot, tab)


def test_a_picture_closes_the_pages_and_a_missing_book_leaves_the_open_one(
    qtbot: QtBot, tab: FormulaTab, view: PdfView, tmp_path: Path
) -> None:
    read(qtbot, tab, [Source("clipboard", picture())])
    assert not view.isVisible()
    tab.read([Source("file", path=tmp_path / "gone.pdf")])
    qtbot.waitUntil(lambda: "gone.pdf" in tab.messages.text, timeout=WAIT_MS)
    tab.actions_of_tab.show_pdf.trigger()
    assert len(tab.pdf_pane.pages.sizes) == PAGES
    finished(qtbot, tab)
