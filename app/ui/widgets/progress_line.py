"""A thin line for long work: how far it is, how long it took and will take, and a way to stop it."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.core.i18n import tr

if TYPE_CHECKING:
    from app.ui.tasks import Task
    from app.ui.theme import Theme

STEPS: Final = 1000
SHOW_AFTER_MS: Final = 300
"""Work that is over sooner shows nothing: a line that flashes by disturbs."""
TICK_MS: Final = 1000
SURE_AFTER: Final = 0.02
"""Share of the work that must be done before the remaining time is worth saying."""


class ProgressLine(QWidget):
    """Hidden until work has run for a while.

    Args:
        theme: fonts and spaces.
        parent: the owner.

    """

    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self._done = self._began = 0.0
        self._total: float | None = None
        self._text = ""
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._label, self._times = _quiet_label(theme), _quiet_label(theme)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._cancel = QPushButton()
        self._cancel.setProperty("kind", "flat")
        self._cancel.clicked.connect(self._on_cancel)
        self._delay = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._delay.timeout.connect(self.show)
        self._clock = QTimer(self, interval=TICK_MS)
        self._clock.timeout.connect(self._write)
        self._lay_out(theme)
        self.setVisible(False)
        self.retranslate()

    def start(self, task: Task | None = None, text: str = "") -> None:
        """Follow work; with a task, Cancel stops it and the line goes when it ends."""
        self._follow(task)
        self._done, self._total, self._text, self._began = 0.0, None, text, monotonic()
        self._bar.setRange(0, 0)
        self._delay.start()
        self._clock.start()
        self._write()

    def update(self, done: float, total: float | None = None, text: str = "") -> None:  # type: ignore[override]
        """Show that `done` of `total` units are done; `total` None: nobody knows how many there are."""
        self._done, self._total = done, total
        self._text = text or self._text
        if total:
            self._bar.setRange(0, STEPS)
            self._bar.setValue(round(STEPS * min(1.0, done / total)))
        else:
            self._bar.setRange(0, 0)
        self._write()

    def finish(self) -> None:
        """Go away."""
        self._follow(None)
        self._delay.stop()
        self._clock.stop()
        self.setVisible(False)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self._cancel.setText(tr("Cancel"))
        self._bar.setAccessibleName(tr("Progress"))
        self._write()

    def _follow(self, task: Task | None) -> None:
        if self._task is not None and isValid(self._task):
            self._task.finished.disconnect(self.finish)
        self._task = task
        if task is not None:
            task.finished.connect(self.finish)

    def _on_cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self.finish()
        self.cancelled.emit()

    def _write(self) -> None:
        self._label.setText(self._text)
        parts = []
        share = min(1.0, self._done / self._total) if self._total else 0.0
        spent = monotonic() - self._began
        if self._total:
            parts.append(f"{share:.0%}")
        parts.append(duration(spent))
        if share >= SURE_AFTER:
            parts.append(tr("{time} left", time=duration(spent * (1 - share) / share)))
        self._times.setText("  ·  ".join(parts))

    def _lay_out(self, theme: Theme) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.space(12))
        row.addWidget(self._label, 1)
        row.addWidget(self._times)
        row.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(4))
        column.addWidget(self._bar)
        column.addLayout(row)


def duration(seconds: float) -> str:
    """Return a time as people read it: "12 s", "3:07", "1:02:45"."""
    whole = max(0, round(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{rest:02}"
    return f"{minutes}:{rest:02}" if minutes else tr("{seconds} s", seconds=rest)


def _quiet_label(theme: Theme) -> QLabel:
    label = QLabel()
    label.setFont(theme.font("small"))
    label.setProperty("tone", "muted")
    return label
