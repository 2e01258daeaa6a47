"""The process of the engine pix2tex: one JSON object a line in, one a line out; a picture is a PNG in base 64.

It runs in an environment of its own, which has pix2tex and nothing of Paperdesk: nothing of `app` is imported here.

    python pix2tex_child.py weights.pth
"""

from __future__ import annotations

import base64
import io
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any, TextIO

Read = Callable[[Any], str]


def main() -> None:
    """Load the model, say so, and answer until nobody asks any more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the packages print is no answer
    read, device = load(sys.argv[1])
    tell(answers, {"ready": True, "device": device})
    for line in sys.stdin:
        tell(answers, answered(read, json.loads(line)))


def tell(answers: TextIO, row: dict[str, Any]) -> None:
    """Write one answer."""
    answers.write(json.dumps(row) + "\n")
    answers.flush()


def answered(read: Read, question: dict[str, str]) -> dict[str, Any]:
    """Return the LaTeX of a picture and the seconds it took, or what went wrong."""
    from PIL import Image  # noqa: PLC0415 - of the other environment

    started = time.perf_counter()
    try:
        with Image.open(io.BytesIO(base64.b64decode(question["png"]))) as picture:
            latex = read(picture.convert("RGB"))
    except Exception as error:  # whatever a picture does to it, the next one may be read
        return {"error": f"{type(error).__name__}: {error}"}
    return {"latex": latex, "seconds": time.perf_counter() - started}


def load(weights: str) -> tuple[Read, str]:
    """Return what reads pictures, and the device it computes on."""
    os.environ.update({"HF_HUB_OFFLINE": "1", "NO_ALBUMENTATIONS_UPDATE": "1"})
    import torch  # noqa: PLC0415 - of the other environment

    declare_missing_operators(torch)
    from munch import Munch  # noqa: PLC0415 - the same
    from pix2tex import cli  # noqa: PLC0415 - the same

    cli.clipboard.copy = lambda _text: None  # pix2tex copies each answer to the clipboard, asked or not
    options = {"config": "settings/config.yaml", "checkpoint": weights, "no_cuda": False, "no_resize": False}
    model = cli.LatexOCR(Munch(options))
    return model, str(model.args.device)


def declare_missing_operators(torch: Any) -> None:
    """Let torchvision be imported where its compiled half is not there: pix2tex needs none of it."""
    try:
        import torchvision  # noqa: F401, PLC0415 - of the other environment
    except RuntimeError:
        for name in [each for each in sys.modules if each.partition(".")[0] == "torchvision"]:
            del sys.modules[name]
        library = torch.library
        library.define("torchvision::nms", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        library.define("torchvision::qnms", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")


if __name__ == "__main__":
    main()
