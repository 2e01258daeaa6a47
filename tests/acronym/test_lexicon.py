from __future__ import annotations

import pytest

from app.acronym.features import FREQUENCIES, Feature
from app.acronym.gloss import gloss
from app.acronym.lexicon import LANGUAGES, NO_WORD, Lexicon, load_lexicon
from app.acronym.offensive import OFFENSIVE_LANGUAGES, offends_in, offensive_among, offensive_file
from app.acronym.sound import sound
from app.acronym.taken import taken_by
from app.acronym.word_merits import merits_of_word
from app.core.errors import InputError


def walk(lexicon: Lexicon, node: tuple[int, int]) -> str:
    depth, at = node
    letters = ""
    while depth >= 0:
        level = lexicon.levels[depth]
        letters = chr(ord("a") + level.letter[at]) + letters
        at = int(level.parent[at])
        depth -= 1
    return letters


def test_the_trie_holds_exactly_its_words(lexicon: Lexicon) -> None:
    # WHEN every node at which a word ends is followed back to the root
    found = {
        walk(lexicon, (depth, at)): lexicon.words[word]
        for depth, level in enumerate(lexicon.levels)
        for at, word in enumerate(level.word.tolist())
        if word != NO_WORD
    }

    # THEN each spells its word, and a node leads on when there are longer words
    assert found == {word: word for word in lexicon.words}
    spinet = [level.leads_on[level.letter == ord("e") - ord("a")].tolist() for level in lexicon.levels]
    assert spinet[4] == [True]
    assert spinet[5] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_words(language: str) -> None:
    lexicon = load_lexicon(language)
    assert len(lexicon.words) >= 50_000
    assert list(lexicon.words) == sorted(set(lexicon.words))
    assert {"en": "glow", "de": "baum", "es": "arbol", "fr": "arbre", "it": "albero"}[language] in lexicon.words


def test_a_language_without_a_lexicon_is_refused() -> None:
    with pytest.raises(InputError, match="en, de"):
        load_lexicon("xx")


def test_words_are_found_and_others_are_not() -> None:
    lexicon = load_lexicon("en")
    assert lexicon.words[lexicon.place("darts")] == "darts"
    assert lexicon.place("djcm") == lexicon.place("zzzzzz") == lexicon.place("") == NO_WORD


def test_what_can_be_said_sounds_better_than_what_cannot() -> None:
    assert sound("en", "glow") > sound("en", "xqzt")
    assert sound("de", "schnitt") > sound("en", "schnitt")


def test_words_are_told_by_what_they_are() -> None:
    lexicon = load_lexicon("en")
    darts, dart, painted = (merits_of_word("en", lexicon.place(word)) for word in ("darts", "dart", "painted"))
    assert darts[Feature.PLURAL] == painted[Feature.INFLECTED] == dart[Feature.EXPLAINED] == 1
    assert dart[Feature.PLURAL] == dart[Feature.INFLECTED] == 0
    assert all(sum(word[band] for band in FREQUENCIES) == 1 for word in (darts, dart, painted))


def test_meanings() -> None:
    assert gloss("spine").startswith("n. ")
    assert gloss("spines") == gloss("spine")
    assert gloss("djcm") == ""


def test_names_of_models_are_known_however_they_are_written() -> None:
    assert {each.name for each in taken_by("RoBERTa")} >= {"roberta"}
    assert taken_by("ro-ber-ta") == taken_by("ROBERTA")
    assert {each.source for each in taken_by("convnext")} == {"transformers", "timm"}
    assert taken_by("qqqqq") == ()


def test_names_offend_as_a_whole_or_when_coined_in_part() -> None:
    # GIVEN the first word of four letters of each list that is looked for in parts
    import gzip  # noqa: PLC0415 - only to look at the list without writing its words here

    lines = [line.split() for line in gzip.decompress(offensive_file().read_bytes()).decode().splitlines()]
    for language in OFFENSIVE_LANGUAGES:
        word = next(word for key, word in lines if key == language and len(word) >= 4)

        # THEN it offends alone, and inside a new name unless it is pinyin, and not inside a real word
        assert language in offends_in(word, is_word=True)
        assert (language in offends_in(f"q{word}q", is_word=False)) == (language != "zh")
        assert offends_in(f"q{word}q", is_word=True) == ()
        names = [f"q{word}q", word, "roben", f"{word}en"]
        assert offensive_among(names) == {name for name in names if offends_in(name, is_word=False)}
    assert offends_in("glow", is_word=True) == offends_in("roben", is_word=False) == ()
