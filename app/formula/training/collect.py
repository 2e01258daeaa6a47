"""The command `collect`: formulas of open textbooks and made-up ones as canonical tokens, a part held out."""

from __future__ import annotations

import lzma
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import click
import numpy as np

from app.formula.canonical import canonical
from app.formula.training.dataset import LONGEST
from app.formula.training.generate import Generator

WEIGHTS: Final = {"stacks": 0.35, "planetmath": 1.0, "fdmbook": 2.0, "qiskit": 2.0, "d2l": 2.0}
"""How often a formula of a source is used, on average; others once. One book of algebra would outweigh all the rest."""
HELD_OUT: Final = 0.02
MOST_SYNTHETIC_HELD_OUT: Final = 1_000
BLOCK: Final = 20_000
"""Made-up formulas written at a time; a killed run goes on with the next block."""
_AMBIGUOUS: Final = frozenset("<>|")
"""Signs that the old text encoding prints as something else inside text."""


def is_held_out(tokens: Iterable[str]) -> bool:
    """Tell whether a formula is kept for evaluation: by its hash, so that it is the same everywhere."""
    return zlib.crc32(" ".join(tokens).encode()) % 10_000 < HELD_OUT * 10_000


def canonical_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield the canonical form of each of `lines` that has one, tokens parted by spaces."""
    for line in lines:
        try:
            tokens = canonical(line)
        except ValueError:
            continue
        if is_printable(tokens):
            yield " ".join(tokens)


def is_printable(tokens: Sequence[str]) -> bool:
    """Tell whether a formula has a length that is trained and no text with a sign that prints as something else."""
    inside = False
    for before, token in zip(["", *tokens], tokens, strict=False):
        inside = (inside or (token == "{" and before == r"\text")) and token != "}"
        if inside and token in _AMBIGUOUS:
            return False
    return 0 < len(tokens) <= LONGEST


def _write(path: Path, lines: Iterable[str]) -> int:
    """Write `lines` to `path`, whole or not at all; return how many."""
    part = path.with_suffix(".part")
    count = 0
    with part.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(line + "\n")
            count += 1
    part.replace(path)
    return count


def _sources(folder: Path, parts: Path) -> Iterator[Path]:
    """Yield the canonical file of each textbook, made now unless it is there."""
    for source in sorted(folder.glob("*.txt.xz")):
        path = parts / f"{source.name.split('.')[0]}.txt"
        if not path.is_file():
            with lzma.open(source, "rt", encoding="utf-8") as lines:
                click.echo(f"{path.stem}: {_write(path, dict.fromkeys(canonical_lines(lines)))} formulas")
        yield path


def _synthetic(count: int, seed: int, parts: Path) -> Iterator[Path]:
    """Yield files of made-up formulas, made now unless they are there."""
    for block in range(-(-count // BLOCK)):
        path = parts / f"synthetic-{seed}-{block:03}.txt"
        if not path.is_file():
            generator = Generator(np.random.default_rng((seed, block)))
            size = min(BLOCK, count - block * BLOCK)
            made = (generator.formula() for _ in range(size))
            lines = (" ".join(tokens) for tokens in made if is_printable(tokens))
            click.echo(f"{path.stem}: {_write(path, lines)} formulas")
        yield path


def _copies(line: str, weight: float, rng: np.random.Generator) -> list[str]:
    return [line] * int(weight + rng.random())


@click.command()
@click.argument("sources", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--synthetic", type=int, default=300_000, show_default=True, help="Made-up formulas.")
@click.option("--seed", type=int, default=1, show_default=True)
def collect(sources: Path, out: Path, synthetic: int, seed: int) -> None:
    """Write OUT/train.txt and OUT/held_out.txt from the *.txt.xz of SOURCES and made-up formulas."""
    parts = out / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    train: list[str] = []
    held_out: dict[str, None] = {}
    seen: set[int] = set()
    for path in [*_sources(sources, parts), *_synthetic(synthetic, seed, parts)]:
        weight = WEIGHTS.get(path.stem, 1.0)
        room = MOST_SYNTHETIC_HELD_OUT if path.stem.startswith("synthetic") else sys.maxsize
        with path.open(encoding="utf-8") as lines:
            for line in map(str.strip, lines):
                if hash(line) in seen:
                    continue
                seen.add(hash(line))
                if not is_held_out(line.split()):
                    train += _copies(line, weight, rng)
                elif room:
                    held_out[line] = None
                    room -= 1
    order = rng.permutation(len(train)).tolist()
    click.echo(f"train: {_write(out / 'train.txt', (train[place] for place in order))} formulas")
    click.echo(f"held out: {_write(out / 'held_out.txt', held_out)} formulas")
