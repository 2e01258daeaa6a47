"""Questions in English."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from app.collocation.questions import reading
from app.collocation.questions.reading import CLASS_GROUP, Reading, Rule

ASKING: Final = re.compile(
    r"(?:what|which|how|is it|should|do|can|another|other|synonyms?|alternatives?|words?|adjectives?|verbs?|nouns?"
    r"|adverbs?|prepositions?|articles?)\b.",
    re.IGNORECASE,
)
"""How a question begins; anything else is a query."""

_ABOUT: Final = r"(?:the )?(?:word |noun |verb |phrase |adjective )?(?P<words>[\"'“‘]?[a-z][a-z' -]*?[\"'”’]?)"
_CHOICE: Final = r"(?P<phrases>.+ (?:or|vs\.?|versus) .+)"


def _rule(pattern: str, answer: Callable[[re.Match[str]], Reading]) -> Rule:
    filled = pattern.replace("CLASS", CLASS_GROUP).replace("ABOUT", _ABOUT).replace("CHOICE", _CHOICE)
    return Rule(re.compile(filled, re.IGNORECASE), answer)


ENGLISH_RULES: Final = (
    _rule(
        r"^(?:which|what)(?: one)?(?: is|'s)?(?: (?:right|correct|better|more common))?[,:]? CHOICE$",
        reading.alternatives,
    ),
    _rule(r"^(?:should i|do (?:you|i|we|people|they)) (?:say|write|use) CHOICE$", reading.alternatives),
    _rule(r"^is it CHOICE$", reading.alternatives),
    _rule(r"^(?:what|which)\b(?: CLASS)?.* between (?P<first>\S+) and (?P<second>\S+)$", reading.between),
    _rule(
        r"(?:synonyms?|other words?|another word|words? (?:like|similar)|alternatives?)(?: (?:for|of|to))? ABOUT"
        r"(?: in (?P<phrase>.+))?$",
        reading.similar,
    ),
    _rule(r"\bCLASS\b.* (?:before|precedes?|in front of|modif(?:y|ies)|describes?) ABOUT$", reading.preceding),
    _rule(r"\bCLASS\b.* (?:after|follows?) ABOUT$", reading.following),
    _rule(
        r"\bCLASS (?:does|do|should|to use with|goes with|go with) ABOUT (?:take|need|use|go with|get)$",
        reading.going_with,
    ),
    _rule(r"\bCLASS\b.*? (?:with|for|takes?|fits?) ABOUT$", reading.going_with),
    _rule(r"^(?:what|which|words?)\b.* before ABOUT$", reading.anything_before),
    _rule(r"^(?:what|which|words?)\b.*? (?:after|follows?) ABOUT$", reading.anything_after),
    _rule(r"^how (?:is|are) ABOUT used$", reading.anything_after),
    _rule(r"^how (?:do (?:i|you|we|people)|can i|should i) use ABOUT$", reading.anything_after),
)
