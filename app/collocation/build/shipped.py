"""Building what ships with the program: the academic index, its example sentences and a card that describes them."""

from __future__ import annotations

import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Final

from app.collocation.build.academic import academic_documents
from app.collocation.build.documents import Document
from app.collocation.build.pipeline import Plan, Summary, build_index
from app.collocation.build.schedule import Here, Scheduler
from app.collocation.build.sentences import Chooser, write_examples
from app.collocation.build.vocabulary import Thresholds
from app.collocation.expand import expand
from app.collocation.index import Index
from app.collocation.library import ACADEMIC
from app.core.files import write_atomic
from app.core.progress import Progress

THRESHOLDS: Final = Thresholds(word=3, phrase=3)
CARD: Final = "CARD.md"


def build_shipped(
    corpora: Path, out: Path, progress: Progress | None = None, scheduler: Scheduler | None = None
) -> Summary:
    """Build the files of `resources/ngrams` from a folder of corpora. Raises `PaperdeskError`."""
    plan = Plan(academic_documents(corpora), THRESHOLDS, scheduler=scheduler or Here())
    packed, examples = out / f"{ACADEMIC}.pack", out / f"{ACADEMIC}_examples.pack"
    summary = build_index(plan, packed, out / "work", progress)
    with tempfile.TemporaryDirectory() as folder:
        expanded = Path(folder) / "index"
        expand(packed, expanded, progress)
        index = Index(expanded)
        sentences = write_examples(plan.documents, examples, Chooser(index), progress=progress)
        write_atomic(out / CARD, _card(plan, summary, index, sentences, [packed, examples]))
    return summary


def _card(plan: Plan, summary: Summary, index: Index, sentences: int, files: list[Path]) -> str:
    """Return the description of what was built, Markdown."""
    cells = "\n".join(
        f"| {cell.field} | {cell.period} | {int(tokens):,} |"
        for cell, tokens in zip(index.cells, index.tokens, strict=True)
    )
    levels = ", ".join(f"{rows:,} of {words} words" for words, rows in enumerate(summary.rows, 1))
    hashes = "\n".join(f"| `{path.name}` | {path.stat().st_size:,} | `{_sha256(path)}` |" for path in files)
    return f"""# Phrases of academic English

Made on {plan.date.isoformat()} by `paperdesk collocation build --academic CORPORA --out resources/ngrams`.

- `academic.pack`: counts only, no sentence of a source. {summary.tokens:,} words were counted, those of numbers,
  formulas and signs left out; {summary.repeated:,} repeated lines were counted once.
- Kept: {levels}; words that occur at least {plan.thresholds.word} times, longer phrases {plan.thresholds.phrase}.
- `academic_examples.pack`: {sentences:,} sentences from the sources marked "yes", each with the name and the licence of
  its source.

| field | period | words counted |
|---|---|---|
{cells}

## Sources
| file | field | period | source | licence | sentences shipped |
|---|---|---|---|---|---|
{chr(10).join(_source(each) for each in sorted(plan.documents, key=lambda each: each.path.name))}

## Files
| file | bytes | SHA-256 |
|---|---|---|
{hashes}
"""


def _source(document: Document) -> str:
    quotable = "yes" if document.quotable else "no"
    name = document.path.name
    return f"| {name} | {document.field} | {document.period} | {document.title} | {document.licence} | {quotable} |"


def _sha256(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
