"""Asks while the user types: soon after the last key, one question at a time, and only the newest answer counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.collocation.library import ACADEMIC
from app.ui.collocation.asking import Found, Offers, Outcome, Totals, Wish, ask, is_sentence, offers, ranked, totals

if TYPE_CHECKING:
    from app.core.progress import Progress
    from app.ui.collocation.index_loader import IndexLoader
    from app.ui.desk import Desk

DELAY_MS: Final = 30
"""After the last key: shorter than the pause between two keys, longer than a burst of them."""
SENTENCE_DELAY_MS: Final = 300
"""Reading a sentence takes as long as many queries."""
OFFER_DELAY_MS: Final = 250
"""Half-written words find nothing; other queries are looked for when the user pauses."""
CHANNEL: Final = "collocation.ask"


class Asker(QObject):
    """Turns wishes into answers.

    Args:
        desk: the tasks.
        loader: opens the indexes.
        parent: the owner.

    """

    answered = Signal(object)
    """An `Outcome`."""
    counted = Signal(object)
    """The `Totals` of the answer."""
    offered = Signal(object)
    """The `Offers` beside the answer."""
    failed = Signal(object)
    """What went wrong."""

    def __init__(self, desk: Desk, loader: IndexLoader, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._loader = desk, loader
        self.index = ACADEMIC
        """The index that is asked, a key of `INDEXES`."""
        self.wish = Wish("")
        self.outcome: Outcome | None = None
        self._is_running = False
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(self._ask)
        self._offer_delay = QTimer(self, singleShot=True, interval=OFFER_DELAY_MS)
        self._offer_delay.timeout.connect(self._look_for_offers)
        loader.ready.connect(self._on_ready)

    @property
    def is_waiting(self) -> bool:
        """Whether a question waits for its index to be opened."""
        return bool(self.wish.text) and self._loader.engine(self.index) is None

    @property
    def is_busy(self) -> bool:
        """Whether the answer to the newest wish is still to come."""
        return self._delay.isActive() or self._is_running or self.is_waiting

    def ask(self, wish: Wish, *, at_once: bool = False) -> None:
        """Answer a wish after the next pause, or now."""
        self.wish = wish
        self._offer_delay.stop()
        if not wish.text:
            self._stop()
        elif at_once:
            self._ask()
        else:
            self._delay.start(SENTENCE_DELAY_MS if is_sentence(wish.text) else DELAY_MS)

    def ask_index(self, name: str) -> None:
        """Ask another index from now on."""
        self.index, self.outcome = name, None
        self._ask()

    def rank_again(self, wish: Wish) -> None:
        """Count and order what was found as another wish says, without another query when the text is the same."""
        found, engine = self.outcome, self._loader.engine(self.index)
        self.wish = wish
        if not isinstance(found, Found) or engine is None or found.wish.text != wish.text:
            self._ask()
            return
        self._run(lambda _progress: ranked(engine, wish, found.query, found.matches))

    def _ask(self) -> None:
        self._delay.stop()
        engine, wish = self._loader.engine(self.index), self.wish
        if engine is None:
            self._loader.open(self.index)
        elif wish.text:
            self._run(lambda _progress: ask(engine, wish))

    def _run(self, work: _Work) -> None:
        self._is_running = True
        self._desk.tasks.run(work, self._show, self._fail, channel=CHANNEL)

    def _show(self, outcome: Outcome) -> None:
        self.outcome, self._is_running = outcome, False
        self.answered.emit(outcome)
        if isinstance(outcome, Found):
            self._desk.tasks.run(lambda _progress: totals(outcome), self._count, channel="collocation.totals")
            self._offer_delay.start()

    def _count(self, found: Totals) -> None:
        self.counted.emit(found)

    def _look_for_offers(self) -> None:
        engine, found = self._loader.engine(self.index), self.outcome
        if engine is not None and isinstance(found, Found):
            self._desk.tasks.run(
                lambda _progress: offers(engine, found),
                lambda offered: self._offer(found, offered),
                channel="collocation.offers",
            )

    def _offer(self, found: Found, offered: Offers) -> None:
        if self.outcome is found:
            self.offered.emit(offered)

    def _fail(self, error: Exception) -> None:
        self.outcome, self._is_running = None, False
        self.failed.emit(error)

    def _stop(self) -> None:
        self._delay.stop()
        for channel in (CHANNEL, "collocation.totals", "collocation.offers"):
            self._desk.tasks.cancel_channel(channel)
        self.outcome, self._is_running = None, False

    def _on_ready(self, name: str) -> None:
        if name == self.index:
            self._ask()


if TYPE_CHECKING:
    from collections.abc import Callable

    _Work = Callable[[Progress], Outcome]
