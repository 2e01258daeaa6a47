"""What a query makes of its title before anything is searched: its letters, and the ways through them in each style."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from app.acronym.alignment import Aligner, Alignment
from app.acronym.alphabet import SIZE, fold
from app.acronym.features import Feature, Ranking, Style, Weights, shipped_weights
from app.acronym.gloss import explained_with
from app.acronym.lattice import NEVER, Floats, Reach, Ways, log_total, make_lattice, whole_pieces
from app.acronym.layers import make_layers
from app.acronym.lexicon import Lexicon, load_lexicon
from app.acronym.pattern import Automaton, make_automaton
from app.acronym.query import Query
from app.acronym.sound import sound_model
from app.acronym.title import Title, parse_title
from app.acronym.vocabulary import stem_length

LETTERS_PER_SOUND: Final = 6
"""The sound of a name is a mean over its letters; while its length is not known yet, this many are assumed."""
LEAST_STEM: Final = 4
"""Letters of a stem that says what a title is about."""


@dataclass(frozen=True)
class Ground:
    """Each part is worked out when it is first needed."""

    query: Query
    ranking: Ranking = field(default_factory=shipped_weights)

    @cached_property
    def title(self) -> Title:
        """The title taken apart. Raises `InputError`."""
        return parse_title(self.query.title)

    @cached_property
    def ways(self) -> dict[Style, Ways]:
        """The ways of each style that the query allows, the narrowest style first."""
        query = self.query
        initials = make_lattice(self.title.only(self.title.starts), self.ranking[Style.INITIALS])
        if query.reach is Reach.INITIALS:
            return {Style.INITIALS: initials}
        whole = whole_pieces(make_lattice(self.title, self.ranking[Style.WHOLE], query.reach))
        pieces = make_lattice(self.title, self.ranking[Style.PIECES], query.reach)
        ways: Ways = pieces
        if query.most_buried is not None and query.reach is Reach.ANYWHERE:
            ways = make_layers(pieces, query.most_buried)
        return {Style.INITIALS: initials, Style.WHOLE: whole, Style.PIECES: ways}

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the chosen language. Raises `InputError`."""
        return load_lexicon(self.query.language)

    @cached_property
    def related(self) -> frozenset[str]:
        """English words that are explained with a word of the title."""
        if self.query.language != "en":
            return frozenset()
        texts = {fold(slot.text) for slot in self.title.slots if slot.is_content}
        stems = {text[: stem_length(text)] for text in texts}
        return frozenset().union(*(explained_with(stem) for stem in stems if len(stem) >= LEAST_STEM))

    @cached_property
    def automaton(self) -> Automaton:
        """What names must look like. Raises `InputError`."""
        return make_automaton(self.query.patterns)

    @cached_property
    def _aligners(self) -> dict[Style, Aligner]:
        return {style: Aligner(ways) for style, ways in self.ways.items()}

    def align(self, text: str, style: Style, most: int = 1) -> list[Alignment]:
        """Return the best alignments of a folded name in a style, best first; letters are those of the title."""
        if style not in self._aligners:
            return []
        places = self.title.starts if style is Style.INITIALS else np.arange(self.title.size)
        found = self._aligners[style].all(text, most)
        return [Alignment(tuple(places[np.array(each.letters) % len(places)].tolist()), each.score) for each in found]

    @cached_property
    def rivals(self) -> dict[Style, float]:
        """Logarithm of the sum over all names of each style: what makes scores of different styles comparable."""
        totals = {style: log_total(ways, self.pairs(style), self.lengths(style)) for style, ways in self.ways.items()}
        return {style: total if np.isfinite(total) else 0.0 for style, total in totals.items()}

    def pairs(self, style: Style) -> Floats:
        """Return the score of each character after each other in a style; see `log_total`."""
        if style is not Style.PIECES:
            return np.zeros((SIZE + 1, SIZE), dtype=np.float32)
        matters = self.ranking[style][Feature.SOUND] / LETTERS_PER_SOUND
        return sound_model(self.query.language).pairs() * np.float32(matters)

    def weights(self, style: Style) -> Weights:
        """Return the weights of a style."""
        return self.ranking[style]

    def lengths(self, style: Style) -> Floats:
        """Return the weight of each length from 0 to the greatest, minus infinity for those that are not wanted."""
        query, weights = self.query, self.ranking[style]
        return np.array(
            [weights.length(size) if size >= query.shortest else NEVER for size in range(query.longest + 1)],
            dtype=np.float32,
        )
