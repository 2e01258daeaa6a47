"""Opening pictures that anybody may have made: every format, every fault."""

from __future__ import annotations

import io
import stat
import threading
import warnings
from functools import cache
from pathlib import Path
from typing import IO, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from app.core.errors import InputError
from app.core.files import shown_name
from app.core.i18n import tr

FORMATS: Final = (
    *("PNG", "JPEG", "WEBP", "GIF", "BMP", "DIB", "TIFF", "PPM", "AVIF", "HEIF", "JPEG2000", "ICO", "PCX", "TGA"),
)
"""Pillow's names of what is read; HEIF only where a plug-in has brought it.

Not EPS, which Pillow hands to Ghostscript, nor what nobody has formulas in.
"""
MAX_PIXELS: Final = 150_000_000
"""A picture of more pixels is refused: unpacked it would fill the memory of a laptop."""
WORKING_PIXELS: Final = 16_000_000
"""A larger picture is reduced as soon as it is read."""
MAX_BYTES: Final = 300_000_000
_LIGHT: Final = 0.6
_SIXTEEN_BITS: Final = ("I;16", "I;16B", "I;16L", "I;16N", "I", "F")
_INDEXED: Final = ("1", "P", "PA")
"""Modes whose values cannot be averaged."""
_decoding = threading.Lock()
"""Pillow's warnings are silenced for the process: one thread at a time may do that, and give them back."""


def open_picture(source: Path | bytes, name: str = "") -> Image.Image:
    """Return the picture in a file or in memory as L or RGB: turned upright, on paper, not larger than needed.

    Raises `InputError` that says what is wrong with the file.
    """
    label = name or (shown_name(source) if isinstance(source, Path) else tr("The picture"))
    with _open(source, label) as file, _decoding, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(file, formats=_known_formats()) as picture:
                return _decoded(picture, label)
        except InputError:
            raise
        except UnidentifiedImageError as error:
            raise InputError(tr("{name} is not a picture this program can read.", name=label)) from error
        except (Image.DecompressionBombError, MemoryError) as error:
            raise _too_large(label) from error
        except Exception as error:  # each of Pillow's decoders has faults of its own
            raise InputError(tr("{name} is damaged and cannot be read.", name=label)) from error


@cache
def _known_formats() -> tuple[str, ...]:
    """Return those of `FORMATS` that this Pillow was built with."""
    Image.init()
    return tuple(name for name in FORMATS if name in Image.OPEN)


def _open(source: Path | bytes, label: str) -> IO[bytes]:
    if isinstance(source, Path):
        return io.BytesIO(read_bytes(source, label))
    if len(source) > MAX_BYTES:
        raise _too_large(label)
    return io.BytesIO(_not_empty(source, label))


def read_bytes(path: Path, name: str = "") -> bytes:
    """Return what is in a file that a picture may be in. Raises `InputError` that says what is wrong with it."""
    label = name or shown_name(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(tr("{name} is a folder, not a picture.", name=label))
        if not stat.S_ISREG(status.st_mode):
            raise InputError(tr("{name} is not a file.", name=label))
        if status.st_size > MAX_BYTES:
            raise _too_large(label)
        return _not_empty(path.read_bytes(), label)
    except FileNotFoundError as error:
        raise InputError(tr("There is no file {name}.", name=label)) from error
    except PermissionError as error:
        raise InputError(tr("You may not read {name}.", name=label)) from error
    except (OSError, ValueError) as error:
        raise InputError(tr("{name} cannot be read.", name=label)) from error


def _not_empty(data: bytes, label: str) -> bytes:
    if not data:
        raise InputError(tr("{name} is empty.", name=label))
    return data


def _too_large(label: str) -> InputError:
    return InputError(tr("{name} is too large. Crop it to the formula first.", name=label))


def _decoded(picture: ImageFile.ImageFile, label: str) -> Image.Image:
    """Decode, reduce, turn upright and lay on paper."""
    factor = _reduction(picture.size)
    if factor > 1 and picture.format == "JPEG":
        picture.draft(None, (picture.width // factor, picture.height // factor))
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_large(label)
    picture.load()
    small = _reduced(picture)
    return _on_paper(_eight_bits(ImageOps.exif_transpose(small) if small.getexif() else small))


def _reduction(size: tuple[int, int]) -> int:
    """Return the whole factor that brings a picture to `WORKING_PIXELS`."""
    return int(np.ceil(np.sqrt(size[0] * size[1] / WORKING_PIXELS)))


def _reduced(picture: Image.Image) -> Image.Image:
    factor = _reduction(picture.size)
    if factor <= 1:
        return picture
    exif = picture.getexif()
    if picture.mode in _INDEXED:
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    if picture.mode.startswith("I;"):
        picture = picture.convert("I")
    small = picture.reduce(factor)
    small.info["exif"] = exif.tobytes()
    return small


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Return 16-bit and floating point pictures as L, stretched over the range they use."""
    if picture.mode not in _SIXTEEN_BITS:
        return picture
    values = np.asarray(picture, dtype=np.float32)
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    scaled = np.nan_to_num((values - low) * (255.0 / max(high - low, 1e-9)))
    return Image.fromarray(scaled.astype(np.uint8))


def _on_paper(picture: Image.Image) -> Image.Image:
    """Return the picture without transparency: dark ink on white, light ink on black."""
    if not picture.has_transparency_data:
        return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
    layer = picture.convert("RGBA")
    pixels = np.asarray(layer)
    opaque = pixels[pixels[..., 3] > 127]  # noqa: PLR2004 - half of 255
    light = len(opaque) > 0 and float(opaque[:, :3].mean()) / 255 > _LIGHT
    paper = Image.new("RGBA", layer.size, "black" if light and _is_transparent(pixels) else "white")
    return Image.alpha_composite(paper, layer).convert("RGB")


def _is_transparent(pixels: NDArray[np.uint8]) -> bool:
    """Tell whether the paper itself is transparent: the picture's colours are then those of the ink."""
    return bool((pixels[..., 3] < 128).mean() > 0.5)  # noqa: PLR2004 - half of 255, half of the picture
