"""Figures to look at a theme on, by matplotlib."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.core.errors import InputError
from app.palette import (
    Gallery,
    PaintedFigure,
    Theme,
    Vision,
    find,
    read_table,
    simulate_pixels,
    style_settings,
    write_sheet,
)
from app.palette.colour import to_rgb
from app.palette.formats.plots import stops


def colours_in(figure: PaintedFigure, least: int = 10) -> set[str]:
    found, counts = np.unique(figure.pixels[..., :3].reshape(-1, 3), axis=0, return_counts=True)
    return {f"#{bytes(row).hex()}" for row in found[counts >= least]}


def test_every_figure_shows_the_colours_of_the_theme(theme: Theme) -> None:
    # WHEN
    figures = {figure.key: figure for figure in Gallery(320, 230).paint(theme)}

    # THEN
    assert list(figures) == ["line", "scatter", "bar", "heatmap", "contour", "choropleth", "confusion", "map"]
    assert all(figure.pixels.shape == (230, 320, 4) for figure in figures.values())
    for key in ("line", "scatter", "bar", "map"):
        assert set(theme.colours) <= colours_in(figures[key]), key
    assert set(stops(theme.sequential.colours, 7)) <= colours_in(figures["choropleth"])
    assert theme.diverging.colours[-1] in colours_in(figures["contour"])


def test_a_theme_after_another_leaves_nothing_of_it(theme: Theme, marked: Theme) -> None:
    # GIVEN
    gallery = Gallery(300, 220)
    first = gallery.paint(theme)

    # WHEN
    gallery.paint(marked)
    again = gallery.paint(theme)

    # THEN
    for before, after in zip(first, again, strict=True):
        np.testing.assert_array_equal(before.pixels, after.pixels)


def test_figures_are_seen_through_other_eyes(theme: Theme) -> None:
    # GIVEN
    gallery = Gallery(300, 220)
    normal = gallery.paint(theme, keys=["bar"])[0]

    # WHEN
    seen = gallery.paint(theme, Vision.DEUTAN, 0.7, keys=["bar"])[0]
    grey = gallery.paint(theme, Vision.GREY, keys=["bar"])[0]

    # THEN
    np.testing.assert_array_equal(seen.pixels, simulate_pixels(normal.pixels, Vision.DEUTAN, 0.7))
    assert np.ptp(grey.pixels[..., :3].astype(int), axis=-1).max() == 0
    assert (seen.pixels != normal.pixels).any()


def test_a_dark_theme_and_a_larger_scale(theme: Theme) -> None:
    # GIVEN
    dark = Theme(theme.name, theme.colours, theme.sequential, theme.diverging, background="#202020")
    gallery = Gallery(200, 150, 2.0)

    # WHEN
    figure = gallery.paint(dark, keys=["line"])[0]

    # THEN
    assert figure.pixels.shape == (300, 400, 4)
    assert tuple(figure.pixels[0, 0, :3]) == (0x20, 0x20, 0x20)
    assert tuple(gallery.paint(theme, keys=["line"])[0].pixels[0, 0, :3]) == (255, 255, 255)


@pytest.mark.parametrize("name", ["Alphabet", "viridis", "twilight"])
def test_many_colours_and_ramps_are_shown(name: str) -> None:
    assert len(Gallery(200, 150).paint(Theme.of(find(name).largest, with_marks=True))) == 8


def test_a_table_of_the_users_is_drawn_first(theme: Theme, tmp_path: Path) -> None:
    # GIVEN
    file = tmp_path / "results.csv"
    file.write_text("epoch,ours,theirs\n1,0.2,0.1\n2,0.5,0.3\n3,0.7,\n")

    # WHEN
    table = read_table(file)
    figure = Gallery(300, 220, table=table).paint(theme)[0]

    # THEN
    assert (table.title, table.kind, [each.name for each in table.series]) == ("results", "line", ["ours", "theirs"])
    assert np.isnan(table.series[1].y[2])
    assert (figure.key, figure.title) == ("own", "results")
    assert set(theme.colours[:2]) <= colours_in(figure)


@pytest.mark.parametrize(
    ("content", "kind", "series", "labels"),
    [
        ("name;a;b\nx;1;2\ny;3;4\n", "bar", 2, ("x", "y")),
        ("1\t2\t3\n4\t5\t6\n", "line", 2, ()),
        ("value\n1\n2\n", "line", 1, ()),
        ("epoch,, \n1,2,3\n2,3,4\n", "line", 2, ()),
        ("\n".join(",".join(str(row * column) for column in range(20)) for row in range(5)), "heatmap", 19, ()),
    ],
)
def test_tables_become_the_figure_that_fits(
    content: str, kind: str, series: int, labels: tuple[str, ...], theme: Theme, tmp_path: Path
) -> None:
    (tmp_path / "table.csv").write_text(content)
    table = read_table(tmp_path / "table.csv")
    assert (table.kind, len(table.series), table.labels) == (kind, series, labels)
    assert Gallery(200, 150, table=table).paint(theme, keys=["own"])[0].pixels.shape == (150, 200, 4)


def test_a_figure_of_plotly_is_drawn(theme: Theme, tmp_path: Path) -> None:
    # GIVEN values as numbers and as base64
    values = base64.b64encode(np.array([3.0, 1.0, 2.0]).tobytes()).decode()
    traces = [
        {"type": "scatter", "name": "a", "x": [1, 2, 3], "y": {"dtype": "f8", "bdata": values}},
        {"type": "scatter", "name": "b", "y": [1, None, 2]},
        {"type": "pie", "values": [1]},
    ]
    (tmp_path / "figure.json").write_text(json.dumps({"data": traces}))

    # WHEN
    table = read_table(tmp_path / "figure.json")

    # THEN
    assert [each.name for each in table.series] == ["a", "b"]
    assert table.series[0].y.tolist() == [3, 1, 2]
    assert set(theme.colours[:2]) <= colours_in(Gallery(300, 220, table=table).paint(theme, keys=["own"])[0])


@pytest.mark.parametrize(
    ("trace", "kind"),
    [
        ({"type": "bar", "x": ["p", "q"], "y": [1, 2]}, "bar"),
        ({"type": "heatmap", "z": [[1, 2], [3, 4]]}, "heatmap"),
        ({"mode": "markers", "x": [1, 2], "y": [3, 4]}, "scatter"),
    ],
)
def test_traces_of_plotly_keep_their_kind(trace: dict[str, object], kind: str, theme: Theme, tmp_path: Path) -> None:
    (tmp_path / "figure.json").write_text(json.dumps({"data": [trace]}))
    table = read_table(tmp_path / "figure.json")
    assert table.kind == kind
    assert Gallery(200, 150, table=table).paint(theme, keys=["own"])


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.csv", "", "no rows of numbers"),
        ("words.csv", "a,b\nc,d\n", "no rows of numbers"),
        ("figure.json", "[]", "no lines, points, bars"),
        ("figure.json", '{"data": [{"type": "pie"}]}', "no lines, points, bars"),
        ("figure.json", '{"data": [{"y": {"bdata": "%%", "dtype": "f8"}}]}', "cannot be read"),
        ("figure.json", '{"data": [{"type": "scatter"}]}', "cannot be read"),
        ("figure.pkl", "", "can run programs"),
    ],
)
def test_data_that_cannot_be_drawn_is_told(name: str, content: str, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=message):
        read_table(tmp_path / name)


def test_a_style_of_the_users_is_drawn_in_but_its_colours(theme: Theme, tmp_path: Path) -> None:
    # GIVEN a style with thick lines, colours of its own, and LaTeX, which would have to be started
    style = tmp_path / "thick.mplstyle"
    style.write_text("lines.linewidth: 9\naxes.prop_cycle: cycler('color', ['ff00ff', '00ffff'])\ntext.usetex: True\n")

    # WHEN
    plain = Gallery(300, 220).paint(theme, keys=["line"])[0]
    thick = Gallery(300, 220, style=style_settings(style)).paint(theme, keys=["line"])[0]

    # THEN
    coloured = [(np.ptp(figure.pixels[..., :3].astype(int), axis=-1) > 60).sum() for figure in (plain, thick)]
    assert coloured[1] > 2 * coloured[0]
    assert "#ff00ff" not in colours_in(thick)


def test_long_names_get_a_key_in_which_nothing_lies_upon_another(theme: Theme, tmp_path: Path) -> None:
    # GIVEN names of which two fit into a row
    names = ["without augmentation", "without attention heads", "the whole model", "数据增强"]
    (tmp_path / "runs.csv").write_text(f"epoch,{','.join(names)}\n1,1,1,1,1\n9,1,1,1,1\n", encoding="utf-8")

    # WHEN
    pixels = Gallery(320, 230, table=read_table(tmp_path / "runs.csv")).paint(theme, keys=["own"])[0].pixels[..., :3]

    # THEN each sample is in a place of its own, two below each other
    samples = [np.argwhere((pixels[:70] == np.rint(255 * colour)).all(axis=-1)) for colour in to_rgb(theme.colours[:4])]
    rows, columns = zip(*(sample.mean(axis=0) for sample in samples), strict=True)
    np.testing.assert_allclose([rows[0], rows[2]], [rows[1], rows[3]], atol=1)
    np.testing.assert_allclose(columns[:2], columns[2:], atol=1)
    assert rows[2] - rows[0] > 8
    assert columns[1] - columns[0] > 100


def test_a_dark_style_can_be_read_on_white_and_frames_follow_the_ground(theme: Theme, tmp_path: Path) -> None:
    # GIVEN a style with white ink
    style = tmp_path / "dark.mplstyle"
    style.write_text("figure.facecolor: black\naxes.facecolor: black\nxtick.color: white\ntext.color: white\n")
    gallery = Gallery(300, 220, style=style_settings(style))
    dark = Theme(theme.name, theme.colours, theme.sequential, theme.diverging, background="#202020")

    # WHEN
    light_pixels, dark_pixels = (gallery.paint(each, keys=["scatter"])[0].pixels for each in (theme, dark))

    # THEN axes and numbers are black on white, and as exactly white on dark
    bottom = slice(-20, None)
    assert light_pixels[bottom, ..., :3].min() < 60
    assert dark_pixels[..., :3].min() == 0x20
    assert dark_pixels[bottom, ..., :3].max() > 240
    mixed = 255 + (0x20 - 255) * (light_pixels[bottom, ..., :3] / 255)
    np.testing.assert_allclose(dark_pixels[bottom, ..., :3], mixed, atol=1)


def test_a_sheet_shows_all_figures(theme: Theme, tmp_path: Path) -> None:
    write_sheet(Gallery(scale=2).paint(theme, Vision.PROTAN), theme.background, tmp_path / "sheet.png")
    with Image.open(tmp_path / "sheet.png") as picture:
        assert picture.size == (3 * 640, 3 * 460)
        corner = np.asarray(picture.convert("RGB"))[-1, -1] / 255
    np.testing.assert_array_equal(corner, to_rgb([theme.background])[0])
