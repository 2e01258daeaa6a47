"""Settings: one table of options feeds the file, the preferences and the command line."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Item

from app.core.errors import InputError
from app.core.files import set_aside, write_atomic
from app.core.i18n import tr

_TRUE: Final = frozenset({"true", "yes", "on", "1"})
_FALSE: Final = frozenset({"false", "no", "off", "0"})


@dataclass(frozen=True)
class Option:
    """One setting. `title`, `help`, `group` and the labels of `choices` are marked texts, translated when shown."""

    key: str
    """Dotted, such as "general.language": the table and the key in the file."""
    kind: type
    """bool, int, float or str."""
    default: Any
    title: str
    help: str = ""
    group: str = ""
    """The page of the preferences."""
    choices: tuple[tuple[str, str], ...] = ()
    """Allowed values with their labels; empty: any."""
    minimum: float | None = None
    maximum: float | None = None
    hidden: bool = False
    """State such as the window's place: kept, not shown."""
    role: str = ""
    """"shortcut": edited by pressing keys."""


class Settings:
    """The user's choices, saved at each change. May be used from any thread."""

    def __init__(self, path: Path, options: Sequence[Option]) -> None:
        self.path = path
        self.options = tuple(options)
        self.notice: str | None = None
        """What happened to a damaged file, for the user; None when all went well."""
        self._by_key = {option.key: option for option in options}
        self._lock = threading.RLock()
        self._subscribers: list[Callable[[str, Any], None]] = []
        self._document = self._load()

    def option(self, key: str) -> Option:
        """Return the option named `key`. Raises `InputError` when there is none."""
        try:
            return self._by_key[key]
        except KeyError:
            raise InputError(tr("There is no setting called {key}.", key=key)) from None

    def get(self, key: str) -> Any:
        """Return the value of `key`: what the user chose if it is valid, otherwise the default."""
        option = self.option(key)
        with self._lock:
            stored = self._stored(key)
        if stored is None:
            return option.default
        try:
            return checked(option, stored)
        except InputError:
            return option.default

    def text(self, key: str) -> str:
        """Return the value of a setting of kind str."""
        return str(self.get(key))

    def flag(self, key: str) -> bool:
        """Return the value of a setting of kind bool."""
        return bool(self.get(key))

    def integer(self, key: str) -> int:
        """Return the value of a setting of kind int."""
        return int(self.get(key))

    def number(self, key: str) -> float:
        """Return the value of a setting of kind float or int."""
        return float(self.get(key))

    def is_default(self, key: str) -> bool:
        """Tell whether `key` has its default value."""
        return bool(self.get(key) == self.option(key).default)

    def set(self, key: str, value: Any) -> None:
        """Save a new value and tell the subscribers. Raises `InputError` for a wrong one, `StorageError`."""
        valid = checked(self.option(key), value)
        with self._lock:
            before = self.get(key)
            table, name = self._table(key)
            old = table.get(name)
            table[name] = valid
            try:
                self._save()
            except BaseException:
                if old is None:
                    del table[name]
                else:
                    table[name] = old
                raise
        if valid != before:
            self._tell(key, valid)

    def reset(self, key: str) -> None:
        """Go back to the default and tell the subscribers. Raises `StorageError`."""
        default = self.option(key).default
        changed = not self.is_default(key)
        with self._lock:
            table, name = self._table(key)
            table.pop(name, None)
            self._save()
        if changed:
            self._tell(key, default)

    def subscribe(self, callback: Callable[[str, Any], None]) -> Callable[[], None]:
        """Call `callback(key, value)` after each change, in the thread that made it; return how to stop."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback) if callback in self._subscribers else None

    def _tell(self, key: str, value: Any) -> None:
        for callback in tuple(self._subscribers):
            callback(key, value)

    def _load(self) -> tomlkit.TOMLDocument:
        try:
            return tomlkit.parse(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return tomlkit.document()
        except (TOMLKitError, UnicodeDecodeError):
            kept = set_aside(self.path)
            self.notice = tr("The settings were damaged and start anew. The old file is kept as {path}.", path=kept)
        except OSError as error:
            self.notice = tr("The settings cannot be read: {reason}.", reason=error.strerror or error)
        return tomlkit.document()

    def _save(self) -> None:
        write_atomic(self.path, tomlkit.dumps(self._document))

    def _stored(self, key: str) -> Any:
        section, _, name = key.rpartition(".")
        table = self._document.get(section)
        value: Any = table.get(name) if isinstance(table, dict) else None
        return value.unwrap() if isinstance(value, Item) else value

    def _table(self, key: str) -> tuple[Any, str]:
        section, _, name = key.rpartition(".")
        if not isinstance(self._document.get(section), dict):
            self._document[section] = tomlkit.table()
        return self._document[section], name


def checked(option: Option, value: Any) -> Any:
    """Return `value` as the option's kind. Raises `InputError` that says what is allowed.

    Texts are read as the kind, so that the command line can pass what was typed.
    """
    converted = _converted(option, value)
    if option.choices and converted not in [choice for choice, _ in option.choices]:
        allowed = ", ".join(choice for choice, _ in option.choices)
        raise InputError(tr("{key} can be {allowed}, not {value}.", key=option.key, allowed=allowed, value=value))
    if option.minimum is not None and converted < option.minimum:
        raise InputError(tr("{key} is at least {limit}.", key=option.key, limit=option.minimum))
    if option.maximum is not None and converted > option.maximum:
        raise InputError(tr("{key} is at most {limit}.", key=option.key, limit=option.maximum))
    return converted


def _converted(option: Option, value: Any) -> Any:
    if option.kind is bool and isinstance(value, str) and value.lower() in _TRUE | _FALSE:
        return value.lower() in _TRUE
    if isinstance(value, bool) is (option.kind is bool):
        try:
            converted = value if isinstance(value, option.kind) else option.kind(value)
        except (TypeError, ValueError):
            pass
        else:
            if option.kind is not bool and not (option.kind is int and isinstance(value, float)):
                return converted
            if option.kind is bool and isinstance(value, bool):
                return value
    names = {bool: tr("yes or no"), int: tr("a whole number"), float: tr("a number"), str: tr("a text")}
    raise InputError(tr("{key} is {kind}, not {value}.", key=option.key, kind=names[option.kind], value=value))
