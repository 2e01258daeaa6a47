"""The settings of the Formula tool."""

from __future__ import annotations

from typing import Final

from app.core.i18n import mark
from app.core.settings import Option
from app.formula.copying import FORMS
from app.formula.devices import AUTO, DEVICES, TIMES

BATCH_SIZE: Final = 16
"""Pictures that are read together when there are many; more of them take memory and gain little."""
_GROUP: Final = mark("Formula")

OPTIONS: Final = (
    Option(
        "formula.auto_copy",
        bool,
        True,
        mark("Copy what was captured"),
        mark("The LaTeX of a captured region goes to the clipboard by itself; pasted and opened pictures never do."),
        _GROUP,
    ),
    Option(
        "formula.copy_format",
        str,
        "latex",
        mark("Copy as"),
        mark("The form in which formulas are copied."),
        _GROUP,
        tuple((key, form.title) for key, form in FORMS.items()),
    ),
    Option(
        "formula.beam_width",
        int,
        3,
        mark("Readings tried at once"),
        mark("More readings find a better answer now and then and take longer."),
        _GROUP,
        minimum=1,
        maximum=10,
    ),
    Option(
        "formula.threads",
        int,
        0,
        mark("Processor cores for recognition"),
        mark("The model is small: more than four seldom help."),
        _GROUP,
        minimum=0,
        maximum=64,
        lowest=mark("Automatic"),
    ),
    Option(
        "formula.engine",
        str,
        "onnx",
        mark("Read by"),
        mark("pix2tex is another program: paperdesk formula install-pix2tex fetches it."),
        _GROUP,
        (("onnx", mark("Paperdesk's model")), ("pix2tex", "pix2tex")),
    ),
    Option(
        "formula.device",
        str,
        AUTO,
        mark("Compute on"),
        mark("At the first run the program tries what there is: a small model can be faster on the processor."),
        _GROUP,
        ((AUTO, mark("The fastest")), *((name, device.title) for name, device in DEVICES.items())),
    ),
    Option(
        "formula.tex_preview",
        bool,
        True,
        mark("Draw with LaTeX"),
        mark("The preview is drawn by your own LaTeX where latex and dvisvgm are installed; else by Paperdesk."),
        _GROUP,
    ),
    Option(TIMES, str, "", "", hidden=True),
)
