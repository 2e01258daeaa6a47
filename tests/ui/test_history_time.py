from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest

from app.core.i18n import set_language
from app.ui.history_time import exact, when

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=timezone.utc)


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("passed", "text", "chinese"),
    [
        (timedelta(seconds=0), "just now", "刚刚"),
        (timedelta(seconds=59), "just now", "刚刚"),
        (timedelta(seconds=-30), "just now", "刚刚"),
        (timedelta(minutes=1), "1 min ago", "1 分钟前"),
        (timedelta(minutes=59, seconds=59), "59 min ago", "59 分钟前"),
        (timedelta(hours=1), "1 h ago", "1 小时前"),
        (timedelta(hours=23, minutes=59), "23 h ago", "23 小时前"),
        (timedelta(hours=24), "23 Nov 2026, 16:00", "2026年11月23日 16:00"),
        (timedelta(days=400), "20 Oct 2025, 17:00", "2025年10月20日 17:00"),
        (timedelta(days=-2), "26 Nov 2026, 16:00", "2026年11月26日 16:00"),
    ],
)
def test_times_are_relative_within_a_day_and_dates_after(
    berlin: None, passed: timedelta, text: str, chinese: str
) -> None:
    # GIVEN a moment and a clock in another zone than the user's, WHEN / THEN
    assert when(NOW - passed, NOW) == text
    set_language("zh_CN")
    assert when(NOW - passed, NOW) == chinese


def test_the_exact_time_is_of_the_users_zone(berlin: None) -> None:
    # GIVEN a moment in summer, WHEN / THEN
    assert exact(datetime(2026, 7, 1, 12, 0, tzinfo=timezone.utc)) == "1 Jul 2026, 14:00"
