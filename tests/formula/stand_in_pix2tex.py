"""Stands for the child process of pix2tex: the same lines, no model. Its behaviour is its argument."""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

BEHAVIOUR = sys.argv[1]
CRASHED = Path(sys.argv[2])
"""Made when it has crashed once."""


def say(row: object) -> None:
    sys.stdout.write(json.dumps(row) + "\n")
    sys.stdout.flush()


if BEHAVIOUR == "no start":
    sys.stderr.write("ImportError: no module named torch\n")
    sys.exit(1)
if BEHAVIOUR == "no json":
    sys.stdout.write("Welcome to pix2tex!\n")
    sys.exit(0)
say({"ready": True, "device": "cuda"})
for line in sys.stdin:
    size = len(json.loads(line)["png"])
    if BEHAVIOUR == "hang" and not CRASHED.exists():
        CRASHED.touch()
        threading.Event().wait()
    if BEHAVIOUR == "always die" or (BEHAVIOUR == "die once" and not CRASHED.exists()):
        CRASHED.touch()
        sys.stdout.write('{"latex": "ha')
        sys.stdout.flush()
        sys.stderr.write("CUDA out of memory\n")
        sys.stderr.flush()
        os.kill(os.getpid(), 9)
    if BEHAVIOUR == "error":
        say({"error": "ValueError: too small"})
    else:
        say({"latex": "x_{1}" if size else "", "seconds": 0.25})
