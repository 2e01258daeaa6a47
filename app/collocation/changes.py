"""Small changes of a sentence that undo what learners of English confuse: prepositions, articles, verbs, numbers.

The kinds are those that make up most of the corrected mistakes in learners' academic writing (Dahlmeier, Ng, Wu 2013,
"Building a large annotated corpus of learner English").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.collocation.engine import Engine
from app.collocation.query.syntax import ANY_WORD, LONGEST, Atom, Kind, Query, Slot
from app.collocation.tags import WordClass

Words = Sequence[str]

PREPOSITIONS: Final = frozenset(
    (
        *("about", "across", "after", "against", "among", "at", "between", "by", "for", "from", "in", "into", "of"),
        *("on", "onto", "over", "through", "to", "toward", "towards", "under", "upon", "with", "within"),
    )
)
OF_OBJECTS: Final = frozenset({"about", "of", "on"})
"""Prepositions that learners put before a verb's object; others begin a place or a time and may stand anywhere."""
OF_COMPLEMENTS: Final = frozenset({"about", "for", "of", "to", "with"})
"""Prepositions that belong to the word before them even when nothing is known of the word after them."""
OF_PLACES: Final = frozenset({"at", "in", "into", "on"})
"""Prepositions of place that learners take for each other and for those of complements."""
OFTEN_WRONG: Final = frozenset({"about", "in", "into", "of", "on", "with"})
"""Prepositions that are changed whatever stands before them."""
CONJUNCTIONS: Final = frozenset({"and", "or", "but", "nor", "that", "how", "whether"})
AUXILIARIES: Final = frozenset(
    {"be", "is", "are", "was", "were", "been", "being", "can", "may", "will", "must", "have", "has", "had", "having"}
)
GOVERNING: Final = frozenset({WordClass.VERB, WordClass.NOUN, WordClass.ADJECTIVE})
ARTICLES: Final = ("a", "an", "the")
BEFORE_PLURALS: Final = frozenset(
    {"many", "several", "few", "these", "those", "various", "numerous", "both", "two", "three", "four", "five"}
)
TELLING_NUMBER: Final = BEFORE_PLURALS | {"a", "an", "another", "each", "every", "number", "one", "this"}
"""Words that tell whether a noun soon after them is a singular or a plural."""
UNCOUNTABLE: Final = frozenset(
    (
        *("advice", "equipment", "evidence", "feedback", "guidance", "hardware", "information", "knowledge"),
        *("machinery", "progress", "research", "software", "traffic", "vocabulary", "weather"),
    )
)
"""Nouns of academic writing that have no plural, whatever other languages have."""
LIGHT_VERBS: Final = (
    *(
        ("ask", "asks", "asked", "asked", "asking"),
        ("conduct", "conducts", "conducted", "conducted", "conducting"),
        ("do", "does", "did", "done", "doing"),
    ),
    *(("draw", "draws", "drew", "drawn", "drawing"), ("give", "gives", "gave", "given", "giving")),
    *(("have", "has", "had", "had", "having"), ("make", "makes", "made", "made", "making")),
    *(("pay", "pays", "paid", "paid", "paying"), ("perform", "performs", "performed", "performed", "performing")),
    *(("play", "plays", "played", "played", "playing"), ("raise", "raises", "raised", "raised", "raising")),
    ("take", "takes", "took", "taken", "taking"),
)
"""Verbs that mean little beside their noun, so that the noun decides which one is written: base, -s, past, participle,
-ing."""
_HAVE: Final = frozenset({"have", "has", "had", "having"})
"""Goes with any noun."""
_THIRD_PERSONS: Final = frozenset({("have", "has"), ("do", "does"), ("were", "was"), ("are", "is")})
_GOVERNED: Final = 0.75
"""Share of a word's uses before prepositions that one of them has: it belongs to the word."""
_ALWAYS_GOVERNED: Final = 0.8
"""Share of all uses of a word that one preposition follows: it is missing elsewhere."""

