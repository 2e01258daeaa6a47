from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.core.errors import InputError
from app.core.paths import resources_dir
from app.core.settings import Settings
from app.formula.engine import Answer, ModelError, NoFormula
from app.formula.mathml_commands import to_mathml
from app.formula.memory import resident
from app.formula.onnx_engine import BATCH_PIXELS, CELL, FILES, OnnxEngine, batches, stack
from app.formula.options import OPTIONS
from app.formula.raster import rasterise
from app.formula.render import render_svg
from app.formula.service import Loading, Recogniser

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = resources_dir() / "models" / "formula"


def drawn(latex: str, size: float = 40) -> Image.Image:
    """A formula as the screen shows it; of letters of no maths font the model is not sure, and padding decides."""
    ink = np.pad(rasterise(render_svg(latex, size_px=size, colour="#000000")), 20)
    return Image.fromarray(((1 - ink) * 255).astype(np.uint8)).convert("RGB")


BLANK = Image.new("RGB", (200, 100), "white")
PICTURES = [drawn("x=1"), drawn("a+b=c+d", 30), BLANK, drawn("E=mc^2", 60), drawn("f(x)=2x+1"), drawn("y", 25)]


@pytest.fixture(scope="module")
def engine() -> OnnxEngine:
    loaded = OnnxEngine()
    loaded.load()
    return loaded


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "model"))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.toml", OPTIONS)


def test_answers_are_well_formed(engine: OnnxEngine) -> None:
    answers = engine.recognise(PICTURES)
    assert len(answers) == len(PICTURES)
    for answer, picture in zip(answers, PICTURES, strict=True):
        assert (answer.latex == "") == (picture is BLANK)
        assert 0 <= answer.confidence <= 1
        assert answer.seconds >= 0
        assert answer.engine == "onnx"
        to_mathml(answer.latex)


def test_pictures_read_together_are_read_as_if_alone_and_in_order(engine: OnnxEngine) -> None:
    # GIVEN
    alone = [engine.recognise([picture])[0] for picture in PICTURES]

    # WHEN they are read together, in two orders
    together = engine.recognise(PICTURES)
    backwards = engine.recognise(PICTURES[::-1])[::-1]

    # THEN
    for answers in (together, backwards):
        assert [answer.latex for answer in answers] == [answer.latex for answer in alone]
        for one, other in zip(answers, alone, strict=True):
            assert one.confidence == pytest.approx(other.confidence, abs=0.2)


def test_nothing_is_read_in_no_pictures(engine: OnnxEngine) -> None:
    assert engine.recognise([]) == []


def test_a_wide_beam_and_one_beam_read_well_formed_formulas(copied: Path) -> None:
    for width in (1, 10):
        engine = OnnxEngine(copied, beam_width=width, threads=1)
        engine.load()
        to_mathml(engine.recognise([PICTURES[0]])[0].latex)


def test_an_engine_that_was_not_loaded_says_so() -> None:
    with pytest.raises(ModelError, match="not loaded"):
        OnnxEngine().recognise([PICTURES[0]])


@pytest.mark.parametrize("name", [*FILES, "model.json"])
def test_a_missing_file_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelError, match=f"{name} of the formula model is missing"):
        OnnxEngine(copied).load()


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_named_with_its_hash(copied: Path, name: str) -> None:
    # GIVEN one bit turned
    data = bytearray((copied / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copied / name).write_bytes(data)

    # WHEN / THEN
    with pytest.raises(ModelError, match=f"{name} of the formula model is damaged") as caught:
        OnnxEngine(copied).load()
    assert hashlib.sha256(data).hexdigest() in str(caught.value)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"max_length": "many"}', "\x00", '{"calibration": 1}'])
