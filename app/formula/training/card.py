"""The model's papers: model.json, which the program checks the files against, and MODEL_CARD.md, which people read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.formula.normalise import GLYPH_HEIGHT, MAX_PIXELS
from app.formula.onnx_engine import FILES
from app.formula.training.dataset import LONGEST
from app.formula.training.model import Config

LICENCE: Final = "GPL-3.0-or-later"
SOURCES: Final = (
    ("Formulas of the Stacks project", "GFDL"),
    ("Formulas of PlanetMath", "CC BY-SA"),
    ("Formulas of Napkin; Lebl, Real Analysis and Differential Equations; Dive into Deep Learning", "CC BY-SA 4.0"),
    ("Formulas of Homotopy Type Theory", "CC BY-SA 3.0"),
    ("Formulas of Open Logic Project; DOLFINx tutorial; Finite Difference Computing with PDEs", "CC BY 4.0, CC BY"),
    ("Formulas of the Qiskit textbook", "Apache-2.0"),
    ("Formulas made up by `app/formula/training/generate.py`", LICENCE),
    ("Fonts of TeX Live: Computer Modern, newtx, STIX Two, Libertinus, newpx, Fourier, Euler, kp, CM Bright, Times",
     "LPPL, OFL and GPL with font exception; used to draw, not shipped"),
    ("MathJax and its fonts New Computer Modern, STIX Two, Termes, Modern and TeX", "Apache-2.0, OFL; not shipped"),
    ("Drawings of symbols by the users of Detexify", "ODbL 1.0; used to draw, not shipped"),
    ("Thirty handwriting fonts, among them Caveat, Kalam, Patrick Hand", "OFL; used to draw, not shipped"),
    ("Eleven single-line fonts, the EMS ones of Inkscape and two of Hershey's", "OFL, free; used to draw, not shipped"),
)  # fmt: skip
RECIPE: Final = (
    "collect FORMULAS WORK",
    "layouts WORK/train.txt WORK/layouts --font cm (then the other nine fonts of LaTeX)",
    "layouts WORK/train.txt WORK/layouts --font mathjax-newcm --modules node_modules (then the other four of MathJax)",
    "hands samples.jsonl.xz FONT.woff... FONT.svg... --out WORK/hands.npz",
    "train --layouts WORK/layouts --hands WORK/hands.npz --out WORK/run --minutes M --resume resources/models/formula",
    "snips WORK/held_out.txt WORK/snips --modules node_modules",
    "evaluate WORK/run/latest.pt --layouts WORK/held --pictures WORK/snips",
    "export WORK/run/latest.pt --log WORK/run/log.jsonl --slope A --offset B",
)
"""What follows `python -m app.formula.training`; the short steps share a seed of 1."""
LIMITS: Final = (
    "Formulas beyond 256 tokens, commutative diagrams and colours inside a formula are not in the training data.",
    "Spaces such as \\quad are not written; lines of prose between formulas are not read.",
)


def describe(folder: Path, config: Config, facts: dict[str, Any], calibration: dict[str, float]) -> dict[str, Any]:
    """Return what model.json holds for the files in `folder`.

    Args:
        folder: where the files are.
        config: sizes of the network.
        facts: what training says about itself.
        calibration: slope and offset of the confidence, see `onnx_engine.Card`.

    """
    return {
        "name": "paperdesk-formula",
        "date": date.today().isoformat(),
        "licence": LICENCE,
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES},
        "bytes": {name: (folder / name).stat().st_size for name in FILES},
        "max_length": LONGEST,
        "glyph_height": GLYPH_HEIGHT,
        "max_pixels": MAX_PIXELS,
        "calibration": calibration,
        "config": asdict(config),
        "training": facts,
        "sources": [{"what": what, "licence": licence} for what, licence in SOURCES],
    }


def write(folder: Path, description: dict[str, Any], curve: Sequence[dict[str, Any]]) -> None:
    """Write model.json and MODEL_CARD.md to `folder`; `curve` are the lines of the training log."""
    content = json.dumps({**description, "curve": list(curve)}, indent=1, ensure_ascii=False)
    (folder / "model.json").write_text(content + "\n", encoding="utf-8")
    (folder / "MODEL_CARD.md").write_text(card(description, curve), encoding="utf-8")


def card(description: dict[str, Any], curve: Sequence[dict[str, Any]]) -> str:
    """Return the model card in Markdown."""
    sizes = description["config"]
    parts = [
        f"# {description['name']}, {description['date']}",
        "Reads a picture of one formula and writes it as LaTeX. A convolutional encoder with attention layers and a "
        f"decoder of {sizes['decoder_layers']} layers, width {sizes['width']}, {sizes['vocabulary']} tokens. "
        f"Licence: {description['licence']}.",
        "## Files",
        _table(
            ("file", "bytes", "SHA-256"),
            [(name, description["bytes"][name], f"`{digest}`") for name, digest in description["sha256"].items()],
        ),
        "## Training",
        _table(("fact", "value"), sorted(_scalars(description["training"]).items())),
        "Pictures are drawn while training: pages of typeset formulas at a random size, degraded as screens, viewers "
        "and photographs do, then normalised by the program's own code; a quarter is written by hand, strokes and "
        "letters of many hands put where the layout has its glyphs. Besides the next token the network learns the "
        "glyph of every cell of the picture and where to look for each token.",
        "## Steps",
        "Each follows `python -m app.formula.training`:",
        "\n".join(f"- `{step}`" for step in RECIPE),
        "## Data",
        _table(("source", "licence"), [(source["what"], source["licence"]) for source in description["sources"]]),
        "## Curve",
        _table(("minutes", "pictures", "loss of the next token"), _curve_rows(curve)),
        "## Figures on pictures never trained on",
        _table(("set", "pictures", "exact", "edit distance"), _figure_rows(curve)),
        "Exact: every token as in the truth; different spellings of the same picture count as wrong.",
        "## Limits",
        "\n".join(f"- {limit}" for limit in LIMITS),
    ]
    return "\n\n".join(parts) + "\n"


def joined(logs: Sequence[Sequence[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return the lines of the logs of one run after the other, minutes and pictures counted from the first."""
    lines: list[dict[str, Any]] = []
    for log in logs:
        minutes, pictures = (lines[-1][name] if lines else 0 for name in ("minutes", "pictures"))
        lines += [
            {**line, "minutes": round(line["minutes"] + minutes, 1), "pictures": line["pictures"] + pictures}
            for line in log
        ]
    return lines


def thinned(curve: Sequence[dict[str, Any]], most: int = 40) -> list[dict[str, Any]]:
    """Return the figures and about `most` of the other lines of a training log."""
    lines = [line for line in curve if "token" in line]
    step = max(1, len(lines) // most)
    kept = {id(line) for line in lines[::step]}
    return [line for line in curve if "token" not in line or id(line) in kept]


def _scalars(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if isinstance(value, int | float | str)}


def _curve_rows(curve: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(line["minutes"], line["pictures"], line["token"]) for line in curve if "token" in line]


def _figure_rows(curve: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return a row for each set of the last evaluation in the log."""
    held_out = [line["held_out"] for line in curve if "held_out" in line][-1:]
    validation = [{"real pictures": line["validation"]} for line in curve if "validation" in line][-1:]
    figures = {name: value for part in (*held_out, *validation) for name, value in part.items()}
    return [
        (name, value["pictures"], f"{value['exact']:.3f}", f"{value['distance']:.3f}")
        for name, value in figures.items()
    ]


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
