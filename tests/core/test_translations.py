from __future__ import annotations

import ast
import json
import string
import warnings
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from app.core.i18n import LANGUAGES, set_language, tr
from app.core.paths import resources_dir

APP = Path(__file__).resolve().parents[2] / "app"
CATALOGUES = sorted((resources_dir() / "translations" / "zh_CN").glob("*.json"))


class Text(NamedTuple):
    """A text of the program and where it stands."""

    text: str
    fields: frozenset[str]
    """What is passed to be put into the text; empty for a text that is only marked."""
    is_marked: bool
    place: str


@cache
def texts() -> list[Text]:
    return [text for file in sorted(APP.rglob("*.py")) for text in texts_of(file) if text.text]


def texts_of(file: Path) -> Iterator[Text]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # how a file is written is not the matter here
        tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "mark"):
            for text in literals(node.args[0]):
                fields = frozenset(each.arg or "**" for each in node.keywords)
                yield Text(text, fields, node.func.id == "mark", f"{file.relative_to(APP)}:{node.lineno}")


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an argument can be: a literal, or the branches of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def fields_of(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def catalogue() -> dict[str, str]:
    entries: dict[str, str] = {}
    for file in CATALOGUES:
        entries |= json.loads(file.read_text(encoding="utf-8"))
    return entries


def test_every_text_is_translated() -> None:
    entries = catalogue()
    missing = sorted({f"{text.place}: {text.text}" for text in texts() if not entries.get(text.text)})
    assert not missing, "\n".join(missing)


def test_no_translation_is_left_over() -> None:
    left = sorted(set(catalogue()) - {text.text for text in texts()})
    assert not left, "\n".join(left)


def test_a_translation_has_the_fields_of_its_text() -> None:
    wrong = [key for key, value in catalogue().items() if set(fields_of(key)) != set(fields_of(value))]
    assert not wrong


def test_a_text_is_given_what_its_fields_need() -> None:
    wrong = [
        text for text in texts() if text.fields and "**" not in text.fields and set(fields_of(text.text)) != text.fields
    ]
    assert not wrong


def test_no_text_is_in_two_catalogues_or_twice_in_one() -> None:
    # GIVEN every key as it is written, where a JSON reader would keep the last one only
    keys: list[str] = []
    for file in CATALOGUES:
        pairs = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=lambda found: found)
        keys += [key for key, _ in pairs]

    # WHEN / THEN
    assert [key for key, count in Counter(keys).items() if count > 1] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_can_be_shown_in_every_language(code: str) -> None:
    # GIVEN
    set_language(code)

    # WHEN / THEN every text that is not filled in later takes its values without a fault
    for text in texts():
        if not text.is_marked:
            values = dict.fromkeys(fields_of(text.text), "value")
            assert "{value}" not in tr(text.text, **values)
