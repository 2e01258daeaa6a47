"""An X server of its own for every test, and a stack of what has to be closed after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.e2e.virtual_screens import x_server


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as entered:
        yield entered


@pytest.fixture
def display(stack: ExitStack) -> str:
    return stack.enter_context(x_server())
