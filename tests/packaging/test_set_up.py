"""The set-up script, run as a user runs it: a real interpreter, real pip, a real full disk."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "paperdesk.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("paperdesk_set_up", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    """An environment whose pip knows no registry but a closed port of this machine, and no settings of the user."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "COV_", "PYTEST"))}
    return kept | {
        "PAPERDESK_VENV": str(tmp_path / "desk" / "env"),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": f"http://127.0.0.1:{closed_port()}/simple",
        "PIP_NO_CACHE_DIR": "1",
        "PATH": f"{without_dpkg(tmp_path)}",
    }


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def without_dpkg(folder: Path) -> Path:
    """A PATH on which there is no dpkg: the machine's packages are not this test's business."""
    programs = folder / "bin"
    programs.mkdir()
    for name in ("sh", "unshare", "mount", "env"):
        found = next((Path(d) / name for d in os.environ["PATH"].split(":") if (Path(d) / name).exists()), None)
        if found:
            (programs / name).symlink_to(found)
    return programs


def run_script(*arguments: str, env: dict[str, str], prefix: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [*prefix, sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=100, check=False)


@pytest.mark.parametrize("version", [(3, 9), (3, 14), (2, 7)])
def test_a_wrong_python_is_explained_in_one_sentence(script: ModuleType, version: tuple[int, int]) -> None:
    with pytest.raises(script.SetupError, match=r"needs Python 3\.10 to 3\.13 and this is \d\.\d+") as raised:
        script.check_python(version)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("version", [(3, 10), (3, 11), (3, 12), (3, 13)])
def test_every_supported_python_is_let_through(script: ModuleType, version: tuple[int, int]) -> None:
    script.check_python(version)


def test_a_missing_command_prints_how_to_use_it(variables: dict[str, str]) -> None:
    result = run_script(env=variables)
    assert result.returncode == 2
    assert "python3 packaging/paperdesk.py run" in result.stderr


def test_a_missing_network_is_explained_in_one_sentence(variables: dict[str, str]) -> None:
    # GIVEN a registry that does not answer WHEN
    result = run_script("run", "--version", env=variables)

    # THEN
    assert result.returncode == 1
    assert "the network cannot be reached" in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.stderr


def test_a_full_disk_is_explained_in_one_sentence(variables: dict[str, str], tmp_path: Path) -> None:
    # GIVEN a file system of 2 MB in a mount namespace of its own
    small = tmp_path / "small"
    small.mkdir()
    inside = f'mount -t tmpfs -o size=2m tmpfs "{small}" && exec "$@"'
    prefix = ("unshare", "--mount", "--map-root-user", "sh", "-c", inside, "sh")

    # WHEN
    result = run_script("run", "--version", env=variables | {"PAPERDESK_VENV": str(small / "env")}, prefix=prefix)

    # THEN
    assert result.returncode == 1
    assert "the disk is too full: 700 MB are needed" in result.stderr.splitlines()[-1]


def test_a_disk_that_fills_up_on_the_way_is_explained(script: ModuleType) -> None:
    # GIVEN what pip prints then
    output = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n"

    # WHEN / THEN
    text = script.explain(output, "the Python packages could not be installed", Path("log"))
    assert text.startswith("the Python packages could not be installed: the disk is full;")


def test_an_interrupted_set_up_says_so_and_the_next_one_starts_again(variables: dict[str, str], tmp_path: Path) -> None:
    # GIVEN a registry that accepts the connection and then says nothing
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(90)
        silent = variables | {"PIP_INDEX_URL": f"http://127.0.0.1:{server.getsockname()[1]}/simple"}

        # WHEN the user presses Ctrl+C while pip waits
        process = subprocess.Popen(
            [sys.executable, str(SCRIPT), "run", "--version"],
            env=silent,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        connection, _ = server.accept()
        with connection:
            os.killpg(process.pid, signal.SIGINT)
            _, errors = process.communicate(timeout=30)

    # THEN
    assert process.returncode == 130
    assert "the next start goes on from here" in errors
    assert "Traceback" not in errors
    assert not list((tmp_path / "desk" / "env").glob("run*.stamp"))

    # AND the next start gets as far as before
    assert "the network cannot be reached" in run_script("run", "--version", env=variables).stderr


def test_half_an_environment_is_made_anew(variables: dict[str, str], tmp_path: Path) -> None:
    # GIVEN what a kill in the middle of making the environment leaves
    broken = tmp_path / "desk" / "env" / "bin"
    broken.mkdir(parents=True)
    (broken / "python").write_text("not a program")

    # WHEN
    result = run_script("run", "--version", env=variables)

    # THEN it got past the environment, to the network
    assert "Making a virtual environment" in result.stderr
    assert "the network cannot be reached" in result.stderr


def test_a_folder_that_cannot_be_written_is_named(variables: dict[str, str], tmp_path: Path) -> None:
    # GIVEN a file where the folder should be
    (tmp_path / "file").write_text("")

    # WHEN
    result = run_script("run", env=variables | {"PAPERDESK_VENV": str(tmp_path / "file" / "env")})

    # THEN
    assert result.returncode == 1
    assert "name another one in PAPERDESK_VENV" in result.stderr


def test_missing_system_packages_are_found_under_this_releases_names(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a machine like Ubuntu 24.04: one package there, one renamed and there, one missing and renamed
    programs = tmp_path / "fakes"
    programs.mkdir()
    write_program(programs / "dpkg-query", 'printf "installed xvfb\\ninstalled libfoo0t64\\nnot-installed libgl1\\n"')
    write_program(programs / "apt-cache", 'case "$2" in libbar0t64) exit 0;; *) exit 100;; esac')
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setattr(script, "RENAMED", {"libfoo0": "libfoo0t64", "libbar0": "libbar0t64", "libbaz0": "libbaz0t64"})

    # WHEN
    missing = script.missing_packages(["xvfb", "libfoo0", "libgl1", "libbar0", "libbaz0"])

    # THEN
    assert missing == ["libgl1", "libbar0t64", "libbaz0"]


def test_without_root_the_command_to_run_is_printed(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(script.SetupError) as raised:
        script.apt_install(["libegl1", "xvfb"])
    assert "sudo apt-get install --yes --no-install-recommends libegl1 xvfb" in str(raised.value)


def test_the_stamp_changes_with_the_dependencies(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN
    (tmp_path / "packaging").mkdir()
    (tmp_path / "pyproject.toml").write_text("a")
    (tmp_path / "packaging" / "constraints.txt").write_text("b")
    monkeypatch.setattr(script, "ROOT", tmp_path)
    before = script.fingerprint()

    # WHEN
    (tmp_path / "packaging" / "constraints.txt").write_text("c")

    # THEN
    assert script.fingerprint() != before


def write_program(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
