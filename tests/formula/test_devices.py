from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from app.core.errors import StorageError
from app.core.paths import resources_dir
from app.core.settings import Settings
from app.formula.devices import DEVICES, TIMES, TRIAL_SECONDS, choose, remembered
from app.formula.engine import Answer, ModelError
from app.formula.onnx_engine import OnnxEngine
from app.formula.options import OPTIONS
from app.formula.runtime import available, open_session
from app.formula.service import Recogniser

MODEL = resources_dir() / "models" / "formula" / "decoder.onnx"


class Timed:
    """Stands for an engine that takes so many milliseconds for a picture, or cannot run at all."""

    name = "timed"

    def __init__(self, device: str, milliseconds: float | None, log: list[str]) -> None:
        self.device = device
        self._milliseconds = milliseconds
        self._log = log

    def load(self) -> None:
        self._log.append(f"load {self.device}")
        if self._milliseconds is None:
            raise ModelError("no driver")

    def recognise(self, pictures: Sequence[Image.Image]) -> list[Answer]:
        end = time.perf_counter() + (self._milliseconds or 0) / 1000
        while time.perf_counter() < end:
            pass
        return [Answer("x", 1.0, self.name, 0.0) for _ in pictures]

    def memory(self) -> int:
        return 0

    def close(self) -> None:
        self._log.append(f"close {self.device}")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.toml", OPTIONS)


def test_the_fastest_device_is_found_within_a_second_and_kept(settings: Settings) -> None:
    # GIVEN a GPU that is slower than the processor, and one without a driver
    speeds = {"cpu": 2.0, "cuda": 90.0, "directml": None}
    log: list[str] = []

    def make(device: str) -> Timed:
        return Timed(device, speeds[device], log)

    # WHEN
    started = time.perf_counter()
    first = choose(settings, list(speeds), make)
    taken = time.perf_counter() - started

    # THEN each was loaded once and closed, and the next start measures nothing
    assert first == "cpu"
    assert taken < TRIAL_SECONDS + 5
    assert log == [f"{what} {device}" for device in speeds for what in ("load", "close")]
    times = remembered(settings)
    assert 1 < times["cpu"] < times["cuda"] < times["directml"] == float("inf")
    assert choose(settings, list(speeds), make) == "cpu"
    assert len(log) == 6


def test_another_device_in_the_machine_is_tried(settings: Settings) -> None:
    settings.set(TIMES, json.dumps({"cpu": 1.0, "coreml": 0.5}))
    speeds = {"cpu": 90.0, "cuda": 2.0}
    assert choose(settings, list(speeds), lambda device: Timed(device, speeds[device], [])) == "cuda"


def test_the_user_overrules_the_trial_where_the_device_is_there(settings: Settings) -> None:
    def never(device: str) -> Timed:
        raise AssertionError(device)

    settings.set("formula.device", "cuda")
    assert choose(settings, ["cpu", "cuda"], never) == "cuda"
    assert choose(settings, ["cpu", "coreml"], never) == "cpu"


def test_one_device_needs_no_trial(settings: Settings) -> None:
    assert choose(settings, ["cpu"], pytest.fail) == "cpu"
    assert settings.is_default(TIMES)


@pytest.mark.parametrize("kept", ["{", "[1]", '{"cpu": "fast"}', "3", '"x"'])
def test_damaged_times_are_measured_again(settings: Settings, kept: str) -> None:
    settings.set(TIMES, kept)
    assert choose(settings, ["cpu", "cuda"], lambda device: Timed(device, 1, [])) in DEVICES
    assert set(remembered(settings)) == {"cpu", "cuda"}


def test_a_full_disk_does_not_stop_the_choice(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise StorageError("the disk is full")

    monkeypatch.setattr(settings, "set", full)
    assert choose(settings, ["cpu", "cuda"], lambda device: Timed(device, 2 + 88 * (device == "cpu"), [])) == "cuda"


def test_the_processor_is_always_there() -> None:
    assert available()[0] == "cpu"
    assert open_session(MODEL, "cpu", 1).get_providers() == ["CPUExecutionProvider"]


def test_a_device_that_is_not_there_is_an_error_that_names_it() -> None:
    missing = next(name for name in DEVICES if name not in available())
    with pytest.raises(ModelError, match="cannot be used on this machine"):
        OnnxEngine(device=missing).load()


def test_the_recogniser_tells_what_it_reads_with(settings: Settings) -> None:
    # GIVEN
    log: list[str] = []
    recogniser = Recogniser(settings, {"onnx": lambda _settings, device: Timed(device or "cpu", 5, log)}, device="cuda")
    assert recogniser.status() is None

    # WHEN
    recogniser.read(Image.new("L", (9, 9)))

    # THEN
    status = recogniser.status()
    assert status is not None
    assert (status.engine, status.device) == ("timed", "cuda")
    assert status.milliseconds == 0

    # WHEN it is closed THEN it is loaded again for the next picture
    recogniser.close()
    assert recogniser.status() is None
    recogniser.read(Image.new("L", (9, 9)))
    assert log == ["load cuda", "close cuda", "load cuda"]


def test_the_engine_knows_its_memory() -> None:
    engine = OnnxEngine(threads=1)
    assert engine.memory() == 0
    engine.load()
    assert 0 <= engine.memory() < 2_000_000_000
