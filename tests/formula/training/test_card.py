from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from click.testing import CliRunner
from PIL import Image, ImageDraw

from app.formula import symbols
from app.formula.onnx_engine import FILES, Card, OnnxEngine
from app.formula.ranking import Calibration
from app.formula.training import card, checkpoint
from app.formula.training.__main__ import main
from app.formula.training.model import Config, Recogniser

SMALL = Config(
    vocabulary=len(symbols.TOKENS), width=32, heads=4, encoder_layers=1, decoder_layers=2, hidden=48,
    channels=(4, 8, 8, 16),
)  # fmt: skip
CURVE = [
    {"minutes": 1.0, "step": 10, "pictures": 300, "token": 3.25, "glyph": 2.0},
    {"minutes": 2.0, "step": 20, "pictures": 600, "token": 1.5, "glyph": 1.0},
    {"minutes": 2.0, "pictures": 600, "held_out": {"cm-0": {"pictures": 9, "exact": 0.5, "distance": 0.125}}},
    {"minutes": 2.5, "pictures": 650, "validation": {"pictures": 4, "exact": 0.25, "distance": 0.5}},
]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command `export` makes of a checkpoint and the logs of two runs."""
    folder = tmp_path_factory.mktemp("export")
    torch.manual_seed(0)
    checkpoint.save(folder / "latest.pt", Recogniser(SMALL), {"step": 20, "pictures": 600})
    (folder / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in CURVE), encoding="utf-8")
    arguments = [
        "export",
        str(folder / "latest.pt"),
        "--out",
        str(folder / "model"),
        *("--log", str(folder / "log.jsonl")) * 2,
    ]
    done = CliRunner().invoke(main, [*arguments, "--slope", "2.5", "--offset", "0.5"])
    assert done.exit_code == 0, done.output
    return folder / "model"


def test_the_engine_reads_the_card(exported: Path) -> None:
    read = Card.load(exported)
    assert (read.calibration, read.longest) == (Calibration(2.5, 0.5, 0.0), 256)
    assert read.hashes == {name: hashlib.sha256((exported / name).read_bytes()).hexdigest() for name in FILES}


def test_the_engine_runs_the_exported_files(exported: Path) -> None:
    picture = Image.new("L", (120, 40), 255)
    ImageDraw.Draw(picture).text((10, 10), "x = 1", fill=0)
    engine = OnnxEngine(exported, threads=1)
    engine.load()
    (answer,) = engine.recognise([picture])
    assert 0 <= answer.confidence <= 1


def test_people_find_files_and_figures_in_the_card(exported: Path) -> None:
    text = (exported / "MODEL_CARD.md").read_text(encoding="utf-8")
    for fact in (
        *FILES,
        "| 2.0 | 600 | 1.5 |",
        "| 4.5 | 1250 | 1.5 |",
        "| pictures | 1300 |",
        "| runs | 2 |",
        "| cm-0 | 9 | 0.500 | 0.125 |",
        "| real pictures | 4 | 0.250 | 0.500 |",
    ):
        assert fact in text
    assert f"width 32, {len(symbols.TOKENS)} tokens" in text


def test_a_long_curve_is_thinned_and_its_figures_stay() -> None:
    curve = [{"minutes": float(number), "token": 1.0} for number in range(400)] + CURVE[2:]
    thinned = card.thinned(curve)
    assert len(thinned) < 50
    assert thinned[-2:] == CURVE[2:]
    assert np.all(np.diff([line["minutes"] for line in thinned[:-2]]) > 0)
