from __future__ import annotations

import io
import json
import os
import resource
import struct
import subprocess
import sys
import threading
import warnings
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from app.core.errors import InputError
from app.core.i18n import set_language
from app.formula.engine import NoFormula
from app.formula.normalise import normalise
from app.formula.picture import FORMATS, WORKING_PIXELS, open_picture

ROOT = Path(__file__).resolve().parents[2]
MOST_MEMORY = 1_500_000_000
"""Bytes a hostile picture may make the process take."""


def letters(mode: str = "RGB", size: tuple[int, int] = (200, 80)) -> Image.Image:
    """Three black boxes on white, the first one higher than the others."""
    picture = Image.new("L", size, 255)
    for left, top in ((20, 10), (80, 30), (140, 30)):
        ImageDraw.Draw(picture).rectangle((left, top, left + 25, 65), fill=0)
    return picture.convert(mode)


def encoded(picture: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def ink(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("L")) < 128


EXPECTED = ink(letters())


SAVED = [name for name in FORMATS if name not in ("PCX", "AVIF", "HEIF", "JPEG2000", "ICO", "DIB")]


@pytest.mark.parametrize("form", SAVED)
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_every_usual_format_is_read(form: str, mode: str) -> None:
    opened = open_picture(encoded(letters(mode), form))
    assert opened.mode in ("L", "RGB")
    assert (ink(opened) != EXPECTED).mean() < 0.01


def test_pillow_knows_every_format() -> None:
    Image.init()
    assert set(FORMATS) - {"HEIF"} <= set(Image.OPEN)


@pytest.mark.parametrize(
    ("mode", "form"),
    [("1", "PNG"), ("P", "PNG"), ("LA", "PNG"), ("RGBA", "PNG"), ("I;16", "PNG"), ("CMYK", "JPEG"), ("F", "TIFF")],
)
def test_every_mode_is_read(mode: str, form: str) -> None:
    # GIVEN
    source = letters("L" if mode == "I;16" else mode)
    if mode == "I;16":
        source = Image.fromarray(np.asarray(source).astype(np.uint16) * 40)

    # WHEN
    opened = open_picture(encoded(source, form))

    # THEN
    assert opened.mode in ("L", "RGB")
    assert (ink(opened) != EXPECTED).mean() < 0.02


@pytest.mark.parametrize(("colour", "paper"), [("black", 255), ("white", 0)])
def test_ink_on_nothing_is_laid_on_the_paper_it_can_be_seen_on(colour: str, paper: int) -> None:
    # GIVEN ink of one colour on transparency
    layer = Image.new("RGBA", (200, 80), (0, 0, 0, 0))
    layer.paste(colour, mask=letters("L").point(lambda value: 255 - value))

    # WHEN
    opened = np.asarray(open_picture(encoded(layer, "PNG")).convert("L"))

    # THEN
    assert opened[0, 0] == paper
    assert opened[50, 30] == 255 - paper


def test_a_palette_with_transparency_is_read() -> None:
    source = letters("P")
    data = encoded(source, "GIF", transparency=source.getpixel((0, 0)))
    assert (ink(open_picture(data)) != EXPECTED).mean() < 0.01


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_turned_upright(orientation: int) -> None:
    # GIVEN the picture as a camera stores it that was held in some way
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = letters().transpose(turns[orientation]) if orientation > 1 else letters()

    # WHEN
    opened = open_picture(encoded(stored, "JPEG", exif=exif, quality=95))

    # THEN
    assert (ink(opened) != EXPECTED).mean() < 0.01


def test_a_large_photograph_is_reduced_and_turned() -> None:
    # GIVEN
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encoded(Image.new("RGB", (8000, 4000), "white"), "JPEG", exif=exif)

    # WHEN
    opened = open_picture(data)

    # THEN
    assert opened.width * opened.height <= WORKING_PIXELS
    assert opened.height == pytest.approx(2 * opened.width, rel=0.01)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "I;16"])
def test_a_large_picture_of_any_mode_is_reduced(mode: str) -> None:
    # GIVEN
    large = letters("L").resize((5000, 4000)).convert("L" if mode == "I;16" else mode)
    if mode == "I;16":
        large = Image.fromarray(np.asarray(large).astype(np.uint16) * 200)

    # WHEN
    opened = open_picture(encoded(large, "PNG", compress_level=1))

    # THEN
    assert opened.width * opened.height <= WORKING_PIXELS
    assert (ink(opened.resize((200, 80))) != EXPECTED).mean() < 0.05


@pytest.mark.parametrize("form", ["GIF", "TIFF", "WEBP", "PNG"])
def test_of_several_pictures_the_first_is_read(form: str) -> None:
    others = [Image.new("RGB", (200, 80), colour) for colour in ("red", "blue")]
    data = encoded(letters(), form, save_all=True, append_images=others)
    assert (ink(open_picture(data)) != EXPECTED).mean() < 0.01


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("RGB", (200, 100), "white"),
        Image.new("RGB", (200, 100), "black"),
        Image.new("RGBA", (200, 100), (9, 9, 9, 0)),
        Image.new("L", (1, 1), 0),
        Image.new("I;16", (50, 50), 65535),
    ],
    ids=["white", "black", "transparent", "one pixel", "16 bits"],
)
def test_an_empty_picture_has_no_formula(picture: Image.Image) -> None:
    with pytest.raises(NoFormula, match="No formula found"):
        normalise(open_picture(encoded(picture, "PNG")))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_file_is_damaged(form: str, share: float) -> None:
    # GIVEN noise, which no format can compress to next to nothing
    noise = Image.fromarray(np.random.default_rng(3).integers(0, 255, (120, 200, 3), dtype=np.uint8))
    data = encoded(noise, form)

    # WHEN / THEN
    with pytest.raises(InputError, match=r"(damaged|not a picture)"):
        open_picture(data[: int(len(data) * share)])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(FORMATS[:8]), st.integers(0, 10**6), st.integers(0, 255), st.integers(1, 4))
