"""When something happened, in the words people use: relative within a day, dates after."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QDateTime, QLocale, QTimeZone

from app.core.i18n import language, tr

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = timedelta(days=1)


def when(moment: datetime, now: datetime) -> str:
    """Return `moment` as seen from `now`: "5 min ago" within a day, date and time of the user's zone after.

    Args:
        moment: with a time zone.
        now: with a time zone; a moment slightly after it (clocks are set back) counts as now.

    """
    passed = now - moment
    if -_DAY < passed < _DAY:
        return _relative(int(max(passed.total_seconds(), 0)))
    return exact(moment)


def exact(moment: datetime) -> str:
    """Return date and time of `moment`, which has a time zone, in the user's zone and language."""
    # Translators: Qt date format; keep the letters d M y H m, arrange them as the language does.
    pattern = tr("d MMM yyyy, HH:mm")
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()), QTimeZone(QTimeZone.Initialization.LocalTime))
    return QLocale(language()).toString(local, pattern)


def _relative(seconds: int) -> str:
    if seconds < _MINUTE:
        return tr("just now")
    if seconds < _HOUR:
        return tr("{count} min ago", count=seconds // _MINUTE)
    return tr("{count} h ago", count=seconds // _HOUR)
