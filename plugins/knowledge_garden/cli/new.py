"""garden new: asks for what a record needs, or takes options, and writes a valid file."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import click
import frontmatter
from markdown.extensions.toc import slugify

from knowledge_garden.cli.common import find_content, now
from knowledge_garden.cli.site import site_markdown
from knowledge_garden.loading import LoadedGarden, load_garden
from knowledge_garden.model.addresses import RESERVED
from knowledge_garden.model.dates import When
from knowledge_garden.model.problems import Problem, Severity, did_you_mean
from knowledge_garden.model.records import HEADINGS, SUMMARY_LIMIT, Kind, Outcome

_QUESTIONS = dict(
    zip(
        HEADINGS,
        (
            "Who was doing what, for whom, and what mattered?",
            "What was meant to happen, and why did that seem likely?",
            "What did happen, in the order in which it did?",
            "Which circumstances together made it possible?",
            "What do you know now that you did not know before?",
            "What should somebody do who is about to try the same?",
        ),
        strict=True,
    )
)
_LETTERS = str.maketrans({"_": " ", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th"})  # no NFKD form
_DIRECTORY = click.option(
    "--directory",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=".",
    help="The garden's folder; default: here.",
)


@click.group()
def new() -> None:
    """Write a new lesson, community or person, asking for what is missing."""


@new.command()
@click.option("--title", help="What it is about, short and concrete.")
@click.option("--summary", help=f"What happened and what it taught; {SUMMARY_LIMIT} characters at most.")
@click.option("--outcome", type=click.Choice([each.value for each in Outcome]), help="How it went.")
@click.option("--community", "communities", multiple=True, help="Slug of a community it belongs to; may be repeated.")
@click.option("--cause", "causes", multiple=True, help="Key of a cause in garden.yml; may be repeated.")
@click.option("--date", help="When it happened: a year, a month or a day.")
@click.option("--told-by", "told_by", multiple=True, help="Slug of who told it; may be repeated.")
@click.option("--slug", help="The file's name; default: made from the title.")
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
    directory: Path,
) -> None:
    """Write a new lesson."""
    maker = _Maker(directory, Kind.LESSON)
    garden = maker.loaded.garden
    fields: dict[str, Any] = {"title": maker.ask("--title", title, "What is it about, in a few words")}
    fields["summary"] = maker.ask("--summary", summary, "What happened, and what did it teach", _short_enough)
    fields["outcome"] = maker.choose("--outcome", outcome, "How did it go", [each.value for each in Outcome])
    fields["communities"] = maker.choose_some("--community", communities, "Which communities", garden.communities)
    if fields["outcome"] != Outcome.SUCCESS.value or causes:
        fields["causes"] = maker.choose_some("--cause", causes, "Which causes", garden.settings.causes)
    when = maker.ask("--date", date or (None if maker.asks else str(garden.today.year)), "When did it happen", _date)
    fields["date"] = _yaml_date(When.parse(when))
    if told_by:
        fields["told_by"] = maker.known("--told-by", told_by, garden.people)
    body = "\n\n".join(f"## {heading}\n\n*{question}*" for heading, question in _QUESTIONS.items())
    maker.write(f"lessons/{When.parse(when).year}", slug or fields["title"], fields, body)


@new.command()
@click.option("--title", help="The community's name.")
@click.option("--purpose", help="Why it exists, in one or two sentences.")
@click.option("--sponsor", help="Slug of the manager who stands up for it.")
@click.option("--lead", "leads", multiple=True, help="Slug of who leads it; may be repeated.")
@click.option("--slug", help="The file's name; default: made from the title.")
@_DIRECTORY
def community(
    title: str | None,
    purpose: str | None,
    sponsor: str | None,
    leads: tuple[str, ...],
    slug: str | None,
    directory: Path,
) -> None:
    """Write a new community's charter."""
    maker = _Maker(directory, Kind.COMMUNITY)
    people = maker.loaded.garden.people
    if not people:
        raise click.ClickException("A charter names its sponsor and its leads. Add them first: garden new person")
    fields: dict[str, Any] = {"title": maker.ask("--title", title, "What is it called")}
    fields["purpose"] = maker.ask("--purpose", purpose, "Why does it exist, in one or two sentences")
    fields["sponsor"] = maker.choose("--sponsor", sponsor, "Which manager stands up for it", list(people))
    fields["leads"] = maker.choose_some("--lead", leads, "Who leads it", people)
    fields["status"] = "forming"
    maker.write(
        "communities", slug or fields["title"], fields, "## Why we exist\n\n*Tell it as you would to a newcomer.*"
    )


@new.command()
@click.option("--name", help="The name, as it is to be credited.")
@click.option("--organisation", help="Where they work.")
@click.option("--holds", multiple=True, help="Something they know and can be asked; may be repeated.")
@click.option("--needs", multiple=True, help="Something they need to know; may be repeated.")
@click.option("--slug", help="The file's name; default: made from the name.")
@_DIRECTORY
def person(
    name: str | None,
    organisation: str | None,
    holds: tuple[str, ...],
    needs: tuple[str, ...],
    slug: str | None,
    directory: Path,
) -> None:
    """Write a new person's profile."""
    maker = _Maker(directory, Kind.PERSON)
    fields: dict[str, Any] = {"name": maker.ask("--name", name, "What is the name, as it is to be credited")}
    if organisation:
        fields["organisation"] = organisation
    fields["holds"] = list(holds) or maker.ask_some("What do they know and can be asked")
    fields["needs"] = list(needs) or maker.ask_some("What do they need to know")
    maker.write("people", slug or fields["name"], {key: value for key, value in fields.items() if value}, "")


