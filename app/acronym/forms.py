"""How a name is written: RoBERTa, ResNet-50, T5, R-Transformer, capitals where the title's words begin."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from app.acronym.alphabet import ALPHABET
from app.acronym.ranking import Kind
from app.acronym.title import STARTS, Role, Title

SUFFIXES: Final = ("Net", "Former", "GAN", "LM", "BERT")
"""What authors put behind a name to say what kind of model it is."""
FIGURES: Final = {"to": "2", "for": "4"}
"""Small words to the figures that sound like them."""
LEAST_HYPHENATED: Final = 3
LEAST_REPEATED: Final = 3
"""So many equal initials in a row may be counted instead, as in T5."""
_VOWELS: Final = frozenset("AEIOU")


def usual_form(title: Title, letters: Sequence[int], kind: Kind) -> str:
    """Return a name as its authors would most likely write it.

    Initials are capitals; of a piece the first letter is one, and the others as the title has them; a word all of whose
    letters are needed from several places is written in capitals, as acronyms are.
    """
    spelled = mixed_form(title, letters)
    if kind is Kind.LETTERS:
        return spelled.upper()
    if kind is Kind.MIXED:
        return spelled
    return spelled.upper() if len(_pieces(title, letters)) > 1 else spelled


def mixed_form(title: Title, letters: Sequence[int]) -> str:
    """Return a name with a capital at the start of each piece and capitals where the title has them."""
    return "".join(_spelled(title, piece) for piece in _pieces(title, letters))


def all_forms(title: Title, letters: Sequence[int], kind: Kind) -> list[str]:
    """Return the ways to write a name, the usual one first, without suffixes that come from nowhere."""
    mixed = mixed_form(title, letters)
    name = mixed.lower()
    forms = [usual_form(title, letters, kind), mixed, name.upper(), name.capitalize(), name]
    forms += [_flowing(title, letters), _hyphenated(title, letters), _figured(title, letters), _counted(name.upper())]
    return list(dict.fromkeys(form for form in forms if form))


def with_suffix(form: str, suffix: str) -> str:
    """Return a name with a suffix: joined to small letters and to short initials, after a hyphen otherwise."""
    if form.lower().endswith(suffix.lower()):
        return form
    joined = not (form.isupper() and suffix.isupper())
    return f"{form}{suffix}" if joined else f"{form}-{suffix}"


def _pieces(title: Title, letters: Sequence[int]) -> list[list[int]]:
    """Split the letters where one does not follow on from the one right before it."""
    pieces: list[list[int]] = []
    for at in letters:
        follows = bool(pieces) and _goes_on(title, pieces[-1][-1], at)
        if follows:
            pieces[-1].append(at)
        else:
            pieces.append([at])
    return pieces


def _goes_on(title: Title, before: int, at: int) -> bool:
    """Tell whether a letter is written as the continuation of the one before it: as "former" is in "transformer"."""
    if at != before + 1 or title.unit[at] != title.unit[before]:
        return False
    written_together = title.place[at] == title.place[before] + 1 and title.source[title.place[at]].islower()
    return title.role[at] not in STARTS or bool(written_together)


def _spelled(title: Title, piece: Sequence[int]) -> str:
    """Return a piece: a capital first unless it is buried or from a small word, then as the title has it."""
    first, *rest = piece
    letter = _character(title, first)
    role = title.role[first]
    head = letter.upper() if role in (Role.INITIAL, Role.PART, Role.CAPITAL) else letter.lower()
    return head + "".join(_as_written(title, at) for at in rest)


def _as_written(title: Title, at: int) -> str:
    letter = _character(title, at)
    return letter.upper() if title.role[at] == Role.CAPITAL else letter.lower()


def _character(title: Title, at: int) -> str:
    return ALPHABET[title.codes[at]]


def _flowing(title: Title, letters: Sequence[int]) -> str:
    """Return a name whose single vowels are small letters, so that it reads as a word: RoBERTa."""
    pieces = [_spelled(title, piece) for piece in _pieces(title, letters)]
    return pieces[0] + "".join(piece.lower() if piece in _VOWELS else piece for piece in pieces[1:])


def _hyphenated(title: Title, letters: Sequence[int]) -> str:
    """Return a name with a hyphen before its long last piece, as in R-Transformer; "" without such a piece."""
    pieces = _pieces(title, letters)
    if len(pieces) == 1 or len(pieces[-1]) < LEAST_HYPHENATED:
        return ""
    head = "".join(_spelled(title, piece) for piece in pieces[:-1])
    return f"{head}-{_spelled(title, pieces[-1])}"


def _figured(title: Title, letters: Sequence[int]) -> str:
    """Return a name with figures for small words that it has whole, as in Seq2Seq; "" when there are none."""
    pieces = [_spelled(title, piece) for piece in _pieces(title, letters)]
    figured = [FIGURES.get(piece, piece) for piece in pieces]
    return "".join(figured) if figured != pieces else ""


def _counted(name: str) -> str:
    """Return a name with three or more equal letters in a row counted, as in T5; "" when there are none."""
    runs = [(letter, len(list(run))) for letter, run in groupby(name)]
    if not any(count >= LEAST_REPEATED and letter.isalpha() for letter, count in runs):
        return ""
    return "".join(f"{letter}{count}" if count >= LEAST_REPEATED else letter * count for letter, count in runs)
