"""A real file system of a few kilobytes, in a mount namespace of its own, for one command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MOUNT = 'mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && exec "$@"'


def run_on_small_disk(folder: Path, size: str, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python source `program` with `folder` being a file system of `size` (such as "200k")."""
    folder.mkdir(exist_ok=True)
    inside = ["unshare", "--mount", "--map-root-user", "sh", "-c", MOUNT, "sh", size, str(folder)]
    command = [*inside, sys.executable, "-c", program, str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
