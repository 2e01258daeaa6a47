"""Classes of words on the shipped index: slots to be judged by somebody who is not told what the index says.

    python tests/benchmarks/collocation_classes.py draw 3     other slots, in an order that says nothing, with seed 3
    python tests/benchmarks/collocation_classes.py            the judged slots: how often index and word list are right

What `draw` prints goes to tests/data/collocation/class_slots.tsv with the class that each word has in its phrase.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

import numpy as np
from _report import publish

from app.collocation.engine import Engine
from app.collocation.library import Library
from app.collocation.tags import CLASS_NAMES, TAG_BITS, TAG_MASK, WordClass
from app.core.paths import Paths
from tests.collocation.judged_slots import judged_slots

LENGTH: Final = 3
OF_EACH: Final = 23
"""Slots of each class; of interjections, which are rare, all that there are."""


def draw(engine: Engine, seed: int) -> list[str]:
    """Return slots of every class, drawn by the counts of their phrases, as lines of slot, phrase."""
    level, chance = engine.index.level(LENGTH), np.random.default_rng(seed)
    lines = []
    for word_class in CLASS_NAMES:
        for slot in range(LENGTH):
            has_class = (level.tags >> np.array(TAG_BITS * slot, level.tags.dtype) & TAG_MASK) == word_class
            rows = np.flatnonzero(has_class)
            weights = level.counts[rows] / level.counts[rows].sum(dtype=np.int64)
            wanted = min(len(rows), OF_EACH // LENGTH + (slot < OF_EACH % LENGTH))
            for row in chance.choice(rows, wanted, replace=False, p=weights).tolist():
                lines.append(
                    f"{slot}\t" + " ".join(engine.index.words.text(int(column[row])) for column in level.words)
                )
    return sorted(set(lines), key=lambda line: line.partition("\t")[2][::-1])


def main(home: Path) -> None:
    """Draw, or compare with what was judged."""
    engine = Library(Paths.under(home)).engine()
    if sys.argv[1:2] == ["draw"]:
        print("\n".join(draw(engine, int(sys.argv[2]))))
        return
    slots = judged_slots()
    rows = []
    for name in [CLASS_NAMES[each][0] for each in WordClass if each is not WordClass.OTHER] + ["all"]:
        claims = [each.claim(engine) for each in slots]
        own = [each for each in claims if name in {"all", each.of_index}]
        listed = [right for each in claims for word_class, right in each.of_word_list if name in {"all", word_class}]
        rows.append(
            {
                "class": name,
                "slots": len(own),
                "index right, %": 100 * sum(each.is_right for each in own) / len(own),
                "word list's claims": len(listed),
                "word list right, %": 100 * sum(listed) / len(listed),
            }
        )
    publish("collocation classes", rows)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as fresh:
        main(Path(fresh))
