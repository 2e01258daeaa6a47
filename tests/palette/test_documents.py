"""Exports to other programs, read by them or by readers of their formats."""

from __future__ import annotations

import json
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import swatch
import typst
from PIL.GimpPaletteFile import GimpPaletteFile

from app.palette import FORMATS, Theme, export, read_palette
from app.palette.formats.plots import stops
from tests.palette.conftest import picture_colours

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def test_typst_draws_with_the_colours(theme: Theme, tmp_path: Path) -> None:
    # GIVEN
    export(theme, ["typst"], tmp_path)
    document = tmp_path / "page.typ"
    document.write_text(
        '#import "six.typ": six, six-sequential\n#for colour in six { rect(width: 60pt, height: 20pt, fill: colour) }\n'
        "#rect(width: 200pt, height: 20pt, fill: six-sequential)"
    )

    # WHEN
    typst.compile(document, output=tmp_path / "page.png", format="png")

    # THEN
    assert set(theme.colours) <= picture_colours(tmp_path / "page.png", 200)


def test_gimp_palettes_are_read_by_another_reader(theme: Theme, tmp_path: Path) -> None:
    export(theme, ["gimp"], tmp_path)
    with (tmp_path / "six.gpl").open("rb") as file:
        raw, _ = GimpPaletteFile(file).getpalette()
    assert tuple(f"#{raw[start : start + 3].hex()}" for start in range(0, 18, 3)) == theme.colours
    assert read_palette(str(tmp_path / "six.gpl")).colours == theme.colours


def test_adobe_swatches_are_read_by_another_reader(theme: Theme, tmp_path: Path) -> None:
    # GIVEN / WHEN
    export(theme, ["ase"], tmp_path)
    found = swatch.parse(str(tmp_path / "six.ase"))

    # THEN
    levels = [[round(255 * value) for value in each["data"]["values"]] for each in found]
    assert tuple(f"#{bytes(each).hex()}" for each in levels) == theme.colours
    assert found[0]["name"].startswith("1 ")
    assert read_palette(str(tmp_path / "six.ase")).colours == theme.colours


def test_office_gets_six_colours_and_light_and_dark(marked: Theme, tmp_path: Path) -> None:
    # GIVEN / WHEN
    export(marked, ["office"], tmp_path)
    scheme = ET.parse(tmp_path / "eight_office.xml").getroot()  # noqa: S314 - our own file

    # THEN slots are in the order of the standard (ECMA-376, CT_ColorScheme)
    slots = {slot.tag.removeprefix(DRAWING): slot[0].attrib["val"] for slot in scheme}
    accents = [f"accent{number}" for number in range(1, 7)]
    assert list(slots) == ["dk1", "lt1", "dk2", "lt2", *accents, "hlink", "folHlink"]
    assert [f"#{slots[accent].lower()}" for accent in accents] == list(marked.colours[:6])
    assert (slots["dk1"], slots["lt1"]) == ("000000", "FFFFFF")


def test_plain_lists_hold_the_colours(theme: Theme, tmp_path: Path) -> None:
    # GIVEN / WHEN
    export(theme, ["sheets", "css", "json"], tmp_path)

    # THEN
    assert tuple((tmp_path / "six_sheets.txt").read_text().split()) == theme.colours
    css = (tmp_path / "six.css").read_text()
    assert tuple(re.findall(r"--six-\d+: (#[0-9a-f]{6});", css)) == theme.colours
    assert css.count("linear-gradient(to right, #") == 2
    stored = json.loads((tmp_path / "six.palette.json").read_text())
    assert tuple(stored["sequential"]) == theme.sequential.colours
    assert read_palette(str(tmp_path / "six.palette.json")).colours == theme.colours


def test_r_gets_vectors_and_the_scales_made_of_them(theme: Theme, tmp_path: Path) -> None:
    # GIVEN / WHEN
    export(theme, ["r"], tmp_path)
    script = (tmp_path / "six.R").read_text()

    # THEN the vectors hold the colours, and each scale that ggplot2 has names is a function of one of them
    vectors = {
        name: re.findall(r'"(#[0-9a-f]{6})"', values) for name, values in re.findall(r"(\w+) <- c\((.*)\)", script)
    }
    assert tuple(vectors["six_colours"]) == theme.colours
    for kind, ramp in (("sequential", theme.sequential), ("diverging", theme.diverging)):
        assert vectors[f"six_{kind}"] == stops(ramp.colours)
    scales = dict(re.findall(r"(\w+) <- function\(\.\.\.\) ggplot2::scale_\w+\(\w+ = (\w+), \.\.\.\)", script))
    assert set(scales.values()) == set(vectors)
    assert {"scale_colour_six", "scale_fill_six", "scale_fill_six_div"} <= set(scales)


def test_d3_scales_are_a_module_that_runs(theme: Theme, tmp_path: Path) -> None:
    # GIVEN the module, and packages with the interface of D3's
    export(theme, ["d3"], tmp_path)
    for package, source in {
        "d3-interpolate": "export const interpolateRgb = () => {}; export const piecewise = (f, colours) => colours;",
        "d3-scale": "export const scaleOrdinal = (c) => c, scaleSequential = (c) => c, scaleDiverging = (c) => c;",
    }.items():
        folder = tmp_path / "node_modules" / package
        folder.mkdir(parents=True)
        (folder / "package.json").write_text(f'{{"name": "{package}", "type": "module", "main": "index.js"}}')
        (folder / "index.js").write_text(source)
    (tmp_path / "main.mjs").write_text(
        'import { ordinal, sequential } from "./six.mjs"; console.log(JSON.stringify([ordinal(), sequential()]));'
    )

    # WHEN
    done = subprocess.run(["node", "main.mjs"], cwd=tmp_path, capture_output=True, text=True, check=True)

    # THEN
    colours, ramp = json.loads(done.stdout)
    assert tuple(colours) == theme.colours
    assert (ramp[0], ramp[-1]) == (theme.sequential.colours[0], theme.sequential.colours[-1])


@pytest.mark.parametrize("key", FORMATS)
def test_every_format_is_for_every_theme(key: str, theme: Theme, marked: Theme, tmp_path: Path) -> None:
    for each in (theme, marked):
        written = export(each, [key], tmp_path)
        assert written
        assert all(file.path.stat().st_size > 30 for file in written)
