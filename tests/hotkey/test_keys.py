"""Reading key combinations, and their names on each platform."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.options import DEFAULT_HOTKEY
from app.hotkey.backend import HotkeyError
from app.hotkey.keys import MODIFIERS, NAMED_KEYS, Chord, parse
from app.hotkey.macos import key_code
from app.hotkey.portal import in_portal_form
from app.hotkey.x11_keyboard import keysym

keys = st.one_of(
    st.characters(codec="ascii", categories=["Lu", "Nd", "P", "S"]),
    st.sampled_from(sorted(NAMED_KEYS)),
    st.integers(1, 35).map(lambda number: f"F{number}"),
)
modifiers = st.frozensets(st.sampled_from(MODIFIERS)).filter(lambda held: held - {"Shift"})


@given(modifiers, keys)
def test_what_is_written_is_read_back(held: frozenset[str], key: str) -> None:
    chord = Chord(held, key)
    assert parse(str(chord)) == chord


@given(st.text())
def test_anything_else_is_refused_in_words(text: str) -> None:
    try:
        chord = parse(text)
    except HotkeyError as error:
        assert text in str(error)
    else:
        assert chord.key


@pytest.mark.parametrize(
    "text", ["", "Ctrl", "Ctrl+", "Ctrl+K, Ctrl+M", "Hyper+M", "Ctrl+Num+5", "Ctrl+F36", "Ctrl+F0"]
)
def test_no_hotkey(text: str) -> None:
    with pytest.raises(HotkeyError, match="Settings"):
        parse(text)


@pytest.mark.parametrize("text", ["M", "Shift+M", "Space", "Shift+Return"])
def test_a_key_that_is_needed_for_typing_is_refused(text: str) -> None:
    with pytest.raises(HotkeyError, match="typing"):
        parse(text)


@pytest.mark.parametrize("text", ["Print", "Shift+F9", "F12", "Pause"])
def test_a_key_that_types_nothing_works_alone(text: str) -> None:
    assert str(parse(text)) == text


def test_the_default_is_a_hotkey() -> None:
    assert parse(DEFAULT_HOTKEY) == Chord(frozenset({"Ctrl", "Alt"}), "M")
    assert key_code(parse("Meta+Ctrl+M")) == 46


@pytest.mark.parametrize(
    ("text", "symbol"), [("Ctrl+M", 0x6D), ("Ctrl+?", 0x3F), ("F5", 0xFFC2), ("Print", 0xFF61), ("Ctrl+Ж", 0x1000436)]
)
def test_key_symbols_of_x(text: str, symbol: int) -> None:
    assert keysym(parse(text)) == symbol


@pytest.mark.parametrize(
    ("text", "form"),
    [("Ctrl+Alt+M", "CTRL+ALT+m"), ("Meta+Shift+Space", "SHIFT+LOGO+space"), ("F9", "F9"), ("Ctrl+/", "CTRL+slash")],
)
def test_the_form_of_the_portal(text: str, form: str) -> None:
    assert in_portal_form(parse(text)) == form


def test_every_key_of_a_mac_has_its_own_code() -> None:
    letters = [key_code(parse(f"Ctrl+{letter}")) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"]
    assert len(set(letters)) == 36
    with pytest.raises(HotkeyError):
        key_code(parse("Ctrl+Ж"))
