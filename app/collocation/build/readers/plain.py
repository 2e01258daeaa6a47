"""Plain text and gzip: one passage a line."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.collocation.build.documents import Passage
from app.core.errors import InputError
from app.core.files import shown_name
from app.core.i18n import tr

_LISTING: Final = re.compile(
    r"^.{0,4000}\((?:astro-ph|cond-mat|cs|econ|eess|gr-qc|hep-(?:ex|lat|ph|th)|math|math-ph|nlin|nucl-(?:ex|th)"
    r"|physics|q-bio|q-fin|quant-ph|stat)(?:\.[A-Za-z-]{2,})?\) (?=[A-Z])"
)
"""Title, authors and subjects that a page of arXiv's listings has before an abstract."""


def read(path: Path) -> Iterator[Passage]:
    """Yield the lines of a text in UTF-8; what is not UTF-8 becomes a sign that no word contains."""
    with gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb") as file:
        try:
            for line in file:
                yield Passage(_LISTING.sub("", line.decode("utf-8", errors="replace")))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError(tr("{name} is a damaged gzip file.", name=shown_name(path))) from error
