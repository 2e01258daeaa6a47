"""The line of the preferences that says what reads pictures at the moment, and leads to the comparison of engines."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent

from app.core.i18n import mark, tr
from app.formula.devices import DEVICES, remembered
from app.formula.service import Loading
from app.ui.formula.engine_loader import EngineLoader
from app.ui.formula.engine_titles import engine_title
from app.ui.preferences import LinkRow

if TYPE_CHECKING:
    from app.core.settings import Settings
    from app.formula.service import Status
    from app.ui.desk import Desk
    from app.ui.formula.recognition import Reader

STATES: Final = {
    Loading.WAITING: mark("Not loaded yet"),
    Loading.BUSY: mark("Being loaded"),
    Loading.FAILED: mark("Could not be loaded"),
    Loading.READY: mark("Ready"),
}
LOOK_MS: Final = 2000
"""How often the memory is looked at while it is seen."""
MEGABYTE: Final = 1_000_000


class EngineRow(LinkRow):
    """Tells engine, device, time and memory, as long as it is seen.

    Args:
        desk: settings, actions, theme.

    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, mark("Recognition engine in use"), "", mark("Compare engines…"))
        self._desk = desk
        self.button.clicked.connect(self._compare)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.refresh)
        desk.language_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Look what is in use."""
        loader = self.window().findChild(EngineLoader)
        self.set_detail(described(loader.reader, self._desk.settings) if loader else tr(STATES[Loading.WAITING]))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look from now on."""
        super().showEvent(event)
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Look no more."""
        self._timer.stop()
        super().hideEvent(event)

    def _compare(self) -> None:
        """Go to the tab, which has the picture."""
        self._desk.show_tab("formula")
        self._desk.actions.find("formula.compare_engines").action.trigger()


def engine_rows(desk: Desk) -> list[LinkRow]:
    """Return what the preferences show beside the settings of the tool."""
    return [EngineRow(desk)]


def described(reader: Reader, settings: Settings) -> str:
    """Return what reads pictures, on what, how fast, in how much memory, and what the trial of devices found."""
    status = reader.status()
    if status is None:
        return tr(STATES[reader.loading])
    parts = [engine_title(status.engine), _device(status.device), *_figures(status)]
    text = " · ".join(parts)
    tried = remembered(settings)
    if len(tried) > 1:
        times = ", ".join(f"{_device(name)} {_milliseconds(value)}" for name, value in tried.items())
        text += " · " + tr("found by trial: {times}", times=times)
    return text


def _figures(status: Status) -> list[str]:
    figures = []
    if status.milliseconds is not None:
        figures.append(tr("{time} a picture", time=_milliseconds(status.milliseconds)))
    if status.memory:
        figures.append(tr("{size} MB of memory", size=round(status.memory / MEGABYTE)))
    return figures


def _device(name: str) -> str:
    return tr(DEVICES[name].title) if name in DEVICES else name


def _milliseconds(value: float) -> str:
    return tr("{count} ms", count=round(value)) if isfinite(value) else tr("cannot be used")
