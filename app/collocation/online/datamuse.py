"""Datamuse: words that go before or after another one, or mean the same."""

from __future__ import annotations

from typing import Final

from app.collocation.online.service import WebAnswer, not_understood, pairs
from app.collocation.online.web import Web
from app.collocation.query.syntax import Kind, Query, Slot
from app.collocation.tags import WordClass
from app.core.i18n import mark

MOST: Final = 50


class Datamuse:
    """Answers `_ x`, `adj. x`, `x _`, `x n.` and `~x` with scores that only compare with each other."""

    title: Final = "Datamuse"

    def __init__(self, web: Web, address: str = "https://api.datamuse.com") -> None:
        self._web = web
        self._address = address

    def look_up(self, query: Query) -> WebAnswer:
        """Return the best words. Raises `InputError` for queries of another form, `NetworkError`."""
        relation, word, phrase = self._question(query)
        hits = self._web.get(
            f"{self._address}/words",
            lambda rows: pairs((phrase.format(row["word"]), row.get("score", 0)) for row in rows),
            **{relation: word, "max": str(MOST)},
        )
        return WebAnswer(self.title, mark("points"), tuple(hits))

    def _question(self, query: Query) -> tuple[str, str, str]:
        """Return the relation to ask for, the word, and the phrase with a place for the answer."""
        forms = [[_form(slot) for slot in pattern] for pattern in query.patterns]
        if len(forms) == 1:
            match forms[0]:
                case [("~", word)]:
                    return "rel_syn", word, "{}"
                case [("_", ""), ("w", word)]:
                    return "rel_bgb", word, f"{{}} {word}"
                case [("adj.", ""), ("w", word)]:
                    return "rel_jjb", word, f"{{}} {word}"
                case [("w", word), ("_", "")]:
                    return "rel_bga", word, f"{word} {{}}"
                case [("w", word), ("n.", "")]:
                    return "rel_jja", word, f"{word} {{}}"
        raise not_understood(self.title)


def _form(slot: Slot) -> tuple[str, str]:
    """Return the kind of a slot and its word."""
    if len(slot) != 1:
        return "", ""
    atom = next(iter(slot))
    if atom.kind is Kind.CLASS:
        names = {WordClass.ADJECTIVE: "adj.", WordClass.NOUN: "n."}
        return names.get(atom.word_class, ""), ""
    return {Kind.WORD: "w", Kind.ANY: "_", Kind.SIMILAR: "~"}.get(atom.kind, ""), atom.text
