"""What is shipped: known answers, the precision of the classes, and that the files are those of the card."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from statistics import mean

import pytest

from app.collocation.engine import Engine
from app.collocation.library import ACADEMIC, Library
from app.collocation.tags import CLASS_NAMES
from app.core.paths import resources_dir
from tests.collocation.judged_slots import judged_slots

ROOT = Path(__file__).resolve().parents[2]
NGRAMS = resources_dir() / "ngrams"
NEEDED_PRECISION = 0.95
COUNTS_BYTES, EXAMPLES_BYTES = 45_000_000, 30_000_000


def texts(engine: Engine, query: str, limit: int = 10) -> list[str]:
    return [hit.text for hit in engine.search(query).answer(limit=limit).hits]


def count(engine: Engine, query: str) -> int:
    return engine.search(query).total()


def test_known_answers(academic: Engine) -> None:
    assert texts(academic, "plays _ _ role")[:2] == ["plays an important role", "plays a crucial role"]
    assert texts(academic, "consistent prep.")[0] == "consistent with"
    assert count(academic, "discuss the") > 50 * count(academic, "discuss about") > 0
    assert count(academic, "depend on") > 100 * count(academic, "depend of")
    assert "learning difficulty" not in texts(academic, "v. difficulty")[:1]
    assert texts(academic, "researches/research on")[0] == "research on"
    assert "important role" in texts(academic, "adj. role")[:2]
    assert {"pay attention", "draw attention"} <= set(texts(academic, "v. attention", 20))


def test_a_phrase_of_recent_years_is_marked(academic: Engine) -> None:
    # WHEN
    recent = academic.search("underscoring the importance").answer().hits[0]
    old = academic.search("the importance of").answer().hits[0]

    # THEN
    assert recent.trend.is_recent
    assert not old.trend.is_recent


def test_classes_are_right_in_95_of_100_slots_and_better_than_a_word_list(academic: Engine) -> None:
    # GIVEN slots of all nine classes, judged without what the index says
    claims = [slot.claim(academic) for slot in judged_slots()]
    assert len(claims) >= 200
    assert {claim.of_index for claim in claims} == {names[0] for names in CLASS_NAMES.values()}

    # WHEN
    precision = mean(claim.is_right for claim in claims)
    of_word_list = mean(is_right for claim in claims for _, is_right in claim.of_word_list)

    # THEN
    assert precision >= NEEDED_PRECISION > of_word_list


def test_the_files_are_those_of_the_card_and_not_too_large(library: Library) -> None:
    # GIVEN
    card = (NGRAMS / "CARD.md").read_text(encoding="utf-8")

    # WHEN / THEN
    for path in (library.packed(ACADEMIC), library.packed_examples(ACADEMIC)):
        assert f"| `{path.name}` | {path.stat().st_size:,} | `{sha256(path.read_bytes()).hexdigest()}` |" in card
    counts = [path for path in NGRAMS.glob("*.pack") if "examples" not in path.name]
    assert sum(path.stat().st_size for path in counts) <= COUNTS_BYTES
    assert library.packed_examples(ACADEMIC).stat().st_size <= EXAMPLES_BYTES


def test_examples_come_with_source_and_licence(library: Library) -> None:
    # GIVEN
    examples = library.examples()
    assert examples is not None
    card = (NGRAMS / "CARD.md").read_text(encoding="utf-8")

    # WHEN / THEN
    for phrase in ("plays an important role", "is consistent with", "depends on the"):
        found = examples.find(phrase)
        assert len(found) == 8
        for each in found:
            assert each.text[each.start : each.end].lower() == phrase
            assert f"| {each.source} | {each.licence} | yes |" in card


@pytest.mark.parametrize("kind", ["two wildcards, 3 words", "a * b"])
def test_memory_stays_small(library: Library, academic: Engine, kind: str) -> None:
    # GIVEN queries of a kind that reads much, in a process of their own
    command = [sys.executable, "-c", _MEASURE, str(ROOT), str(academic.arrays.path)]
    queries = "\n".join(_queries(academic, kind))

    # WHEN
    out = subprocess.run(command, input=queries, check=True, capture_output=True, text=True).stdout

    # THEN megabytes
    assert float(out) < 150


def _queries(engine: Engine, kind: str) -> list[str]:
    """A hundred queries made from frequent phrases."""
    firsts = [hit.text.split() for hit in engine.search("_ _ _").answer(limit=1000).hits][::10]
    return [f"{a} * {c}" if "*" in kind else f"_ {b} _" for a, b, c in firsts]


_MEASURE = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from statistics import mean
from app.collocation.engine import Engine
from app.collocation.index import Index
engine = Engine(Index(Path(sys.argv[2])))
for query in sys.stdin.read().splitlines():
    engine.search(query).answer()
status = Path("/proc/self/status").read_text()
print(int(status.split("VmRSS:")[1].split()[0]) / 1024)
"""
