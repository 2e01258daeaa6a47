"""X11: the root window is read once, into shared memory, and cut at the monitors' pixels."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication, QImage, QNativeInterface

from app.capture.backend import Screen, Shot, grab_with_qt, is_wayland
from app.capture.geometry import Rect, Size, fit
from app.capture.monitors import monitors
from app.capture.shared_memory import SharedMemory
from app.core import xcb

_DEPTH, _BYTES = 24, 4


class X11:
    """Reads the root window; falls back on the toolkit's slower way where memory cannot be shared."""

    name = "x11"
    threaded = False

    def __init__(self) -> None:
        self._memory: SharedMemory | None = None

    def is_available(self) -> bool:
        """Say whether Qt talks to an X server that shows the whole desktop: under Wayland it does not."""
        return QGuiApplication.platformName() == "xcb" and not is_wayland()

    def grab(self, screens: Sequence[Screen]) -> list[Shot]:
        """Return a picture of each screen; raise `CaptureError`."""
        connection = _connection()
        root = xcb.first_screen(connection)
        size = Size(root.width, root.height)
        if root.root_depth != _DEPTH or not self._read(connection, root.root, size):
            return grab_with_qt(screens)
        exact = {(each.x, each.y): each for each in monitors(connection, root.root)}
        return [self._cut(screen, exact, size) for screen in screens]

    def release(self) -> None:
        """Give the shared memory back; pictures taken before must be gone."""
        if self._memory is not None:
            self._memory.close()
            self._memory = None

    def _read(self, connection: int, window: int, size: Size) -> bool:
        if self._memory is not None and self._memory.size != size:
            self.release()
        try:
            self._memory = self._memory or SharedMemory(connection, size)
        except OSError:
            return False
        return self._memory.read(window)

    def _cut(self, screen: Screen, exact: dict[tuple[int, int], Rect], size: Size) -> Shot:
        """Cut a screen out of the root: Qt leaves a screen's top left in pixels and scales only its size."""
        place = screen.geometry
        rounded = Rect(place.x(), place.y(), round(place.width() * screen.ratio), round(place.height() * screen.ratio))
        rect = fit(exact.get((place.x(), place.y()), rounded), size)
        assert self._memory is not None  # noqa: S101 - `_read` has just filled it
        start = (rect.y * size.width + rect.x) * _BYTES
        pixels = self._memory.pixels[start:]
        image = QImage(pixels, rect.width, rect.height, size.width * _BYTES, QImage.Format.Format_RGB32)
        return Shot(image, place, screen.name)


def _connection() -> int:
    native = QGuiApplication.instance().nativeInterface()  # type: ignore[union-attr]
    assert isinstance(native, QNativeInterface.QX11Application)  # noqa: S101 - the platform is xcb
    return int(native.connection())
