"""Reads what the side panel shows, off the window's thread: frequencies of words, examples, answers of the web."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from app.core.errors import PaperdeskError
from app.core.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.collocation.examples import Example, Examples
    from app.collocation.facets import Facet
    from app.collocation.library import Library
    from app.collocation.online import Service, Web, WebAnswer
    from app.collocation.query.syntax import Query
    from app.core.progress import Progress
    from app.ui.collocation.details import Details
    from app.ui.desk import Desk
    from app.ui.tasks import Task
    from app.ui.widgets.progress_line import ProgressLine

    Services = Mapping[str, Callable[[Web], Service]]

DELAY_MS: Final = 150
"""Who runs through the rows wants to know nothing about those in between."""
ONLINE: Final = "collocation.online"
SERVICE: Final = "collocation.service"


class DetailLoader(QObject):
    """Fills the panel.

    Args:
        desk: tasks and settings.
        library: examples of the indexes.
        details: the panel, which owns this.
        progress: shows how far it is when the sentences are expanded the first time.
        services: web services by their keys in the settings; the real ones without it.

    """

    def __init__(
        self,
        desk: Desk,
        library: Library,
        details: Details,
        progress: ProgressLine,
        services: Services | None = None,
    ) -> None:
        super().__init__(details)
        self._desk, self._library, self._details = desk, library, details
        self._progress, self._services = progress, services
        self._examples: dict[str, Examples | None] = {}
        self._opening: set[str] = set()
        self._web: Web | None = None
        self._index, self._facet, self._wants_examples = "", None, False
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(self._load)

    _facet: Facet | None

    def load(self, index: str, facet: Facet, *, examples: bool) -> None:
        """Read what belongs to the phrase that the panel shows, in a moment."""
        self._index, self._facet, self._wants_examples = index, facet, examples
        if not examples:
            self._details.show_examples(())
        self._delay.start()

    @property
    def may_ask_web(self) -> bool:
        """Whether the user allows a web service to learn what is looked up."""
        return self._desk.settings.flag(ONLINE)

    def ask_web(self, query: Query) -> None:
        """Ask the service of the settings about a query."""
        key = self._desk.settings.text(SERVICE)

        def work(_progress: Progress) -> WebAnswer:
            return self._service(key).look_up(query)

        self._details.show_web(None, tr("Asking the web…"))
        self._desk.tasks.run(work, self._details.show_web, self._note, channel="collocation.web")

    def forget(self, index: str) -> None:
        """Open the sentences of an index anew: it was built again."""
        self._examples.pop(index, None)

    def forget_web(self) -> None:
        """Show nothing of the web, whatever it is about to answer."""
        self._desk.tasks.cancel_channel("collocation.web")
        self._details.show_web(None)

    def close(self) -> None:
        """Close the cache of the web's answers."""
        if self._web is not None:
            self._web.close()
            self._web = None

    def _service(self, key: str) -> Service:
        """Return a service. What asks the web is slow to import."""
        from app.collocation.online import SERVICES, Web  # noqa: PLC0415 - see above

        if self._web is None:
            self._web = Web(self._desk.paths.cache / "web.sqlite")
        return (self._services or SERVICES)[key](self._web)

    def _note(self, error: Exception) -> None:
        if isinstance(error, PaperdeskError):
            self._details.show_web(None, str(error))
        else:
            self._desk.crashed.emit(error)

    def _load(self) -> None:
        subject, facet = self._details.subject, self._facet
        if subject is None or facet is None:
            return
        words = [slot.text for slot in subject.slots]

        def frequencies(_progress: Progress) -> dict[str, float]:
            from app.collocation.zipf import zipf  # noqa: PLC0415 - its list of words is read at the first call

            return {word: zipf(word) for word in words}

        self._desk.tasks.run(frequencies, self._details.show_zipf, channel="collocation.zipf")
        if self._wants_examples:
            self._find(subject.phrase, facet)

    def _find(self, phrase: str, facet: Facet) -> None:
        """Look for sentences with a phrase, when those of the index are open."""
        if self._index not in self._examples:
            self._open(self._index)
            return
        examples = self._examples[self._index]
        if examples is None:
            self._details.show_examples((), tr("This index has no example sentences."))
            return
        self._desk.tasks.run(
            lambda _progress: examples.find(phrase, facet), self._show_examples, channel="collocation.examples"
        )

    def _open(self, index: str) -> None:
        """Open the sentences of an index; the first time they are expanded, which goes on whatever is chosen."""
        self._details.show_examples((), tr("Preparing the examples"))
        if index in self._opening:
            return
        library = self._library
        task = self._desk.tasks.run(
            lambda progress: library.examples(index, progress),
            lambda opened: self._keep(index, opened),
            self._fail,
            self._progress.update,
        )
        self._opening.add(index)
        task.finished.connect(lambda: self._end_opening(index, task))
        self._progress.start(task, tr("Preparing the examples"))

    def _end_opening(self, index: str, task: Task) -> None:
        """Show nothing when the user has stopped it; the next phrase begins again."""
        self._opening.discard(index)
        if task.is_cancelled:
            self._details.show_examples(())

    def _keep(self, index: str, opened: Examples | None) -> None:
        self._examples[index] = opened
        self._load()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, PaperdeskError):
            self._details.show_examples((), str(error))
        else:
            self._desk.crashed.emit(error)

    def _show_examples(self, found: Sequence[Example]) -> None:
        self._details.show_examples(found, "" if found else tr("No sentence has this phrase."))