def test_a_damaged_card_is_named(copied: Path, content: str) -> None:
    (copied / "model.json").write_text(content)
    with pytest.raises(ModelError, match=r"model\.json of the formula model is damaged"):
        OnnxEngine(copied).load()


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_model_is_an_error_though_its_hash_is_right(copied: Path, name: str) -> None:
    # GIVEN
    (copied / name).write_bytes(b"no model")
    card = json.loads((copied / "model.json").read_text())
    card["sha256"][name] = hashlib.sha256(b"no model").hexdigest()
    (copied / "model.json").write_text(json.dumps(card))

    # WHEN / THEN
    with pytest.raises(ModelError, match="cannot be run"):
        OnnxEngine(copied).load()


def test_a_failed_load_can_be_tried_again(copied: Path, settings: Settings) -> None:
    # GIVEN an engine whose file is gone
    (copied / "decoder.onnx").rename(copied / "away")
    recogniser = Recogniser(settings, {"onnx": lambda *_: OnnxEngine(copied)})
    with pytest.raises(ModelError):
        recogniser.recognise([PICTURES[0]])
    assert recogniser.loading is Loading.FAILED

    # WHEN it comes back
    (copied / "away").rename(copied / "decoder.onnx")

    # THEN
    assert recogniser.read(PICTURES[0]).latex
    assert recogniser.loading is Loading.READY


def test_a_fault_nobody_expected_leaves_the_state_failed(settings: Settings) -> None:
    # GIVEN
    def broken(*_: object) -> OnnxEngine:
        raise ZeroDivisionError

    recogniser = Recogniser(settings, {"onnx": broken})

    # WHEN / THEN
    with pytest.raises(ZeroDivisionError):
        recogniser.load()
    assert recogniser.loading is Loading.FAILED


def test_an_unknown_engine_is_named(settings: Settings) -> None:
    with pytest.raises(InputError, match="crystal ball"):
        Recogniser(settings, engine="crystal ball")


def test_an_empty_picture_is_an_error_of_its_own(settings: Settings) -> None:
    with pytest.raises(NoFormula):
        Recogniser(settings).read(BLANK)


class OneAtATime:
    """Stands for an engine that would break when two threads were in it."""

    name = "one at a time"

    def __init__(self) -> None:
        self.loads = 0
        self._inside = threading.Lock()

    def load(self) -> None:
        self.loads += 1

    def recognise(self, pictures: Sequence[Image.Image]) -> list[Answer]:
        assert self._inside.acquire(blocking=False), "two threads at once"
        for _ in range(1000):
            os.sched_yield()
        self._inside.release()
        return [Answer(str(picture.width), 1.0, self.name, 0.0) for picture in pictures]


