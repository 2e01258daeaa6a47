"""The command `layouts`: formulas as pages and boxes, in shards of formulas of about one length."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click
import numpy as np
import pypdfium2

from app.core.errors import InputError
from app.formula.latex_text import to_latex
from app.formula.training import browser
from app.formula.training.boxes import token_boxes
from app.formula.training.dataset import LONGEST
from app.formula.training.draw import Boxes
from app.formula.training.marking import Marked, marked
from app.formula.training.typeset import FONTS, pages
from app.formula.vocabulary import Vocabulary

BUCKET_EDGES: Final = (12, 25, 50)
"""Tokens: the length buckets of the curriculum."""
SHARD_SIZE: Final = 600
"""Formulas."""
COLUMN_GAPS: Final = ("5pt", "5pt", "4pt", "1.4pt")
"""Half of the space between columns: LaTeX's own at most times, tighter as in some collections."""


@dataclass(frozen=True)
class Job:
    """A shard to make."""

    stem: Path
    bucket: int
    formulas: Sequence[Sequence[str]]


def bucket_of(formula: Sequence[str]) -> int:
    """Return the length bucket of a formula, 0 to 3."""
    return int(np.searchsorted(BUCKET_EDGES, len(formula), side="left"))


def jobs(formulas: Sequence[Sequence[str]], out: Path, label: str, size: int = SHARD_SIZE) -> list[Job]:
    """Cut `formulas` into shards of one bucket each, named after `label`, buckets taking turns so that none is last."""
    buckets: dict[int, list[Sequence[str]]] = {}
    for formula in formulas:
        if 0 < len(formula) <= LONGEST:
            buckets.setdefault(bucket_of(formula), []).append(formula)
    found = [
        (
            start / max(len(members), 1),
            Job(out / f"{label}-{bucket}-{start // size:04}", bucket, members[start : start + size]),
        )
        for bucket, members in buckets.items()
        for start in range(0, len(members), size)
    ]
    return [job for _, job in sorted(found, key=lambda pair: (pair[0], pair[1].bucket))]


@dataclass(frozen=True)
class Setting:
    """How to set formulas."""

    font: str
    vocabulary: Vocabulary
    modules: Path | None = None
    """Folder `node_modules` with MathJax, for the fonts of browsers."""

    def pages(self, job: Job) -> tuple[list[int], list[Boxes]]:
        """Write the PDF of `job`; return the numbers of its formulas and the boxes of their tokens."""
        pdf = job.stem.with_suffix(".pdf")
        if self.font in browser.FONTS:
            if self.modules is None:
                raise InputError("the fonts of MathJax need --modules")
            kept = browser.pages([to_latex(formula) for formula in job.formulas], self.font, pdf, self.modules)
            return kept, [np.full((len(job.formulas[number]), 4), np.nan, np.float32) for number in kept]
        written = [marked(formula) for formula in job.formulas]
        gap = COLUMN_GAPS[zlib.crc32(job.stem.name.encode()) % len(COLUMN_GAPS)]
        kept = pages([one.latex for one in written], self.font, pdf, gap)
        return kept, _boxes(pdf, [(written[number], list(job.formulas[number])) for number in kept])


def _boxes(pdf: Path, formulas: Sequence[tuple[Marked, list[str]]]) -> list[Boxes]:
    """Return the boxes of the tokens of each page of `pdf`."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        if len(document) != len(formulas):
            raise InputError(f"{pdf}: {len(document)} pages for {len(formulas)} formulas")
        return [token_boxes(document[page], one.units, tokens) for page, (one, tokens) in enumerate(formulas)]
    finally:
        document.close()


def make_shard(job: Job, setting: Setting) -> int:
    """Write the shard of `job`; return how many formulas it holds. Raises `InputError`."""
    npz = job.stem.with_suffix(".npz")
    kept, boxes = setting.pages(job)
    formulas = [job.formulas[number] for number in kept]
    part = npz.with_suffix(".part")
    with part.open("wb") as file:
        np.savez_compressed(
            file,
            offsets=np.cumsum([0, *map(len, formulas)]).astype(np.int32),
            tokens=np.array(setting.vocabulary.ids(token for formula in formulas for token in formula), np.uint16),
            boxes=np.concatenate(boxes).astype(np.float32),
            bucket=job.bucket,
        )
    part.replace(npz)
    return len(kept)


def read_formulas(path: Path) -> Iterator[list[str]]:
    """Yield the formulas of a file of canonical tokens, one formula a line, tokens parted by spaces."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.split()


@click.command()
@click.argument("formulas", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--font", type=click.Choice(sorted((*FONTS, *browser.FONTS))), default="cm", show_default=True)
@click.option("--modules", type=click.Path(path_type=Path, file_okay=False), help="node_modules with MathJax.")
@click.option("--label", default="", help="Begins the names of the shards; the font's name unless given.")
@click.option("--share", type=float, default=1.0, show_default=True, help="Random share of the formulas to set.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--shard-size", type=int, default=SHARD_SIZE, show_default=True)
@click.option("--most", type=int, default=0, help="Stop after so many shards.")
def layouts(formulas: Path, out: Path, font: str, **options: Any) -> None:
    """Typeset FORMULAS (canonical, one a line) into shards in OUT; shards that are there already stay."""
    from app.formula.training.commands import MODEL_FOLDER  # noqa: PLC0415 - PyTorch takes seconds to load

    setting = Setting(font, Vocabulary.load(MODEL_FOLDER / "vocabulary.txt"), options["modules"])
    rng = np.random.default_rng(options["seed"])
    chosen = [formula for formula in read_formulas(formulas) if rng.random() < options["share"]]
    order = rng.permutation(len(chosen)).tolist()
    out.mkdir(parents=True, exist_ok=True)
    shards = jobs([chosen[place] for place in order], out, options["label"] or font, options["shard_size"])
    for done, job in enumerate(shards[: options["most"] or None], 1):
        if not job.stem.with_suffix(".npz").is_file():
            click.echo(f"{done}/{len(shards)} {job.stem.name}: {_made(job, setting)}")


def _made(job: Job, setting: Setting) -> str:
    """Make a shard and say how that went."""
    try:
        return f"{make_shard(job, setting)} of {len(job.formulas)} formulas"
    except InputError as error:
        return f"none, {error}"
