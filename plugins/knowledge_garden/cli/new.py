"""garden new: asks for what a record needs, or takes options or the answers of a debrief, and writes a valid file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from knowledge_garden.cli.answers import checked_date, sections, short_enough, yaml_date
from knowledge_garden.cli.debrief import lesson_of
from knowledge_garden.cli.maker import Maker
from knowledge_garden.features.search import SEARCH
from knowledge_garden.model.addresses import is_slug
from knowledge_garden.model.community import CHARTER_HEADING, CHARTER_QUESTION
from knowledge_garden.model.dates import When
from knowledge_garden.model.lesson import QUESTIONS, SUMMARY_LIMIT
from knowledge_garden.model.messages import message
from knowledge_garden.model.records import Kind
from knowledge_garden.reading.debrief import read_answers
from knowledge_garden.reading.markdown import MarkdownReader
from knowledge_garden.search import Likeness, text_document

_NEAR = 3  # lessons that are named while one is written

_DIRECTORY = click.option(
    "--directory",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=".",
    help="The garden's folder; default: here.",
)
_EDIT = click.option("--edit", is_flag=True, help="Open the new file in your editor.")


@click.group()
def new() -> None:
    """Write a new lesson, community or person, asking for what is missing.

    Answers are kept until the file is written: after an interruption, the same command goes on with them.
    """


@new.command()
@click.option("--title", help="What it is about, short and concrete.")
@click.option("--summary", help=f"What happened and what it taught; {SUMMARY_LIMIT} characters at most.")
@click.option("--outcome", help="How it went: the key of an outcome in garden.yml, such as failure.")
@click.option("--community", "communities", multiple=True, help="Slug of a community it belongs to; may be repeated.")
@click.option("--cause", "causes", multiple=True, help="Key of a cause in garden.yml; may be repeated.")
@click.option("--date", help="When it happened: a year, a month or a day.")
@click.option("--told-by", "told_by", multiple=True, help="Who told it: a slug, or a name in words; may be repeated.")
@click.option("--slug", help="The file's name; default: made from the title.")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="A file with the answers of a debrief (- for standard input): an issue's text, an e-mail, or a filled-in sheet.",
)
@_EDIT
@_DIRECTORY
def lesson(
    title: str | None,
    summary: str | None,
    outcome: str | None,
    communities: tuple[str, ...],
    causes: tuple[str, ...],
    date: str | None,
    told_by: tuple[str, ...],
    slug: str | None,
    source: Path | None,
    edit: bool,
    directory: Path,
) -> None:
    """Write a new lesson."""
    maker = Maker(directory, Kind.LESSON)
    garden = maker.loaded.garden
    if source is not None:
        given = {"title": title, "summary": summary, "outcome": outcome, "date": date}
        _from_answers(maker, source, {key: value for key, value in given.items() if value}, slug, edit)
        return
    fields: dict[str, Any] = {"title": maker.ask("--title", title, message("What is it about, in a few words?"))}
    fields["summary"] = maker.ask("--summary", summary, message("What happened, and what did it teach?"), short_enough)
    _say_near(maker, fields["title"], fields["summary"])
    outcomes = {key: garden.settings.outcome(key) for key in garden.settings.outcomes}
    fields["outcome"] = maker.choose("--outcome", outcome, message("How did it go?"), outcomes)
    fields["communities"] = maker.choose_some(
        "--community", communities, message("Which communities?"), garden.communities
    )
    if garden.settings.outcome(fields["outcome"]).kind != "success" or causes:
        fields["causes"] = maker.choose_some("--cause", causes, message("Which causes?"), garden.settings.causes)
    when = maker.ask(
        "--date", date or (None if maker.asks else str(garden.today.year)), message("When did it happen?"), checked_date
    )
    fields["date"] = yaml_date(When.parse(when))
    fields["maturity"] = "seedling"
    if told_by:
        maker.checked("--told-by", filter(is_slug, told_by), garden.people)
        fields["told_by"] = list(dict.fromkeys(told_by))
    folder = f"lessons/{When.parse(when).year}"
    _edited(maker.write(folder, slug or fields["title"], fields, sections(QUESTIONS, maker.text)), edit)


def _from_answers(maker: Maker, source: Path, given: dict[str, str], slug: str | None, edit: bool) -> None:
    """Write a lesson of a debrief's answers. What `given` says on the command line comes before what the file says."""
    try:
        written = sys.stdin.read() if str(source) == "-" else source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{source} can't be read ({error}). Name a text file in UTF-8.") from error
    answers = read_answers(written, maker.loaded.language) | given
    if not answers:
        raise click.UsageError(
            f"{source} holds no answer. Fill in the questions, or tell in a few lines what happened."
        )
    garden = maker.loaded.garden
    draft = lesson_of(answers, garden, maker.loaded.language)
    name = slug or draft.fields["title"] or f"lesson-{garden.today}"
    target = maker.write(f"lessons/{draft.year}", name, draft.fields, draft.body)
    _say_near(maker, draft.fields["title"], answers.get("happened", ""))
    _edited(target, edit)


