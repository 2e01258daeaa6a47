"""Sentences with a learner's mistake each, and sentences that are right: what reading finds in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.collocation.engine import Engine
from app.collocation.scan import Finding, scan

DATA: Final = Path(__file__).parents[1] / "data" / "collocation"


@dataclass(frozen=True)
class Mistake:
    """A sentence, the words in it that are wrong, and what may be written instead."""

    sentence: str
    wrong: str
    right: tuple[str, ...]

    def is_touched(self, finding: Finding) -> bool:
        """Tell whether a finding is about the words that are wrong."""
        start = self.sentence.index(self.wrong)
        return finding.start < start + len(self.wrong) and start < finding.end

    def is_mended(self, finding: Finding) -> bool:
        """Tell whether a finding about these words offers what is right."""
        spelled = [re.compile(rf"\b{re.escape(each)}\b") for each in self.right]
        return self.is_touched(finding) and any(each.search(one.text) for each in spelled for one in finding.better)


@dataclass(frozen=True)
class Read:
    """What reading a mistake's sentence found: the repair, the place, and places that are right."""

    mistake: Mistake
    is_mended: bool
    is_touched: bool
    false_alarms: tuple[Finding, ...]


def mistakes(name: str = "learner_errors.tsv") -> list[Mistake]:
    """Return the sentences with a mistake of a file."""
    rows = (line.split("\t") for line in _lines(name))
    return [Mistake(sentence, wrong, tuple(right.split("|"))) for sentence, wrong, right in rows]


def right_sentences(name: str) -> list[str]:
    """Return the sentences of a file of right ones, without their sources."""
    return [line.split("\t")[0] for line in _lines(name)]


def _lines(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def read(engine: Engine, mistake: Mistake) -> Read:
    """Read the sentence of a mistake."""
    found = scan(engine, mistake.sentence)
    return Read(
        mistake,
        any(mistake.is_mended(each) for each in found),
        any(mistake.is_touched(each) for each in found),
        tuple(each for each in found if not mistake.is_touched(each)),
    )
