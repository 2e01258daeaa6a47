"""How many names of each length there are: a bar for each, which shows the names of its length alone when pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.acronym.limits import LEAST_LETTERS, MOST_LETTERS
from app.core.i18n import tr

if TYPE_CHECKING:
    from app.ui.theme import Theme

HEIGHT: Final = 48
LABEL_HEIGHT: Final = 16
LEAST_BAR: Final = 2


class LengthBars(QWidget):
    """One button for each length that names may have."""

    chosen = Signal(object)
    """The length whose names are wanted, None for all."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.bars = {letters: _Bar(theme, letters, self) for letters in range(LEAST_LETTERS, MOST_LETTERS + 1)}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for bar in self.bars.values():
            row.addWidget(bar)
            bar.clicked.connect(self._on_clicked)
        self.show_counts({})

    def show_counts(self, counts: dict[int, int]) -> None:
        """Show how many names there are of each length; a length without any is not chosen any more."""
        most = max(counts.values(), default=0)
        for letters, bar in self.bars.items():
            bar.show_count(counts.get(letters, 0), most)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.setAccessibleName(tr("Names by length"))
        for letters, bar in self.bars.items():
            text = tr("{count} names of {letters} letters", count=bar.count, letters=letters)
            bar.setToolTip(text)
            bar.setAccessibleName(text)

    def _on_clicked(self) -> None:
        pressed = self.sender()
        for bar in self.bars.values():
            if bar is not pressed:
                bar.setChecked(False)
        self.chosen.emit(next((letters for letters, bar in self.bars.items() if bar.isChecked()), None))


class _Bar(QAbstractButton):
    def __init__(self, theme: Theme, letters: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._letters = letters
        self.count, self._share = 0, 0.0
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_count(self, count: int, most: int) -> None:
        self.count, self._share = count, count / most if most else 0.0
        self.setEnabled(count > 0)
        if not count:
            self.setChecked(False)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._theme.hit_area(), self._theme.space(HEIGHT))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, space = self._theme, self._theme.space
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(space(2), space(2), -space(2), -space(2))
        if self.isChecked() or (self.underMouse() and self.isEnabled()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection" if self.isChecked() else "hover"))
            painter.drawRoundedRect(body, space(4), space(4))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(body, space(4), space(4))
        room = body.height() - space(LABEL_HEIGHT) - space(4)
        height = max(space(LEAST_BAR), room * self._share) if self.count else 0.0
        bar = QRectF(body.left() + space(6), body.top() + space(2) + room - height, body.width() - 2 * space(6), height)
        painter.fillRect(bar, theme.colour("accent"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text" if self.count else "disabled"))
        foot = QRectF(body.left(), body.bottom() - space(LABEL_HEIGHT), body.width(), space(LABEL_HEIGHT))
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, str(self._letters))
        painter.end()
