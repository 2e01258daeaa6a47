from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.ui.history_listing import Change, Listing, change, runs

LISTINGS = st.builds(
    lambda pinned, others: Listing(
        sorted(pinned, reverse=True) + sorted(others - pinned, reverse=True),
        len(pinned),
    ),
    st.sets(st.integers(1, 40), max_size=12),
    st.sets(st.integers(1, 40)),
)


def applied(old: Listing, steps: Change, new: Listing) -> list[int]:
    ids = list(old.ids)
    for first, last in reversed(steps.removed):
        del ids[first : last + 1]
    for first, last in steps.inserted:
        ids[first:first] = new.ids[first : last + 1]
    return ids


@given(LISTINGS, LISTINGS)
def test_a_change_leads_from_any_list_to_any_other(old: Listing, new: Listing) -> None:
    # GIVEN two lists
    steps = change(old, new)

    # WHEN / THEN
    assert applied(old, steps, new) == list(new.ids)


def test_what_stays_is_not_touched() -> None:
    # GIVEN one entry deleted, one pinned, two new
    old = Listing([7, 9, 5, 4, 3, 1], 1)
    new = Listing([7, 4, 11, 10, 9, 3, 1], 2)

    # WHEN / THEN
    assert change(old, new) == Change(removed=[(2, 3)], inserted=[(1, 3)])


@given(LISTINGS)
def test_every_entry_is_found_in_its_row(whole: Listing) -> None:
    # GIVEN any list, WHEN / THEN
    assert [whole.row_of(entry_id) for entry_id in whole.ids] == list(range(len(whole.ids)))
    assert whole.row_of(99) is None
    assert whole.rows_of({99, *whole.ids[1:]}) == list(range(1, len(whole.ids)))


def test_rows_that_follow_each_other_are_one_run() -> None:
    # GIVEN / WHEN / THEN
    assert runs([0, 1, 2, 5, 7, 8]) == [(0, 2), (5, 5), (7, 8)]
    assert runs([]) == []
