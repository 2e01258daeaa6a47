"""Make the lexicon: `python -m app.collocation.build.lexicon_making WORDNET OUT`.

WORDNET is the folder of WordNet's database (data.noun, index.noun and so on; wndb(5WN) describes them). Base forms are
those of the package simplemma, which has to be installed.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from app.collocation.build.lexicon import Lexicon
from app.collocation.tokens import is_word

SENSES: Final = 3
"""Meanings of a word, the most frequent first, whose synonyms are taken."""
MOST: Final = 16
"""Synonyms of a word."""
_SIMILAR: Final = "&"
"""WordNet's pointer from an adjective to those of similar meaning."""
_ENDINGS: Final = ("ing", "ed", "s")

Forms = dict[str, set[str]]


def base_forms() -> dict[str, str]:
    """Return the base form of every English word that simplemma knows and that has another one."""
    from simplemma.strategies import DefaultDictionaryFactory  # noqa: PLC0415

    pairs = DefaultDictionaryFactory().get_dictionary("en").items()
    texts = ((_text(word), _text(base)) for word, base in pairs)
    return {word: base for word, base in texts if word != base and is_word(word) and is_word(base)}


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _lines(path: Path) -> Iterator[list[str]]:
    """Yield the fields of each entry of a database file; lines that begin with a space are its licence."""
    with path.open(encoding="utf-8") as file:
        yield from (line.split("|")[0].split() for line in file if not line.startswith(" "))


class WordNet:
    """Synonyms from WordNet's files."""

    def __init__(self, folder: Path) -> None:
        self._members: dict[tuple[str, str], list[str]] = {}
        self._similar: dict[tuple[str, str], list[str]] = {}
        self.synonyms: dict[str, list[str]] = {}
        for part in ("noun", "verb", "adj", "adv"):
            for fields in _lines(folder / f"data.{part}"):
                self._add_sense(part, fields)
            for fields in _lines(folder / f"index.{part}"):
                self._add_word(part, fields)

    def _add_sense(self, part: str, fields: list[str]) -> None:
        count = int(fields[3], 16)
        words = [word.partition("(")[0].lower() for word in fields[4 : 4 + 2 * count : 2]]
        pointers = fields[5 + 2 * count :]
        self._members[part, fields[0]] = words
        self._similar[part, fields[0]] = [pointers[at + 1] for at, sign in enumerate(pointers) if sign == _SIMILAR]

    def _add_word(self, part: str, fields: list[str]) -> None:
        """Add the synonyms of one word in one word class; the places of its senses are the last fields."""
        places = fields[-int(fields[2]) :][:SENSES]
        close = [word for place in places for word in self._members[part, place]]
        near = [word for place in places for other in self._similar[part, place] for word in self._members[part, other]]
        known = self.synonyms.setdefault(fields[0], [])
        known += [word for word in dict.fromkeys(close + near) if word not in {fields[0], *known} and is_word(word)]


def of_all_forms(synonyms: dict[str, list[str]], bases: dict[str, str]) -> dict[str, list[str]]:
    """Return synonyms for inflected words, too: for "plays" the forms with -s of the synonyms of "play"."""
    forms: dict[str, list[str]] = defaultdict(list)
    for word, base in bases.items():
        forms[base].append(word)
    result = {word: own[:MOST] for word, own in synonyms.items() if own and is_word(word)}
    for word, base in bases.items():
        ending = next((each for each in _ENDINGS if word.endswith(each)), "")
        if word not in result and ending:
            own = list(_with_ending(synonyms.get(base, ()), forms, ending))
            result.update({word: own[:MOST]} if own else {})
    return result


def _with_ending(words: Iterable[str], forms: dict[str, list[str]], ending: str) -> Iterator[str]:
    for word in words:
        yield from (form for form in forms.get(word, ()) if form.endswith(ending))


def main(wordnet: Path, out: Path) -> None:
    """Make and save the lexicon."""
    bases = base_forms()
    Lexicon(bases, of_all_forms(WordNet(wordnet).synonyms, bases)).save(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
