"""Why a name scores as it does: a bar for each part of the score, to the right for what helps, to the left else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.acronym.explain import Reason
    from app.ui.theme import Theme

ROW: Final = 22
BAR: Final = 8
MOST_ROWS: Final = 8
"""The smallest parts of a score are not worth a line."""
LEAST_SHOWN: Final = 0.05
"""Worth that is written as more than 0.0."""
TEXT_SHARE: Final = 0.55
LEAST_SCALE: Final = 2.0
"""Worth of a bar that fills its half when no part of the score is larger."""


class ReasonBars(QWidget):
    """Draws the greatest parts of a score."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._reasons: list[Reason] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_reasons(self, reasons: Sequence[Reason]) -> None:
        """Show other reasons, the greatest first."""
        self._reasons = [each for each in reasons[:MOST_ROWS] if abs(each.worth) >= LEAST_SHOWN]
        self.retranslate()
        self.updateGeometry()
        self.update()

    def retranslate(self) -> None:
        """Say the reasons to screen readers in the current language."""
        self.setAccessibleName(tr("Parts of the score"))
        self.setAccessibleDescription("; ".join(f"{_text(each)} {each.worth:+.1f}" for each in self._reasons))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of the rows."""
        return QSize(self._theme.space(200), self._theme.space(ROW) * len(self._reasons))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same height at less width."""
        return QSize(self._theme.space(120), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw text, bar and figure of each reason."""
        space, width = self._theme.space, self.width()
        painter = QPainter(self)
        font = self._theme.font("small")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        figure = metrics.horizontalAdvance("+00.0")
        left = round(width * TEXT_SHARE)
        half = max(1.0, (width - left - figure - space(8)) / 2)
        scale = half / max([LEAST_SCALE, *(abs(each.worth) for each in self._reasons)])
        for row, reason in enumerate(self._reasons):
            top = row * space(ROW)
            text = metrics.elidedText(_text(reason), Qt.TextElideMode.ElideRight, left - space(8))
            line = QRectF(0, top, left, space(ROW))
            painter.setPen(self._theme.colour("text"))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            length = reason.worth * scale
            bar = QRectF(left + half + min(length, 0), top + (space(ROW) - space(BAR)) / 2, abs(length), space(BAR))
            painter.fillRect(bar, self._theme.colour("accent" if length > 0 else "warning"))
            end = QRectF(0, top, width, space(ROW))
            painter.setPen(self._theme.colour("text_muted"))
            painter.drawText(end, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{reason.worth:+.1f}")
        painter.end()


def _text(reason: Reason) -> str:
    """Return what a reason is called, with how often it occurs when that is a number of things."""
    text = tr(reason.title)
    return f"{text} × {reason.amount:.0f}" if reason.amount > 1 and reason.amount == int(reason.amount) else text
