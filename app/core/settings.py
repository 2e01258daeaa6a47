"""Settings: one table of options feeds the file, the preferences and the command line."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
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
    """One setting.

    `title`, `help`, `group`, `unit`, `lowest` and the labels of `choices` are marked texts, translated when shown.
    """

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
    unit: tuple[str, str] = ("", "")
    """What follows the number 1 and what follows every other number."""
    lowest: str = ""
    """What `minimum` is called where it stands for something else than a number."""
    hidden: bool = False
    """State such as the window's place: kept, not shown."""
    role: str = ""
    """"shortcut": edited by pressing keys."""


class Settings:
    """The user's choices, saved at each change. May be used from any thread.

    Another process may change the file: what it wrote is taken over before the next change is saved.
    """

    def __init__(self, path: Path, options: Sequence[Option]) -> None:
        self.path = path
        self.options = tuple(options)
        self.notice: str | None = None
        """What happened to a damaged file, for the user; None when all went well."""
        self._by_key = {option.key: option for option in options}
        self._lock = threading.RLock()
        self._subscribers: list[Callable[[str, Any], None]] = []
        self._stamp = self._stamp_now()
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
        self._change(key, checked(self.option(key), value))

    def reset(self, key: str) -> None:
        """Go back to the default and tell the subscribers. Raises `StorageError`."""
        self.option(key)
        self._change(key, None)

    def subscribe(self, callback: Callable[[str, Any], None]) -> Callable[[], None]:
        """Call `callback(key, value)` after each change, in the thread that made it; return how to stop."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback) if callback in self._subscribers else None

    def _change(self, key: str, value: Any) -> None:
        """Save a checked value, None for the default, and tell what is new, another process's changes included."""
        before = self._values()
        try:
            with self._lock:
                self._take_over()
                self._store(key, value)
        finally:
            for each, new in self._values().items():
                if new != before[each]:
                    self._tell(each, new)

    def _take_over(self) -> None:
        """Read the file again if somebody else wrote it; one that was removed is written anew with what is in force."""
        if (stamp := self._stamp_now()) not in {None, self._stamp}:
            self._stamp = stamp
            self._document = self._load()

    def _store(self, key: str, value: Any) -> None:
        """Save one value; what could not be saved is not in force."""
        table, name = self._table(key)
        old = table.get(name)
        _put(table, name, value)
        try:
            self._save()
        except BaseException:
            _put(table, name, old)
            raise

    def _values(self) -> dict[str, Any]:
        return {key: self.get(key) for key in self._by_key}

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
        self._stamp = self._stamp_now()

    def _stamp_now(self) -> tuple[int, int, int] | None:
        """Return what tells this version of the file from others; None when there is none."""
        try:
            status = self.path.stat()
        except OSError:
            return None
        if not S_ISREG(status.st_mode):
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino

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


def _put(table: Any, name: str, value: Any) -> None:
    """Set an entry of a table; None removes it."""
    if value is None:
        table.pop(name, None)
    else:
        table[name] = value


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
