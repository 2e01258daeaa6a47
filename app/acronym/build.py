"""Makes the lists under resources/acronym from packages; `python -m app.acronym.build --help`.

It needs the packages wordfreq, english-words, better-profanity and pypinyin, which the program itself does not.
"""

from __future__ import annotations

import csv
import gzip
import importlib
import io
import json
import math
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import click

from app.acronym.alphabet import fold
from app.acronym.build_fields import count_field
from app.acronym.build_titles import named_titles
from app.acronym.fields import FIELDS, field_file
from app.acronym.gloss import gloss_file
from app.acronym.lexicon import LONGEST, SHORTEST, ZIPF_STEPS, lexicon_file
from app.acronym.limits import LANGUAGES
from app.acronym.offensive import OFFENSIVE_LANGUAGES, offensive_file
from app.acronym.sound import names_file
from app.acronym.taken import taken_file
from app.core.files import write_atomic

ZIPF_OF_ONE: Final = 9
"""The Zipf scale counts in a thousand million words."""
COMMON_ENOUGH: Final = 3.5
"""Words at least so frequent are real although a dictionary does not list them: names, above all."""
MOST_WORDS: Final = 60_000
"""Of a language that has no dictionary to tell words from junk: the most frequent ones."""
_ENDINGS: Final = (("ies", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ied", ("y",)), ("ed", ("", "e")))
_ENDINGS_OF_VERBS: Final = (("ing", ("", "e")),)
_LETTERS: Final = re.compile(rf"[a-z]{{{SHORTEST},{LONGEST}}}")
_VOWEL: Final = re.compile("[aeiouy]")
_MODEL_NAME: Final = re.compile(r"(?<![\w.+-])(?=[\w.+-]*[A-Z0-9][\w.+-]*[A-Z])[A-Za-z][\w+-]{2,23}(?![\w.+-])")
"""Words with two capitals, or a figure and a capital: how names of models are written."""
_REMARK: Final = re.compile(r"\s*\(.*")
LEAST_JUDGE: Final = 5
"""Letters of a name whose variants are told by containing it."""
GLOSS_LENGTH: Final = 110
_PARTS: Final = (("noun", "n"), ("verb", "v"), ("adj", "adj"), ("adv", "adv"))


@click.group()
def build() -> None:
    """Make the lists that the Acronym tool comes with."""


@build.command()
def words() -> None:
    """Make the lexicons from wordfreq, that of English gated by english-words."""
    for language in LANGUAGES:
        frequencies: dict[str, float] = _package("wordfreq").get_frequency_dict(language, wordlist="best")
        is_real = _is_english() if language == "en" else lambda _word, _zipf: True
        found: dict[str, float] = {}
        for word, frequency in frequencies.items():
            zipf = math.log10(frequency) + ZIPF_OF_ONE
            plain = fold(word)
            if _LETTERS.fullmatch(plain) and word.isalpha() and is_real(plain, zipf):
                found[plain] = max(zipf, found.get(plain, 0.0))
        kept = sorted(sorted(found, key=found.__getitem__, reverse=True)[: None if language == "en" else MOST_WORDS])
        _write(lexicon_file(language), (f"{word} {round(ZIPF_STEPS * found[word])}" for word in kept))


def _is_english() -> Callable[[str, float], bool]:
    listed: set[str] = _package("english_words").get_english_words_set(["web2", "gcide"], alpha=True, lower=True)

    def is_real(word: str, zipf: float) -> bool:
        common = zipf >= COMMON_ENOUGH and _VOWEL.search(word) is not None
        return word in listed or common or any(stem in listed for stem in _stems(word))

    return is_real


def _stems(word: str) -> Iterator[str]:
    """Yield what a word may be an inflection of."""
    for ending, replacements in (*_ENDINGS, *_ENDINGS_OF_VERBS):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST:
            yield from (stem + each for each in replacements)
            if stem[-1] == stem[-2]:
                yield stem[:-1]


@build.command()
@click.argument("naughty_words", type=click.Path(path_type=Path, exists=True))
def offensive(naughty_words: Path) -> None:
    """Make the list of words that offend from better-profanity and the folder of the npm package naughty-words."""
    profanity = _package("better_profanity")
    listed = Path(profanity.__file__).with_name("profanity_wordlist.txt").read_text(encoding="utf-8").split("\n")
    entries: set[tuple[str, str]] = {("en", word) for word in listed}
    for language in OFFENSIVE_LANGUAGES:
        each = json.loads((naughty_words / f"{language}.json").read_text(encoding="utf-8"))
        entries |= {(language, _pinyin(word) if language == "zh" else word) for word in each}
    kept = {(language, fold(word)) for language, word in entries if " " not in word.strip()}
    lines = (f"{language} {word}" for language, word in kept if _LETTERS.fullmatch(word))
    _write(offensive_file(), sorted(lines))


def _pinyin(word: str) -> str:
    """Return Chinese characters as one word of pinyin without tones."""
    syllables: list[str] = _package("pypinyin").lazy_pinyin(word)
    return "".join(syllables)


@build.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def taken(files: tuple[Path, ...]) -> None:
    """Make the list of names of models from text files with one a line and the wheels of transformers and timm."""
    found = (_wheel_names(file) if file.suffix == ".whl" else _listed_names(file) for file in files)
    _write(taken_file(), sorted({f"{fold(name)} {name} {source}" for each in found for name, source in each}))


def _listed_names(file: Path) -> Iterator[tuple[str, str]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        name = _REMARK.sub("", line)
        names = [name] if name.isidentifier() else _MODEL_NAME.findall(name)
        yield from ((each, "models") for each in names if len(fold(each)) >= SHORTEST)


def _wheel_names(file: Path) -> Iterator[tuple[str, str]]:
    """Yield the folders of models in transformers and the modules of models in timm."""
    package = file.name.partition("-")[0]
    place = re.compile(rf"{package}/models/([a-z][a-z0-9_]+)(?:/|\.py$)")
    with zipfile.ZipFile(file) as wheel:
        for name in {found[1] for entry in wheel.namelist() if (found := place.match(entry))}:
            if fold(name) not in {"auto", "deprecated", "layers", "helpers", "registry", "factory", "builder", "hub"}:
                yield name.replace("_", "-"), package


@build.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where the table goes.")
def titles(files: tuple[Path, ...], out: Path) -> None:
    """Make a table of names to fit the ranking on from abstracts, one a line, and from archives in JSON (gzip)."""
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(["name", "title_rest", "in_order"])
    rows.writerows([name, rest, True] for name, rest in named_titles(files))
    write_atomic(out, table.getvalue())


@build.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--without", type=click.Path(path_type=Path, exists=True), help="Table whose names are left out.")
def names(files: tuple[Path, ...], without: Path | None) -> None:
    """Make the list that teaches what names look like from tables of `titles` and text files with one name a line."""
    judges = {fold(name) for name in _column(without)} if without is not None else set()
    listed = {
        fold(name)
        for file in files
        for name in (_column(file) if file.suffix == ".csv" else (name for name, _ in _listed_names(file)))
    }
    _write(names_file(), sorted(name for name in listed if _LETTERS.fullmatch(name) and not _has_any(name, judges)))


def _column(table: Path) -> list[str]:
    with table.open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


def _has_any(name: str, judges: set[str]) -> bool:
    """Tell whether a name is one of the judges, or a variant of a long one."""
    return name in judges or any(len(judge) >= LEAST_JUDGE and judge in name for judge in judges)


@build.command()
@click.argument("wordnet", type=click.Path(path_type=Path, exists=True))
def glosses(wordnet: Path) -> None:
    """Make the table of meanings from the folder with WordNet's index.* and data.* files."""
    lexicon = {line.split()[0].decode() for line in gzip.decompress(lexicon_file("en").read_bytes()).splitlines()}
    meanings: dict[str, str] = {}
    for part, short in _PARTS:
        data = (wordnet / f"data.{part}").read_bytes()
        for line in (wordnet / f"index.{part}").read_text(encoding="utf-8").splitlines():
            lemma, *fields = line.split()
            if lemma in lexicon and lemma not in meanings and not line.startswith(" "):
                first_sense = fields[-int(fields[1])]
                meanings[lemma] = f"{short}. {_gloss(data, int(first_sense))}"
    _write(gloss_file(), (f"{lemma}\t{meaning}" for lemma, meaning in sorted(meanings.items())))


@build.command()
@click.argument("key", type=click.Choice(list(FIELDS)))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--most-characters", type=int, default=20_000_000, show_default=True, help="Of each file.")
def field(key: str, files: tuple[Path, ...], most_characters: int) -> None:
    """Make the list of words of a field from texts with one paragraph a line (gzip)."""
    _write(field_file(key), count_field(files, most_characters))


def _gloss(data: bytes, offset: int) -> str:
    """Return the definition of a sense without its examples."""
    line = data[offset : data.index(b"\n", offset)].decode("utf-8")
    definition = line.partition(" | ")[2].partition('; "')[0].strip()
    return definition if len(definition) <= GLOSS_LENGTH else definition[:GLOSS_LENGTH].rsplit(" ", 1)[0] + "…"


def _write(file: Path, lines: Iterable[str]) -> None:
    """Write lines as gzip without a time, so that the same lists give the same bytes."""
    text = "".join(f"{line}\n" for line in lines)
    write_atomic(file, gzip.compress(text.encode(), mtime=0))
    click.echo(f"{file.name}: {text.count(chr(10))}", err=True)


def _package(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise click.ClickException(f"pip install {name.replace('_', '-')}") from error


if __name__ == "__main__":
    build()
