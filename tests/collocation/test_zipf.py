from __future__ import annotations

from app.collocation.zipf import zipf


def test_frequent_words_have_high_values() -> None:
    assert zipf("the") > 7
    assert 4 < zipf("Attention") < 6
    assert zipf("eigendecomposition") < 2
    assert zipf("qwxzy") == 0
