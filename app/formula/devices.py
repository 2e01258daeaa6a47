"""What the model computes on, and which is the fastest: a small model can be slower on a GPU than on the processor."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.core.errors import StorageError
from app.core.i18n import mark
from app.formula.engine import ModelError

if TYPE_CHECKING:
    from PIL import Image

    from app.core.settings import Settings
    from app.formula.engine import Engine

AUTO: Final = "auto"
CPU: Final = "cpu"
TRIAL_SECONDS: Final = 1.0
"""How long all devices together are tried."""
DEVICE: Final = "formula.device"
TIMES: Final = "formula.device_times"
"""Setting that keeps what the trial found, JSON: device to milliseconds."""


@dataclass(frozen=True)
class Device:
    """Something to compute on: its name for the user, and ONNX Runtime's name for what uses it."""

    title: str
    provider: str


DEVICES: Final = {
    CPU: Device(mark("Processor"), "CPUExecutionProvider"),
    "cuda": Device(mark("NVIDIA GPU (CUDA)"), "CUDAExecutionProvider"),
    "directml": Device(mark("GPU (DirectML)"), "DmlExecutionProvider"),
    "coreml": Device(mark("Apple GPU (Core ML)"), "CoreMLExecutionProvider"),
}


def choose(settings: Settings, present: Sequence[str], make: Callable[[str], Engine]) -> str:
    """Return the device of the settings, or the fastest one: what a trial at the first run has found.

    Args:
        settings: say which device, and keep what the trial finds.
        present: the devices to choose from.
        make: makes an engine for a device.

    """
    wanted = settings.text(DEVICE)
    if wanted != AUTO:
        return wanted if wanted in present else CPU
    if len(present) == 1:
        return present[0]
    times = remembered(settings)
    if set(times) != set(present):
        times = tried(present, make)
        with suppress(StorageError):  # the next start tries again
            settings.set(TIMES, json.dumps(times))
    return min(times, key=lambda name: times[name])


def remembered(settings: Settings) -> dict[str, float]:
    """Return what the last trial found: milliseconds a picture takes on each device, infinity where it cannot run."""
    try:
        times = json.loads(settings.text(TIMES) or "{}")
        return {str(name): float(value) for name, value in times.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def tried(present: Sequence[str], make: Callable[[str], Engine]) -> dict[str, float]:
    """Return the milliseconds that a picture takes on each device, infinity where it cannot run."""
    return {name: _milliseconds(make(name), TRIAL_SECONDS / len(present)) for name in present}


def _milliseconds(engine: Engine, seconds: float) -> float:
    """Return the median time of one picture, read again and again for so long; the first reading warms up."""
    picture = _example()
    try:
        engine.load()
        engine.recognise([picture])
        taken: list[float] = []
        end = time.perf_counter() + seconds
        while not taken or time.perf_counter() < end:
            start = time.perf_counter()
            engine.recognise([picture])
            taken.append(time.perf_counter() - start)
    except ModelError:
        return float("inf")
    finally:
        engine.close()
    return round(1000 * statistics.median(taken), 1)


def _example() -> Image.Image:
    """Return a picture of the usual size of a formula."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - the settings import this module at the start

    picture = Image.new("L", (420, 70), 255)
    ImageDraw.Draw(picture).text((20, 15), "f(x) = a + b - 2c", 0, ImageFont.load_default(36))
    return picture
