"""Everything that is known of one name, beside its score: alignments, spellings, meaning, sound, who has it already."""

from __future__ import annotations

from dataclasses import dataclass

from app.acronym.alignment import MOST_SHOWN, Alignment
from app.acronym.explain import Reason, reasons
from app.acronym.forms import all_forms, usual_form
from app.acronym.gloss import gloss
from app.acronym.ground import Ground
from app.acronym.offensive import offends_in
from app.acronym.ranking import Kind
from app.acronym.search import Name
from app.acronym.taken import Taken, taken_by


@dataclass(frozen=True)
class Judgement:
    """What is known of a name without asking anybody."""

    name: Name
    written: str
    """As it is usually written."""
    forms: tuple[str, ...]
    """All ways to write it, the usual one first."""
    alignments: tuple[Alignment, ...]
    """Those of its own style first, each best first."""
    reasons: tuple[Reason, ...]
    """What makes up the score, the greatest parts first."""
    meaning: str
    """"" for a name that is no English word."""
    offends_in: tuple[str, ...]
    """Languages in which it offends."""
    taken: tuple[Taken, ...]
    """What has the name already."""


def judge(ground: Ground, name: Name, own: str = "") -> Judgement:
    """Return what is known of a name that was found; `own` is how the user writes it, if it is theirs."""
    alignments = _alignments(ground, name)
    forms = all_forms(ground.title, alignments[0].letters, name.kind)
    return Judgement(
        name,
        own or forms[0],
        tuple(dict.fromkeys([own or forms[0], *forms])),
        alignments,
        tuple(reasons(ground, name)),
        gloss(name.text) if name.kind is Kind.WORD and ground.query.language == "en" else "",
        offends_in(name.text, is_word=name.is_word),
        taken_by(own or name.text),
    )


def _alignments(ground: Ground, name: Name) -> tuple[Alignment, ...]:
    """Return the ways of a name in its own style, then all others."""
    found: dict[tuple[int, ...], Alignment] = {}
    for style in sorted(ground.ways, key=lambda style: style is not name.style):
        for alignment in ground.align(name.text, style, MOST_SHOWN):
            found.setdefault(alignment.letters, alignment)
    return tuple(found.values())[:MOST_SHOWN]


def written(ground: Ground, name: Name) -> str:
    """Return a name as it is usually written."""
    return usual_form(ground.title, ground.align(name.text, name.style)[0].letters, name.kind)
