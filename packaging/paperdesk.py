#!/usr/bin/env python3
"""Set up and start Paperdesk, or run its checks, on a machine that has nothing but Python.

    python3 packaging/paperdesk.py run [arguments]     the window, or with arguments the command line
    python3 packaging/paperdesk.py test [arguments]    every check, or with arguments pytest alone

Everything is installed into a virtual environment of this checkout (`.venv`, or the folder named by $PAPERDESK_VENV).
Once that is done, a stamp with a hash of the dependencies makes later starts immediate.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
OLDEST, NEWEST = (3, 10), (3, 13)
MEGABYTES = {"run": 700, "test": 1000}
"""Free space that setting up needs, measured on Debian 12 with room to spare."""

WINDOW_PACKAGES = [
    "libgl1",
    "libegl1",
    "libxkbcommon0",
    "libdbus-1-3",
    "libglib2.0-0",
    "libfontconfig1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxkbcommon-x11-0",
    "libwayland-cursor0",
    "libwayland-egl1",
]
TEST_PACKAGES = [
    "xvfb",
    "xauth",
    "xdotool",
    "openbox",
    "x11-xserver-utils",
    "xclip",
    "dbus",
    "at-spi2-core",
    "sway",
    "grim",
    "wtype",
    "fonts-noto-cjk",
]
RENAMED = {"libglib2.0-0": "libglib2.0-0t64"}
"""Packages that Debian 13 and Ubuntu 24.04 carry under another name."""

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)

NO_NETWORK = re.compile(
    r"name resolution|NewConnectionError|ConnectTimeout|ReadTimeout|Read timed out|Connection refused|ProxyError"
    r"|Network is unreachable|Could not resolve|Temporary failure resolving|Connection reset|SSLError"
)
DISK_FULL = re.compile(r"No space left on device|\[Errno 28\]|Disk quota exceeded|ENOSPC|enough free space")


class SetupError(Exception):
    """Setting up cannot go on; the text is one sentence for the user."""


def main(arguments: Sequence[str]) -> int:
    """Run the command in `arguments` and return its exit code."""
    if not arguments or arguments[0] not in MEGABYTES:
        print((__doc__ or "").strip(), file=sys.stderr)
        return 2
    command, rest = arguments[0], list(arguments[1:])
    try:
        check_python(sys.version_info[:2])
        set_up(command, with_window=command == "test" or not rest)
    except SetupError as error:
        print(f"paperdesk: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\npaperdesk: stopped; the next start goes on from here.", file=sys.stderr)
        return 130
    return start(rest) if command == "run" else test(rest)


def check_python(version: tuple[int, ...]) -> None:
    """Raise `SetupError` unless `version`, (major, minor), is supported."""
    if not OLDEST <= version <= NEWEST:
        oldest, newest, found = (".".join(map(str, v)) for v in (OLDEST, NEWEST, version))
        raise SetupError(
            f"Paperdesk needs Python {oldest} to {newest} and this is {found}: start it with another one, "
            f"such as python3.11."
        )


def environment() -> Path:
    """Return the folder of the virtual environment."""
    return Path(os.environ.get("PAPERDESK_VENV") or ROOT / ".venv")


def program(name: str) -> Path:
    """Return the path of a program in the virtual environment."""
    return environment() / ("Scripts" if os.name == "nt" else "bin") / (f"{name}.exe" if os.name == "nt" else name)


def set_up(command: str, *, with_window: bool) -> None:
    """Install what `command` needs, unless the stamps say that it was done before."""
    wanted = fingerprint()
    stamps = [environment() / f"{command}.stamp"]
    if with_window:
        stamps.append(environment() / f"{command}-system.stamp")
    if all(is_stamped(stamp, wanted) for stamp in stamps):
        return
    with locked():
        if with_window and not is_stamped(stamps[-1], wanted):
            install_system(WINDOW_PACKAGES + (TEST_PACKAGES if command == "test" else []))
        if not is_stamped(stamps[0], wanted):
            make_environment(command)
            install_python_packages(command)
        for stamp in stamps:
            stamp.write_text(wanted, encoding="utf-8")
    say("Ready.")


def fingerprint() -> str:
    """Return a hash that changes when the dependencies, this script, Python or the place of the checkout do."""
    digest = hashlib.sha256(f"{sys.version}{ROOT}".encode())
    for path in (ROOT / "pyproject.toml", ROOT / "packaging" / "constraints.txt", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_stamped(stamp: Path, wanted: str) -> bool:
    """Tell whether `stamp` holds `wanted`."""
    try:
        return stamp.read_text(encoding="utf-8") == wanted
    except OSError:
        return False


@contextlib.contextmanager
def locked() -> Iterator[None]:
    """Keep a second set-up of the same environment waiting until this one ends."""
    folder = environment().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / f"{environment().name}.lock").open("a")
    except OSError as error:
        raise SetupError(
            f"the folder {folder} cannot be written ({error.strerror}): name another one in PAPERDESK_VENV."
        ) from error
    with lock:
        if os.name != "nt":
            import fcntl  # noqa: PLC0415 - there is none on Windows

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install_system(packages: list[str]) -> None:
    """Install the missing ones of these Debian packages as root, or say how; other systems are left alone."""
    if not shutil.which("dpkg-query"):
        return
    missing = missing_packages(packages)
    if missing:
        apt_install(missing)


def missing_packages(packages: list[str]) -> list[str]:
    """Return those of the Debian packages that are not installed, under the name this release has for them."""
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status} ${Package}\\n"]
    listed = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    installed = {line.split(" ", 1)[1] for line in listed.splitlines() if line.startswith("installed ")}
    missing = [name for name in packages if name not in installed and RENAMED.get(name) not in installed]
    return [current_name(name) for name in missing]


def current_name(package: str) -> str:
    """Return the name under which this release of Debian or Ubuntu carries `package`."""
    renamed = RENAMED.get(package)
    if not renamed:
        return package
    found = subprocess.run(["apt-cache", "show", renamed], capture_output=True, check=False).returncode == 0
    return renamed if found else package


def apt_install(packages: list[str]) -> None:
    """Install Debian packages, or raise `SetupError` with the command for somebody who may."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() != 0:
        raise SetupError(f"some system libraries are missing; install them with: sudo {' '.join(command)}")
    say(f"Installing {len(packages)} system packages: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    follow(["apt-get", "update"], quiet, "the system packages could not be listed")
    follow(command, quiet, "the system packages could not be installed")


def make_environment(command: str) -> None:
    """Make the virtual environment, anew if an interruption left half of one."""
    free = shutil.disk_usage(environment().parent).free // 1_000_000
    if free < MEGABYTES[command] and not program("pip").exists():
        raise SetupError(f"the disk is too full: {MEGABYTES[command]} MB are needed and {free} MB are free.")
    made = environment() / "made.stamp"
    if made.exists() and program("python").exists():
        return
    if importlib.util.find_spec("ensurepip") is None and shutil.which("apt-get"):
        apt_install([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"])
    say(f"Making a virtual environment in {environment()}")
    follow(
        [sys.executable, "-m", "venv", "--clear", str(environment())],
        dict(os.environ),
        "the virtual environment could not be made",
    )
    made.touch()


def install_python_packages(command: str) -> None:
    """Install the pinned dependencies and this checkout; pip keeps what an interruption left in its cache."""
    say("Installing Python packages; the first time takes a few minutes")
    target = f"{ROOT}[test]" if command == "test" else str(ROOT)
    pip = [str(program("python")), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    options = ["--retries", "2", "--progress-bar", "off", "--constraint", str(ROOT / "packaging" / "constraints.txt")]
    variables = {**os.environ, "PIP_REQUIRE_VIRTUALENV": "1"}
    follow([*pip, *options, "--editable", target], variables, "the Python packages could not be installed")
    if command == "run" and has_nvidia_driver():
        install_cuda(pip, variables)


def has_nvidia_driver() -> bool:
    """Tell whether a driver for NVIDIA's GPUs works here."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return False
    try:
        listed = subprocess.run([tool, "--list-gpus"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return listed.returncode == 0 and b"GPU" in listed.stdout


def install_cuda(pip: list[str], variables: dict[str, str]) -> None:
    """Put ONNX Runtime's CUDA build in place of the plain one, which has the same files; go back where that fails."""
    version = re.search(rb"(?m)^Version: (\S+)", subprocess.check_output([*pip[:-1], "show", "onnxruntime"]))
    wanted = version[1].decode() if version else "1"
    say("Installing ONNX Runtime for the NVIDIA GPU")
    options = ["--retries", "2", "--progress-bar", "off"]
    try:
        follow(
            [*pip, *options, f"onnxruntime-gpu[cuda,cudnn]=={wanted}"],
            variables,
            "ONNX Runtime for the GPU did not come",
        )
    except SetupError as error:
        say(f"{error} Formulas are read on the processor.")
        plain = [*options, "--force-reinstall", "--no-deps", f"onnxruntime=={wanted}"]
        follow([*pip, *plain], variables, "the Python packages could not be installed")


def follow(command: list[str], variables: dict[str, str], failure: str) -> None:
    """Run `command`, showing how far it is; all it prints goes to a log. Raises `SetupError`."""
    log_path = environment().parent / f"{environment().name}-setup.log"
    lines = []
    with log_path.open("a", encoding="utf-8", errors="replace") as log, subprocess.Popen(
        command, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace",
    ) as process:  # fmt: skip
        try:
            for line in process.stdout or ():
                with contextlib.suppress(OSError):
                    log.write(line)
                lines.append(line)
                show_step(line)
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            raise
    if process.wait() != 0:
        raise SetupError(explain("".join(lines), failure, log_path))


def explain(output: str, failure: str, log_path: Path) -> str:
    """Return one sentence for the failure that `output` of pip or apt tells of."""
    if DISK_FULL.search(output):
        return f"{failure}: the disk is full; make room and start again, what was downloaded is kept."
    if NO_NETWORK.search(output):
        return f"{failure}: the network cannot be reached; check the connection and start again."
    last = next((line.strip() for line in reversed(output.splitlines()) if line.strip()), "no reason given")
    return f"{failure}: {last} (everything that was printed is in {log_path})"


STEPS = re.compile(r"^\s*(Downloading|Building|Installing|Unpacking|Setting up|Successfully)\s.*")
_started = time.monotonic()


def show_step(line: str) -> None:
    """Print a line of pip or apt that tells of a step: on a terminal over the line before."""
    if not STEPS.match(line):
        return
    text = f"  {time.monotonic() - _started:4.0f} s  {line.strip()}"
    if sys.stderr.isatty():
        width = shutil.get_terminal_size().columns - 1
        print(f"\r\x1b[K{text[:width]}", end="", file=sys.stderr, flush=True)
    else:
        print(text[:160], file=sys.stderr, flush=True)


def say(text: str) -> None:
    """Print one line about the set-up."""
    start_of_line = "\r\x1b[K" if sys.stderr.isatty() else ""
    print(f"{start_of_line}{text}", file=sys.stderr, flush=True)


def start(arguments: list[str]) -> int:
    """Become the program (on Windows, where a process cannot be replaced, run it)."""
    command = [str(program("paperdesk")), *arguments]
    if os.name == "nt":
        return subprocess.call(command)
    os.execv(command[0], command)  # noqa: S606 - the program of our own environment


def test(arguments: list[str]) -> int:
    """Run every check and then the tests, or with `arguments` only pytest; return the first bad exit code."""
    os.chdir(ROOT)
    for check in () if arguments else CHECKS:
        say(" ".join(check))
        code = subprocess.call([str(program(check[0])), *check[1:]])
        if code:
            return code
    return subprocess.call([str(program("python")), "-m", "pytest", *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