def test_threads_wait_for_each_other_and_load_once(settings: Settings) -> None:
    # GIVEN
    engine = OneAtATime()
    recogniser = Recogniser(settings, {"onnx": lambda *_: engine})
    found: dict[int, str] = {}

    # WHEN
    def read(width: int) -> None:
        found[width] = recogniser.read(Image.new("L", (width, 5))).latex

    threads = [threading.Thread(target=read, args=(width,)) for width in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # THEN
    assert found == {width: str(width) for width in range(1, 9)}
    assert engine.loads == 1


def test_real_pictures_from_several_threads_get_their_own_answers(settings: Settings) -> None:
    # GIVEN
    recogniser = Recogniser(settings)
    expected = [recogniser.read(picture).latex for picture in PICTURES[:2]]
    found: dict[int, str] = {}

    # WHEN
    def read(number: int) -> None:
        found[number] = recogniser.read(PICTURES[number % 2]).latex

    threads = [threading.Thread(target=read, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # THEN
    assert [found[number] for number in range(6)] == expected * 3


def test_pictures_are_grouped_by_size_within_the_limit() -> None:
    # GIVEN
    random = np.random.default_rng(5)
    inputs = {
        number: np.zeros((16 * int(random.integers(1, 30)), 16 * int(random.integers(1, 100))), dtype=np.float32)
        for number in range(60)
    }

    # WHEN
    groups = list(batches(inputs))

    # THEN each is in one group, and a group of several is within the limit
    assert sorted(number for group in groups for number in group) == list(range(60))
    for group in groups:
        image, _ = stack([inputs[number] for number in group])
        assert len(group) == 1 or image.size <= BATCH_PIXELS


def test_the_mask_tells_pictures_from_padding() -> None:
    image, mask = stack([np.ones((16, 32), np.float32), np.ones((32, 16), np.float32)])
    assert image.shape == (2, 1, 32, 32)
    assert mask.shape == (2, 32 // CELL, 32 // CELL)
    assert image[:, 0, ::CELL, ::CELL].tolist() == mask.tolist()


def test_more_threads_than_cores_are_not_asked_for() -> None:
    assert 1 <= OnnxEngine().threads <= 4
    assert OnnxEngine(threads=7).threads == 7


QUIET = """
import ctypes, platform, struct, sys
SOCKET = {"x86_64": 41, "aarch64": 198}[platform.machine()]
# Berkeley packet filter: load the number of the system call; end the process if it is socket(); allow the rest.
code = b"".join(struct.pack("HBBI", *line) for line in (
    (0x20, 0, 0, 0), (0x15, 0, 1, SOCKET), (0x06, 0, 0, 0x80000000), (0x06, 0, 0, 0x7FFF0000)))
buffer = ctypes.create_string_buffer(code)
program = struct.pack("HxxxxxxP", 4, ctypes.addressof(buffer))
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0 and libc.prctl(22, 2, program, 0, 0) == 0
"""
LOAD = """
from pathlib import Path
from PIL import Image, ImageDraw
from app.formula.onnx_engine import OnnxEngine
engine = OnnxEngine()
engine.load()
picture = Image.new("L", (90, 60), 255)
ImageDraw.Draw(picture).line((20, 20, 60, 40), 0, 4)
print(len(engine.recognise([picture])))
"""


def test_the_engine_opens_no_socket_and_writes_nothing(tmp_path: Path) -> None:
    # GIVEN a process that is killed when it asks for a socket, with an empty home
    variables = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}

    def run(program: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", QUIET + program]
        return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)

    # WHEN
    done, control = run(LOAD), run("import socket; socket.socket()")

    # THEN
    assert control.returncode == -signal.SIGSYS
    assert (done.returncode, done.stdout) == (0, "1\n"), done.stderr
    assert list(tmp_path.rglob("*")) == []


def test_memory_stays_flat_over_many_answers(engine: OnnxEngine) -> None:
    # GIVEN an engine that has read enough to have all its buffers
    for number in range(60):
        engine.recognise([PICTURES[number % len(PICTURES)]])
    before = resident()

    # WHEN
    for number in range(240):
        engine.recognise([PICTURES[number % len(PICTURES)]])

    # THEN nothing is kept of an answer: a kept picture alone would be 50 KB
    assert resident() - before < 8_000_000


def test_candidates_are_different_the_best_first_and_their_chances_add_up(engine: OnnxEngine) -> None:
    for answer in engine.recognise(PICTURES):
        latex = [each.latex for each in answer.candidates]
        assert len(latex) == len(set(latex)) <= 3
        assert sum(each.confidence for each in answer.candidates) <= 1 + 1e-6
        if answer.latex:
            assert (latex[0], answer.candidates[0].confidence) == (answer.latex, answer.confidence)


def test_a_model_with_a_weight_for_agreement_compares_what_it_read_with_the_picture(copied: Path) -> None:
    # GIVEN
    card = json.loads((copied / "model.json").read_text())
    card["calibration"] = {"slope": 0.5, "offset": 0.0, "agreement": 10.0}
    (copied / "model.json").write_text(json.dumps(card))
    engine = OnnxEngine(copied, threads=1)
    engine.load()

    # WHEN
    (answer,) = engine.recognise([PICTURES[0]])

    # THEN
    assert answer.candidates[0].agreement is not None
    assert 0 <= answer.candidates[0].agreement <= 1
