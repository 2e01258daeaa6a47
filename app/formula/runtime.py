"""ONNX Runtime as this program uses it: quiet, reporting to nobody, on the device that is asked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.core.i18n import tr
from app.formula.devices import CPU, DEVICES
from app.formula.engine import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_NO_TELEMETRY: Final = ("ORT_DISABLE_TELEMETRY", "1")
"""ONNX Runtime reads it when it is imported; without it, it writes to the user's cache and reports to its makers."""
_ERRORS_ONLY: Final = 3


def onnxruntime() -> Any:
    """Return the module, imported when it is needed: that takes a tenth of a second."""
    os.environ.setdefault(*_NO_TELEMETRY)
    import onnxruntime as module  # noqa: PLC0415 - see above

    return module


def available() -> list[str]:
    """Return the keys of `DEVICES` that this build of ONNX Runtime has, whether or not the machine has them, too."""
    there = onnxruntime().get_available_providers()
    return [name for name, device in DEVICES.items() if device.provider in there]


def open_session(path: Path, device: str, threads: int) -> InferenceSession:
    """Open a model file on a device. Raises `ModelError` when that cannot be used, whatever ONNX Runtime raises else.

    Args:
        path: of the .onnx file.
        device: a key of `DEVICES`.
        threads: of the processor for one operation.

    """
    module = onnxruntime()
    options = module.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY + (device != CPU)
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    wanted = DEVICES[device].provider
    if device == "cuda" and hasattr(module, "preload_dlls"):
        module.preload_dlls()  # NVIDIA's libraries, where pip has installed them
    if device == "directml":
        options.enable_mem_pattern = False  # DirectML cannot do with it
    if device in available():
        providers = list(dict.fromkeys((wanted, DEVICES[CPU].provider)))
        session = module.InferenceSession(str(path), options, providers=providers)
        if wanted in session.get_providers():
            return session
    raise ModelError(tr("{device} cannot be used on this machine.", device=tr(DEVICES[device].title)))
