"""What a query makes of its title before anything is searched: its letters, and the ways through them in each style."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from app.acronym.alignment import Aligner, Alignment
from app.acronym.alphabet import fold
from app.acronym.features import OF_WORDS, SPELLED, WORDS, Feature, Ranking, Style, Weights, shipped_weights
from app.acronym.gloss import explained_with
from app.acronym.lattice import NEVER, Lattice, Reach, Ways, log_total, make_lattice, whole_pieces
from app.acronym.layers import make_layers
from app.acronym.lexicon import LONGEST, Lexicon, load_lexicon
from app.acronym.path import Floats, PathCounts, count_path
from app.acronym.pattern import Automaton, make_automaton
from app.acronym.query import Query
from app.acronym.sound import sound_of
from app.acronym.title import Title, parse_title
from app.acronym.vocabulary import stem_length
from app.acronym.word_merits import word_merits
from app.acronym.words import FoundWords, find_words

LEAST_STEM: Final = 4
"""Letters of a stem that says what a title is about."""


STYLES_OF: Final = {
    Reach.INITIALS: SPELLED,
    Reach.BEGINNINGS: tuple(style for style in Style if style is not Style.PIECES),
    Reach.ANYWHERE: tuple(Style),
}
"""The styles of names whose letters come from where they may."""


@dataclass(frozen=True)
class Ground:
    """Each part is worked out when it is first needed."""

    query: Query
    ranking: Ranking = field(default_factory=shipped_weights)
    _words: dict[Style, FoundWords] = field(default_factory=dict, init=False, repr=False, compare=False)
    _rivals: dict[Style, float] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def title(self) -> Title:
        """The title taken apart. Raises `InputError`."""
        return parse_title(self.query.title)

    @cached_property
    def counts(self) -> PathCounts:
        """The features of the title's letters and words."""
        return count_path(self.title)

    @cached_property
    def ways(self) -> dict[Style, Ways]:
        """The ways of each style that the query allows."""
        return {style: self._way(style) for style in STYLES_OF[self.query.reach]}

    def _way(self, style: Style) -> Ways:
        lattice, most = self.lattice(style), self.query.most_buried
        buries = style in (Style.PIECES, Style.WORD) and self.query.reach is Reach.ANYWHERE
        return make_layers(lattice, most) if most is not None and buries else lattice

    def lattice(self, style: Style) -> Lattice:
        """Return the lattice of a style with any number of buried letters."""
        weights, reach = self.ranking[style], self.query.reach
        if style in SPELLED:
            return make_lattice(self.counts.only(self.title.starts), weights)
        if style is Style.WHOLE:
            return whole_pieces(make_lattice(self.counts, weights))
        return make_lattice(self.counts, weights, Reach.BEGINNINGS if style is Style.BEGINNINGS else reach)

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
        places = self.title.starts if style in SPELLED else np.arange(self.title.size)
        found = self._aligners[style].all(text, most)
        return [Alignment(tuple(places[np.array(each.letters) % len(places)].tolist()), each.score) for each in found]

    def words(self, style: Style) -> FoundWords:
        """Return all words that run through the title in a style of words, with their scores but for the style's worth.

        What is within one word of the title is no name for it, unless it is made of first letters.
        """
        if style not in self._words:
            self._words[style] = self._find_words(style)
        return self._words[style]

    def _find_words(self, style: Style) -> FoundWords:
        lexicon, weights = self.lexicon, self.ranking[style]
        found = find_words(self.ways[style], lexicon, self.query.longest)
        lengths = np.full(LONGEST + 1, NEVER, dtype=np.float32)
        lengths[: self.query.longest + 1] = self.lengths(style)
        scores = found.scores + lengths[lexicon.lengths[found.words]]
        scores += word_merits(self.query.language)[found.words] @ weights.of(OF_WORDS)
        if weights[Feature.RELATED]:
            scores += weights[Feature.RELATED] * np.isin(found.words, lexicon.places(self.related))
        if style is Style.WORD:
            scores[np.isin(found.words, lexicon.places(self.title.pieces))] = NEVER
        kept = scores > NEVER
        return FoundWords(found.words[kept], scores[kept])

    def rivals(self, style: Style) -> float:
        """Return the logarithm of the sum over all that a style offers: what makes scores of styles comparable.

        It is the inclusive value of a nested logit model (McFadden 1978), 0 where there is nothing.
        """
        if style not in self._rivals:
            if style in WORDS:
                total = float(np.logaddexp.reduce(self.words(style).scores))
            else:
                total = log_total(self.ways[style], self.pairs(style), self.lengths(style))
            self._rivals[style] = total if np.isfinite(total) else 0.0
        return self._rivals[style]

    def pairs(self, style: Style) -> Floats:
        """Return the score of each character after each other in a style; see `log_total`."""
        return sound_of(self.query.language) * np.float32(self.ranking[style][Feature.SOUND])

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
