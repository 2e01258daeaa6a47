"""The user's own data as a figure: a table in CSV, or a figure of Plotly as JSON. Never a pickle."""

from __future__ import annotations

import base64
import binascii
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.core.errors import InputError
from app.core.files import shown_name
from app.core.i18n import tr
from app.palette.colour import Floats
from app.palette.figures.data import Series, Table
from app.palette.files import read_json, read_text
from app.palette.sources import refuse_pickle

_MOST_ROWS: Final = 100_000
_MOST_SERIES: Final = 40
_FIELD: Final = 13
"""A table of numbers with so many columns or more is shown as a heat map."""
_KINDS: Final = {"scatter": "line", "scattergl": "line", "bar": "bar", "heatmap": "heatmap", "contour": "heatmap"}
"""Type of a trace of Plotly to kind of figure."""


def read_table(path: Path) -> Table:
    """Return what a CSV or JSON file of the user shows. Raises `InputError` that says what cannot be drawn."""
    refuse_pickle(path)
    return _plotly(path) if path.suffix.lower() == ".json" else _csv(path)


def _csv(path: Path) -> Table:
    rows = [row for row in _rows(path) if any(cell.strip() for cell in row)]
    header = _header(rows)
    body = rows[1:] if header else rows
    if not body:
        raise InputError(tr("There are no rows of numbers in {name}.", name=shown_name(path)))
    width = max(map(len, body))
    columns = [[row[place] if place < len(row) else "" for row in body] for place in range(width)]
    names = [header[place] if place < len(header) else f"{place + 1}" for place in range(width)]
    return _table(path, dict(zip(_unique(names), columns, strict=True)))


def _rows(path: Path) -> list[list[str]]:
    text = read_text(path)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:10_000], ",;\t")
    except csv.Error:
        dialect = csv.excel
    try:
        return list(csv.reader(io.StringIO(text), dialect))[:_MOST_ROWS]
    except csv.Error as error:
        raise InputError(tr("{name} is no table: {reason}.", name=shown_name(path), reason=error)) from error


def _header(rows: Sequence[Sequence[str]]) -> Sequence[str]:
    """Return the first row if it names the columns: nothing in it but its first cell is a number."""
    return rows[0] if rows and not any(_is_number(cell) for cell in rows[0][1:] or rows[0]) else ()


def _unique(names: Sequence[str]) -> list[str]:
    return [name if name not in names[:place] else f"{name} {place + 1}" for place, name in enumerate(names)]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _table(path: Path, columns: Mapping[str, Sequence[str]]) -> Table:
    """Return a table whose first column are the places; bars if those are words."""
    (first, places), *others = columns.items()
    series = {name: _numbers(column) for name, column in others}
    numeric = {name: values for name, values in series.items() if np.isfinite(values).any()}
    if all(map(_is_number, places)):
        x = _numbers(places)
        if not others:
            numeric, x = {first: x}, np.arange(len(x), dtype=np.float64)
        kind, labels = ("heatmap" if len(numeric) >= _FIELD else "line"), []
    else:
        x, kind, labels = np.arange(len(places), dtype=np.float64), "bar", list(places)
    if not numeric:
        raise InputError(tr("There are no rows of numbers in {name}.", name=shown_name(path)))
    found = tuple(Series(name, x, values) for name, values in numeric.items())[:_MOST_SERIES]
    return Table(path.stem, found, tuple(labels), kind)


def _numbers(column: Sequence[Any]) -> Floats:
    """Return a column as numbers; what is none becomes a gap."""
    return np.array([float(cell) if _is_number(str(cell)) else np.nan for cell in column])


def _plotly(path: Path) -> Table:
    """Return the traces of a figure that can be drawn here, those of the first one's kind."""
    content = read_json(path)
    traces = content.get("data") if isinstance(content, dict) else None
    found = [trace for trace in (traces if isinstance(traces, list) else []) if isinstance(trace, dict)]
    kinds = [_KINDS.get(str(trace.get("type", "scatter"))) for trace in found]
    kind = next((each for each in kinds if each), None)
    if kind is None:
        raise InputError(
            tr("{name} has no lines, points, bars or heat map, which can be shown here.", name=shown_name(path))
        )
    chosen = [trace for trace, each in zip(found, kinds, strict=True) if each == kind][:_MOST_SERIES]
    try:
        return _drawn(path, kind, chosen)
    except (ValueError, TypeError, KeyError, binascii.Error) as error:
        raise InputError(tr("The data of {name} cannot be read.", name=shown_name(path))) from error


def _drawn(path: Path, kind: str, traces: Sequence[Mapping[str, Any]]) -> Table:
    if kind == "heatmap":
        rows = np.atleast_2d(_array(traces[0]["z"])).astype(np.float64)
        places = np.arange(rows.shape[1], dtype=np.float64)
        return Table(path.stem, tuple(Series(str(number), places, row) for number, row in enumerate(rows)), (), kind)
    labels = tuple(map(str, _array(traces[0].get("x", [])))) if kind == "bar" else ()
    series = tuple(_series(traces, labels))
    if kind == "line" and all(trace.get("mode") == "markers" for trace in traces):
        kind = "scatter"
    return Table(path.stem, series, labels, kind)


def _series(traces: Sequence[Mapping[str, Any]], labels: Sequence[str]) -> Iterator[Series]:
    for number, trace in enumerate(traces, 1):
        y = _numbers(_array(trace["y"]))
        x = np.arange(len(y), dtype=np.float64)
        if not labels and "x" in trace:
            given = _numbers(_array(trace["x"]))
            x = given if len(given) == len(y) and np.isfinite(given).any() else x
        if labels:
            y = np.pad(y[: len(labels)], (0, max(len(labels) - len(y), 0)), constant_values=np.nan)
        yield Series(str(trace.get("name", number)), x[: len(y)], y)


def _array(value: Any) -> Any:
    """Return what a trace has as list or as base64 of an array, the two forms of Plotly's JSON."""
    if isinstance(value, dict):
        flat = np.frombuffer(base64.b64decode(value["bdata"], validate=True), np.dtype(str(value["dtype"])))
        shape = [int(size) for size in str(value.get("shape", len(flat))).split(",")]
        return flat.reshape(shape)
    return np.array(value, dtype=object) if isinstance(value, list) else np.array([])
