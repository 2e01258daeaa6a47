"""Taking the screens through the desktop's portal: the picture, its file, and everything that can go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from app.capture.backend import CaptureError, Screen
from app.capture.portal import Portal
from tests.desktop_portal import DesktopPortal, desktop_portal, private_bus

LEFT = Screen("eDP-1", QRect(-1280, 0, 1280, 720), 2.0)
RIGHT = Screen("DP-1", QRect(0, 0, 1920, 720), 2.0)
"""Two screens, the left one at negative coordinates, as a desktop at scale 1.5 describes them to Qt."""


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with private_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-9")
        yield


@pytest.fixture
def portal(bus: None) -> Iterator[DesktopPortal]:
    with desktop_portal() as running:
        yield running


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture of both screens: red on the left one, blue on the right one, at 1.5 pixels a unit."""
    image = QImage(4800, 1080, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    painter = QPainter(image)
    painter.fillRect(1920, 0, 2880, 1080, QColor("blue"))
    painter.end()
    file = tmp_path / "Screenshot of 屏幕 1.png"
    assert image.save(str(file))
    return file


def test_each_screen_gets_its_part_and_the_file_goes(portal: DesktopPortal, picture: Path) -> None:
    # GIVEN a desktop that allows it
    portal.answers["Screenshot"] = (0, {"uri": ("s", f"file://{quote(str(picture))}")})
    # WHEN the screens are taken
    assert Portal().is_available()
    left, right = Portal().grab([LEFT, RIGHT])
    # THEN each picture is that of its screen, in pixels
    assert (left.image.width(), left.image.height()) == (1920, 1080)
    assert (right.image.width(), right.image.height()) == (2880, 1080)
    assert {left.image.pixelColor(0, 0).name(), left.image.pixelColor(1919, 1079).name()} == {"#ff0000"}
    assert {right.image.pixelColor(0, 0).name(), right.image.pixelColor(2879, 1079).name()} == {"#0000ff"}
    assert (left.name, right.geometry) == ("eDP-1", RIGHT.geometry)
    # AND the desktop was told who asks, was asked not to ask back, and its file does not pile up
    assert portal.called("Register")[0][0] == "org.paperdesk.Paperdesk"
    assert portal.called("Screenshot")[0][1]["interactive"] == ("b", False)
    assert not picture.exists()


def test_a_portal_that_is_older_than_the_registry_works_too(portal: DesktopPortal, picture: Path) -> None:
    portal.knows_registry = False
    portal.answers["Screenshot"] = (0, {"uri": ("s", f"file://{quote(str(picture))}")})
    assert len(Portal().grab([LEFT, RIGHT])) == 2


def test_a_refusal_says_where_to_allow_it(portal: DesktopPortal) -> None:
    portal.answers["Screenshot"] = (1, {})
    with pytest.raises(CaptureError, match="privacy settings"):
        Portal().grab([LEFT])


def test_a_failure_says_what_else_to_do(portal: DesktopPortal) -> None:
    portal.answers["Screenshot"] = (2, {})
    with pytest.raises(CaptureError, match="Paste or open a picture"):
        Portal().grab([LEFT])


def test_a_desktop_without_screenshots_is_named(portal: DesktopPortal) -> None:
    with pytest.raises(CaptureError, match=r"portal\.Screenshot"):
        Portal().grab([LEFT])


def test_a_damaged_picture_is_removed_and_reported(portal: DesktopPortal, tmp_path: Path) -> None:
    file = tmp_path / "broken.png"
    file.write_bytes(b"not a picture")
    portal.answers["Screenshot"] = (0, {"uri": ("s", f"file://{file}")})
    with pytest.raises(CaptureError, match="damaged"):
        Portal().grab([LEFT])
    assert not file.exists()


def test_a_bus_without_a_portal_is_reported(bus: None) -> None:
    with pytest.raises(CaptureError, match="portal"):
        Portal().grab([LEFT])


def test_a_bus_that_is_gone_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nothing'}")
    with pytest.raises(CaptureError, match="xdg-desktop-portal"):
        Portal().grab([LEFT])


def test_a_file_that_cannot_be_removed_is_left(portal: DesktopPortal) -> None:
    portal.answers["Screenshot"] = (0, {"uri": ("s", "file:///proc/self/status")})
    with pytest.raises(CaptureError, match="damaged"):
        Portal().grab([LEFT])
