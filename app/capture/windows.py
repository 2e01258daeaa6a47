"""Windows: the toolkit reads each screen in its own pixels."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from app.capture.backend import Screen, Shot, grab_with_qt


class Windows:
    """Reads the screens through Qt, which uses GDI."""

    name = "windows"
    threaded = False

    def is_available(self) -> bool:
        """Say whether this is Windows."""
        return sys.platform == "win32"

    def grab(self, screens: Sequence[Screen]) -> list[Shot]:
        """Return a picture of each screen; raise `CaptureError`."""
        return grab_with_qt(screens)

    def release(self) -> None:
        """Keep nothing, so give nothing back."""
