"""Which entries the history lists, in order, and how one such list becomes another."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from operator import neg
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from app.core.history import History

Run = tuple[int, int]
"""First and last of rows that follow each other."""


@dataclass(frozen=True)
class Filter:
    """Which entries are listed: `tool` None stands for all tools."""

    query: str = ""
    tool: str | None = None
    pinned: bool = False


@dataclass(frozen=True)
class Listing:
    """The ids of the listed entries: pinned ones first, among them and after them the newest first."""

    ids: Sequence[int] = ()
    pinned: int = 0
    """How many of them are pinned."""

    def row_of(self, entry_id: int) -> int | None:
        """Return the row of an entry, None when it is not listed."""
        for start, end in ((0, self.pinned), (self.pinned, len(self.ids))):
            row = bisect_left(self.ids, -entry_id, start, end, key=neg)
            if row < end and self.ids[row] == entry_id:
                return row
        return None

    def rows_of(self, entry_ids: Collection[int]) -> list[int]:
        """Return the rows of those of these entries that are listed, from the top."""
        wanted = set(entry_ids)
        return [row for row, entry_id in enumerate(self.ids) if entry_id in wanted] if wanted else []


@dataclass(frozen=True)
class Change:
    """Rows to take away, numbered as in the old list, then rows to put in, numbered as in the new one."""

    removed: list[Run]
    inserted: list[Run]


def listing(history: History, wanted: Filter) -> Listing:
    """Read which entries pass a filter. Raises `StorageError`."""
    pinned = history.ids(wanted.query, tool=wanted.tool, pinned=True)
    others = [] if wanted.pinned else history.ids(wanted.query, tool=wanted.tool, pinned=False)
    return Listing(pinned + others, len(pinned))


def change(old: Listing, new: Listing) -> Change:
    """Return the fewest rows to remove and insert; an entry that was pinned or released goes and comes."""
    removed, inserted = list[int](), list[int]()
    for before, after in zip(_parts(old), _parts(new), strict=True):
        gone, come = set(before.ids) - set(after.ids), set(after.ids) - set(before.ids)
        removed += [before.pinned + row for row in before.rows_of(gone)]
        inserted += [after.pinned + row for row in after.rows_of(come)]
    return Change(runs(removed), runs(inserted))


def runs(rows: Iterable[int]) -> list[Run]:
    """Return ascending rows as runs."""
    found: list[Run] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def _parts(whole: Listing) -> tuple[Listing, Listing]:
    """Return the pinned entries and the others; `pinned` is where each part begins."""
    return Listing(whole.ids[: whole.pinned], 0), Listing(whole.ids[whole.pinned :], whole.pinned)
