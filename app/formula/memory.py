"""How much memory a process takes."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def resident(process: int | None = None) -> int:
    """Return the bytes of memory that a process, this one without, has at the moment; 0 where the system has no say.

    Linux tells of every process. On macOS the most that this one ever had stands in, and Windows tells nothing here.
    """
    if sys.platform == "linux":
        try:
            pages = Path(f"/proc/{process or 'self'}/statm").read_text(encoding="ascii").split()[1]
        except OSError:
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    elif sys.platform == "darwin":
        import resource  # noqa: PLC0415 - there is none on Windows

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if process is None else 0
    else:
        return 0
