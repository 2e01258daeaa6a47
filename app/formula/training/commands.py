"""The commands hands, train, evaluate and export of `python -m app.formula.training`."""

from __future__ import annotations

import json
import shutil
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click

from app.formula.training import card, checkpoint
from app.formula.training.evaluate import score_layouts, score_pictures
from app.formula.training.export import export as export_model
from app.formula.training.export import quantise
from app.formula.training.hands import pack, read_font, read_strokes
from app.formula.training.pen_letters import read_pen_font, traced
from app.formula.training.train import PEAK_RATE, Plan, Trainer
from app.formula.training.worker import Feeding

MODEL_FOLDER: Final = Path(__file__).parents[3] / "resources" / "models" / "formula"
FOLDER: Final = click.Path(path_type=Path, file_okay=False, exists=True)
BATCH_PIXELS: Final = 330_000


@click.command()
@click.argument("strokes", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("fonts", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="File to write, .npz.")
def hands(strokes: Path, fonts: tuple[Path, ...], out: Path) -> None:
    """Pack the drawings of STROKES (Detexify's samples, .jsonl.xz) and the letters of FONTS.

    A font of outlines (.ttf .otf .woff) makes two hands, a broad pen and a fine one; one of lines (.svg) makes one.
    """
    entries = list(read_strokes(strokes))
    click.echo(f"{len(entries)} drawings of {len({entry.label for entry in entries})} symbols")
    for number, path in enumerate(fonts):
        letters = list(read_pen_font(path, 2 * number) if path.suffix == ".svg" else read_font(path, 2 * number))
        entries += [*letters, *(traced(letter, 2 * number + 1) for letter in letters if letter.drawing.filled)]
        click.echo(f"{path.name}: {len(letters)} letters")
    pack(entries, out)


@click.command()
@click.option("--layouts", type=FOLDER, required=True, help="Folder of layout shards.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Log and weights go here.")
@click.option("--minutes", type=float, required=True, help="How long to train; the schedule ends then.")
@click.option("--resume", type=click.Path(path_type=Path, exists=True), help="Weights to start from, .pt or a folder.")
@click.option("--held-out", type=FOLDER, help="Layout shards to evaluate on.")
@click.option("--validation", type=FOLDER, help="Folder with labels.jsonl to evaluate on.")
@click.option("--hands", type=click.Path(path_type=Path, exists=True), help="Drawings, to write some formulas by hand.")
@click.option("--rate", type=float, default=PEAK_RATE, show_default=True, help="Peak learning rate.")
@click.option("--progress", type=float, default=0.0, show_default=True, help="Where the curriculum starts, 0 to 1.")
@click.option("--until", type=float, default=1.0, show_default=True, help="Where the curriculum ends, 0 to 1.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--learners", type=int, default=1, show_default=True, help="Threads that learn.")
@click.option("--workers", type=int, default=1, show_default=True, help="Processes that draw.")
@click.option("--worker-core", type=int, multiple=True, help="Core the drawing processes stay on; may be repeated.")
@click.option("--batch-pixels", type=int, default=BATCH_PIXELS, show_default=True)
def train(**options: Any) -> None:
    """Train on pictures drawn from layouts; goes on where a killed run with the same --out stopped."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    vocabulary = read_vocabulary()
    drawing = (options["layouts"], options["seed"], options["batch_pixels"], options["worker_core"], options["hands"])
    plan = Plan(
        Feeding(*drawing, vocabulary),
        options["out"],
        vocabulary,
        options["minutes"],
        options["workers"],
        options["rate"],
        options["resume"],
        options["held_out"],
        options["validation"],
        options["learners"],
        options["progress"],
        options["until"],
    )
    Trainer(plan).run()


@click.command()
@click.argument("weights", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--layouts", type=FOLDER, help="Layout shards never trained on.")
@click.option("--pictures", type=FOLDER, multiple=True, help="Folder with labels.jsonl; may be repeated.")
@click.option("--most", type=int, default=200, show_default=True, help="Pictures of each.")
def evaluate(weights: Path, layouts: Path | None, pictures: tuple[Path, ...], most: int) -> None:
    """Print exact matches and edit distances of WEIGHTS as JSON."""
    model, facts = checkpoint.load(weights)
    figures: dict[str, Any] = {"weights": str(weights), **facts}
    if layouts is not None:
        figures["held_out"] = {name: asdict(one) for name, one in score_layouts(model, layouts, most).items()}
    vocabulary = read_vocabulary()
    for folder in pictures:
        figures[folder.name] = asdict(score_pictures(model, folder, vocabulary, most))
    click.echo(json.dumps(figures, indent=1))


@click.command()
@click.argument("weights", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=MODEL_FOLDER, show_default=False)
@click.option(
    "--log",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="Logs of the runs, in order.",
)
@click.option(
    "--int8", type=click.Path(path_type=Path, file_okay=False), help="Folder for the networks in 8-bit integers, too."
)
@click.option("--slope", type=float, default=1.0, show_default=True, help="Calibration of the confidence.")
@click.option("--offset", type=float, default=0.0, show_default=True, help="Calibration of the confidence.")
@click.option(
    "--agreement", type=float, default=0.0, show_default=True, help="Weight of the drawing's agreement in it."
)
def export(weights: Path, out: Path, log: tuple[Path, ...], int8: Path | None, **calibration: float) -> None:
    """Write the files that the program loads from the checkpoint WEIGHTS."""
    model, facts = checkpoint.load(weights)
    export_model(model, out)
    folders = [out]
    if int8 is not None:
        quantise(out, int8)
        folders.append(int8)
    runs = [[json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] for path in log]
    lines = card.joined(runs)
    totals = {name: lines[-1][name] for name in ("minutes", "pictures") if lines}
    for folder in folders:
        if folder.resolve() != MODEL_FOLDER.resolve():
            shutil.copyfile(MODEL_FOLDER / "vocabulary.txt", folder / "vocabulary.txt")
        description = card.describe(folder, model.config, {**facts, **totals, "runs": len(runs)}, calibration)
        card.write(folder, description, card.thinned(lines))
        click.echo(json.dumps(description["sha256"], indent=1))


def read_vocabulary() -> tuple[str, ...]:
    """Return the tokens of the shipped vocabulary in the order of their numbers."""
    return tuple((MODEL_FOLDER / "vocabulary.txt").read_text(encoding="utf-8").splitlines())
