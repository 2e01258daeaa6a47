from __future__ import annotations

import sys
import threading

import pytest

from app.core.i18n import LANGUAGES, language, mark, set_language, system_language, tr

TEXT = "There is no setting called {key}."


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_TW.UTF-8"}, "zh_CN"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_GB.UTF-8"}, "zh_CN"),
        ({"LC_MESSAGES": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "zh_CN"),
    ],
)
def test_the_language_is_that_of_the_system(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], code: str
) -> None:
    # GIVEN
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    # WHEN / THEN
    assert system_language() == code
    set_language("system")
    assert language() == code


@pytest.mark.parametrize("name", [None, "English_United Kingdom", "Chinese (Simplified)_China"])
def test_without_variables_the_locale_decides(monkeypatch: pytest.MonkeyPatch, name: str | None) -> None:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: (name, None))
    assert system_language() == ("zh_CN" if name and name.startswith("Chinese") else "en")


def test_texts_are_switched_live() -> None:
    set_language("zh_CN")
    assert tr(TEXT, key="a.b") == "没有名为 a.b 的设置。"
    set_language("en")
    assert tr(TEXT, key="a.b") == "There is no setting called a.b."
    assert mark(TEXT) == TEXT


def test_a_text_without_values_may_hold_braces() -> None:
    assert tr(r"\frac{a}{b}") == r"\frac{a}{b}"


def test_an_unknown_language_is_that_of_the_system() -> None:
    set_language("elvish")
    assert language() in LANGUAGES


def test_a_thread_never_sees_half_a_catalogue() -> None:
    # GIVEN a thread that translates all the time
    set_language("zh_CN")
    found: set[str] = set()
    stop = threading.Event()

    def translate() -> None:
        while not stop.is_set():
            found.add(tr(TEXT, key="x"))

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    thread = threading.Thread(target=translate)
    thread.start()

    # WHEN the same language is set again and again
    for _ in range(30):
        set_language("zh_CN")
    stop.set()
    thread.join()
    sys.setswitchinterval(before)

    # THEN
    assert found == {"没有名为 x 的设置。"}
