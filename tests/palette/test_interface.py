from __future__ import annotations

import subprocess
import sys

import pytest

from app import palette


def test_every_part_of_the_interface_is_there() -> None:
    assert all(getattr(palette, name) is not None for name in palette.__all__)
    assert sorted(name for names in palette._HOMES.values() for name in names) == palette.__all__
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = palette.nothing


def test_settings_and_commands_come_without_what_computes() -> None:
    # GIVEN
    program = (
        "import sys, app.palette.options, app.cli.palette\n"
        "print([name for name in ('numpy', 'matplotlib', 'plotly', 'PIL') if name in sys.modules])"
    )

    # WHEN / THEN
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
