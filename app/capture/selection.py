"""How keys and mouse choose a rectangle of pixels. No Qt: the windows translate events and draw the outcome.

The rectangle always has two corner pixels, both included: the `anchor`, where it was begun, and the `cursor`.
"""

from __future__ import annotations

from enum import Enum

from app.capture.geometry import Point, Rect, Size, between, clamp

MINIMUM_DRAG = 4
"""Pixels the longer side must have for a press and release to be a drag and not a click."""


class Mode(Enum):
    """What moving the pointer does."""

    AIM = "nothing chosen yet: the crosshair follows"
    DRAG = "the mouse button is down: the free corner follows"
    DRAW = "begun with a key: the free corner follows arrows and pointer"
    ADJUST = "chosen but not accepted: arrows and mouse shift it"
    SHIFT = "the mouse has grabbed the chosen rectangle and moves it"


class Selection:
    """The choice on one screen, whose picture has `size` pixels."""

    def __init__(self, size: Size, cursor: Point) -> None:
        self.size = size
        self.cursor = clamp(cursor, size)
        self.anchor: Point | None = None
        self.mode = Mode.AIM
        self.moves_whole = False
        self._pointer = self.cursor
        self._lead = Point(0, 0)

    @property
    def rect(self) -> Rect | None:
        """The chosen pixels, None while there are none."""
        return None if self.anchor is None else between(self.anchor, self.cursor)

    def point(self, pointer: Point) -> None:
        """Follow the pointer to a pixel, which may lie outside the screen."""
        step = Point(pointer.x - self._pointer.x, pointer.y - self._pointer.y)
        self._pointer = pointer
        if self.mode is Mode.SHIFT or (self.mode is Mode.DRAG and self.moves_whole):
            self._shift(step)
        elif self.mode in (Mode.AIM, Mode.DRAW):
            self.cursor = clamp(pointer, self.size)
        elif self.mode is Mode.DRAG:
            self.cursor = clamp(Point(pointer.x + self._lead.x, pointer.y + self._lead.y), self.size)

    def press(self, pointer: Point) -> None:
        """Begin a rectangle at the pointer, or grab the chosen one."""
        self._pointer = clamp(pointer, self.size)
        rect = self.rect
        if self.mode is Mode.ADJUST and rect is not None and rect.contains(pointer):
            self.mode = Mode.SHIFT
            return
        self.mode = Mode.DRAG
        self.anchor = self.cursor = self._pointer
        self._lead = Point(0, 0)

    def release(self, pointer: Point, *, keep: bool = False) -> bool:
        """Let go of the mouse button; True when that accepts the rectangle, which `keep` leaves open to adjusting."""
        self.point(pointer)
        mode, rect = self.mode, self.rect
        if mode is Mode.SHIFT:
            self.mode = Mode.ADJUST
        if mode is not Mode.DRAG or rect is None:
            return False
        self.moves_whole = False
        if max(rect.width, rect.height) < MINIMUM_DRAG:
            self.mode, self.anchor = Mode.AIM, None
            return False
        self.mode = Mode.ADJUST
        return not keep

    def hold(self, held: bool) -> None:
        """Make the drag move the whole rectangle for as long as the key is held."""
        if self.mode is Mode.DRAG and self.moves_whole != held:
            self.moves_whole = held
            self._lead = Point(self.cursor.x - self._pointer.x, self.cursor.y - self._pointer.y)

    def arrow(self, step: Point, *, resize: bool) -> None:
        """Move crosshair, free corner or the whole rectangle by whole pixels, whichever the mode has under its keys."""
        if self.mode in (Mode.DRAG, Mode.ADJUST) and not resize:
            self._shift(step)
        else:
            self.cursor = clamp(Point(self.cursor.x + step.x, self.cursor.y + step.y), self.size)
        if self.mode is Mode.DRAG:
            self._lead = Point(self.cursor.x - self._pointer.x, self.cursor.y - self._pointer.y)

    def enter(self) -> bool:
        """Begin a rectangle at the crosshair, or accept the one there is: True."""
        if self.mode is not Mode.AIM:
            return self.anchor is not None
        self.anchor, self.mode = self.cursor, Mode.DRAW
        return False

    def leave(self) -> None:
        """Forget what was begun: the crosshair has gone to another screen."""
        self.anchor, self.mode, self.moves_whole = None, Mode.AIM, False

    def _shift(self, step: Point) -> None:
        rect = self.rect
        if rect is None or self.anchor is None:
            return
        dx = min(max(step.x, -rect.x), self.size.width - rect.right)
        dy = min(max(step.y, -rect.y), self.size.height - rect.bottom)
        self.anchor = Point(self.anchor.x + dx, self.anchor.y + dy)
        self.cursor = Point(self.cursor.x + dx, self.cursor.y + dy)
