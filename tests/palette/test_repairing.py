from __future__ import annotations

import pytest

from app.core.errors import Cancelled
from app.palette import NotRepaired, Palette, Repair, Standard, check, find, repair
from tests.palette.test_making import StopsAtOnce


@pytest.mark.parametrize(("name", "most"), [("tab10", 30), ("plotly.Plotly", 42)])
def test_defaults_are_repaired_and_still_look_like_themselves(name: str, most: float) -> None:
    # GIVEN
    broken = find(name).largest
    assert check(broken).distance < 2

    # WHEN
    done = repair(broken)

    # THEN the limit is reached by small moves, and colours that nobody confuses stay
    assert check(done.palette).distance >= 10
    assert sum(done.moved) < most
    assert max(done.moved) < 12
    assert len(done.palette) == len(broken)


def test_nothing_moves_in_a_palette_that_is_safe() -> None:
    done = repair(find("petroff10").largest)
    assert done.palette.colours == find("petroff10").largest.colours
    assert set(done.moved) == {0.0}


def test_a_seed_gives_the_same_repair() -> None:
    assert repair(find("Dark2").at(5), seed=2) == repair(find("Dark2").at(5), seed=2)


def test_pinned_colours_stay() -> None:
    # GIVEN two colours that are confused, one of them pinned
    broken = find("tab10").at(4)

    # WHEN
    done = repair(broken, pinned=frozenset({1}))

    # THEN
    assert done.palette.colours[1] == broken.colours[1]
    assert check(done.palette).is_safe


def test_the_same_colour_twice_becomes_two() -> None:
    done = repair(Palette.of(["#d62728", "#d62728", "#1f77b4"]))
    assert check(done.palette).distance >= 10
    assert done.palette.colours[2] == "#1f77b4"


def test_a_high_limit_is_reached_by_new_colours_if_need_be() -> None:
    assert check(repair(Palette.of(["#000000"] * 6), Standard(limit=20)).palette).distance >= 20


def test_a_limit_out_of_reach_is_told_with_what_can_be_had() -> None:
    with pytest.raises(
        NotRepaired, match=r"4 colours cannot be moved to a distance of 90.*most that was found is \d\d"
    ):
        repair(find("tab10").at(4), Standard(limit=90))


def test_pinned_colours_that_are_too_near_are_told() -> None:
    with pytest.raises(NotRepaired, match="2 colours cannot be moved"):
        repair(Palette.of(["#ff0000", "#fe0000"]), pinned=frozenset({0, 1}))


def test_too_many_colours_are_told() -> None:
    with pytest.raises(NotRepaired, match="At most 40"):
        repair(Palette.of([f"{number:06x}" for number in range(200)]))


class StopsLater:
    """Stops the work once something was found."""

    def __init__(self) -> None:
        self.found: list[Repair] = []

    def report(self, done: float, total: float | None = None, text: str = "") -> None:
        if self.found:
            raise Cancelled


def test_what_was_found_before_the_end_is_handed_out() -> None:
    # GIVEN somebody who stops as soon as there is something
    user = StopsLater()

    # WHEN
    with pytest.raises(Cancelled):
        repair(find("tab10").largest, progress=user, on_better=user.found.append)

    # THEN it is safe already; the work that is not stopped finds nothing worse
    assert len(user.found) == 1
    assert check(user.found[0].palette).is_safe
    assert sum(repair(find("tab10").largest).moved) <= sum(user.found[0].moved)


def test_repairing_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        repair(find("tab10").largest, progress=StopsAtOnce())
