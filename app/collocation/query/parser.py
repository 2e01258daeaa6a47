"""Recursive-descent parser of the query language.

    query    = sequence { "|" sequence }
    sequence = element { element }
    element  = "{" element { element } "}" | "[" either { either } "]" | [ "?" ] either
    either   = unit { "/" unit }
    unit     = "_" | "*" | "+" | class | "[[" word "]]" | ( "~" | "#" ) word | word { "_" word } | word with "$"

An element is parsed into the phrases that it may stand for, each a tuple of slots. Phrases of one slot that may stand
in the same place are one slot with several atoms, so that `a/b` stays one pattern.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Final

from app.collocation.query.lexer import Lexeme, lexemes
from app.collocation.query.syntax import ANY_WORD, LONGEST, Atom, Kind, Pattern, Query, QueryError, Slot
from app.collocation.tags import CLASS_BY_NAME
from app.collocation.tokens import is_word
from app.core.i18n import tr

MOST_PATTERNS: Final = 200
"""More would take too long, and nobody means that many."""

Phrases = list[Pattern]
_ANY: Final[Slot] = frozenset({ANY_WORD})
_CLOSING: Final = {"{": "}", "[": "]", "[[": "]]"}


def parse(text: str) -> Query:
    """Return what a query means. Raises `QueryError`."""
    parser = _Parser(text)
    return Query(text, tuple(parser.query()))


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._lexemes = lexemes(text)
        self._at = 0

    def query(self) -> Phrases:
        """Return the patterns of the whole query, without those that are too long."""
        if not self._lexemes:
            raise self._error(tr("Write a phrase, such as: plays _ _ role"), 0, len(self._text))
        patterns = self._sequence()
        while self._next_is("|"):
            self._take()
            patterns += self._sequence()
        return self._bounded(patterns, 0)

    def _sequence(self) -> Phrases:
        """Return the phrases of one query of those that `|` separates."""
        start = self._at
        phrases: Phrases = [()]
        while self._lexeme() and not self._next_is("|"):
            place = self._lexemes[self._at].start
            phrases = self._bounded(_joined(phrases, self._element()), place)
            if not phrases:
                raise self._error(
                    tr("A phrase has at most five words. Leave out what begins here."), place, self._end()
                )
        if start == self._at:
            place = self._lexemes[max(0, start - 1)].start
            raise self._error(tr("Write a query on both sides of |."), place, place + 1)
        return [phrase for phrase in phrases if phrase]

    def _element(self) -> Phrases:
        lexeme = self._lexemes[self._at]
        if lexeme.text in _CLOSING.values():
            raise self._error(tr("{sign} closes nothing here. Leave it out.", sign=lexeme.text), *_place(lexeme))
        if lexeme.text == "/":
            raise self._error(tr("Write a word on both sides of /."), *_place(lexeme))
        if lexeme.text == "{":
            return self._any_order()
        if lexeme.text == "[":
            return self._options()
        return self._either()

    def _any_order(self) -> Phrases:
        opening = self._take()
        elements: list[Phrases] = []
        while not self._next_is("}"):
            self._expect_more(opening)
            elements.append(self._element())
            if len(elements) > LONGEST:
                raise self._error(tr("At most five words fit into braces."), opening.start, self._end())
        self._close(opening, empty=not elements)
        phrases: Phrases = []
        for order in permutations(elements):
            joined: Phrases = [()]
            for element in order:
                joined = _joined(joined, element)
            phrases = self._bounded([*phrases, *joined], opening.start)
        return phrases

    def _options(self) -> Phrases:
        opening = self._take()
        phrases: Phrases = []
        while not self._next_is("]"):
            self._expect_more(opening)
            phrases += self._either()
        self._close(opening, empty=not phrases)
        return [*_merged(phrases), ()]

    def _either(self) -> Phrases:
        """Parse what may stand between slashes; a leading `?` allows all of it to be missing."""
        lexeme = self._lexemes[self._at]
        optional = lexeme.text.startswith("?")
        phrases = self._unit(skip=1 if optional else 0)
        while self._next_is("/"):
            slash = self._take()
            if not self._lexeme() or self._lexemes[self._at].text in {"/", "|", "}", "]", "]]"}:
                raise self._error(tr("Write a word on both sides of /."), slash.start, slash.end)
            phrases += self._unit()
        return [*_merged(phrases), *([()] if optional else [])]

    def _unit(self, skip: int = 0) -> Phrases:
        lexeme = self._take()
        text = lexeme.text[skip:]
        if not text and self._next_is("[["):
            return [(self._lemma(self._take()),)]
        if not text:
            raise self._error(tr("Write a word right after {sign}, such as {sign}the.", sign="?"), *_place(lexeme))
        if lexeme.text == "[[":
            return [(self._lemma(lexeme),)]
        if text in {"*", "+"}:
            return [(_ANY,) * count for count in range(text == "+", LONGEST + 1)]
        return [self._words(text, lexeme)]

    def _lemma(self, opening: Lexeme) -> Slot:
        lexeme = self._lexeme()
        if lexeme is None or not is_word(lexeme.text):
            raise self._error(tr("Write one word between [[ and ]], such as [[play]]."), *_place(opening))
        self._take()
        self._close(opening, empty=False)
        return frozenset({Atom(Kind.LEMMA, lexeme.text)})

    def _words(self, text: str, lexeme: Lexeme) -> Pattern:
        """Return the slots of one word, class or operator, or of several words joined by `_`."""
        if text == "_":
            return (_ANY,)
        if text in CLASS_BY_NAME:
            return (frozenset({Atom(Kind.CLASS, word_class=CLASS_BY_NAME[text])}),)
        if text[0] in "~#":
            return (frozenset({Atom(Kind.SIMILAR, self._word(text[1:], lexeme))}),)
        return tuple(frozenset({self._atom(part, lexeme)}) for part in text.split("_"))

    def _atom(self, part: str, lexeme: Lexeme) -> Atom:
        if "$" in part and is_word(part.replace("$", "x")) and part.strip("$"):
            return Atom(Kind.SPELLING, part)
        return Atom(Kind.WORD, self._word(part, lexeme))

    def _word(self, text: str, lexeme: Lexeme) -> str:
        """Return a word, or raise the error that fits what stands there instead."""
        if is_word(text):
            return text
        place = _place(lexeme)
        if not text:
            raise self._error(tr("Write a word right after {sign}, such as {sign}the.", sign=lexeme.text), *place)
        if not text.isascii() and any(character.isalpha() for character in text):
            raise self._error(tr("Write English words, or ask a question such as: attention 前面用什么动词"), *place)
        if any(character.isdigit() for character in text):
            raise self._error(tr("Numbers are not counted. Leave them out."), *place)
        raise self._error(tr("{word} is not a word. Words have letters, and ' or - between them.", word=text), *place)

    def _close(self, opening: Lexeme, *, empty: bool) -> None:
        """Take the closing bracket. Raises `QueryError` without one, or when nothing is between."""
        closing = _CLOSING[opening.text]
        if not self._next_is(closing):
            raise self._error(
                tr("{sign} is never closed. Add {closing}.", sign=opening.text, closing=closing), *_place(opening)
            )
        self._take()
        if empty:
            raise self._error(
                tr("Write words between {sign} and {closing}.", sign=opening.text, closing=closing), *_place(opening)
            )

    def _expect_more(self, opening: Lexeme) -> None:
        if not self._lexeme():
            self._close(opening, empty=False)
        if self._next_is("|"):
            raise self._error(
                tr("| separates whole queries; inside brackets write /."), *_place(self._lexemes[self._at])
            )

    def _bounded(self, phrases: Phrases, place: int) -> Phrases:
        unique = list(dict.fromkeys(phrases))
        if len(unique) > MOST_PATTERNS:
            raise self._error(
                tr("This stands for too many different phrases. Leave something out."), place, self._end()
            )
        return unique

    def _lexeme(self) -> Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _next_is(self, sign: str) -> bool:
        lexeme = self._lexeme()
        return lexeme is not None and lexeme.text == sign

    def _take(self) -> Lexeme:
        self._at += 1
        return self._lexemes[self._at - 1]

    def _end(self) -> int:
        return self._lexemes[-1].end

    def _error(self, message: str, start: int, end: int) -> QueryError:
        return QueryError(message, self._text, start, end)


def _place(lexeme: Lexeme) -> tuple[int, int]:
    return lexeme.start, lexeme.end


def _joined(firsts: Sequence[Pattern], seconds: Sequence[Pattern]) -> Phrases:
    """Return every first part followed by every second one, without what is longer than any phrase of an index."""
    return [first + second for first in firsts for second in seconds if len(first) + len(second) <= LONGEST]


def _merged(phrases: Sequence[Pattern]) -> Phrases:
    """Return the same phrases with those of one slot as one phrase."""
    several = [phrase for phrase in phrases if len(phrase) != 1]
    atoms = frozenset[Atom]().union(*(phrase[0] for phrase in phrases if len(phrase) == 1))
    return [*([(atoms,)] if atoms else []), *several]
