"""garden new: asks for what a record needs, or takes options, and writes a valid file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import click
import frontmatter

from knowledge_garden.cli.answers import checked_date, sections, short_enough, yaml_date
from knowledge_garden.cli.common import find_content, now
from knowledge_garden.cli.site import site_markdown
from knowledge_garden.hints import did_you_mean
from knowledge_garden.loading import LoadedGarden, load_garden
from knowledge_garden.model.addresses import RESERVED, is_slug, make_slug
from knowledge_garden.model.community import CHARTER_HEADING, CHARTER_QUESTION
from knowledge_garden.model.dates import When
from knowledge_garden.model.lesson import QUESTIONS, SUMMARY_LIMIT
from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import SEVERITY_LABELS, Problem, Severity
from knowledge_garden.model.records import Kind

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
@click.option("--outcome", help="How it went: the key of an outcome in garden.yml, such as failure.")
@click.option("--community", "communities", multiple=True, help="Slug of a community it belongs to; may be repeated.")
@click.option("--cause", "causes", multiple=True, help="Key of a cause in garden.yml; may be repeated.")
@click.option("--date", help="When it happened: a year, a month or a day.")
@click.option("--told-by", "told_by", multiple=True, help="Who told it: a slug, or a name in words; may be repeated.")
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
    fields: dict[str, Any] = {"title": maker.ask("--title", title, message("What is it about, in a few words?"))}
    fields["summary"] = maker.ask("--summary", summary, message("What happened, and what did it teach?"), short_enough)
    fields["outcome"] = maker.choose("--outcome", outcome, message("How did it go?"), list(garden.settings.outcomes))
    fields["communities"] = maker.choose_some(
        "--community", communities, message("Which communities?"), garden.communities
    )
    if garden.settings.outcome(fields["outcome"]).kind != "success" or causes:
        fields["causes"] = maker.choose_some("--cause", causes, message("Which causes?"), garden.settings.causes)
    when = maker.ask(
        "--date", date or (None if maker.asks else str(garden.today.year)), message("When did it happen?"), checked_date
    )
    fields["date"] = yaml_date(When.parse(when))
    if told_by:
        maker.checked("--told-by", filter(is_slug, told_by), garden.people)
        fields["told_by"] = list(dict.fromkeys(told_by))
    maker.write(f"lessons/{When.parse(when).year}", slug or fields["title"], fields, sections(QUESTIONS, maker.text))


@new.command()
@click.option("--title", help="The community's name.")
@click.option("--purpose", help="Why it exists, in one or two sentences.")
@click.option("--sponsor", help="Slug of the manager who supports it.")
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
    fields: dict[str, Any] = {"title": maker.ask("--title", title, message("What is it called?"))}
    fields["purpose"] = maker.ask("--purpose", purpose, message("Why does it exist, in one or two sentences?"))
    fields["sponsor"] = maker.choose("--sponsor", sponsor, message("Which manager supports it?"), list(people))
    fields["leads"] = maker.choose_some("--lead", leads, message("Who leads it?"), people)
    fields["status"] = "forming"
    body = sections({CHARTER_HEADING: CHARTER_QUESTION}, maker.text)
    maker.write("communities", slug or fields["title"], fields, body)


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
    fields: dict[str, Any] = {"name": maker.ask("--name", name, message("What is the name, as it is to be credited?"))}
    if organisation:
        fields["organisation"] = organisation
    fields["holds"] = list(holds) or maker.ask_some(message("What do they know and can be asked?"))
    fields["needs"] = list(needs) or maker.ask_some(message("What do they need to know?"))
    maker.write("people", slug or fields["name"], {key: value for key, value in fields.items() if value}, "")


class _Maker:
    """Asks for what was not given, where there is somebody to ask, and writes the file."""

    def __init__(self, directory: Path, kind: Kind) -> None:
        self.content = find_content(directory)
        self.kind = kind
        self.asks = self._somebody()
        self.loaded: LoadedGarden = load_garden(self.content, today=now(), with_history=False)
        self.text = self.loaded.language.text

    @staticmethod
    def _somebody() -> bool:
        """Whether somebody sits there who can be asked."""
        return sys.stdin.isatty()

    def ask(self, option: str, given: str | None, question: str, fits: Callable[[str], str] = str.strip) -> str:
        """What was given, or the answer to a question, put through `fits`, which raises ValueError with the reason."""
        if given is not None or not self.asks:
            if not (given or "").strip():
                raise click.UsageError(f"Missing option {option}: {self.text(question)}")
            try:
                return fits(given or "")
            except ValueError as error:
                raise click.UsageError(f"{option}: {error}") from error

        def checked(answer: str) -> str:
            try:
                return fits(answer)
            except ValueError as error:
                raise click.BadParameter(str(error)) from error

        return str(click.prompt(self.text(question), value_proc=checked))

    def ask_some(self, question: str) -> list[str]:
        """Answers until an empty one; none where nobody can be asked."""
        answers: list[str] = []
        prompt = self.text(message("{question} (Enter to go on)", question=question))
        while self.asks and (answer := click.prompt(prompt, default="", show_default=False)):
            answers.append(answer.strip())
        return answers

    def choose(self, option: str, given: str | None, question: str, choices: list[str]) -> str:
        if given is None and self.asks:
            return str(click.prompt(self.text(question), type=click.Choice(choices)))
        return self.checked(option, [self.ask(option, given, question)], dict.fromkeys(choices))[0]

    def choose_some(self, option: str, given: Iterable[str], question: str, choices: Mapping[str, object]) -> list[str]:
        """One or more of `choices`."""
        chosen = list(given)
        if not chosen and self.asks:
            click.echo(self.text(message("Choose from: {choices}.", choices=", ".join(choices))))
            answer = self.ask(option, None, message("{question} (several with commas between)", question=question))
            chosen = [part.strip() for part in answer.split(",") if part.strip()]
        if not chosen:
            raise click.UsageError(
                f"Missing option {option}: {self.text(question)} Choose from: {', '.join(choices) or 'none yet'}."
            )
        return self.checked(option, chosen, choices)

    def checked(self, option: str, given: Iterable[str], choices: Mapping[str, object]) -> list[str]:
        given = list(dict.fromkeys(given))
        for slug in given:
            if slug not in choices:
                hint = did_you_mean(slug, choices) or f"Choose from: {', '.join(choices) or 'none yet'}."
                raise click.UsageError(f"{option}: there is no {slug} here. {hint}")
        return given

    def write(self, folder: str, name: str, fields: Mapping[str, Any], body: str) -> None:
        """Write the record. Nothing that is there is ever written over."""
        slug = make_slug(name)
        if not slug:
            raise click.UsageError(f"No file name can be made from {name!r}. Give one with --slug, in letters a to z.")
        if slug in RESERVED:
            raise click.UsageError(
                f"{slug} names a folder's own page, so it can't name a record. Give another with --slug."
            )
        taken = self.loaded.garden.of(self.kind).get(slug)
        target = self.content / folder / f"{slug}.md"
        if taken or target.exists():
            taken_by = taken.path if taken else target.relative_to(self.content)
            raise click.UsageError(f"{slug} is already the name of {taken_by}. Give another with --slug.")
        target.parent.mkdir(parents=True, exist_ok=True)
        text = frontmatter.dumps(
            frontmatter.Post(f"{body}\n", **fields), sort_keys=False, allow_unicode=True, width=100
        )
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text.rstrip("\n") + "\n")
        click.echo(self.text(message("Written: {path}", path=str(target))))
        for problem in self._problems(target):
            click.echo(
                f"  {self.text(SEVERITY_LABELS[problem.severity])}: {self.text(problem.message)} {self.text(problem.hint)}"
            )
        click.echo(self.text(message("Open it, tell the story, then run: garden check")))

    def _problems(self, target: Path) -> list[Problem]:
        markdown, _ = site_markdown(self.content)
        loaded = load_garden(self.content, today=now(), with_history=False, markdown=markdown)
        path = loaded.garden.file(target.relative_to(self.content).as_posix())
        return [
            problem
            for problem in loaded.problems
            if problem.path == path and problem.severity is not Severity.NOTICE and problem.code != "prompt-left"
        ]
