"""`paperdesk collocation`: which words go together in academic English.

What answers is imported when it is used: help and completion of the shell have to come at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from app.cli.output import ConsoleProgress, json_option, print_json
from app.collocation.facets import Facet
from app.core.errors import InputError
from app.core.i18n import tr
from app.core.paths import Paths

if TYPE_CHECKING:
    from app.collocation.build.pipeline import Summary
    from app.collocation.compare import Comparison
    from app.collocation.engine import Engine
    from app.collocation.library import Library
    from app.collocation.matches import Answer, Hit, Matches

_BAR: Final = 20
"""Characters of the longest bar."""
_SKIPPED_SHOWN: Final = 50

index_option = click.option(
    "--index",
    "name",
    type=click.Choice(["academic", "papers"]),
    default="academic",
    help="Academic English, or your own papers.",
)


def facet_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that choose what is counted, and pass them on as `facet`."""

    @click.option("--field", default="", metavar="FIELD", help="Only cs, math, physics, life, textbooks or mine.")
    @click.option("--period", default="", metavar="PERIOD", help="Only to2022 or from2023.")
    @wraps(command)
    def with_facet(*, field: str, period: str, **others: Any) -> None:
        command(facet=Facet(field, period), **others)

    return with_facet


class QueryOrCommand(click.Group):
    """A group whose argument is a query unless it is the name of a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command that looks up before arguments that begin with something else."""
        if args and args[0] not in (*self.commands, "-h", "--help"):
            args = ["find", *args]
        return super().parse_args(ctx, args)


@click.group(cls=QueryOrCommand, no_args_is_help=True)
def collocation() -> None:
    """See which words go together in academic English.

    \b
    paperdesk collocation 'plays _ _ role'    what stands in the gaps, most frequent first
    paperdesk collocation 'v. attention'      which verbs go with attention
    paperdesk collocation 'what preposition follows consistent?'
    paperdesk collocation compare 'discuss the' 'discuss about the'
    \b
    _ one word     * none or more  + one or more   ?x x or nothing      a/b either
    ~x similar     [[play]] forms  {a b} any order  [a b] one or none    re$ letters
    v. n. adj. adv. prep. det. conj. pron. interj.  classes              a | b both
    """  # noqa: D301 - click's mark for lines to keep


@collocation.command()
@click.argument("query", nargs=-1, required=True)
@facet_options
@click.option(
    "--rank", type=click.Choice(["count", "share", "logdice", "tscore", "mi"]), default="count", show_default=True
)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Phrases to print.")
@index_option
@json_option
def find(query: tuple[str, ...], facet: Facet, rank: str, limit: int, name: str, as_json: bool) -> None:
    """Print the phrases that match QUERY, or answer a question in English or Chinese ("find" may be left out)."""
    from app.collocation.questions import Reading, read_question  # noqa: PLC0415 - see above

    text = " ".join(query)
    reading = read_question(text) or Reading(query=text)
    engine = _library().engine(name, ConsoleProgress())
    if reading.compared:
        _print_comparison(engine, reading.compared, facet, as_json=as_json)
        return
    answer = _search(engine, reading.query).answer(facet, rank, limit)
    if as_json:
        print_json({**_as_dictionary(answer), "relaxed": _relaxed(engine, answer)})
        return
    if reading.query != text:
        click.echo(tr("Query: {query}", query=reading.query))
    _print_answer(answer)
    for row in _relaxed(engine, answer):
        click.echo(tr("Nearest: {query} ({count})", query=row["query"], count=f"{row['count']:,}"))


def _search(engine: Engine, query: str) -> Matches:
    """Search, pointing at the characters of a query that cannot be understood."""
    from app.collocation.query.syntax import QueryError  # noqa: PLC0415 - see above

    try:
        return engine.search(query)
    except QueryError as error:
        raise InputError(error.pointed()) from error


def _library() -> Library:
    from app.collocation.library import Library  # noqa: PLC0415 - see above

    return Library(Paths.of_user())


def _print_answer(answer: Answer) -> None:
    largest = max((hit.percent for hit in answer.hits), default=0.0)
    width = max((len(hit.text) for hit in answer.hits), default=0)
    for hit in answer.hits:
        bar = "█" * round(_BAR * hit.percent / largest)
        score = "" if answer.measure == "count" else f"{hit.score:8.2f}"
        recent = "  " + tr("mostly 2023 on") if hit.trend.is_recent else ""
        click.echo(f"{hit.text:{width}s} {hit.count:>9,} {hit.percent:5.1f} %{score} {bar}{recent}")
    click.echo(
        tr("{phrases} phrases, {total} times", phrases=f"{answer.phrases:,}", total=f"{answer.total:,}"), err=True
    )


def _as_dictionary(answer: Answer) -> dict[str, Any]:
    return {
        "query": answer.query.text,
        "field": answer.facet.field,
        "period": answer.facet.period,
        "rank": answer.measure,
        "phrases": answer.phrases,
        "total": answer.total,
        "hits": [_hit(hit) for hit in answer.hits],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "text": hit.text,
        "count": hit.count,
        "percent": round(hit.percent, 3),
        "score": round(hit.score, 4),
        "to_2022_per_million": round(hit.trend.to_2022, 3),
        "from_2023_per_million": round(hit.trend.from_2023, 3),
        "classes": [slot.word_class.name.lower() for slot in hit.slots],
    }


def _relaxed(engine: Engine, answer: Answer) -> list[dict[str, Any]]:
    """Return the nearest queries with an answer when there is none."""
    from app.collocation.relax import relaxed  # noqa: PLC0415 - see above

    if answer.hits:
        return []
    return [{"query": each.query, "count": each.count} for each in relaxed(engine, answer.query, answer.facet)]


