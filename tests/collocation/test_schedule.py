from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

from app.collocation.build.documents import Document
from app.collocation.build.pipeline import Plan, build_index
from app.collocation.build.schedule import scheduler
from app.collocation.build.vocabulary import Thresholds
from app.core.errors import Cancelled, InputError, NetworkError
from tests.collocation.conftest import DAY
from tests.collocation.test_build import StopsAfter


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A scheduler with two workers in this process."""
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_writes_the_same_file(
    documents: list[Document], packed: Path, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN several parts for the workers to share
    monkeypatch.setattr("app.collocation.build.pipeline.PART_POSITIONS", 4000)

    # WHEN
    with scheduler(address) as runner:
        plan = Plan(documents, Thresholds(2, 2), DAY, runner)
        build_index(plan, tmp_path / "out.pack", tmp_path / "work")

    # THEN
    assert (tmp_path / "out.pack").read_bytes() == packed.read_bytes()


def test_a_build_stopped_on_a_cluster_goes_on_here(
    documents: list[Document], packed: Path, tmp_path: Path, address: str
) -> None:
    # GIVEN
    with scheduler(address) as runner, pytest.raises(Cancelled):
        plan = Plan(documents, Thresholds(2, 2), DAY, runner)
        build_index(plan, tmp_path / "out.pack", tmp_path / "work", StopsAfter(4))

    # WHEN
    build_index(Plan(documents, Thresholds(2, 2), DAY), tmp_path / "out.pack", tmp_path / "work")

    # THEN
    assert (tmp_path / "out.pack").read_bytes() == packed.read_bytes()


def test_a_broken_document_on_a_cluster_is_named(documents: list[Document], tmp_path: Path, address: str) -> None:
    # GIVEN
    missing = Document(tmp_path / "missing.txt", "cs", "to2022")

    # WHEN
    with scheduler(address) as runner:
        plan = Plan([*documents, missing], scheduler=runner)
        summary = build_index(plan, tmp_path / "out.pack", tmp_path / "work")

    # THEN
    assert [each.path for each in summary.skipped] == [missing.path]


def test_an_address_where_nobody_is_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a port that is free
    monkeypatch.setattr("app.collocation.build.schedule._CONNECT_SECONDS", 0.5)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"

    # WHEN / THEN
    with pytest.raises(NetworkError, match="No Dask scheduler answers"), scheduler(address):
        pass
    with pytest.raises((NetworkError, InputError)), scheduler("nonsense://"):
        pass
