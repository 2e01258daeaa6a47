"""The verdict on the palette in words, with what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.core.i18n import tr
from app.palette import level, sentences
from app.ui.icons import pixmap
from app.ui.palette.list_delegate import MARKS

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from app.palette import Report
    from app.ui.theme import Theme


class VerdictCard(QWidget):
    """A sign, the verdict in one word with the distance, and the most important sentence.

    Args:
        theme: fonts and colours.
        repair: the action whose button is there while the palette is unsafe; None: no button.

    """

    def __init__(self, theme: Theme, repair: QAction | None = None) -> None:
        super().__init__()
        self._theme, self._action = theme, repair
        self._report: Report | None = None
        self._sign, self._word, self._text = QLabel(), QLabel(), QLabel()
        self.repair_button = QPushButton()
        if repair is not None:
            self.repair_button.clicked.connect(repair.trigger)
        self._lay_out()
        theme.changed.connect(self.retranslate)

    @property
    def text(self) -> str:
        """What is said."""
        return f"{self._word.text()} {self._text.text()}"

    def show_report(self, report: Report) -> None:
        """Say what is thought of a palette."""
        self._report = report
        self.retranslate()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        if self._report is None:
            return
        report = self._report
        verdict = level(report)
        name, colour = MARKS[verdict]
        self._sign.setPixmap(pixmap(name, colour, self._theme.space(20), self.devicePixelRatioF()))
        title = verdict.title
        self._word.setText(f"{title[0].upper()}{title[1:]} · {report.distance:.1f}")
        self._word.setToolTip(tr("Smallest distance of two colours to any reader (CAM02-UCS)"))
        first, *rest = sentences(report)
        self._text.setText(first)
        self._text.setToolTip("\n".join(rest))
        self.setAccessibleName(self.text)
        self.repair_button.setVisible(
            self._action is not None and self._action.isEnabled() and not (report.is_safe and report.is_sound)
        )
        self.repair_button.setText(tr("Repair"))
        if self._action is not None:
            self.repair_button.setToolTip(self._action.toolTip())

    def _lay_out(self) -> None:
        space = self._theme.space
        self._word.setFont(self._theme.font("title"))
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(8))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._word, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.repair_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.repair_button.hide()