def _say_near(maker: Maker, title: str, text: str) -> None:
    """Names the lessons that come near, while there is time to say that it is one of them again."""
    html = MarkdownReader().read(text, 1).html
    draft = text_document(title, text, html)
    near = Likeness(maker.loaded.indexes[SEARCH]).of_draft(draft, limit=_NEAR)
    if near:
        click.echo(maker.text(message("These lessons come near; if it is the same again, write recurs:")))
        for similar in near:
            click.echo(f"  {similar.document.key}  {similar.document.title}")


def _edited(target: Path, edit: bool) -> None:
    if edit:
        click.edit(filename=str(target))


@new.command()
@click.option("--title", help="The community's name.")
@click.option("--purpose", help="Why it exists, in one or two sentences.")
@click.option("--sponsor", help="Slug of the manager who supports it.")
@click.option("--lead", "leads", multiple=True, help="Slug of who leads it; may be repeated.")
@click.option("--slug", help="The file's name; default: made from the title.")
@_EDIT
@_DIRECTORY
def community(
    title: str | None,
    purpose: str | None,
    sponsor: str | None,
    leads: tuple[str, ...],
    slug: str | None,
    edit: bool,
    directory: Path,
) -> None:
    """Write a new community's charter. It is forming, and needs neither a sponsor nor a lead yet."""
    maker = Maker(directory, Kind.COMMUNITY)
    people = maker.loaded.garden.people
    fields: dict[str, Any] = {"title": maker.ask("--title", title, message("What is it called?"))}
    fields["purpose"] = maker.ask("--purpose", purpose, message("Why does it exist, in one or two sentences?"))
    question = message("Which manager supports it? (Enter if nobody yet)")
    chosen = maker.choose_some("--sponsor", [sponsor] if sponsor else [], question, people, optional=True)
    fields |= {"sponsor": chosen[0]} if chosen else {}
    question = message("Who leads it? (Enter if nobody yet)")
    chosen = maker.choose_some("--lead", leads, question, people, optional=True)
    fields |= {"leads": chosen} if chosen else {}
    fields["status"] = "forming"
    body = sections({CHARTER_HEADING: CHARTER_QUESTION}, maker.text)
    _edited(maker.write("communities", slug or fields["title"], fields, body), edit)


@new.command()
@click.option("--name", help="The name, as it is to be credited.")
@click.option("--organisation", help="Where they work.")
@click.option("--holds", multiple=True, help="Something they know and can be asked; may be repeated.")
@click.option("--needs", multiple=True, help="Something they need to know; may be repeated.")
@click.option("--slug", help="The file's name; default: made from the name.")
@_EDIT
@_DIRECTORY
def person(
    name: str | None,
    organisation: str | None,
    holds: tuple[str, ...],
    needs: tuple[str, ...],
    slug: str | None,
    edit: bool,
    directory: Path,
) -> None:
    """Write a new person's profile."""
    maker = Maker(directory, Kind.PERSON)
    fields: dict[str, Any] = {"name": maker.ask("--name", name, message("What is the name, as it is to be credited?"))}
    if organisation:
        fields["organisation"] = organisation
    fields["holds"] = list(holds) or maker.ask_some("--holds", message("What do they know and can be asked?"))
    fields["needs"] = list(needs) or maker.ask_some("--needs", message("What do they need to know?"))
    given = {key: value for key, value in fields.items() if value}
    _edited(maker.write("people", slug or fields["name"], given, ""), edit)
