"""Queries made up by chance from the words of an index, with every operator of the language."""

from __future__ import annotations

from hypothesis import strategies as st

from app.collocation.tags import CLASS_NAMES

CLASSES = [name for names in CLASS_NAMES.values() for name in names]


def queries(words: list[str]) -> st.SearchStrategy[str]:
    """Queries of one to four elements, with an alternative whole query now and then."""
    word = st.sampled_from(words)
    spelled = st.builds(
        lambda text, cut, side: f"{text[:cut]}$" if side else f"${text[-cut:]}", word, st.integers(1, 3), st.booleans()
    )
    simple = st.one_of(
        word,
        word,
        st.just("_"),
        st.sampled_from(CLASSES),
        word.map("~{}".format),
        word.map("#{}".format),
        word.map("[[{}]]".format),
        spelled,
    )
    several = st.lists(simple, min_size=2, max_size=3)
    element = st.one_of(
        simple,
        simple,
        st.sampled_from(["*", "+"]),
        simple.map("?{}".format),
        several.map("/".join),
        st.lists(word, min_size=2, max_size=3).map("_".join),
        several.map(lambda parts: f"[{' '.join(parts)}]"),
        several.map(lambda parts: f"{{{' '.join(parts)}}}"),
    )
    sequence = st.lists(element, min_size=1, max_size=4).map(" ".join)
    return st.one_of(sequence, sequence, st.tuples(sequence, sequence).map(" | ".join))
