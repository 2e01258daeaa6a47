from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.errors import InputError, StorageError
from app.core.paths import HOME_VARIABLE
from app.palette import NameTaken, Palette, Theme, export, find, install
from app.palette.theme import identifier


def test_what_is_there_is_kept_when_it_is_replaced(theme: Theme, tmp_path: Path) -> None:
    # GIVEN a file of the user's of that name
    own = tmp_path / "six.mplstyle"
    own.write_text("lines.linewidth: 3\n")

    # WHEN / THEN it is asked about first, and nothing is written
    with pytest.raises(NameTaken) as taken:
        export(theme, ["matplotlib"], tmp_path)
    assert taken.value.paths == (own,)
    assert [file.name for file in tmp_path.iterdir()] == ["six.mplstyle"]

    # WHEN
    written = export(theme, ["matplotlib"], tmp_path, replace=True)

    # THEN
    backup = next(each.backup for each in written if each.path == own)
    assert backup is not None
    assert backup.read_text() == "lines.linewidth: 3\n"
    assert backup.suffix != ".mplstyle"
    assert "prop_cycle" in own.read_text()


def test_the_same_export_again_changes_nothing(theme: Theme, tmp_path: Path) -> None:
    export(theme, ["json", "matplotlib"], tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert all(each.backup is None for each in export(theme, ["json", "matplotlib"], tmp_path, replace=True))
    assert sorted(tmp_path.rglob("*")) == before


def test_two_replacements_within_a_second_keep_both(theme: Theme, marked: Theme, tmp_path: Path) -> None:
    # GIVEN three themes of one name
    themes = [Theme("same", each.colours, each.sequential, each.diverging) for each in (theme, marked)]
    (tmp_path / "same_sheets.txt").write_text("mine")

    # WHEN
    backups = [export(each, ["sheets"], tmp_path, replace=True)[0].backup for each in themes]

    # THEN
    assert None not in backups
    assert len(set(backups)) == 2


def test_a_folder_that_cannot_be_written_is_named(theme: Theme, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="was not saved"):
        export(theme, ["css"], tmp_path / "file")
    with pytest.raises(StorageError, match="was not saved"):
        install(theme, "matplotlib", folder=Path("/proc/sys"))


def test_a_folder_in_the_place_of_a_file_is_not_touched(theme: Theme, tmp_path: Path) -> None:
    (tmp_path / "six.css").mkdir()
    with pytest.raises(NameTaken):
        export(theme, ["css"], tmp_path, replace=True)
    assert (tmp_path / "six.css").is_dir()


def test_unknown_formats_and_programs_are_told(theme: Theme, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no format excel\. There are matplotlib, "):
        export(theme, ["excel"], tmp_path)
    with pytest.raises(InputError, match="matplotlib, plotly, not into excel"):
        install(theme, "excel")


def test_matplotlib_finds_an_installed_style(theme: Theme, tmp_path: Path, run_python: Callable[..., str]) -> None:
    # GIVEN
    library = tmp_path / "mpl" / "stylelib"

    # WHEN
    done = install(theme, "matplotlib", folder=library)

    # THEN
    out = run_python("\n".join([*done.lines, 'print(plt.rcParams["axes.prop_cycle"].by_key()["color"][0])']))
    assert out.strip().removeprefix("#") == theme.colours[0][1:]


def test_the_style_library_is_where_matplotlib_says(tmp_path: Path, run_python: Callable[..., str]) -> None:
    out = run_python("from app.palette.exporting import style_library\nprint(style_library())")
    assert out == f"{tmp_path / 'mpl' / 'stylelib'}\n"


def test_a_style_of_matplotlib_is_not_hidden_by_accident(theme: Theme, tmp_path: Path) -> None:
    named = Theme("ggplot", theme.colours, theme.sequential, theme.diverging)
    with pytest.raises(NameTaken, match="ggplot"):
        install(named, "matplotlib", folder=tmp_path)
    assert install(named, "matplotlib", folder=tmp_path, replace=True).written.path.exists()


def test_plotly_finds_an_installed_template(
    theme: Theme, tmp_path: Path, run_python: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home of mine"))

    # WHEN
    done = install(theme, "plotly")

    # THEN
    assert json.loads(done.written.path.read_text())["layout"]["colorway"] == list(theme.colours)
    out = run_python("\n".join([*done.lines, "print(pio.templates.default, pio.templates['six'].layout.colorway[0])"]))
    assert out == f"plotly_white+six {theme.colours[0]}\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Okabe-Ito", "okabe_ito"),
        ("10 best colours!", "p10_best_colours"),
        ("论文", "palette"),
        ("class", "class_theme"),
        ("json", "json_theme"),
        ("Seaborn", "seaborn_theme"),
    ],
)
def test_names_are_valid_wherever_they_are_used(name: str, expected: str) -> None:
    assert identifier(name) == expected
    assert identifier(name).isidentifier()


def test_a_theme_of_a_ramp_has_colours_for_series_from_within_it() -> None:
    theme = Theme.of(find("viridis").largest)
    assert theme.sequential.colours == find("viridis").largest.colours
    assert len(theme.colours) == 6
    assert not {"#440154", "#fde725"} & set(theme.colours)


def test_a_theme_of_series_gets_ramps_of_its_colours() -> None:
    theme = Theme.of(Palette.of(["#1f77b4", "#ff7f0e"], "two"))
    assert (theme.sequential.kind.value, theme.diverging.kind.value) == ("sequential", "diverging")
    assert len(theme.sequential) == len(theme.diverging) == 256
