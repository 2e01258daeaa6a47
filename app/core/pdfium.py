"""PDFium, the library that reads PDF files, may be used by one thread at a time, whichever tool the thread serves."""

from __future__ import annotations

import threading
from typing import Final

PDFIUM: Final = threading.RLock()
"""Held around every call of pypdfium2."""
