"""A small index of phrases, built as every index is built."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

from app.collocation.build.documents import Document
from app.collocation.build.pipeline import Plan, build_index
from app.collocation.build.vocabulary import Thresholds

SUBJECTS = ("method", "result", "model", "paper", "idea", "proof", "table", "figure", "author", "reader", "group")
PLACES = ("practice", "theory", "summer", "medicine", "biology", "school", "science", "industry", "physics", "music")
SENTENCES = len(SUBJECTS) * len(PLACES)


def build_phrases(phrase: str, folder: Path) -> Path:
    """Return a folder as `resources/ngrams` is, whose index has a phrase as often as `SENTENCES` says."""
    text, shipped = folder / "text.txt", folder / "shipped"
    shipped.mkdir()
    pairs = product(SUBJECTS, PLACES)
    lines = (f"This {subject} has {phrase} in {place} and in all of its applications." for subject, place in pairs)
    text.write_text("\n".join(lines), encoding="utf-8")
    document = Document(text, "cs", "to2022", "notes", "CC BY 4.0", quotable=True)
    build_index(Plan([document], Thresholds(2, 2), date(2026, 1, 2)), shipped / "academic.pack", folder / "work")
    return shipped