_FEWEST_USES: Final = 20
_TIMES_AS_USUAL: Final = 5
"""A light verb is the one to write with a noun when it has so many uses with it, and times those of another one."""
_PHRASES: Final = 1000
"""Different phrases of a verb and a noun that are counted."""

Needed = Mapping[int, tuple[int, float]]
"""For phrases of so many words: the count that the better one needs, and times the count of the written one."""


@dataclass(frozen=True)
class Evidence:
    """What shows that a change is an improvement.

    `contexts` are the words before and after the change in the phrases that are compared, the most telling first; the
    length that `needed` asks for is that of the longer phrase.
    """

    contexts: tuple[tuple[int, int], ...]
    needed: Needed


_AROUND: Final = ((2, 2), (1, 3), (1, 2), (2, 1), (1, 1))
_USUAL: Final = {3: (40, 100.0), 4: (15, 30.0), 5: (8, 12.0)}
_ARTICLE: Final = {3: (100, 100.0), 4: (15, 30.0), 5: (15, 30.0)}
FIRST_PREPOSITION: Final = Evidence(((0, 3), (0, 2)), _USUAL)
OTHER_PREPOSITION: Final = Evidence(_AROUND, {**_USUAL, 3: (100, 300.0)})
OTHER_THAN_OF: Final = Evidence(((3, 0),), _USUAL)
GOVERNED_PREPOSITION: Final = Evidence(((1, 2), (1, 1)), {3: (15, 15.0), 4: (8, 10.0)})
COMPLEMENT: Final = Evidence(((1, 0),), {2: (200, 40.0)})
NO_PREPOSITION: Final = Evidence(((1, 3), (1, 2)), _USUAL)
ONE_MORE_PREPOSITION: Final = Evidence(_AROUND, _USUAL)
MISSING_COMPLEMENT: Final = Evidence(((1, 2), (1, 1)), {3: (10, 10.0), 4: (8, 10.0)})
OTHER_ARTICLE: Final = Evidence(((0, 1), (1, 1)), {2: (50, 50.0), 3: (10, 10.0)})
NO_ARTICLE: Final = Evidence(((1, 3), (1, 2)), {4: (100, 30.0), 5: (100, 30.0)})
ONE_MORE_ARTICLE: Final = Evidence(_AROUND, _ARTICLE)
OTHER_VERB: Final = Evidence(((1, 3), (0, 3), (1, 2), (0, 2)), {3: (10, 10.0), 4: (8, 8.0), 5: (5, 5.0)})
OTHER_NUMBER: Final = Evidence(((4, 0), (3, 0), (2, 0), (1, 1)), {3: (40, 60.0), 4: (15, 30.0), 5: (8, 12.0)})
PLURAL: Final = Evidence(((2, 0), (1, 0)), {2: (100, 50.0), 3: (15, 15.0)})
SINGULAR: Final = Evidence(((0, 0),), {1: (500, 20.0)})
AGREEMENT: Final = Evidence(((2, 2), (1, 2), (2, 1), (1, 1)), _USUAL)


@dataclass(frozen=True)
class Change:
    """Put one of `slot` in the place of the words from `start` to `end`; without a slot they are only left out."""

    start: int
    end: int
    slot: Slot | None
    evidence: Evidence

    @property
    def changes_length(self) -> bool:
        """Whether a word is put in or left out."""
        return self.slot is None or self.start == self.end


@dataclass(frozen=True)
class _Governed:
    """A preposition, with its share of a word's uses before any preposition, and of all uses of the word."""

    preposition: str
    of_prepositions: float
    of_uses: float


def any_of(words: Sequence[str] | frozenset[str]) -> Slot:
    """Return the slot that each of these words fills."""
    return frozenset(Atom(Kind.WORD, word) for word in words)


