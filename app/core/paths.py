"""Where Paperdesk keeps its files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import platformdirs

HOME_VARIABLE = "PAPERDESK_HOME"
"""Environment variable naming one folder for everything: portable installations and tests."""


@dataclass(frozen=True)
class Paths:
    """The user's folders. They are made when something is first written, not before."""

    config: Path
    data: Path
    cache: Path
    logs: Path

    @property
    def settings_file(self) -> Path:
        """The settings, TOML."""
        return self.config / "settings.toml"

    @property
    def history_file(self) -> Path:
        """Every result the user got, SQLite."""
        return self.data / "history.sqlite3"

    @property
    def models(self) -> Path:
        """Downloaded models."""
        return self.data / "models"

    @classmethod
    def of_user(cls) -> Paths:
        """Return the folders of this user on this platform, or those under `$PAPERDESK_HOME`."""
        if home := os.environ.get(HOME_VARIABLE):
            return cls.under(Path(home).expanduser().absolute())
        dirs = platformdirs.PlatformDirs("paperdesk", appauthor=False)
        return cls(dirs.user_config_path, dirs.user_data_path, dirs.user_cache_path, dirs.user_log_path)

    @classmethod
    def under(cls, folder: Path) -> Paths:
        """Return folders that all lie under `folder`."""
        return cls(folder / "config", folder / "data", folder / "cache", folder / "logs")


@cache
def resources_dir() -> Path:
    """Return the folder of the files shipped with the program."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"
