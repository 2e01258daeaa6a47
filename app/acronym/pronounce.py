"""How a name is said: IPA and speech of espeak-ng, where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import Final

from app.core.errors import PaperdeskError
from app.core.i18n import tr

PROGRAMS: Final = ("espeak-ng", "espeak")
VOICE: Final = "en-us"
SECONDS: Final = 10
_SPEAKABLE: Final = re.compile(r"[^A-Za-z0-9 -]")


def program() -> str | None:
    """Return the path of the program that speaks, None when there is none."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


def ipa(name: str) -> str:
    """Return how a name is said in the International Phonetic Alphabet, "" when nothing is installed that knows.

    Raises `PaperdeskError` when the program fails.
    """
    return " ".join(_run("-q", "--ipa", text=name).split())


def say(name: str) -> None:
    """Say a name. Raises `PaperdeskError` when there is no program or no sound."""
    if program() is None:
        raise PaperdeskError(tr("Nothing here can speak. Install espeak-ng to hear names."))
    _run(text=name)


def _run(*options: str, text: str) -> str:
    """Run the program on a text; a name never begins an option, because it comes on the standard input."""
    found = program()
    if found is None:
        return ""
    command = [found, "-v", VOICE, *options, "--stdin"]
    spoken = _SPEAKABLE.sub(" ", text)
    try:
        done = subprocess.run(  # noqa: S603 - a program of the system, no shell
            command, input=spoken, capture_output=True, text=True, timeout=SECONDS, check=True, encoding="utf-8"
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise PaperdeskError(tr("espeak-ng could not say “{name}”.", name=text)) from error
    return done.stdout
