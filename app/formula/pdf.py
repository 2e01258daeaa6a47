"""Pages of PDF files as pictures, drawn when they are looked at, and regions of them for the recogniser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from app.core.errors import InputError
from app.core.files import shown_name
from app.core.i18n import tr
from app.core.pdfium import PDFIUM

if TYPE_CHECKING:
    from PIL import Image

POINTS: Final = 72.0
"""Of an inch."""
REGION_DPI: Final = 300.0
"""At this a formula of a paper has the letters that the recogniser reads best, and more."""
MOST_PIXELS: Final = 16_000_000
"""Of one drawing; a larger one is drawn coarser."""
SUFFIX: Final = ".pdf"
_ADDRESS: Final = re.compile(r"(?P<file>.+\.pdf)#(?P<place>page=[^#]*)", re.IGNORECASE | re.DOTALL)
_PASSWORD: Final = 4
"""PDFium's number for a file that needs one."""


@dataclass(frozen=True)
class Region:
    """A part of a page; lengths in points (1/72 inch) from the upper left corner of the page as it is shown."""

    page: int
    """The first is 1."""
    left: float
    top: float
    right: float
    bottom: float

    def __str__(self) -> str:
        box = ",".join(f"{side:g}" for side in (self.left, self.top, self.right, self.bottom))
        return f"page={self.page}&box={box}"

    @classmethod
    def parse(cls, text: str) -> Region:
        """Return the region that "page=3&box=72,100,300,140" means. Raises `InputError`."""
        fields = dict(parse_qsl(text))
        try:
            left, top, right, bottom = (float(side) for side in fields["box"].split(","))
            region = cls(int(fields["page"]), left, top, right, bottom)
        except (KeyError, ValueError) as error:
            raise InputError(_not_a_region(text)) from error
        if region.page < 1 or not (region.left < region.right and region.top < region.bottom):
            raise InputError(_not_a_region(text))
        return region


def address(name: str) -> tuple[str, Region] | None:
    """Return the file and the region of "paper.pdf#page=3&box=72,100,300,140", None for any other name.

    Raises `InputError` for a name that begins like one and goes on wrongly.
    """
    found = _ADDRESS.fullmatch(name)
    return (found["file"], Region.parse(found["place"])) if found else None


class Document:
    """An open PDF file. May be used from any thread; pages are counted from 1. Raises `InputError`."""

    def __init__(self, path: Path) -> None:
        import pypdfium2  # noqa: PLC0415 - few start the program for a PDF

        self.name = shown_name(path)
        self._fault = pypdfium2.PdfiumError
        with PDFIUM:
            try:
                self._document = pypdfium2.PdfDocument(path)
            except FileNotFoundError as error:
                raise InputError(tr("There is no file {name}.", name=self.name)) from error
            except OSError as error:
                raise InputError(tr("{name} cannot be read.", name=self.name)) from error
            except pypdfium2.PdfiumError as error:
                raise self._unreadable(error) from error

    def __len__(self) -> int:
        """Return the number of pages."""
        with PDFIUM:
            return len(self._document)

    def __enter__(self) -> Document:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        with PDFIUM:
            self._document.close()

    def size(self, page: int) -> tuple[float, float]:
        """Return width and height of a page as it is shown, in points. Raises `InputError`."""
        with PDFIUM:
            opened = self._page(page)
            width, height = opened.get_size()
            opened.close()
        return float(width), float(height)

    def render(self, page: int, scale: float) -> Image.Image:
        """Return a page as RGB, `scale` pixels for a point or as many as memory allows. Raises `InputError`."""
        width, height = self.size(page)
        return self.region(Region(page, 0, 0, width, height), scale * POINTS)

    def region(self, region: Region, dpi: float = REGION_DPI) -> Image.Image:
        """Return a part of a page as RGB, at `dpi` pixels for an inch or as many as allowed. Raises `InputError`."""
        width, height = self.size(region.page)
        left, right = max(region.left, 0.0), min(region.right, width)
        top, bottom = max(region.top, 0.0), min(region.bottom, height)
        if left >= right or top >= bottom:
            raise InputError(tr("The region lies outside page {page} of {name}.", page=region.page, name=self.name))
        scale = min(dpi / POINTS, (MOST_PIXELS / ((right - left) * (bottom - top))) ** 0.5)
        with PDFIUM:
            page = self._page(region.page)
            try:
                bitmap = page.render(scale=scale, crop=(left, height - bottom, width - right, top))
                picture: Image.Image = bitmap.to_pil().convert("RGB")
            except (self._fault, ValueError) as error:
                raise self._unreadable(error) from error
            finally:
                page.close()
        return picture

    def _page(self, page: int) -> Any:
        """Return a page of PDFium, which the caller closes."""
        count = len(self._document)
        if not 1 <= page <= count:
            raise InputError(tr("{name} has {count} pages and no page {page}.", name=self.name, count=count, page=page))
        try:
            return self._document[page - 1]
        except self._fault as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> InputError:
        if getattr(error, "err_code", None) == _PASSWORD:
            return InputError(tr("{name} is locked with a password. Save a copy without one.", name=self.name))
        return InputError(tr("{name} is damaged and cannot be read.", name=self.name))


def _not_a_region(text: str) -> str:
    return tr(
        "“{region}” is no region of a page. Write page=3&box=72,100,300,140: left, top, right, bottom in points "
        "(1/72 inch) from the upper left corner.",
        region=text,
    )
