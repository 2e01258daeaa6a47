"""`paperdesk acronym`: names for a paper or a model.

What finds names is imported when it is used: help and completion of the shell have to come at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli.context import open_settings
from app.cli.output import ConsoleProgress, fail, json_option, print_json
from app.core.clipboard import copy_text
from app.core.errors import InputError
from app.core.i18n import tr
from app.core.paths import Paths

if TYPE_CHECKING:
    from app.acronym.ground import Ground
    from app.acronym.judgement import Judgement
    from app.acronym.query import Query

STANDARD_INPUT = "-"
KINDS = ("word", "coined", "letters", "mixed")
REACHES = ("initials", "beginnings", "anywhere")
EXPORTS = ("title", "macro", "acrodef", "name")


class TitleOrCommand(click.Group):
    """A group whose argument is a title unless it is the name of a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command that finds names before arguments that begin with something else."""
        if args and args[0] not in (*self.commands, "-h", "--help"):
            args = ["find", *args]
        return super().parse_args(ctx, args)


@click.group(cls=TitleOrCommand, no_args_is_help=True)
def acronym() -> None:
    """Find a name for a paper or a model in the letters of its title.

    \b
    paperdesk acronym "A Robustly Optimized BERT Pretraining Approach"     names, best first
    paperdesk acronym check ROBERTA "A Robustly Optimized ..."             all about one name
    paperdesk acronym backronym MAPLE language model                       titles for a name

    \b
    In a title:  fast/efficient  either word        word?   may be left out at no cost
                 [word]          must give a letter  a~b     both give a letter, or neither
    """  # noqa: D301 - click's mark for lines to keep


@acronym.command()
@click.argument("title")
@click.option("--top", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many names.")
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, help="Only such names; may be repeated.")
@click.option("--shortest", type=int, help="Fewest letters.")
@click.option("--longest", type=int, help="Most letters.")
@click.option("--begins", default="", help="How the name begins.")
@click.option("--contains", default="", help="What the name contains.")
@click.option("--pattern", default="", help="How it looks: ? is any letter, * any letters.")
@click.option("--letters", "reach", type=click.Choice(REACHES), default="anywhere", show_default=True)
@click.option("--buried", type=click.IntRange(0, 12), help="At most so many letters from inside words.")
@click.option("--language", help="Of the lexicon: en, de, es, fr, it.")
@click.option("--offensive", is_flag=True, help="Names that may offend, too.")
@click.option("--as", "form", type=click.Choice(EXPORTS), help="Print each name in this form instead of a table.")
@click.option("--copy", is_flag=True, help="Copy the best name to the clipboard.")
@json_option
@click.pass_context
def find(context: click.Context, /, top: int, form: str | None, copy: bool, as_json: bool, **given: Any) -> None:
    """Print names for TITLE, best first ("find" may be left out); - reads it from standard input."""
    from app.acronym.judgement import judge  # noqa: PLC0415 - see above
    from app.acronym.nothing import why_nothing  # noqa: PLC0415 - see above
    from app.acronym.search import search  # noqa: PLC0415 - see above

    query = _query(**given)
    names = search(query, most=top)
    if not names.listed:
        raise InputError(why_nothing(query))
    judged = [judge(names.ground, name) for name in names.listed]
    _print(judged, names.ground, form, as_json=as_json)
    if copy:
        copy_text(_exported(judged[0].written, query.title, form or open_settings().text("acronym.copy_format")))
    if not as_json and not form:
        click.echo(tr("{count} names found.", count=names.total), err=True)


def _query(title: str, **given: Any) -> Query:
    """Return the query of the arguments, the settings where they say nothing."""
    from app.acronym.lattice import Reach  # noqa: PLC0415 - see above
    from app.acronym.query import ALL_KINDS, Query  # noqa: PLC0415 - see above
    from app.acronym.ranking import Kind  # noqa: PLC0415 - see above

    settings = open_settings()
    return Query(
        _title(title),
        language=given["language"] or settings.text("acronym.language"),
        shortest=given["shortest"] or settings.integer("acronym.shortest"),
        longest=given["longest"] or settings.integer("acronym.longest"),
        begins=given["begins"],
        contains=given["contains"],
        pattern=given["pattern"],
        reach=Reach(given["reach"]),
        most_buried=given["buried"],
        kinds=frozenset(map(Kind, given["kinds"])) or ALL_KINDS,
        offensive=given["offensive"] or settings.flag("acronym.offensive"),
    )


def _title(text: str) -> str:
    if text != STANDARD_INPUT:
        return text
    return " ".join(sys.stdin.buffer.read().decode("utf-8", "replace").split())


def _exported(written: str, title: str, form: str) -> str:
    from app.acronym.export import EXPORTS as FORMS  # noqa: PLC0415 - see above

    return FORMS[form].convert(written, title)


def _print(judged: Sequence[Judgement], ground: Ground, form: str | None, *, as_json: bool) -> None:
    if as_json:
        print_json([as_dictionary(each, ground) for each in judged])
        return
    for each in judged:
        click.echo(_exported(each.written, ground.title.source, form) if form else _line(each, ground))


def _line(judged: Judgement, ground: Ground) -> str:
    """Return a name on a line: score, kind, name, the title with its letters in capitals, what is known of it."""
    from app.acronym.ranking import KIND_TITLES  # noqa: PLC0415 - see above

    remarks = [tr("taken: {name}", name=each.name) for each in judged.taken[:1]]
    remarks += [judged.meaning] if judged.meaning else []
    name = judged.name
    traced = _traced(judged, ground)
    head = f"{name.score:6.2f}  {tr(KIND_TITLES[name.kind]):<9} {judged.written:<14} {traced}"
    return f"{head}  ({'; '.join(remarks)})" if remarks else head


def _traced(judged: Judgement, ground: Ground) -> str:
    """Return the title with the letters of the name in brackets."""
    title = ground.title
    places = {int(title.place[at]) for at in judged.alignments[0].letters}
    return "".join(f"({each})" if at in places else each for at, each in enumerate(title.source)).replace(")(", "")


def as_dictionary(judged: Judgement, ground: Ground) -> dict[str, Any]:
    """Return a name as JSON shows it; places count the characters of the title from 0."""
    title = ground.title
    return {
        "name": judged.written,
        "letters": judged.name.text,
        "kind": judged.name.kind.value,
        "score": round(judged.name.score, 3),
        "alignments": [
            {"places": [int(title.place[at]) for at in each.letters], "score": round(each.score, 3)}
            for each in judged.alignments
        ],
        "reasons": {each.feature.value: round(each.worth, 3) for each in judged.reasons},
        "forms": list(judged.forms),
        "meaning": judged.meaning,
        "taken": [{"name": each.name, "source": each.source} for each in judged.taken],
        "offends_in": list(judged.offends_in),
    }


@acronym.command()
@click.argument("name")
@click.argument("title")
@click.option("--online", is_flag=True, help="Ask arXiv, GitHub and paperswithcode.co who has the name.")
@click.option("--say", "aloud", is_flag=True, help="Say the name with espeak-ng.")
@json_option
def check(name: str, title: str, online: bool, aloud: bool, as_json: bool) -> None:
    """Print all about a NAME of your own for TITLE."""
    from app.acronym.ground import Ground  # noqa: PLC0415 - see above
    from app.acronym.judgement import judge  # noqa: PLC0415 - see above
    from app.acronym.pronounce import ipa, say  # noqa: PLC0415 - see above
    from app.acronym.query import Query  # noqa: PLC0415 - see above
    from app.acronym.search import find_own  # noqa: PLC0415 - see above

    ground = Ground(Query(_title(title), language=open_settings().text("acronym.language")))
    found = find_own(ground, name)
    if found is None:
        raise InputError(tr("The letters of {name} do not run through the title in this order.", name=name))
    judged = judge(ground, found, name)
    counts = _online(name) if online else []
    if as_json:
        print_json({**as_dictionary(judged, ground), "ipa": ipa(name), "online": counts})
    else:
        click.echo(_line(judged, ground))
        _print_more(judged, ipa(name), counts)
    if aloud:
        say(name)


def _print_more(judged: Judgement, spoken: str, counts: Sequence[dict[str, Any]]) -> None:
    from app.acronym.offensive import OFFENSIVE_LANGUAGES  # noqa: PLC0415 - see above

    for reason in judged.reasons:
        click.echo(f"  {reason.worth:+6.2f}  {tr(reason.title)} ({reason.amount:g})")
    click.echo(tr("Written: {forms}", forms=", ".join(judged.forms)))
    if spoken:
        click.echo(tr("Said: {ipa}", ipa=spoken))
    for language in judged.offends_in:
        click.echo(tr("May offend in {language}.", language=tr(OFFENSIVE_LANGUAGES[language])))
    for count in counts:
        click.echo(f"{count['what']}: {count['count'] if count['count'] is not None else count['error']}")


def _online(name: str) -> list[dict[str, Any]]:
    from app.acronym.online import OnlineCheck  # noqa: PLC0415 - see above

    checker = OnlineCheck(Paths.of_user())
    try:
        counts = checker.check(name, ConsoleProgress())
    finally:
        checker.close()
    return [
        {
            "service": each.service.key,
            "what": tr(each.service.title),
            "count": each.count,
            "checked": each.checked.isoformat(timespec="seconds"),
            "error": each.error,
        }
        for each in counts
    ]


@acronym.command()
@click.argument("name")
@click.argument("keywords", nargs=-1)
@click.option("--field", default="computing", show_default=True, help="computing, life or physics.")
@click.option("--top", type=click.IntRange(1, 100), default=10, show_default=True, help="How many titles.")
@json_option
def backronym(name: str, keywords: tuple[str, ...], field: str, top: int, as_json: bool) -> None:
    """Print titles whose words begin with the letters of NAME, with the KEYWORDS in them."""
    from app.acronym.backronym import backronyms  # noqa: PLC0415 - see above
    from app.acronym.together import phrase_count  # noqa: PLC0415 - see above
    from app.collocation.library import ACADEMIC, Library  # noqa: PLC0415 - see above

    count = phrase_count(Library(Paths.of_user()), ACADEMIC)
    for each in backronyms(name, keywords, field, top, count):
        if as_json:
            print_json({"title": each.title, "score": round(each.score, 3), "keywords": list(each.keywords)})
        else:
            click.echo(f"{name}: {each.title}")


@acronym.command()
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--more", type=click.Path(path_type=Path), help="A table of names from elsewhere to fit on, too.")
@click.option("--out", type=click.Path(path_type=Path), help="Where the weights go; without it they are not kept.")
@json_option
def refit(table: Path, more: Path | None, out: Path | None, as_json: bool) -> None:
    """Fit the ranking anew on a TABLE of real names: columns name, title_rest, in_order.

    A fifth of the titles is held out and only judges the fit.
    """
    from app.acronym.refit import refit as fit_anew  # noqa: PLC0415 - see above

    done = fit_anew(table, more, out, ConsoleProgress())
    if as_json:
        print_json(done.as_dictionary())
    else:
        click.echo("\n".join(done.lines()))
    if out is None:
        fail(tr("The weights were not kept: no --out was given."))
