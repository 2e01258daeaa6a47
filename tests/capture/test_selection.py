"""Whatever keys and mouse do, the chosen rectangle stays on its screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.capture.geometry import Point, Rect, Size, between
from app.capture.selection import Mode, Selection

SIZE = Size(640, 400)
anywhere = st.builds(Point, st.integers(-200, 900), st.integers(-200, 700))
steps = st.sampled_from([Point(1, 0), Point(-1, 0), Point(0, 1), Point(0, -1), Point(10, 0), Point(0, -10)])


def dragging(start: Point, end: Point) -> Selection:
    selection = Selection(SIZE, Point(0, 0))
    selection.press(start)
    selection.point(end)
    return selection


def test_a_drag_is_accepted_when_let_go() -> None:
    selection = dragging(Point(300, 200), Point(100, 50))
    assert selection.release(Point(90, 40))
    assert selection.rect == Rect(90, 40, 211, 161)


def test_a_click_chooses_nothing() -> None:
    selection = dragging(Point(300, 200), Point(301, 200))
    assert not selection.release(Point(301, 201))
    assert selection.rect is None
    assert selection.mode is Mode.AIM


def test_space_moves_the_whole_rectangle_and_then_the_corner_again() -> None:
    selection = dragging(Point(100, 100), Point(200, 150))
    selection.hold(True)
    selection.point(Point(230, 160))
    assert selection.rect == Rect(130, 110, 101, 51)
    selection.hold(False)
    selection.point(Point(240, 160))
    assert selection.rect == Rect(130, 110, 111, 51)


def test_a_rectangle_moved_against_the_edge_keeps_its_size() -> None:
    selection = dragging(Point(100, 100), Point(200, 150))
    selection.hold(True)
    selection.point(Point(-500, 5000))
    assert selection.rect == Rect(0, 349, 101, 51)


def test_arrows_nudge_a_drag_and_the_pointer_goes_on_from_there() -> None:
    selection = dragging(Point(100, 100), Point(200, 150))
    selection.arrow(Point(1, 0), resize=False)
    assert selection.rect == Rect(101, 100, 101, 51)
    selection.arrow(Point(0, 10), resize=True)
    assert selection.rect == Rect(101, 100, 101, 61)
    selection.point(Point(210, 150))
    assert selection.rect == Rect(101, 100, 111, 61)


def test_a_kept_rectangle_is_adjusted_with_keys_and_mouse() -> None:
    selection = dragging(Point(100, 100), Point(199, 149))
    assert not selection.release(Point(199, 149), keep=True)
    assert selection.mode is Mode.ADJUST
    selection.arrow(Point(-1, 0), resize=False)
    selection.arrow(Point(10, 0), resize=True)
    assert selection.rect == Rect(99, 100, 110, 50)
    selection.press(Point(150, 120))
    selection.point(Point(155, 130))
    assert not selection.release(Point(155, 130))
    assert selection.rect == Rect(104, 110, 110, 50)
    assert selection.enter()


def test_a_press_beside_a_kept_rectangle_begins_a_new_one() -> None:
    selection = dragging(Point(100, 100), Point(199, 149))
    selection.release(Point(199, 149), keep=True)
    selection.press(Point(300, 300))
    selection.point(Point(310, 320))
    assert selection.rect == Rect(300, 300, 11, 21)


@given(st.lists(steps, max_size=40), st.lists(steps, max_size=40))
def test_the_keyboard_alone_reaches_every_rectangle(aim: list[Point], draw: list[Point]) -> None:
    selection = Selection(SIZE, Point(300, 200))
    for step in aim:
        selection.arrow(step, resize=False)
    start = selection.cursor
    assert not selection.enter()
    for step in draw:
        selection.arrow(step, resize=False)
    assert selection.rect == between(start, selection.cursor)
    assert selection.enter()


class AnySequence(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.selection = Selection(SIZE, Point(9999, -9999))

    @rule(to=anywhere)
    def move(self, to: Point) -> None:
        self.selection.point(to)

    @rule(to=anywhere)
    def press(self, to: Point) -> None:
        self.selection.press(to)

    @rule(to=anywhere, keep=st.booleans())
    def release(self, to: Point, keep: bool) -> None:
        if self.selection.release(to, keep=keep):
            assert self.selection.rect is not None

    @rule(held=st.booleans())
    def hold(self, held: bool) -> None:
        self.selection.hold(held)

    @rule(step=steps, resize=st.booleans())
    def arrow(self, step: Point, resize: bool) -> None:
        self.selection.arrow(step, resize=resize)

    @rule()
    def enter(self) -> None:
        if self.selection.enter():
            assert self.selection.rect is not None

    @rule()
    def leave(self) -> None:
        self.selection.leave()

    @invariant()
    def everything_is_on_the_screen(self) -> None:
        whole = Rect(0, 0, *SIZE)
        assert whole.contains(self.selection.cursor)
        rect = self.selection.rect
        assert (rect is None) == (self.selection.mode is Mode.AIM)
        if rect is not None:
            assert whole.contains(Point(rect.x, rect.y))
            assert whole.contains(Point(rect.right - 1, rect.bottom - 1))


TestAnySequence = AnySequence.TestCase
