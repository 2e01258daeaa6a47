"""Exports to the plotting libraries of Python, loaded by them; colours are read back from what they draw."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import plotly.graph_objects as go
import plotly.io as pio

from app.palette import Theme, export
from app.palette.colour import to_rgb
from tests.palette.conftest import is_near, picture_colours

RunPython = Callable[..., str]
BARS = """
figure, axes = plt.subplots()
for number in range({count}):
    axes.bar([number], [1])
figure.savefig("bars.png")
"""


def test_matplotlib_draws_with_the_package_of_the_style(theme: Theme, tmp_path: Path, run_python: RunPython) -> None:
    # GIVEN
    export(theme, ["matplotlib"], tmp_path)

    # WHEN
    out = run_python(
        'import matplotlib as mpl, matplotlib.pyplot as plt\nplt.style.use("six.style")\n'
        'print(mpl.rcParams["image.cmap"], mpl.color_sequences["six"][0])\n'
        'plt.imsave("ramp.png", [[0, 1]], cmap=mpl.rcParams["image.cmap"])\n'
        'plt.imsave("both.png", [[0, 1]], cmap="six_diverging")' + BARS.format(count=6)
    )

    # THEN
    assert out == f"six_sequential {theme.colours[0]}\n"
    assert set(theme.colours) <= picture_colours(tmp_path / "bars.png")
    ends = picture_colours(tmp_path / "ramp.png", 1)
    assert ends == {theme.sequential.colours[0], theme.sequential.colours[-1]}
    assert picture_colours(tmp_path / "both.png", 1) == {theme.diverging.colours[0], theme.diverging.colours[-1]}


def test_matplotlib_draws_with_the_style_alone(marked: Theme, tmp_path: Path, run_python: RunPython) -> None:
    # GIVEN
    export(marked, ["matplotlib"], tmp_path)

    # WHEN
    out = run_python(
        'import matplotlib.pyplot as plt\nplt.style.use("eight.mplstyle")\n'
        "lines = [plt.plot([0, 1], [number, number])[0] for number in range(8)]\n"
        'plt.savefig("lines.png", dpi=200)\n'
        "print(*[line.get_marker() + line.get_linestyle() for line in lines])"
    )

    # THEN
    assert len(set(out.split())) == 8
    assert set(marked.colours) <= picture_colours(tmp_path / "lines.png")


def test_a_dark_theme_has_light_ink(theme: Theme, tmp_path: Path, run_python: RunPython) -> None:
    # GIVEN
    dark = Theme(theme.name, theme.colours, theme.sequential, theme.diverging, background="#1e1e1e")
    export(dark, ["matplotlib"], tmp_path)

    # WHEN
    run_python('import matplotlib.pyplot as plt\nplt.style.use("six.mplstyle")\n' + BARS.format(count=1))

    # THEN
    assert {"#1e1e1e", "#ffffff"} <= picture_colours(tmp_path / "bars.png")


def test_plotly_deals_out_the_colours_of_the_template(theme: Theme, tmp_path: Path, run_python: RunPython) -> None:
    # GIVEN
    export(theme, ["plotly"], tmp_path)

    # WHEN
    out = run_python(
        "import six_plotly, plotly.io as pio, plotly.express as px\n"
        'pio.templates.default = "plotly_white+six"\n'
        'figure = px.line({"x": [1, 2], "a": [1, 2], "b": [2, 1]}, x="x", y=["a", "b"])\n'
        "print([trace.line.color for trace in figure.data])"
    )

    # THEN
    assert out == f"{list(theme.colours[:2])}\n"


def test_plotly_accepts_the_whole_template(marked: Theme, tmp_path: Path) -> None:
    # GIVEN
    export(marked, ["plotly"], tmp_path)
    stored = json.loads((tmp_path / "eight.json").read_text())

    # WHEN
    template = go.layout.Template(stored)

    # THEN
    assert tuple(template.layout.colorway) == marked.colours
    assert template.layout.colorscale.sequential[0] == (0, marked.sequential.colours[0])
    assert template.layout.colorscale.sequentialminus[0] == (0, marked.sequential.colours[-1])
    assert template.layout.colorscale.diverging[-1] == (1, marked.diverging.colours[-1])
    assert [trace.marker.symbol for trace in template.data.scatter][:3] == ["circle", "square", "triangle-up"]
    assert pio.from_json(go.Figure(layout={"template": template}).to_json()).layout.template == template


def test_seaborn_draws_with_the_module(theme: Theme, tmp_path: Path, run_python: RunPython) -> None:
    # GIVEN
    export(theme, ["seaborn"], tmp_path)

    # WHEN
    run_python(
        "import matplotlib.pyplot as plt, seaborn as sns, six_seaborn\nsix_seaborn.use()\n"
        'sns.barplot(x=list("abcdef"), y=[1] * 6, hue=list("abcdef"), saturation=1)\nplt.savefig("bars.png")\n'
        'plt.imsave("ramp.png", [[0, 1]], cmap=six_seaborn.cmap(diverging=True))'
    )

    # THEN
    assert set(theme.colours) <= picture_colours(tmp_path / "bars.png")
    assert is_near(theme.diverging.colours[0], picture_colours(tmp_path / "ramp.png", 1))


def test_altair_draws_with_the_theme(theme: Theme, tmp_path: Path, run_python: RunPython) -> None:
    # GIVEN
    export(theme, ["altair"], tmp_path)

    # WHEN
    run_python(
        "import altair as alt, six_altair\n"
        'rows = [{"x": name, "y": 1, "z": place} for place, name in enumerate("abcdef")]\n'
        "bars = alt.Chart(alt.Data(values=rows)).mark_bar()\n"
        'bars.encode(x="x:N", y="y:Q", color="x:N").save("bars.png")\n'
        "cells = alt.Chart(alt.Data(values=rows)).mark_rect()\n"
        'cells.encode(x="x:N", color="z:Q").save("cells.png")'
    )

    # THEN
    assert set(theme.colours) <= picture_colours(tmp_path / "bars.png")
    cells = picture_colours(tmp_path / "cells.png")
    assert is_near(theme.sequential.colours[0], cells)
    assert is_near(theme.sequential.colours[-1], cells)


def test_a_ramp_is_written_by_colours_that_give_it_back(theme: Theme, tmp_path: Path, run_python: RunPython) -> None:
    # GIVEN
    export(theme, ["matplotlib"], tmp_path)

    # WHEN
    out = run_python(
        'import six, matplotlib as mpl, json\nprint(json.dumps([mpl.colormaps["six_sequential"](x / 255)[:3] '
        "for x in range(256)]))"
    )

    # THEN every colour is that of the ramp but for rounding
    assert abs(json.loads(out) - to_rgb(theme.sequential.colours)).max() < 0.6 / 255
