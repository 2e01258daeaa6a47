"""Texts in the user's language: English in the code, other languages in `resources/translations/<language>/*.json`.

One catalogue serves the window, the command line and the errors of the Qt-free core (see ADR 2).
"""

from __future__ import annotations

import json
import locale
import os
from typing import Final

from app.core.paths import resources_dir

LANGUAGES: Final = {"en": "English", "zh_CN": "简体中文"}
"""Language code to the language's own name."""

_catalogue: dict[str, str] = {}
_language = "en"


def system_language() -> str:
    """Return the code of the best language for this system: a key of `LANGUAGES`."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((name for name in names if name), None) or locale.getlocale()[0] or "en"
    return "zh_CN" if name.lower().startswith(("zh", "chinese")) else "en"


def set_language(code: str) -> None:
    """Switch every later `tr` to `code`: a key of `LANGUAGES`, or "system"."""
    global _language, _catalogue  # noqa: PLW0603 - the language is the process's, like the locale
    _language = code if code in LANGUAGES else system_language()
    catalogue: dict[str, str] = {}
    for file in sorted((resources_dir() / "translations" / _language).glob("*.json")):
        catalogue.update(json.loads(file.read_text(encoding="utf-8")))
    _catalogue = catalogue


def language() -> str:
    """Return the code of the language in use."""
    return _language


def mark(text: str) -> str:
    """Return `text` unchanged: it marks a text that a later `tr(variable)` will translate."""
    return text


def tr(text: str, **values: object) -> str:
    """Return `text` in the user's language with `{name}` fields filled from `values`."""
    translated = _catalogue.get(text, text)
    return translated.format(**values) if values else translated
