"""What the tab shows before the first picture: a formula to try and the ways to give one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QShowEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.core.i18n import tr
from app.formula.render import render_svg
from app.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from app.core.progress import Progress
    from app.ui.desk import Desk

EXAMPLE: Final = r"\hat{f}(\xi) = \int_{-\infty}^{\infty} f(x)\, e^{-2\pi i x \xi}\, dx"
"""The Fourier transform: known to many, with all that a formula has."""
EXAMPLE_EM_PX: Final = 40.0
"""Pixels of the picture that is given to the engine, as a snip of a high-resolution screen."""
PAPER_MARGIN: Final = 24
PAPER, INK = "#ffffff", "#000000"
CARD_EM: Final = 26


def example_picture() -> QImage:
    """Return the example as black ink on white paper."""
    drawing = QSvgRenderer(QByteArray(render_svg(EXAMPLE, size_px=EXAMPLE_EM_PX, colour=INK)))
    size = drawing.defaultSize()
    image = QImage(size + QSize(2 * PAPER_MARGIN, 2 * PAPER_MARGIN), QImage.Format.Format_RGB32)
    image.fill(PAPER)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter, QRectF(PAPER_MARGIN, PAPER_MARGIN, size.width(), size.height()))
    painter.end()
    return image


class ExampleCard(QAbstractButton):
    """A sheet of paper with the example on it; a click reads it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._picture = QImage()
        self.setObjectName("exampleCard")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        desk.theme.changed.connect(self.update)

    @property
    def picture(self) -> QImage:
        """The example, null until it is drawn."""
        return self._picture

    def prepare(self) -> None:
        """Draw the example off the window's thread."""

        def work(_progress: Progress) -> QImage:
            return example_picture()

        self._desk.tasks.run(work, self._show, channel="formula.example")

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the sheet."""
        em = self.fontMetrics().height()
        return QSize(CARD_EM * em, 6 * em)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Press with Return as with the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the sheet, its border telling focus and hover."""
        theme = self._desk.theme
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        marked = self.hasFocus() or self.underMouse()
        pen = painter.pen()
        pen.setColor(theme.colour("accent" if marked else "border"))
        pen.setWidthF(2.0 if self.hasFocus() else 1.0)
        painter.setPen(pen)
        painter.setBrush(Qt.GlobalColor.white)
        sheet = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(sheet, theme.space(6), theme.space(6))
        if not self._picture.isNull():
            room = sheet.adjusted(theme.space(8), theme.space(8), -theme.space(8), -theme.space(8))
            size = self._picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(room.center())
            painter.drawImage(place, self._picture)
        painter.end()

    def enterEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Show that it can be clicked."""
        self.update()

    def leaveEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Show it as it was."""
        self.update()

    def _show(self, picture: QImage) -> None:
        """Take the drawn example."""
        self._picture = picture
        self.update()


class EmptyState(QWidget):
    """An example that can be tried, and how to give a picture.

    Args:
        desk: the theme and the tasks.
        hotkey: returns the keys that start a capture, as the user reads them, "" for none.

    """

    example_chosen = Signal(QImage)

    def __init__(self, desk: Desk, hotkey: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._hotkey = desk, hotkey
        self._title = QLabel(self)
        self._title.setFont(desk.theme.font("title"))
        self._invitation = QLabel(self)
        self._invitation.setProperty("tone", "muted")
        self.card = ExampleCard(desk, self)
        self.card.clicked.connect(self._choose)
        self._ways = [(QLabel(self), QLabel(self), name) for name in ("capture", "paste", "open", "page", "draw")]
        self._lay_out()
        self.retranslate()
        desk.theme.changed.connect(self._draw_icons)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self._title.setText(tr("Turn a picture of a formula into LaTeX"))
        self._invitation.setText(tr("Try it with this formula"))
        self.card.setAccessibleName(tr("Example formula: read it"))
        self.card.setToolTip(tr("Read this example"))
        hotkey = self._hotkey()
        capture = (
            tr("Press <b>{hotkey}</b> anywhere and drag over a formula", hotkey=hotkey)
            if hotkey
            else tr("Press the capture button and drag over a formula")
        )
        texts = (
            capture,
            tr("Paste a picture with <b>{keys}</b>", keys="Ctrl+V"),
            tr("Drop picture files here, or open them"),
            tr("Drop or open a PDF, and drag over a formula on its pages"),
            tr("Draw it with <b>{keys}</b>, by mouse, finger or pen", keys="Ctrl+D"),
        )
        for (_, label, _name), text in zip(self._ways, texts, strict=True):
            label.setText(text)
        self._draw_icons()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the example when it is first seen."""
        super().showEvent(event)
        if self.card.picture.isNull():
            self.card.prepare()

    def _lay_out(self) -> None:
        """Put everything in the middle."""
        theme = self._desk.theme
        ways = QGridLayout()
        ways.setHorizontalSpacing(theme.space(12))
        ways.setVerticalSpacing(theme.space(12))
        for row, (picture, text, _name) in enumerate(self._ways):
            text.setTextFormat(Qt.TextFormat.RichText)
            ways.addWidget(picture, row, 0)
            ways.addWidget(text, row, 1)
        layout = QVBoxLayout(self)
        centre = Qt.AlignmentFlag.AlignHCenter
        layout.addStretch(2)
        layout.addWidget(self._title, 0, centre)
        layout.addSpacing(theme.space(16))
        layout.addWidget(self.card, 0, centre)
        layout.addSpacing(theme.space(8))
        layout.addWidget(self._invitation, 0, centre)
        layout.addSpacing(theme.space(24))
        layout.addLayout(ways)
        layout.setAlignment(ways, centre)
        layout.addStretch(3)

    def _draw_icons(self) -> None:
        """Draw the icons in the theme's colours."""
        side = self._desk.theme.space(20)
        for picture, _text, name in self._ways:
            picture.setPixmap(icon(name).pixmap(QSize(side, side), self.devicePixelRatioF()))

    def _choose(self) -> None:
        """Give the example to be read."""
        if not self.card.picture.isNull():
            self.example_chosen.emit(self.card.picture)
