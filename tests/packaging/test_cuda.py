"""The set-up script where there is an NVIDIA driver: stand-ins for the driver's tool and for pip."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "paperdesk.py"


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setenv("PAPERDESK_VENV", str(tmp_path / "env"))
    spec = importlib.util.spec_from_file_location("paperdesk_set_up_cuda", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!{sys.executable}\n{text}")
    path.chmod(0o755)
    return path


def pip(folder: Path, *, fails: bool) -> list[str]:
    """A pip that notes its arguments; it has no build for the GPU if it `fails`."""
    calls = folder / "calls"
    text = (
        "import json, sys\n"
        f"open({str(calls)!r}, 'a').write(json.dumps(sys.argv[1:]) + '\\n')\n"
        "if 'show' in sys.argv: print('Name: onnxruntime\\nVersion: 1.23.2')\n"
        f"sys.exit({int(fails)} if any('gpu' in each for each in sys.argv) else 0)\n"
    )
    return [str(program(folder / "bin" / "pip", text)), "install"]


def calls(folder: Path) -> list[list[str]]:
    return [json.loads(line) for line in (folder / "calls").read_text().splitlines()]


@pytest.mark.parametrize(
    ("tool", "found"),
    [("print('GPU 0: NVIDIA H100')", True), ("print('no devices')", False), ("raise SystemExit(9)", False)],
)
def test_a_driver_is_one_that_lists_a_gpu(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: str, found: bool
) -> None:
    program(tmp_path / "bin" / "nvidia-smi", tool)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert script.has_nvidia_driver() is found


def test_without_the_drivers_tool_there_is_none(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not script.has_nvidia_driver()


def test_the_build_for_the_gpu_has_the_version_of_the_plain_one(script: ModuleType, tmp_path: Path) -> None:
    script.install_cuda(pip(tmp_path, fails=False), dict(os.environ))
    _, install = calls(tmp_path)
    assert install[-1] == "onnxruntime-gpu[cuda,cudnn]==1.23.2"


def test_where_it_does_not_come_the_plain_one_is_put_back(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script.install_cuda(pip(tmp_path, fails=True), dict(os.environ))
    assert calls(tmp_path)[-1][-3:] == ["--force-reinstall", "--no-deps", "onnxruntime==1.23.2"]
    assert "Formulas are read on the processor" in capsys.readouterr().err
