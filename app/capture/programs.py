"""Running another program that takes a picture, with its failures put into words."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from app.capture.backend import CaptureError
from app.core.i18n import tr

TIMEOUT_S = 10.0
"""A program that takes a picture and has not answered by then never will."""


def run_all(commands: Sequence[Sequence[str]]) -> list[bytes]:
    """Run the commands side by side and return what each printed; raise `CaptureError` with what they complained of."""
    running: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            running.append(_started(command))
        return [_output(process, command[0]) for process, command in zip(running, commands, strict=True)]
    finally:
        for process in running:
            process.kill()
            process.communicate()


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603
    except OSError as error:
        reason = error.strerror or str(error)
        raise CaptureError(
            tr("{program} could not take the screen: {reason}", program=command[0], reason=reason)
        ) from error


def _output(process: subprocess.Popen[bytes], program: str) -> bytes:
    try:
        output, complaint = process.communicate(timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired as error:
        raise CaptureError(tr("{program} did not answer within 10 seconds. Try again.", program=program)) from error
    if process.returncode != 0:
        reason = complaint.decode(errors="replace").strip() or str(process.returncode)
        raise CaptureError(tr("{program} could not take the screen: {reason}", program=program, reason=reason))
    return output
