"""What is asked for: a title and what its names shall be like."""

from __future__ import annotations

from dataclasses import dataclass

from app.acronym.lattice import Reach
from app.acronym.limits import LEAST_LETTERS, LONGEST_USUAL, MOST_LETTERS, SHORTEST_USUAL
from app.acronym.ranking import Kind
from app.core.errors import InputError
from app.core.i18n import tr

ALL_KINDS = frozenset(Kind)


@dataclass(frozen=True)
class Query:
    """A title and the options."""

    title: str
    language: str = "en"
    """Key of the lexicon."""
    shortest: int = SHORTEST_USUAL
    longest: int = LONGEST_USUAL
    begins: str = ""
    contains: str = ""
    pattern: str = ""
    reach: Reach = Reach.ANYWHERE
    most_buried: int | None = None
    """Letters that neither begin anything nor follow on; None for any number."""
    kinds: frozenset[Kind] = ALL_KINDS
    offensive: bool = False
    """Whether names that offend are shown, too."""

    @property
    def patterns(self) -> tuple[str, ...]:
        """All that names must look like, as patterns."""
        wanted = ((self.begins, f"{self.begins}*"), (self.contains, f"*{self.contains}*"), (self.pattern, self.pattern))
        return tuple(pattern for given, pattern in wanted if given) or ("*",)


def check(query: Query) -> None:
    """Raise `InputError` when options contradict one another whatever the title is."""
    if query.shortest > query.longest:
        raise InputError(
            tr(
                "No name has at least {shortest} and at most {longest} letters. Change one of the lengths.",
                shortest=query.shortest,
                longest=query.longest,
            )
        )
    if query.shortest < LEAST_LETTERS or query.longest > MOST_LETTERS:
        raise InputError(tr("Names have {least} to {most} letters.", least=LEAST_LETTERS, most=MOST_LETTERS))
    if not query.kinds:
        raise InputError(tr("No kind of name is chosen. Choose at least one."))
    if query.most_buried is not None and query.most_buried < 0:
        raise InputError(tr("The number of buried letters is 0 or more."))
