from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from app.core import clipboard
from app.core.errors import InputError, PaperdeskError


def pasted() -> str:
    out = subprocess.run(["xclip", "-selection", "clipboard", "-out"], capture_output=True, check=True).stdout
    return out.decode()


def png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (3, 2), "red").save(buffer, "PNG")
    return buffer.getvalue()


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, **programs: str) -> None:
    """Make these programs, shell scripts, the only ones there are."""
    for name, script in programs.items():
        path = folder / name.replace("_", "-")
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.parametrize("text", [r"\frac{a}{b}", "勾股定理\n$x$", "", "x" * 300_000])
def test_a_text_is_copied_as_it_is(text: str) -> None:
    clipboard.copy_text(text)
    assert pasted() == text


def test_a_picture_comes_as_png(tmp_path: Path) -> None:
    (tmp_path / "red.png").write_bytes(png())
    subprocess.run(["xclip", "-selection", "clipboard", "-target", "image/png", str(tmp_path / "red.png")], check=True)
    assert clipboard.picture() == png()


def test_a_text_is_no_picture() -> None:
    clipboard.copy_text("text")
    with pytest.raises(InputError, match="no picture on the clipboard"):
        clipboard.picture()


def test_without_a_screen_that_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":7654")
    with pytest.raises(PaperdeskError, match="xclip could not copy: is there a screen"):
        clipboard.copy_text("x")


@pytest.mark.parametrize(("wayland", "wanted"), [("", "xclip"), ("wayland-0", "wl-clipboard")])
def test_what_has_to_be_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wayland: str, wanted: str
) -> None:
    install(tmp_path, monkeypatch)
    monkeypatch.setenv("WAYLAND_DISPLAY", wayland)
    for action in (lambda: clipboard.copy_text("x"), clipboard.picture):
        with pytest.raises(PaperdeskError, match=wanted):
            action()


def test_on_wayland_its_own_programs_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN
    (tmp_path / "red.png").write_bytes(png())
    out, red = tmp_path / "out", tmp_path / "red.png"
    install(tmp_path, monkeypatch, wl_copy=f'/bin/cat > "{out}"', wl_paste=f'/bin/cat "{red}"', xclip="exit 1")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")

    # WHEN / THEN
    clipboard.copy_text("勾股")
    assert out.read_text(encoding="utf-8") == "勾股"
    assert clipboard.picture() == png()


def test_a_program_that_hangs_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, xclip="exec /bin/sleep 30")
    monkeypatch.setattr(clipboard, "_TIMEOUT_SECONDS", 0.05)
    for action in (lambda: clipboard.copy_text("x"), clipboard.picture):
        with pytest.raises(PaperdeskError, match="is there a screen"):
            action()


def test_what_applescript_prints_is_unpacked() -> None:
    assert clipboard._from_macos(f"«data PNGf{png().hex().upper()}»\n".encode()) == png()
    assert clipboard._from_macos(b"") == b""
