"""All pages of a PDF below each other; drag over a formula to choose it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar, QWidget

from app.formula.pdf import Region
from app.ui.formula.zoom import STEP
from app.ui.theme_tokens import LIGHT

if TYPE_CHECKING:
    from app.ui.formula.pdf_pages import PdfPages
    from app.ui.theme import Theme

GAP: Final = 12
"""Pixels between pages and around them."""
LEAST_SCALE, MOST_SCALE = 0.1, 12.0
"""Pixels for a point."""
LEAST_REGION: Final = 4.0
"""Points: a shorter drag is a click."""
BOX: Final = (240.0, 40.0)
"""Points: width and height of the box that the keys bring up, a formula across a column."""
BOX_STEP: Final = 6.0
"""Points that an arrow key moves it or its edge by."""
WHEEL_STEP: Final = 120.0
SHADE: Final = 40
"""Opacity of what is chosen, 0 to 255."""
ARROWS: Final = {
    Qt.Key.Key_Left: QPointF(-BOX_STEP, 0),
    Qt.Key.Key_Right: QPointF(BOX_STEP, 0),
    Qt.Key.Key_Up: QPointF(0, -BOX_STEP),
    Qt.Key.Key_Down: QPointF(0, BOX_STEP),
}


class PdfView(QAbstractScrollArea):
    """Shows the pages of `pages`; they fill the width until the user zooms.

    Args:
        theme: colours.
        pages: the file.
        parent: the owner.

    """

    region_chosen = Signal(object)
    """The `Region` that the user dragged over."""
    page_changed = Signal(int)
    """Another page is in front."""

    def __init__(self, theme: Theme, pages: PdfPages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._pages = theme, pages
        self._chosen: float | None = None
        self._scale = 1.0
        self._tops: list[float] = []
        self._page = 0
        self._box: tuple[int, QRectF] | None = None
        self._from: tuple[int, QPointF] | None = None
        self._by_keys = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        pages.opened.connect(self._begin)
        pages.drawn.connect(lambda _page: self.viewport().update())

    @property
    def page(self) -> int:
        """The page in front, 0 when there is none."""
        return self._page

    @property
    def scale(self) -> float:
        """Pixels for a point."""
        return self._scale

    @property
    def box(self) -> tuple[int, QRectF] | None:
        """The page and the part of it, in points, that is chosen or being chosen."""
        return self._box

    def go_to(self, page: int) -> None:
        """Bring the top of a page to the top."""
        if 1 <= page <= len(self._tops):
            self.verticalScrollBar().setValue(round(self._tops[page - 1]) - GAP)

    def zoom_in(self) -> None:
        """Enlarge by a step."""
        self._zoom(self._scale * STEP)

    def zoom_out(self) -> None:
        """Reduce by a step."""
        self._zoom(self._scale / STEP)

    def fit(self) -> None:
        """Let the pages fill the width again."""
        self._chosen = None
        self._lay_out()

    def drop_box(self) -> bool:
        """Forget the box that the keys brought up; return whether there was one."""
        was_there, self._by_keys = self._by_keys, False
        if was_there:
            self._set_box(None)
        return was_there

    def place_of(self, page: int) -> QRectF:
        """Return where a page is in the view, in pixels."""
        width, height = (side * self._scale for side in self._pages.sizes[page - 1])
        room = self.viewport().width()
        left = (room - width) / 2 if width + 2 * GAP <= room else GAP - self.horizontalScrollBar().value()
        return QRectF(left, self._tops[page - 1] - self.verticalScrollBar().value(), width, height)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for a page."""
        return QSize(560, 640)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for a column."""
        return QSize(240, 160)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the new size."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow palette and screen."""
        super().changeEvent(event)
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the pages in sight, white as long as they are not there, and ask for what is missing."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), self._theme.colour("sidebar"))
        pages = self._in_sight()
        for page in pages:
            place = self.place_of(page)
            picture = self._pages.picture(page)
            painter.fillRect(place, QColor(Qt.GlobalColor.white))
            if picture is not None:
                painter.drawImage(place, picture)
        if self._box is not None:
            self._draw_box(painter, *self._box)
        painter.end()
        beside = [page for page in (pages[-1] + 1, pages[0] - 1) if 1 <= page <= len(self._tops)] if pages else []
        self._pages.want([*pages, *beside], round(self._scale * self.devicePixelRatioF(), 4))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom with Ctrl, scroll without."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._zoom(self._scale * STEP ** (event.angleDelta().y() / WHEEL_STEP), event.position().y())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to choose a part of the page below."""
        page = self._page_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and page:
            self._from = page, self._on_page(page, event.position())
            self._by_keys = False
            self._set_box(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose up to here."""
        if self._from is not None:
            page, start = self._from
            self._set_box((page, QRectF(start, self._on_page(page, event.position())).normalized()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Have chosen."""
        if event.button() == Qt.MouseButton.LeftButton and self._from is not None:
            self._from = None
            self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll; with Enter bring up a box that arrows move, with Shift resize, and with Enter again read it."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press_enter()
        elif self._by_keys and key in ARROWS:
            self._move_box(ARROWS[key], resizes=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(1 if key == Qt.Key.Key_Home else len(self._tops))
        else:
            super().keyPressEvent(event)

    def _begin(self) -> None:
        """Show the first page of another file."""
        self._box, self._by_keys, self._page = None, False, 0
        self._chosen, self._tops = None, []
        self._lay_out()

    def _zoom(self, scale: float, anchor: float = 0.0) -> None:
        """Use a scale until further notice; what is `anchor` pixels below the top stays there."""
        self._chosen = min(max(scale, LEAST_SCALE), MOST_SCALE)
        self._lay_out(anchor)

    def _lay_out(self, anchor: float = 0.0) -> None:
        """Find the places of all pages; what is at the anchor stays there."""
        sizes, bar = self._pages.sizes, self.verticalScrollBar()
        if not sizes:
            self._tops = []
            bar.setRange(0, 0)
            return
        room = self.viewport().size()
        widest = max(width for width, _ in sizes)
        page, offset = self._place_at(bar.value() + anchor)
        self._scale = self._chosen or max((room.width() - 2 * GAP) / widest, LEAST_SCALE)
        self._tops = list(accumulate((height * self._scale + GAP for _, height in sizes), initial=float(GAP)))[:-1]
        whole = self._tops[-1] + sizes[-1][1] * self._scale + GAP
        _set_range(bar, whole, room.height())
        _set_range(self.horizontalScrollBar(), widest * self._scale + 2 * GAP, room.width())
        bar.setValue(round(self._tops[page - 1] + offset * self._scale - anchor))
        self.viewport().update()
        self._on_scrolled()

    def _place_at(self, height: float) -> tuple[int, float]:
        """Return the page at a height of all pages in pixels, and how far below its top that is, in points."""
        if not self._tops:
            return 1, -GAP / self._scale
        page = max(bisect_right(self._tops, height), 1)
        return page, (height - self._tops[page - 1]) / self._scale

    def _in_sight(self) -> list[int]:
        """Return the pages of which a part can be seen."""
        if not self._tops:
            return []
        top = self.verticalScrollBar().value()
        first = max(bisect_right(self._tops, top), 1)
        last = max(bisect_right(self._tops, top + self.viewport().height()), 1)
        return list(range(first, last + 1))

    def _on_scrolled(self) -> None:
        """Say which page is in front: the one that covers the upper third."""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        page = max(bisect_right(self._tops, middle), 1) if self._tops else 0
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
        self.viewport().update()

    def _page_at(self, place: QPointF) -> int:
        """Return the page at a place of the view, 0 between pages."""
        return next((page for page in self._in_sight() if self.place_of(page).contains(place)), 0)

    def _on_page(self, page: int, place: QPointF) -> QPointF:
        """Return the nearest place of a page to one of the view, in points from the page's corner."""
        area = self.place_of(page)
        x = min(max(place.x(), area.left()), area.right())
        y = min(max(place.y(), area.top()), area.bottom())
        return (QPointF(x, y) - area.topLeft()) / self._scale

    def _set_box(self, box: tuple[int, QRectF] | None) -> None:
        self._box = box
        self.viewport().update()

    def _choose(self) -> None:
        """Tell what was chosen, if that is more than a click."""
        if self._box is None or min(self._box[1].width(), self._box[1].height()) < LEAST_REGION:
            self._set_box(None)
            return
        page, part = self._box
        self.region_chosen.emit(Region(page, part.left(), part.top(), part.right(), part.bottom()))

    def _press_enter(self) -> None:
        """Bring up a box in the middle of the page in front, or read what is in it."""
        if self._by_keys:
            self._by_keys = False
            self._choose()
        elif self._page:
            area = self.place_of(self._page).intersected(QRectF(self.viewport().rect()))
            middle = self._on_page(self._page, area.center())
            size = QPointF(*BOX)
            self._by_keys = True
            self._set_box((self._page, QRectF(middle - size / 2, middle + size / 2)))

    def _move_box(self, step: QPointF, *, resizes: bool) -> None:
        """Move the box, or its lower right corner, within the page."""
        assert self._box is not None  # noqa: S101 - it was brought up
        page, box = self._box
        width, height = self._pages.sizes[page - 1]
        corner = box.bottomRight() + step
        if resizes:
            corner = QPointF(max(corner.x(), box.left() + BOX_STEP), max(corner.y(), box.top() + BOX_STEP))
            moved = QRectF(box.topLeft(), corner)
        else:
            moved = box.translated(step)
        if QRectF(0, 0, width, height).contains(moved):
            self._set_box((page, moved))

    def _draw_box(self, painter: QPainter, page: int, part: QRectF) -> None:
        area = self.place_of(page)
        place = QRectF(part.topLeft() * self._scale + area.topLeft(), part.size() * self._scale)
        colour = QColor(LIGHT["accent"])  # pages are white in either theme
        painter.setPen(QPen(colour, 2.0))
        colour.setAlpha(SHADE)
        painter.setBrush(colour)
        painter.drawRect(place)


def _set_range(bar: QScrollBar, whole: float, visible: int) -> None:
    """Let a scroll bar cover `whole` pixels, of which so many are visible."""
    bar.setRange(0, max(0, round(whole - visible)))
    bar.setPageStep(visible)
    bar.setSingleStep(max(visible // 12, 8))