def test_a_damaged_file_is_a_picture_or_an_error_but_never_a_crash(
    form: str, place: int, value: int, times: int
) -> None:
    # GIVEN
    data = bytearray(encoded(letters(), form))
    for step in range(times):
        data[(place * (step + 1)) % len(data)] = value

    # WHEN / THEN
    try:
        opened = open_picture(bytes(data))
    except InputError:
        return
    assert opened.mode in ("L", "RGB")


def bomb(side: int, rows: int | None = None) -> bytes:
    """A PNG of `side` x `side` white pixels, one bit each, in few bytes; only `rows` of them are there."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    line = b"\0" + b"\xff" * (-(-side // 8))
    pixels = b"".join(packer.compress(line) for _ in range(rows or side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [13_000, 20_000, 100_000])
def test_a_decompression_bomb_is_refused(side: int) -> None:
    with pytest.raises(InputError, match="too large"):
        open_picture(bomb(side, rows=10))


@pytest.mark.parametrize("side", [20_000, 12_000])
def test_memory_stays_bounded(tmp_path: Path, side: int) -> None:
    # GIVEN a picture of 400 million pixels, and one just below what is refused
    path = tmp_path / "large.png"
    path.write_bytes(bomb(side))
    program = (
        "import sys, json; from pathlib import Path\n"
        "from app.formula.picture import open_picture; from app.core.errors import InputError\n"
        "try: said = str(open_picture(Path(sys.argv[1])).size)\n"
        "except InputError as error: said = str(error)\n"
        # Not ru_maxrss: that begins with the size of the process that started this one.
        "peak = Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0]\n"
        "print(json.dumps([said, int(peak) * 1024]))"
    )

    # WHEN it is opened in a process with limited memory
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], cwd=ROOT, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY)),
    )  # fmt: skip

    # THEN
    said, peak = json.loads(done.stdout)
    assert said == ("large.png is too large. Crop it to the formula first." if side == 20_000 else "(4000, 4000)")
    assert peak < MOST_MEMORY


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"just a text", "not a picture"), (b"%!PS-Adobe-3.0 EPSF-3.0\n", "not a picture")],
)
def test_a_file_that_is_no_picture_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "text.png").write_bytes(content)
    with pytest.raises(InputError, match=rf"text\.png {words}|text\.png is {words}"):
        open_picture(tmp_path / "text.png")


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    # GIVEN
    (tmp_path / "folder.png").mkdir()
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "loop.png").symlink_to("loop.png")
    said = {"folder.png": "a folder", "pipe.png": "not a file", "loop.png": "cannot be read", "none.png": "no file"}

    # WHEN / THEN
    for name, words in said.items():
        with pytest.raises(InputError, match=words) as caught:
            open_picture(tmp_path / name)
        assert name in str(caught.value)
    with pytest.raises(InputError, match="not a file"):
        open_picture(Path("/dev/zero"))
    with pytest.raises(InputError, match="cannot be read"):
        open_picture(tmp_path / ("long" * 100))


def test_a_file_one_may_not_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN what the system says to users other than root
    path = tmp_path / "secret.png"
    path.write_bytes(encoded(letters(), "PNG"))

    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)

    # WHEN / THEN
    with pytest.raises(InputError, match=r"You may not read secret\.png"):
        open_picture(path)


@pytest.mark.parametrize(
    "name", ["two\nlines.png", '"quo\'ted".png', "-rf.png", "caf\udce9.png", "勾股.png", "a" * 240]
)
def test_any_name_is_read_and_shown_on_one_line(tmp_path: Path, name: str) -> None:
    # GIVEN
    (tmp_path / name).write_bytes(encoded(letters(), "PNG"))
    (tmp_path / f"{name}.txt").write_text("text")

    # WHEN / THEN
    assert open_picture(tmp_path / name).size == (200, 80)
    with pytest.raises(InputError) as caught:
        open_picture(tmp_path / f"{name}.txt")
    shown = str(caught.value)
    assert shown.isprintable()
    assert len(shown) < 150
    shown.encode()


def test_errors_come_in_the_users_language(tmp_path: Path) -> None:
    set_language("zh_CN")
    with pytest.raises(InputError, match="找不到文件"):
        open_picture(tmp_path / "none.png")


def test_warnings_of_several_threads_come_back_as_they_were() -> None:
    # GIVEN
    data, before = encoded(letters(), "PNG"), list(warnings.filters)

    # WHEN
    threads = [threading.Thread(target=lambda: [open_picture(data) for _ in range(30)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # THEN
    assert warnings.filters == before
