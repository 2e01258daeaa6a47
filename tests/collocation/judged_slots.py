"""Slots of phrases with the class that a person says they have, and what index and word list say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.collocation.engine import Engine
from app.collocation.tags import CLASS_NAMES, WordClass

SLOTS: Final = Path(__file__).parents[1] / "data" / "collocation" / "class_slots.tsv"


@dataclass(frozen=True)
class Claim:
    """The class that the index gives a slot, whether it is right, and the same of each class of the word in a list."""

    of_index: str
    is_right: bool
    of_word_list: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class JudgedSlot:
    """The word at `slot` of a phrase, and the classes that are right for it there, usually one."""

    classes: frozenset[str]
    slot: int
    phrase: str

    def claim(self, engine: Engine) -> Claim:
        """Return what the index and a list of words with all their classes say about the slot."""
        word = self.phrase.split()[self.slot]
        number = engine.index.words.number(word)
        assert number is not None
        mask = int(engine.index.masks[number])
        listed = [CLASS_NAMES[each][0] for each in CLASS_NAMES if mask >> each & 1]
        told = engine.search(self.phrase).answer().hits[0].slots[self.slot].word_class
        name = "" if told is WordClass.OTHER else CLASS_NAMES[told][0]
        return Claim(name, name in self.classes, tuple((each, each in self.classes) for each in listed))


def judged_slots() -> list[JudgedSlot]:
    """Return the judged slots."""
    lines = SLOTS.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [JudgedSlot(frozenset(classes.split("/")), int(slot), phrase) for classes, slot, phrase in rows]
