"""Tests under a real Wayland compositor without a monitor; not collected where it is not installed."""

from __future__ import annotations

import shutil

NEEDED = ("sway", "grim", "wtype", "setpriv")
collect_ignore_glob = [] if all(shutil.which(program) for program in NEEDED) else ["test_*.py"]
