"""Questions in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from app.collocation.questions import reading
from app.collocation.questions.reading import CLASS_GROUP, Reading, Rule

_ABOUT: Final = r"[\"'“‘「]?(?P<words>[A-Za-z][A-Za-z' -]*)[\"'”’」]?"
_PHRASE: Final = r"[\"'“‘「]?[A-Za-z][A-Za-z' -]*[\"'”’」]?"
_CHOICE: Final = rf"(?P<phrases>{_PHRASE}(?:\s*(?:,|，|、|还是|或者|或|和|与|跟|or|vs\.?)\s*{_PHRASE})+)"
_SAME: Final = r"(?:近义词|同义词|类似的词|相近的词|别的词|其他词|替换)"


def _rule(pattern: str, answer: Callable[[re.Match[str]], Reading]) -> Rule:
    filled = pattern.replace("CLASS", CLASS_GROUP).replace("ABOUT", _ABOUT).replace("CHOICE", _CHOICE)
    return Rule(re.compile(filled, re.IGNORECASE), answer)


CHINESE_RULES: Final = (
    _rule(
        r"(?P<first>[A-Za-z'-]+)\s*(?:和|与|跟)\s*(?P<second>[A-Za-z'-]+)\s*(?:之间|中间).*?(?:CLASS|$)",
        reading.between,
    ),
    _rule(r"CHOICE\s*(?:$|哪|是|对|怎么|，|,)", reading.alternatives),
    _rule(r"(?:哪|是|该|应该|应).*?CHOICE", reading.alternatives),
    _rule(rf"(?P<phrase>[A-Za-z][A-Za-z' -]*)\s*(?:中|里|里面)的?\s*ABOUT.*{_SAME}", reading.similar),
    _rule(rf"ABOUT\s*(?:的|有)?.*{_SAME}(?P<phrase>$)?", reading.similar),
    _rule(r"CLASS.*?(?:在|放在|用在)?\s*ABOUT\s*(?:的)?(?:前面|之前|前)", reading.preceding),
    _rule(r"CLASS.*?(?:在|放在|用在|跟在|接在)?\s*ABOUT\s*(?:的)?(?:后面|之后|后)", reading.following),
    _rule(r"ABOUT\s*(?:的)?(?:前面|之前|前).*?CLASS", reading.preceding),
    _rule(r"ABOUT\s*(?:的)?(?:后面|之后|后).*?CLASS", reading.following),
    _rule(r"(?:修饰|形容)\s*ABOUT.*?CLASS", reading.preceding),
    _rule(r"CLASS.*?(?:修饰|形容)\s*ABOUT", reading.preceding),
    _rule(r"ABOUT.*?CLASS", reading.going_with),
    _rule(r"CLASS.*?ABOUT", reading.going_with),
    _rule(r"ABOUT\s*(?:的)?(?:前面|之前|前)", reading.anything_before),
    _rule(r"ABOUT", reading.anything_after),
)
