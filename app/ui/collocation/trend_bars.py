"""How frequent a phrase was to 2022 and is from 2023, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.collocation.facets import FROM_2023, PERIODS, TO_2022
from app.core.i18n import tr

if TYPE_CHECKING:
    from app.collocation.matches import Trend
    from app.ui.theme import Theme

ROW: Final = 22
BAR: Final = 8


class TrendBars(QWidget):
    """Draws a bar for each period, in occurrences in a million words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._trend: Trend | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_trend(self, trend: Trend) -> None:
        """Show another trend."""
        self._trend = trend
        self.retranslate()
        self.update()

    def retranslate(self) -> None:
        """Say the figures to screen readers in the current language."""
        self.setAccessibleName(tr("Occurrences in a million words"))
        self.setAccessibleDescription("; ".join(f"{title} {rate:.2f}" for title, rate in self._rows()))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of the two rows."""
        return QSize(self._theme.space(160), 2 * self._theme.space(ROW))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw title, bar and figure of each period."""
        rows = self._rows()
        font, space = self._theme.font("small"), self._theme.space
        metrics = QFontMetrics(font)
        left = max((metrics.horizontalAdvance(title) for title, _ in rows), default=0) + space(8)
        right = max((metrics.horizontalAdvance(f"{rate:,.2f}") for _, rate in rows), default=0) + space(8)
        full = max(1, self.width() - left - right)
        largest = max((rate for _, rate in rows), default=0.0) or 1.0
        painter = QPainter(self)
        painter.setFont(font)
        for number, (title, rate) in enumerate(rows):
            place = QRect(0, number * space(ROW), self.width(), space(ROW))
            painter.setPen(self._theme.colour("text_muted"))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
            painter.setPen(self._theme.colour("text"))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{rate:,.2f}")
            bar = QRectF(left, place.center().y() + 1 - space(BAR) / 2, max(full * rate / largest, 1.0), space(BAR))
            painter.fillRect(bar, self._colour(number))
        painter.end()

    def _colour(self, number: int) -> object:
        recent = number == 1 and self._trend is not None and self._trend.is_recent
        return self._theme.colour("warning" if recent else ("text_muted", "accent")[number])

    def _rows(self) -> list[tuple[str, float]]:
        if self._trend is None:
            return []
        return [(tr(PERIODS[TO_2022]), self._trend.to_2022), (tr(PERIODS[FROM_2023]), self._trend.from_2023)]
