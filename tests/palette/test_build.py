"""The catalogue is what the packages of today give."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

from app.palette.schemes import catalogue, catalogue_file


def test_the_shipped_catalogue_is_built_again(tmp_path: Path) -> None:
    # GIVEN ColorBrewer's flags as a table
    with (tmp_path / "flags.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["scheme", "type", "n", "blind", "print", "copy", "screen"])
        for scheme in catalogue().values():
            for count, flags in scheme.flags.items():
                writer.writerow([scheme.name, "", count, *str(flags).replace("-", " ")])

    # WHEN
    out = tmp_path / "catalogue.json"
    command = [sys.executable, "-m", "app.palette.build", "--flags", tmp_path / "flags.csv", "--out", out]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    # THEN
    assert done.returncode == 0, done.stderr
    assert json.loads(out.read_text()) == json.loads(catalogue_file().read_text())
