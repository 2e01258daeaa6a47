"""Questions in plain English and in Chinese become queries, which are shown so that people learn the language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from app.collocation.questions.chinese import CHINESE_RULES
from app.collocation.questions.english import ASKING, ENGLISH_RULES
from app.collocation.questions.reading import Reading, Rule

__all__ = ["Reading", "read_question"]

_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")


def read_question(text: str) -> Reading | None:
    """Return what a question asks, None if `text` is a query, or a question that is not understood."""
    question = " ".join(text.split()).rstrip("?？。.!！ ")
    rules: Sequence[Rule]
    if _CHINESE.search(question):
        rules = CHINESE_RULES
    elif ASKING.match(question):
        rules = ENGLISH_RULES
    else:
        return None
    for rule in rules:
        if found := rule.pattern.search(question):
            return rule.answer(found)
    return None