@collocation.command()
@click.argument("phrase", nargs=-1, required=True)
@facet_options
@click.option("--limit", type=click.IntRange(1, 100), default=8, show_default=True, help="Sentences to print.")
@index_option
@json_option
def examples(phrase: tuple[str, ...], facet: Facet, limit: int, name: str, as_json: bool) -> None:
    """Print sentences with PHRASE, each with its source."""
    sentences = _library().examples(name, ConsoleProgress())
    found = sentences.find(" ".join(phrase), facet, limit) if sentences else []
    for each in found:
        if as_json:
            print_json(asdict(each))
        else:
            click.echo(
                f"{each.text} [{each.source}, {each.licence}]" if each.licence else f"{each.text} [{each.source}]"
            )
    if not found and not as_json:
        click.echo(tr("No sentence has this phrase."), err=True)


@collocation.command()
@click.argument("phrases", nargs=-1, required=True, metavar="PHRASE PHRASE...")
@facet_options
@index_option
@json_option
def compare(phrases: tuple[str, ...], facet: Facet, name: str, as_json: bool) -> None:
    """Tell which of two or more PHRASES is the one to write."""
    _print_comparison(_library().engine(name, ConsoleProgress()), phrases, facet, as_json=as_json)


def _print_comparison(engine: Engine, phrases: tuple[str, ...], facet: Facet, *, as_json: bool) -> None:
    from app.collocation.compare import compare as compare_phrases  # noqa: PLC0415 - see above

    result = compare_phrases(engine, phrases, facet)
    if as_json:
        print_json(_comparison(result))
        return
    for each in result.candidates:
        interval = f"{each.low:.1%}-{each.high:.1%}"
        click.echo(f"{each.count:>9,}  {each.share:6.1%}  {interval:>13s}  {each.phrase}")
    click.echo(result.sentence())


def _comparison(result: Comparison) -> dict[str, Any]:
    return {
        "verdict": result.verdict.value,
        "sentence": result.sentence(),
        "log_likelihood": round(result.log_likelihood, 2),
        "candidates": [
            {
                "phrase": each.phrase,
                "looked_up": each.looked_up,
                "count": each.count,
                "share": round(each.share, 5),
                "interval": [round(each.low, 5), round(each.high, 5)],
            }
            for each in result.candidates
        ],
    }


@collocation.command()
@click.argument("text", nargs=-1, required=True)
@facet_options
@index_option
@json_option
def scan(text: tuple[str, ...], facet: Facet, name: str, as_json: bool) -> None:
    """Read a sentence and print what is rare in it, with what is written instead; - is standard input."""
    from app.collocation.scan import scan as scan_text  # noqa: PLC0415 - see above

    sentence = sys.stdin.read() if text == ("-",) else " ".join(text)
    findings = scan_text(_library().engine(name, ConsoleProgress()), sentence, facet)
    for each in findings:
        if as_json:
            print_json(asdict(each))
        else:
            better_ones = ", ".join(f"{one.text} ({one.count:,})" for one in each.better)
            click.echo(f"{each.text} ({each.count:,}) -> {better_ones}")
    if not findings and not as_json:
        click.echo(tr("Nothing in it is rare."), err=True)


@collocation.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE OR FOLDER]...")
@click.option("--scheduler", "address", default="", metavar="ADDRESS", help="A Dask cluster, such as tcp://host:8786.")
@click.option(
    "--academic", type=click.Path(path_type=Path), help="Build the shipped index from this folder of corpora."
)
@click.option("--out", type=click.Path(path_type=Path), help="With --academic: the folder to write to.")
@json_option
@click.pass_context
def build(
    context: click.Context,
    sources: tuple[Path, ...],
    address: str,
    academic: Path | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Count your own papers: PDF, TeX, Word, BibTeX, text, Zotero's storage. Without SOURCES those of the last time.

    Started again after it was stopped, it goes on where it was.
    """
    from app.collocation.build.own import build_papers  # noqa: PLC0415 - see above
    from app.collocation.build.schedule import scheduler  # noqa: PLC0415 - see above
    from app.collocation.build.shipped import build_shipped  # noqa: PLC0415 - see above

    if (academic is None) != (out is None):
        raise InputError(tr("--academic and --out belong together."))
    with scheduler(address) as runner:
        if academic and out:
            summary = build_shipped(academic, out, ConsoleProgress(), runner)
        else:
            library = _library()
            chosen = sources or tuple(library.paper_sources())
            if not chosen:
                raise InputError(tr("Name the files and folders of your papers."))
            summary = build_papers(library, chosen, ConsoleProgress(), runner)
    _print_summary(summary, as_json=as_json)
    context.exit(InputError.exit_code if summary.skipped else 0)


def _print_summary(summary: Summary, *, as_json: bool) -> None:
    skipped = [{"path": str(each.path), "reason": each.reason} for each in summary.skipped]
    if as_json:
        print_json({"words": summary.tokens, "phrases": sum(summary.rows), "skipped": skipped})
        return
    click.echo(tr("{words} words counted, {phrases} phrases kept.",
                  words=f"{summary.tokens:,}", phrases=f"{sum(summary.rows):,}"))  # fmt: skip
    for each in skipped[:_SKIPPED_SHOWN]:
        click.echo(tr("Left out: {reason}", reason=each["reason"]), err=True)
    if len(skipped) > _SKIPPED_SHOWN:
        click.echo(tr("... and {count} more.", count=len(skipped) - _SKIPPED_SHOWN), err=True)
