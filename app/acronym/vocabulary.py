"""What is known about the words of titles: which carry no meaning, where phrases begin, which prefixes are common."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

BREAKS: Final = frozenset(
    {"for", "in", "on", "to", "with", "by", "from", "via", "using", "at", "as", "over", "under", "between", "through"}
    | {"without", "within", "towards", "toward"}
)
"""A new phrase of the title begins at these."""
STOP_WORDS: Final = BREAKS | frozenset(
    {"a", "an", "the", "and", "or", "of", "is", "are", "be", "its", "it", "their", "this", "that", "these", "those"}
    | {"into", "onto", "based", "than", "but", "not", "can", "how", "what", "when", "where", "which", "who", "why"}
    | {"do", "does", "we", "our", "your", "you"}
)
"""Leaving them out costs nothing."""
FILLERS: Final = frozenset(
    {"novel", "new", "first", "unified", "comprehensive", "simple", "general", "generic", "robust", "improving"}
    | {"efficient", "effective", "scalable", "lightweight", "large", "scale", "largescale", "end", "endtoend"}
    | {"framework", "frameworks", "approach", "method", "methods", "model", "models", "system", "systems", "tool"}
    | {"dataset", "datasets", "benchmark", "study", "library", "toolkit", "package", "architecture"}
    | {"algorithm", "technique", "techniques", "task", "tasks"}
)
"""Words that so many titles have that names seldom use them and do without them at little cost."""
NOT_IN_TITLES: Final = STOP_WORDS | frozenset(
    {"about", "above", "across", "after", "against", "all", "also", "although", "among", "any", "anything", "around"}
    | {"because", "been", "before", "being", "below", "both", "could", "does", "done", "down", "during", "each", "else"}
    | {"even", "every", "everything", "few", "further", "had", "has", "have", "here", "however", "if", "lot", "many"}
    | {"may", "might", "more", "most", "much", "must", "need", "neither", "no", "nor", "off", "often", "one", "only"}
    | {"open", "other", "otherwise", "out", "per", "rather", "remain", "remains", "same", "several", "shall", "she"}
    | {"should", "since", "so", "some", "something", "still", "such", "then", "there", "therefore", "they", "though"}
    | {"throughout", "thus", "too", "until", "up", "upon", "us", "use", "very", "was", "way", "well", "were", "whether"}
    | {"while", "whose", "will", "would", "yet", "them", "he", "her", "his", "him", "my", "me", "any", "own", "via"}
)
"""Words that are frequent in papers and that no title is made of."""
_PREFIXES: Final = (
    *("super", "hyper", "multi", "intra", "trans", "under", "cross", "micro", "macro", "meta", "self", "semi"),
    *("auto", "over", "photo", "electro", "neuro", "spatio", "video", "audio", "anti", "counter", "bench", "data"),
)
_SUFFIXES: Final = ("former", "fusion", "graph", "scope", "flow", "sphere")
_ENDINGS: Final = {"network": "net", "former": "former", "fusion": "fusion", "graph": "graph", "flow": "flow"}
"""Words of titles with the letters of them that names end with."""
_INFLECTIONS: Final = ("alization", "ization", "izing", "ation", "ing", "ers", "ies", "ed", "er", "es", "al", "s")
_AFTER_CONSONANTS: Final = frozenset({"ed", "er", "ers", "es", "al"})
"""Endings that leave a stem only after two consonants: augment-ed, but guide-d and neural."""
_VOWELS: Final = frozenset("aeiouy")
_LEAST_REST: Final = 4
"""Letters that a prefix or a suffix leaves at least."""


def part_starts(spelled: Sequence[str], *, ignore_case: bool) -> set[int]:
    """Return where the parts of a word begin: at its start, at a capital after a small letter, after a common prefix.

    Args:
        spelled: the characters of the word as the title writes them.
        ignore_case: whether capitals say nothing.

    """
    starts = {0}
    if not ignore_case:
        starts |= {at for at, (before, here) in enumerate(pairwise(spelled), 1) if before.islower() and here.isupper()}
    word = "".join(spelled).lower()
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) >= len(prefix) + _LEAST_REST:
            starts.add(len(prefix))
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) >= len(suffix) + 3:
            starts.add(len(word) - len(suffix))
            break
    return starts


def suffix_end(word: str) -> int:
    """Return how many letters of a folded word lead to the end of a customary ending of names, 0 for none."""
    for long, short in _ENDINGS.items():
        at = word.find(long)
        if at >= 0:
            return at + len(short)
    return 0


def stem_length(word: str) -> int:
    """Return how many letters of a folded word are left without a common ending of inflection or derivation."""
    for ending in _INFLECTIONS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _LEAST_REST:
            continue
        if ending not in _AFTER_CONSONANTS or not _VOWELS & set(stem[-2:]):
            return len(stem)
    return len(word)
