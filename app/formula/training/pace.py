"""How many threads learn: as many as are fastest just now, for other programs come and go."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final

KEPT_STEPS: Final = 36
"""Steps between two trials of the other numbers of threads."""
TRIED_STEPS: Final = 5
"""Steps of a trial: sizes of batches differ, so that one says little."""


class Pace:
    """Chooses among numbers of threads by the pixels a second that each has learnt from lately.

    Args:
        choices: numbers of threads to choose from.
        use: makes a number of threads the present one.
        clock: seconds.

    """

    def __init__(
        self, choices: Sequence[int], use: Callable[[int], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.choices = list(choices)
        self._use, self._clock = use, clock
        self._rates: dict[int, float] = {}
        self._waiting = list(self.choices)
        self.threads = self._waiting.pop(0)
        self._left = TRIED_STEPS
        self._pixels, self._seconds = 0, 0.0
        use(self.threads)

    def begin(self) -> None:
        """Start the clock of a step."""
        self._began = self._clock()

    def end(self, pixels: int) -> None:
        """Stop the clock of a step on so many `pixels`, and change the number of threads when its turn is over."""
        self._seconds += self._clock() - self._began
        self._pixels += pixels
        self._left -= 1
        if self._left <= 0 and len(self.choices) > 1:
            self._turn()

    def _turn(self) -> None:
        """Note the rate of the present number of threads and go on to the next: one to try, or the fastest."""
        self._rates[self.threads] = self._pixels / max(self._seconds, 1e-9)
        self._pixels, self._seconds = 0, 0.0
        if self._waiting:
            self.threads, self._left = self._waiting.pop(0), TRIED_STEPS
        else:
            self.threads = max(self._rates, key=lambda number: self._rates[number])
            self._left = KEPT_STEPS
            self._waiting = [number for number in self.choices if number != self.threads]
        self._use(self.threads)