class Changes:
    """Proposes changes of runs of words, by what an index knows of each word."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._index = engine.index
        self._prepositions = any_of(PREPOSITIONS)
        self._main_class = lru_cache(maxsize=256)(self._find_main_class)
        self._verbs_with = lru_cache(maxsize=64)(self._verbs_with_noun)

    def of(self, words: Words) -> Iterator[Change]:
        """Yield the changes to try."""
        for at, word in enumerate(words):
            yield from self._prepositions_at(words, at)
            yield from self._articles_at(words, at)
            if self._main_class(word) is WordClass.NOUN:
                yield from self._numbers_at(words, at)
            else:
                yield from self._verbs_at(words, at)

    def _prepositions_at(self, words: Words, at: int) -> Iterator[Change]:
        word, before = words[at], words[at - 1] if at else ""
        if not before:
            yield from [Change(0, 1, self._prepositions, FIRST_PREPOSITION)] if word in OFTEN_WRONG else []
            return
        if word in OFTEN_WRONG and self._governs(before):
            yield Change(at, at + 1, self._prepositions, OTHER_PREPOSITION)
        if word == "of":
            yield Change(at, at + 1, self._prepositions, OTHER_THAN_OF)
        if word not in PREPOSITIONS | CONJUNCTIONS and self._governs(before):
            yield Change(at, at, self._prepositions, ONE_MORE_PREPOSITION)
        elif word in OF_OBJECTS and self._takes_object(before) and not PREPOSITIONS.issuperset(words[at + 1 : at + 2]):
            yield Change(at, at + 1, None, NO_PREPOSITION)
        yield from self._complements_at(words, at)

    def _complements_at(self, words: Words, at: int) -> Iterator[Change]:
        """Yield the change to the preposition that belongs to the word before."""
        word, before = words[at], words[at - 1]
        governed = self._governed_by(before)
        if governed is None or word == governed.preposition:
            return
        own = any_of([governed.preposition])
        is_complement = word in OF_COMPLEMENTS or (word == "by" and governed.preposition == "of")
        is_complement |= word == "than" and not _is_compared(words[:at])
        if governed.of_prepositions >= _GOVERNED and self._main_class(before) in {WordClass.VERB, WordClass.ADJECTIVE}:
            if is_complement or word in OF_PLACES:
                yield Change(at, at + 1, own, GOVERNED_PREPOSITION)
            if is_complement:
                yield Change(at, at + 1, own, COMPLEMENT)
        if governed.of_uses >= _ALWAYS_GOVERNED and word not in PREPOSITIONS:
            yield Change(at, at, own, MISSING_COMPLEMENT)

    def _articles_at(self, words: Words, at: int) -> Iterator[Change]:
        word, before = words[at], words[at - 1] if at else ""
        if word in {"a", "an"}:
            yield Change(at, at + 1, any_of(["a", "an"]), OTHER_ARTICLE)
        if word == "the" and before in PREPOSITIONS and at + 1 < len(words):
            yield Change(at, at + 1, None, NO_ARTICLE)
        opens = before in PREPOSITIONS or before == "as" or self._main_class(before) is WordClass.VERB
        if opens and self._main_class(word) in {WordClass.NOUN, WordClass.ADJECTIVE}:
            yield Change(at, at, any_of(ARTICLES), ONE_MORE_ARTICLE)

    def _numbers_at(self, words: Words, at: int) -> Iterator[Change]:
        """Yield the change to the other number of a noun that no other noun follows."""
        following = self._main_class(words[at + 1]) if at + 1 < len(words) else None
        if following in {WordClass.NOUN, WordClass.ADJECTIVE}:
            return
        nouns = [each for each in self._forms(words[at]) if self._main_class(each) is WordClass.NOUN]
        nouns = [each for each in nouns if each == words[at] or not each.endswith(("ing", "ings"))]
        before = words[at - 1] if at else ""
        if (
            len(nouns) > 1
            and not CONJUNCTIONS.intersection(words[max(0, at - 2) : at])
            and TELLING_NUMBER.intersection(words[max(0, at - LONGEST) : at])
        ):
            yield Change(at, at + 1, any_of(nouns), OTHER_NUMBER)
            if before in BEFORE_PLURALS:
                yield Change(at, at + 1, any_of(nouns), PLURAL)
        uncountable = UNCOUNTABLE.intersection(nouns) - {words[at]}
        if uncountable and self._main_class(before) is not WordClass.PRONOUN:
            yield Change(at, at + 1, any_of(uncountable), SINGULAR)

    def _verbs_at(self, words: Words, at: int) -> Iterator[Change]:
        word = words[at]
        verbs = self._usual_verbs(word, words[at + 1 : at + 4])
        if verbs:
            yield Change(at, at + 1, any_of(verbs), OTHER_VERB)
        if at and self._main_class(word) is WordClass.VERB:
            pair = [each for each in self._forms(word) if _is_other_person(each, word)]
            if pair:
                yield Change(at, at + 1, any_of([*pair, word]), AGREEMENT)

    def _usual_verbs(self, word: str, following: Words) -> list[str]:
        """Return the light verbs, in the form of this one, that are far more usual with the noun that follows."""
        forms = [form for verb in LIGHT_VERBS for form, own in enumerate(verb) if own == word]
        noun = next((each for each in following if self._main_class(each) is WordClass.NOUN), None)
        if (
            not forms
            or word in _HAVE
            or noun is None
            or any(each in PREPOSITIONS for each in following[: following.index(noun)])
        ):
            return []
        uses = self._verbs_with(noun)
        own_uses = max(uses[verb] for verb in LIGHT_VERBS if word in verb)
        needed = max(_FEWEST_USES, _TIMES_AS_USUAL * own_uses)
        return sorted({verb[form] for verb in LIGHT_VERBS for form in forms if uses[verb] >= needed})

    def _verbs_with_noun(self, noun: str) -> dict[tuple[str, ...], int]:
        """Return how often each light verb, in any form, stands up to two words before a noun, in any form."""
        verbs, nouns, gap = any_of(sorted({form for verb in LIGHT_VERBS for form in verb})), self._forms(noun), ANY_WORD
        patterns = tuple((verbs, *[frozenset({gap})] * words, any_of(nouns)) for words in range(3))
        uses: dict[tuple[str, ...], int] = dict.fromkeys(LIGHT_VERBS, 0)
        for hit in self._engine.search(Query("", patterns)).answer(limit=_PHRASES).hits:
            if hit.slots[-1].word_class is WordClass.NOUN:
                for verb in LIGHT_VERBS:
                    uses[verb] += hit.count * (hit.slots[0].text in verb)
        return uses

    def _governs(self, word: str) -> bool:
        """Tell whether a word is one that decides which preposition follows it, if any."""
        return word not in AUXILIARIES and self._main_class(word) in GOVERNING

    def _takes_object(self, word: str) -> bool:
        return word == "despite" or (word not in AUXILIARIES and self._main_class(word) is WordClass.VERB)

    def _governed_by(self, word: str) -> _Governed | None:
        """Return the preposition that mostly follows a word."""
        number = self._index.words.number(word)
        if number is None or word in AUXILIARIES or word in PREPOSITIONS or word in ARTICLES:
            return None
        answer = self._engine.search(Query("", ((any_of([word]), self._prepositions),))).answer(limit=1)
        if not answer.hits:
            return None
        slot, count = answer.hits[0].slots[1], answer.hits[0].count
        if slot.text == "by" or slot.word_class is not WordClass.PREPOSITION:  # a passive's, the "to" of infinitives
            return None
        return _Governed(slot.text, count / answer.total, count / int(self._index.level(1).counts[number]))

    def _find_main_class(self, word: str) -> WordClass | None:
        number = self._index.words.number(word)
        return None if number is None else self._index.main_class(number)

    def _forms(self, word: str) -> list[str]:
        return [self._index.words.text(int(each)) for each in self._index.forms(word)]


def _is_compared(words: Words) -> bool:
    """Tell whether words end with a comparative."""
    return words[-1].endswith("er") or bool({"more", "less"}.intersection(words[-2:]))


def _is_other_person(form: str, word: str) -> bool:
    """Tell whether one is the third person singular of the other's present, or of its past for "be"."""
    shorter, longer = sorted((form, word), key=len)
    is_regular = longer in {f"{shorter}s", f"{shorter}es"} or longer == f"{shorter[:-1]}ies"
    return is_regular or bool({(form, word), (word, form)} & _THIRD_PERSONS)
