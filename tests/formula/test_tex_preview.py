"""The preview by LaTeX, with stand-ins for its programs; the real ones are in test_tex_preview_real.py."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from app.formula import tex_preview
from app.formula.render import RenderError, render_svg
from app.formula.tex_preview import draw, is_available, render_tex

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20pt" height="10pt" viewBox="0 0 20 10">'
    '<path d="M 0 0 L 1 0 L 1 1 Z" stroke="#000"/></svg>'
)


def program(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{text}")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with stand-ins: latex notes how it was called, dvisvgm makes a drawing."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program(
        folder, "latex",
        "import json, os, sys, pathlib\n"
        f"pathlib.Path({str(tmp_path / 'call.json')!r}).write_text(json.dumps([sys.argv[1:], dict(os.environ),"
        " os.getcwd(), pathlib.Path('formula.tex').read_text()]))\n",
    )  # fmt: skip
    program(folder, "dvisvgm", f"import pathlib\npathlib.Path('formula.svg').write_text({DRAWING!r})\n")
    monkeypatch.setenv("PATH", str(folder))
    return folder


HOSTILE = [
    r"\input{/etc/passwd}", r"\include{x}", r"\write18{touch /tmp/x}", r"\immediate\write18{id}",
    r"\openin5=/etc/passwd", r"\openout5=x", r"\read5 to\x", r"\csname input\endcsname{x}", r"\catcode`\^=7",
    r"^^5cinput{x}",
    r"\def\x{\x\x}\x", r"\newcommand{\x}{\x}\x", r"\loop\iftrue\repeat", r"\special{ps: x}", r"\usepackage{x}",
    r"\let\x=\input", r"\includegraphics{x}", r"\directlua{os.exit()}", r"\lstinputlisting{/etc/passwd}",
    r"\pdffiledump{/etc/passwd}",
]  # fmt: skip


@pytest.mark.parametrize("latex", HOSTILE)
def test_commands_that_no_formula_needs_never_reach_latex(programs: Path, latex: str) -> None:
    with pytest.raises(RenderError, match="not allowed") as caught:
        render_tex(latex, size_px=20, colour="#000000")
    assert latex[caught.value.start : caught.value.end]
    assert not (programs.parent / "call.json").exists()


def test_formulas_with_words_like_those_are_let_through(programs: Path) -> None:
    for latex in (r"\outputx", r"\letter", r"\inputs", "read"):
        assert render_tex(latex, size_px=20, colour="#000000")


def test_latex_is_started_with_nothing_it_could_do_harm_with(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN
    monkeypatch.setenv("TEXINPUTS", "/home/somebody")
    monkeypatch.setenv("SECRET", "token")

    # WHEN
    svg = render_tex("x", size_px=20, colour="#123456")

    # THEN
    arguments, variables, folder, document = json.loads((tmp_path / "call.json").read_text())
    assert "-no-shell-escape" in arguments
    assert variables["openin_any"] == variables["openout_any"] == "p"
    assert not {"TEXINPUTS", "SECRET"} & set(variables)
    assert variables["HOME"] == variables["TEXMFHOME"] == folder
    assert not Path(folder).exists()
    assert r"$\displaystyle x$" in document
    assert b'width="40.000"' in svg
    assert b"#123456" in svg
    assert b"#000" not in svg


def test_a_formula_that_takes_too_long_is_ended(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(programs, "latex", "import threading\nthreading.Event().wait()\n")
    monkeypatch.setattr(tex_preview, "SECONDS", 0.5)
    with pytest.raises(RenderError, match="takes longer"):
        render_tex("x", size_px=20, colour="#000000")


def test_what_latex_says_is_passed_on(programs: Path) -> None:
    program(
        programs, "latex",
        "import sys, pathlib\n"
        "pathlib.Path('formula.log').write_text('blah\\n! Undefined control sequence.\\n')\nsys.exit(1)\n",
    )  # fmt: skip
    with pytest.raises(RenderError, match="LaTeX: Undefined control sequence"):
        render_tex(r"\foo", size_px=20, colour="#000000")


def test_without_latex_the_own_drawing_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not is_available()
    assert draw("x", size_px=20, colour="#000000") == render_svg("x", size_px=20, colour="#000000")


def test_what_latex_cannot_draw_is_drawn_by_ourselves_or_its_place_is_told(programs: Path) -> None:
    program(programs, "latex", "import sys\nsys.exit(1)\n")
    assert draw("x", size_px=20, colour="#000000") == render_svg("x", size_px=20, colour="#000000")
    with pytest.raises(RenderError) as caught:
        draw(r"x + \nosuch", size_px=20, colour="#000000")
    assert caught.value.start == 4
    assert draw("x", size_px=20, colour="#000000", with_tex=False)
