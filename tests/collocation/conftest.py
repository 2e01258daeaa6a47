"""A small index, built as every index is built, and the index that is shipped."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.collocation.build.documents import Document
from app.collocation.build.pipeline import Plan, build_index
from app.collocation.build.vocabulary import Thresholds
from app.collocation.engine import Engine
from app.collocation.expand import expand
from app.collocation.index import Index
from app.collocation.library import Library
from app.core.paths import Paths
from tests.collocation.homes import SHARED_HOME
from tests.collocation.writing import prose

DAY = date(2026, 1, 2)


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Document]:
    """Four texts of two fields and two periods."""
    folder = tmp_path_factory.mktemp("documents")
    result = []
    for seed, (field, period) in enumerate(
        [("cs", "to2022"), ("cs", "from2023"), ("math", "from2023"), ("life", "to2022")]
    ):
        path = folder / f"{field}-{period}.txt"
        path.write_text(prose(300, seed), encoding="utf-8")
        result.append(Document(path, field, period, f"{field} texts", "CC BY 4.0", quotable=True))
    return result


@pytest.fixture(scope="session")
def packed(documents: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packed file of these texts."""
    folder = tmp_path_factory.mktemp("packed")
    build_index(Plan(documents, Thresholds(2, 2), DAY), folder / "academic.pack", folder / "work")
    return folder / "academic.pack"


@pytest.fixture(scope="session")
def small(packed: Path) -> Engine:
    """An engine over these texts."""
    path = packed.with_suffix(".index")
    expand(packed, path)
    return Engine(Index(path))


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library of a user who has just installed the program."""
    return Library(Paths.under(tmp_path_factory.getbasetemp() / SHARED_HOME))


@pytest.fixture(scope="session")
def academic(library: Library) -> Engine:
    """An engine over the index that is shipped; expanding it takes some seconds, once."""
    return library.engine()