class _Maker:
    """Asks for what was not given, where there is somebody to ask, and writes the file."""

    def __init__(self, directory: Path, kind: Kind) -> None:
        self.content = find_content(directory)
        self.kind = kind
        self.asks = self._somebody()
        self.loaded: LoadedGarden = load_garden(self.content, today=now(), with_history=False)

    @staticmethod
    def _somebody() -> bool:
        """Whether somebody sits there who can be asked."""
        return sys.stdin.isatty()

    def ask(self, option: str, given: str | None, question: str, fits: Callable[[str], str] = str.strip) -> str:
        """What was given, or the answer to a question, put through `fits`, which raises ValueError with the reason."""
        if given is not None or not self.asks:
            if not (given or "").strip():
                raise click.UsageError(f"Say {option}: {question}?")
            try:
                return fits(given or "")
            except ValueError as error:
                raise click.UsageError(f"{option}: {error}") from error

        def checked(answer: str) -> str:
            try:
                return fits(answer)
            except ValueError as error:
                raise click.BadParameter(str(error)) from error

        return str(click.prompt(question + "?", value_proc=checked))

    def ask_some(self, question: str) -> list[str]:
        """Answers until an empty one; none where nobody can be asked."""
        found: list[str] = []
        while self.asks and (answer := click.prompt(f"{question}? (Enter to go on)", default="", show_default=False)):
            found.append(answer.strip())
        return found

    def choose(self, option: str, given: str | None, question: str, words: list[str]) -> str:
        if given is None and self.asks:
            return str(click.prompt(question + "?", type=click.Choice(words)))
        return self.known(option, [self.ask(option, given, question)], dict.fromkeys(words))[0]

    def choose_some(self, option: str, given: Iterable[str], question: str, words: Mapping[str, object]) -> list[str]:
        """One or more of `words`."""
        found = list(given)
        if not found and self.asks:
            click.echo(f"Known: {', '.join(words)}")
            answer = self.ask(option, None, f"{question} (several with commas between)")
            found = [each.strip() for each in answer.split(",") if each.strip()]
        if not found:
            raise click.UsageError(f"Say {option}: {question}? Known: {', '.join(words) or 'none yet'}.")
        return self.known(option, found, words)

    def known(self, option: str, given: Iterable[str], words: Mapping[str, object]) -> list[str]:
        found = list(dict.fromkeys(given))
        for each in found:
            if each not in words:
                hint = did_you_mean(each, words) or f"Known: {', '.join(words) or 'none yet'}."
                raise click.UsageError(f"{option}: {each} is not known here. {hint}")
        return found

    def write(self, folder: str, name: str, fields: Mapping[str, Any], body: str) -> None:
        """Write the record. Nothing that is there is ever written over."""
        slug = make_slug(name)
        if not slug:
            raise click.UsageError(f"No file name can be made from {name!r}. Say --slug, in letters a to z.")
        if slug in RESERVED:
            raise click.UsageError(f"{slug} names a folder's own page, so it can't name a record. Say another --slug.")
        taken = self.loaded.garden.of(self.kind).get(slug)
        place = self.content / folder / f"{slug}.md"
        if taken or place.exists():
            where = taken.path if taken else place.relative_to(self.content)
            raise click.UsageError(f"{slug} is the name of {where} already. Say another --slug.")
        place.parent.mkdir(parents=True, exist_ok=True)
        text = frontmatter.dumps(
            frontmatter.Post(f"{body}\n", **fields), sort_keys=False, allow_unicode=True, width=100
        )
        with place.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text.rstrip("\n") + "\n")
        click.echo(f"Written: {place}")
        for each in self._problems(place):
            click.echo(f"  {each.severity}: {each.message} {each.hint}")
        click.echo("Open it, tell the story, then run: garden check")

    def _problems(self, place: Path) -> list[Problem]:
        markdown, _ = site_markdown(self.content)
        loaded = load_garden(self.content, today=now(), with_history=False, markdown=markdown)
        path = loaded.garden.file(place.relative_to(self.content).as_posix())
        return [each for each in loaded.problems if each.path == path and each.severity is not Severity.NOTICE]


def make_slug(name: str) -> str:
    """A file name from a title: lower-case letters a to z, digits and hyphens, at most 60 characters."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    slug = slugify(plain, "-").strip("-")
    return slug if len(slug) <= 60 else slug[:61].rpartition("-")[0] or slug[:60]


def _short_enough(summary: str) -> str:
    if len(summary) > SUMMARY_LIMIT:
        raise ValueError(f"that is {len(summary)} characters; {SUMMARY_LIMIT} are the most")
    return summary.strip()


def _date(text: str) -> str:
    return str(When.parse(text))


def _yaml_date(when: When) -> object:
    """A date in the form that YAML writes without quotes."""
    if when.month is None:
        return when.year
    return when.first if when.day is not None else str(when)
