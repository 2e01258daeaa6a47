"""The engine pix2tex with a stand-in for its child process, which dies, hangs and raves as real ones do."""

from __future__ import annotations

import sys
import threading
import zipfile
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from app.core.errors import Cancelled, NetworkError
from app.core.paths import Paths
from app.core.progress import NoProgress
from app.core.settings import Settings
from app.formula import pix2tex_environment
from app.formula.engine import ModelError
from app.formula.options import OPTIONS
from app.formula.pix2tex_engine import Pix2texEngine
from app.formula.service import Recogniser, compare_engines

STAND_IN = Path(__file__).with_name("stand_in_pix2tex.py")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path)


def engine(paths: Paths, behaviour: str, seconds: float = 30) -> Pix2texEngine:
    child = [sys.executable, str(STAND_IN), behaviour, str(paths.data.parent / "crashed")]
    return Pix2texEngine(paths, child, answer_seconds=seconds)


def picture() -> Image.Image:
    drawn = Image.new("RGB", (120, 60), "white")
    ImageDraw.Draw(drawn).line((20, 20, 100, 40), "black", 5)
    return drawn


def test_it_answers_in_order_and_leaves_nothing_behind(paths: Paths) -> None:
    # GIVEN
    threads = threading.active_count()
    child = engine(paths, "answer")
    child.load()

    # WHEN
    answers = child.recognise([picture(), Image.new("L", (50, 50), 255), picture()])

    # THEN
    assert [answer.latex for answer in answers] == ["x_{1}", "", "x_{1}"]
    assert all(0 <= answer.confidence <= 1 for answer in answers)
    assert (answers[0].engine, answers[0].seconds, child.device) == ("pix2tex", 0.25, "cuda")
    assert child.memory() > 1_000_000
    child.close()
    assert child.memory() == 0
    assert threading.active_count() == threads


def test_a_child_that_is_killed_in_the_middle_of_an_answer_is_started_again(paths: Paths) -> None:
    child = engine(paths, "die once")
    (answer,) = child.recognise([picture()])
    child.close()
    assert answer.latex == "x_{1}"


def test_a_child_that_always_dies_is_an_error_with_its_last_words(paths: Paths) -> None:
    child = engine(paths, "always die")
    with pytest.raises(ModelError, match="broke off: CUDA out of memory"):
        child.recognise([picture()])
    assert child.memory() == 0


def test_a_child_that_hangs_is_ended_and_the_next_picture_is_read(paths: Paths) -> None:
    # GIVEN
    child = engine(paths, "hang", seconds=1)
    with pytest.raises(ModelError, match="did not answer within 1 s and was ended"):
        child.recognise([picture()])
    assert child.memory() == 0

    # WHEN / THEN
    assert child.recognise([picture()])[0].latex == "x_{1}"
    child.close()


def test_a_picture_it_cannot_read_does_not_end_it(paths: Paths) -> None:
    child = engine(paths, "error")
    with pytest.raises(ModelError, match="could not read the picture: ValueError: too small"):
        child.recognise([picture()])
    assert child.memory() > 0
    child.close()


@pytest.mark.parametrize(("behaviour", "words"), [("no start", "no module named torch"), ("no json", "Welcome")])
def test_a_child_that_does_not_start_says_why(paths: Paths, behaviour: str, words: str) -> None:
    with pytest.raises(ModelError, match=rf"cannot be started: .*{words}"):
        engine(paths, behaviour).load()


def test_a_program_that_is_not_there_is_said(paths: Paths) -> None:
    with pytest.raises(ModelError, match="cannot be started"):
        Pix2texEngine(paths, ["/nonexistent/python"]).load()


def test_without_an_installation_it_says_how_to_get_one(paths: Paths) -> None:
    with pytest.raises(ModelError, match="paperdesk formula install-pix2tex"):
        Pix2texEngine(paths).load()


def test_engines_are_compared_and_a_missing_one_does_not_stop_the_others(paths: Paths, tmp_path: Path) -> None:
    # GIVEN
    settings = Settings(tmp_path / "settings.toml", OPTIONS)
    engines = {"there": lambda *_: engine(paths, "answer"), "missing": lambda *_: Pix2texEngine(paths)}

    # WHEN
    found = list(compare_engines(settings, picture(), engines))

    # THEN
    assert [each.engine for each in found] == ["there", "missing"]
    assert found[0].answer is not None
    assert found[0].answer.latex == "x_{1}"
    assert "not installed" in str(found[1].error)


def test_the_settings_choose_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: Paths) -> None:
    settings = Settings(tmp_path / "settings.toml", OPTIONS)
    settings.set("formula.engine", "pix2tex")
    monkeypatch.setenv("PAPERDESK_HOME", str(tmp_path))
    with pytest.raises(ModelError, match="not installed"):
        Recogniser(settings).load()


class Stopped:
    """Progress of somebody who stops at once."""

    def report(self, *_arguments: object) -> None:
        raise Cancelled("stopped")


def package(folder: Path, name: str) -> str:
    """A package that pip can install without a network."""
    wheel = folder / f"{name}-1-py3-none-any.whl"
    info = f"{name}-1.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(f"{name}.py", "VALUE = 1\n")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", f"{name}.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")
    return f"{name} @ {wheel.as_uri()}"


class Store:
    """Stands for the store of models, which has tests of its own: nothing is downloaded here."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "weights.pth"

    def installed(self, _key: str) -> bool:
        return self._file.exists()

    def path(self, _key: str) -> Path:
        return self._file

    def install(self, _key: str, _progress: object) -> Path:
        self._file.write_bytes(b"weights")
        return self._file

    def remove(self, _key: str) -> bool:
        self._file.unlink()
        return True


def test_it_is_installed_apart_gone_on_with_and_removed(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN an extra that asks for a package on this disk
    requirement = package(tmp_path, "formulareader")
    monkeypatch.setattr(
        pix2tex_environment, "requires", lambda _name: [f'{requirement} ; extra == "pix2tex"', 'other; extra == "x"']
    )
    monkeypatch.setattr(pix2tex_environment, "model_store", lambda _paths: Store(tmp_path))
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CONSTRAINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_NO_INDEX", "1")

    # WHEN it is stopped, and then installed
    with pytest.raises(Cancelled):
        pix2tex_environment.install(paths, Stopped())
    assert not pix2tex_environment.is_installed(paths)
    pix2tex_environment.install(paths, NoProgress())

    # THEN the package is in its own environment and the command starts our script there
    assert pix2tex_environment.is_installed(paths)
    python, script, weights = pix2tex_environment.command(paths)
    assert list(Path(python).parents[1].rglob("formulareader.py"))
    assert Path(script).name == "pix2tex_child.py"
    assert Path(weights).read_bytes() == b"weights"

    # WHEN it is removed
    pix2tex_environment.remove(paths)

    # THEN
    assert not pix2tex_environment.is_installed(paths)
    assert not pix2tex_environment.environment(paths).exists()


def test_a_package_that_does_not_come_is_an_error(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pix2tex_environment, "requires", lambda _name: ['nosuchpackage==1 ; extra == "pix2tex"'])
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(NetworkError, match=r"could not be installed: .*nosuchpackage"):
        pix2tex_environment.install(paths, NoProgress())
    assert not pix2tex_environment.is_installed(paths)
