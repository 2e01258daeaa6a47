from __future__ import annotations

import json
import pickle
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from app.core.errors import InputError
from app.palette import find, read_palette

TAB = find("tab10").largest.colours


@pytest.mark.parametrize(
    "text", ["1f77b4,ff7f0e", "#1f77b4 #ff7f0e", "['1f77b4', 'ff7f0e']", " #1f77b4;\n#ff7f0e ", "1f77b4ff|#ff7f0e"]
)
def test_colours_are_read_however_they_are_listed(text: str) -> None:
    assert read_palette(text).colours == ("#1f77b4", "#ff7f0e")


def test_two_hundred_colours_are_read_from_a_text_too_long_for_a_path() -> None:
    assert len(read_palette(",".join(f"{number:06x}" for number in range(200)))) == 200


@pytest.mark.parametrize("text", ["no colours " * 500, "nosuch\0name", "~nobody-of-that-name", "x" * 5000])
def test_a_text_without_colours_is_told_in_short(text: str) -> None:
    with pytest.raises(InputError) as wrong:
        read_palette(text)
    assert len(str(wrong.value)) < 200


def test_names_of_the_catalogue_are_read() -> None:
    assert read_palette(" Set2 ").colours == find("Set2").largest.colours


@pytest.mark.parametrize(
    "line",
    [
        "axes.prop_cycle: cycler('color', ['1f77b4', 'ff7f0e'])",
        "axes.prop_cycle: cycler(color=['C0', '#ff7f0e', 'k'][:2])",
        "axes.prop_cycle: cycler('color', ['1f77b4', 'ff7f0e']) + cycler('linestyle', ['-', '--'])",
    ],
)
def test_a_style_of_matplotlib_is_read(line: str, tmp_path: Path) -> None:
    # GIVEN
    style = tmp_path / "paper.mplstyle"
    style.write_text(f"lines.linewidth: 2\n{line}\n")

    # WHEN / THEN
    if "[:2]" in line:
        with pytest.raises(InputError, match=r"Matplotlib rejects paper\.mplstyle"):
            read_palette(str(style))
    else:
        assert read_palette(str(style)).colours == ("#1f77b4", "#ff7f0e")
        assert read_palette(str(style)).name == "paper"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("axes.prop_cycle: cycler('color', ['notacolour'])", "Matplotlib rejects"),
        ("no.such.key: 1\naxes.prop_cycle: cycler('color', ['k', 'r'])", r"Matplotlib rejects .*no\.such\.key"),
        ("just words", "Matplotlib rejects"),
        ("lines.linewidth: 2", "sets no colours"),
    ],
)
def test_a_style_that_matplotlib_rejects_is_told_in_its_words(content: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "bad.mplstyle").write_text(content)
    with pytest.raises(InputError, match=message):
        read_palette(str(tmp_path / "bad.mplstyle"))


def test_a_figure_of_plotly_is_read_by_its_traces_or_its_template(tmp_path: Path) -> None:
    # GIVEN
    file = tmp_path / "figure.json"
    lines = [{"type": "scatter", "line": {"color": colour}} for colour in ("#1f77b4", "rgb(255, 127, 14)", "#1f77b4")]
    ways = {"layout": {"template": {"layout": {"colorway": ["#111111", "rgba(0, 0, 0, 0.5)"]}}}}

    # WHEN / THEN
    file.write_text(json.dumps({"data": lines, **ways}))
    assert read_palette(str(file)).colours == ("#1f77b4", "#ff7f0e")
    file.write_text(json.dumps({"data": [{"type": "bar", "y": [1]}], **ways}))
    assert read_palette(str(file)).colours == ("#111111", "#808080")
    file.write_text(json.dumps({"layout": {"colorway": ["#111111", "#222222"]}}))
    assert read_palette(str(file)).colours == ("#111111", "#222222")
    file.write_text('["abcdef", "123456"]')
    assert read_palette(str(file)).colours == ("#abcdef", "#123456")


def test_the_picture_of_a_figure_is_read_without_paper_and_ink(tmp_path: Path) -> None:
    # GIVEN a figure by matplotlib, whose lines have soft edges
    figure = Figure(figsize=(5, 3.5), dpi=110)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.grid(visible=True)
    for place, colour in enumerate(TAB[:6]):
        axes.plot([0, 1, 2, 3], [place, place + 2, place * 1.3, 3 + place / 2], color=colour, label=f"run {place}")
    axes.legend()
    figure.savefig(tmp_path / "figure.png")

    # WHEN
    found = read_palette(str(tmp_path / "figure.png")).colours

    # THEN
    assert set(found) == set(TAB[:6])


def test_a_drawing_is_read_without_its_greys(tmp_path: Path) -> None:
    (tmp_path / "figure.svg").write_text(
        '<svg><path style="stroke: #1F77B4"/><path fill="#f80"/><path stroke="#333"/></svg>'
    )
    assert read_palette(str(tmp_path / "figure.svg")).colours == ("#1f77b4", "#ff8800")


def test_a_pickle_is_never_opened(tmp_path: Path) -> None:
    # GIVEN a pickle that would write a file when it is opened
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[Path]]:
            return (Path.touch, (tmp_path / "sprung",))

    (tmp_path / "figure.pkl").write_bytes(pickle.dumps(Trap()))

    # WHEN / THEN
    with pytest.raises(InputError, match="can run programs"):
        read_palette(str(tmp_path / "figure.pkl"))
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.txt", None, "There is no file"),
        ("list.txt", b"1f77b4\nblue", "“blue” is no colour"),
        ("binary.txt", b"\xff\xfe\x00\xd8", "is no text file"),
        ("one.txt", b"1f77b4", "2 to 256 colours, not 1"),
        ("figure.json", b"{", "is no JSON"),
        ("figure.json", b"[" * 100_000, "is no JSON"),
        ("empty.json", b"{}", "No colours were found in empty.json"),
        ("odd.json", b'{"data": 5, "layout": [1]}', "No colours were found"),
        ("figure.png", b"no picture", "is no picture"),
        ("swatches.ase", b"ASEF\x00\x01\x00\x00\x00\x00\x00\x05\x00\x01", "is damaged"),
        ("swatches.ase", b"nothing of the kind", "is no Adobe swatch file"),
        ("palette.gpl", b"GIMP Palette\n", "No colours were found"),
        ("drawing.svg", b"<svg/>", "No colours were found"),
    ],
)
def test_what_cannot_be_read_is_told(name: str, content: bytes | None, message: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_palette(str(tmp_path / name))


def test_a_picture_without_colours_is_told(tmp_path: Path) -> None:
    Image.fromarray(np.full((80, 80, 3), 128, np.uint8)).save(tmp_path / "grey.png")
    with pytest.raises(InputError, match="fewer than two clear colours"):
        read_palette(str(tmp_path / "grey.png"))


def test_a_file_that_is_too_large_is_told(tmp_path: Path) -> None:
    with (tmp_path / "huge.json").open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(InputError, match="too large"):
        read_palette(str(tmp_path / "huge.json"))
