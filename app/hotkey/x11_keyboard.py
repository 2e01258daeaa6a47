"""What the keyboard of an X server looks like now: which key bears a letter, which bit a modifier has."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, c_char, c_int, c_uint8, c_uint32, c_void_p
from dataclasses import dataclass
from functools import cache

from app.core import xcb
from app.core.i18n import tr
from app.hotkey.backend import HotkeyError
from app.hotkey.keys import Chord

SHIFT, LOCK, CONTROL = 1, 2, 4
"""Modifier bits that the X protocol fixes; the others are assigned by the keyboard."""

_USUAL = {"Alt": 8, "NumLock": 16, "Meta": 64}
_MODIFIER_SYMBOLS = {0xFFE9: "Alt", 0xFFEA: "Alt", 0xFF7F: "NumLock", 0xFFEB: "Meta", 0xFFEC: "Meta"}
_F1 = 0xFFBE
_SYMBOLS = {
    "Backspace": 0xFF08, "CapsLock": 0xFFE5, "Del": 0xFFFF, "Down": 0xFF54, "End": 0xFF57, "Enter": 0xFF8D,
    "Esc": 0xFF1B, "Home": 0xFF50, "Ins": 0xFF63, "Left": 0xFF51, "Menu": 0xFF67, "Pause": 0xFF13, "PgDown": 0xFF56,
    "PgUp": 0xFF55, "Print": 0xFF61, "Return": 0xFF0D, "Right": 0xFF53, "ScrollLock": 0xFF14, "Space": 0x20,
    "Tab": 0xFF09, "Up": 0xFF52,
}  # fmt: skip
_ROWS = {10: "1234567890", 24: "QWERTYUIOP", 38: "ASDFGHJKL", 52: "ZXCVBNM"}
"""Key codes of an evdev keyboard by row, for layouts that have no Latin letters."""


@dataclass(frozen=True)
class Keys:
    """The keys to grab: their codes, the modifier bits held with them, and those of locks, which do not matter."""

    codes: tuple[int, ...]
    modifiers: int
    locks: tuple[int, ...]

    @property
    def relevant(self) -> int:
        """The modifier bits that are compared."""
        ignored = 0
        for lock in self.locks:
            ignored |= lock
        return 0xFF & ~ignored


def keysym(chord: Chord) -> int:
    """Return the X key symbol of the chord's key (keysymdef.h; other characters are Unicode + 0x1000000)."""
    if chord.function_number:
        return _F1 + chord.function_number - 1
    if chord.key in _SYMBOLS:
        return _SYMBOLS[chord.key]
    code = ord(chord.key.lower())
    return code if code < 0x100 else 0x01000000 + code  # noqa: PLR2004 - Latin-1 symbols are their own numbers


def find_keys(connection: int, chord: Chord) -> Keys:
    """Return what to grab for the chord on the present keyboard; raise `HotkeyError` when it has no such key."""
    with _symbols(connection) as symbols:
        masks = _modifier_masks(connection, symbols)
        codes, needs_shift = _codes(symbols, keysym(chord))
    codes = codes or tuple(_by_place(chord.key))
    if not codes:
        raise HotkeyError(tr("The keyboard has no key for {keys} now. Choose other keys in Settings.", keys=str(chord)))
    bits = {"Ctrl": CONTROL, "Shift": SHIFT, "Alt": masks["Alt"], "Meta": masks["Meta"]}
    held = SHIFT if needs_shift else 0
    for name in chord.modifiers:
        held |= bits[name]
    num = masks["NumLock"]
    return Keys(codes, held, (0, LOCK, num, LOCK | num))


def xkb_event_number(connection: int) -> int:
    """Return the event number of the keyboard extension, which reports a changed layout; -1 when there is none."""
    core = xcb.library()
    core.xcb_get_extension_data.argtypes = [c_void_p, c_void_p]
    core.xcb_get_extension_data.restype = POINTER(c_uint8 * 12)
    identity = c_char.in_dll(xcb.library("xkb"), "xcb_xkb_id")
    answer = core.xcb_get_extension_data(connection, ctypes.byref(identity))
    present, first_event = 8, 10
    return int(answer.contents[first_event]) if answer and answer.contents[present] else -1


@cache
def _keysyms() -> ctypes.CDLL:
    core, keysyms = xcb.library(), xcb.library("keysyms")
    keysyms.xcb_key_symbols_alloc.argtypes, keysyms.xcb_key_symbols_alloc.restype = [c_void_p], c_void_p
    keysyms.xcb_key_symbols_free.argtypes, keysyms.xcb_key_symbols_free.restype = [c_void_p], None
    keysyms.xcb_key_symbols_get_keycode.argtypes = [c_void_p, c_uint32]
    keysyms.xcb_key_symbols_get_keycode.restype = POINTER(c_uint8)
    keysyms.xcb_key_symbols_get_keysym.argtypes = [c_void_p, c_uint8, c_int]
    keysyms.xcb_key_symbols_get_keysym.restype = c_uint32
    core.xcb_get_modifier_mapping.argtypes, core.xcb_get_modifier_mapping.restype = [c_void_p], xcb.Cookie
    core.xcb_get_modifier_mapping_reply.argtypes = [c_void_p, xcb.Cookie, c_void_p]
    core.xcb_get_modifier_mapping_reply.restype = POINTER(c_uint8)
    core.xcb_get_modifier_mapping_keycodes.argtypes = [c_void_p]
    core.xcb_get_modifier_mapping_keycodes.restype = POINTER(c_uint8)
    return keysyms


@contextmanager
def _symbols(connection: int) -> Iterator[int]:
    symbols: int = _keysyms().xcb_key_symbols_alloc(connection)
    try:
        yield symbols
    finally:
        _keysyms().xcb_key_symbols_free(symbols)


def _codes(symbols: int, symbol: int) -> tuple[tuple[int, ...], bool]:
    """Return the codes of the keys that bear the symbol, and whether it needs Shift on them."""
    keysyms = _keysyms()
    found = keysyms.xcb_key_symbols_get_keycode(symbols, symbol)
    if not found:
        return (), False
    codes: list[int] = []
    while found[len(codes)]:
        codes.append(int(found[len(codes)]))
    xcb.free()(found)
    bare = tuple(code for code in codes if keysyms.xcb_key_symbols_get_keysym(symbols, code, 0) == symbol)
    shifted = tuple(code for code in codes if keysyms.xcb_key_symbols_get_keysym(symbols, code, 1) == symbol)
    return (bare, False) if bare or not shifted else (shifted, True)


def _modifier_masks(connection: int, symbols: int) -> dict[str, int]:
    _keysyms()
    core = xcb.library()
    reply = core.xcb_get_modifier_mapping_reply(connection, core.xcb_get_modifier_mapping(connection), None)
    if not reply:
        return dict(_USUAL)
    per_modifier, codes = int(reply[1]), core.xcb_get_modifier_mapping_keycodes(reply)
    found: dict[str, int] = {}
    for index in range(8 * per_modifier):
        symbol = _keysyms().xcb_key_symbols_get_keysym(symbols, codes[index], 0)
        if symbol in _MODIFIER_SYMBOLS:
            found.setdefault(_MODIFIER_SYMBOLS[symbol], 1 << (index // per_modifier))
    xcb.free()(reply)
    return {**_USUAL, **found}


def _by_place(key: str) -> Iterator[int]:
    for first, row in _ROWS.items():
        if key in row:
            yield first + row.index(key)
