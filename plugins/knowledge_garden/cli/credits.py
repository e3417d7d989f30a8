"""garden credits: the ledger of any repository, and the private review for a lead and a person."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Literal

import click

from knowledge_garden.cli.common import (
    DateParameter,
    NoGarden,
    commit_progress,
    find_content,
    now,
    to_json,
    write_text,
)
from knowledge_garden.history import HistoryError, find_repository, read_history
from knowledge_garden.indexes.ledger import Ledger, garden_ledger
from knowledge_garden.indexes.review import Period, ledger_of, reviews
from knowledge_garden.loading import credit_rules, load_garden
from knowledge_garden.model.garden import Garden, bare_garden
from knowledge_garden.model.names import visible
from knowledge_garden.model.settings import Settings
from knowledge_garden.outputs.ledger import ledger_csv, ledger_document
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.review import INDEX, review_pages
from knowledge_garden.reading.files import hash_of
from knowledge_garden.reading.identities import IdentitiesError, read_identities

_SINCE = click.option("--since", type=DateParameter(), help="First day: a day, a month or a year.")
_UNTIL = click.option("--until", type=DateParameter(last=True), help="Last day: a day, a month or a year.")
_IDENTITIES = click.option(
    "--identities",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Private list outside the repository: lines of “address: name or slug”.",
)
_CACHE = click.option(
    "--cache", type=click.Path(path_type=Path, file_okay=False), help="Folder that keeps the history between runs."
)


@click.group(name="credits")
def credits_group() -> None:
    """Who did what, from the history, with its evidence."""


@credits_group.command()
@click.option(
    "--repository",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=".",
    help="Any Git repository; default: the one here.",
)
@click.option(
    "--paths", multiple=True, help="Pages, as a pattern from the repository's top: 'docs/**/*.md'. May be repeated."
)
@_SINCE
@_UNTIL
@click.option("--format", "form", type=click.Choice(["json", "csv"]), default="json", help="The form to write.")
@click.option(
    "--names",
    type=click.Choice(["shown", "full"]),
    default="shown",
    help="Names as people chose to be shown, or in full (private use only).",
)
@_IDENTITIES
@_CACHE
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write, instead of printing.")
def ledger(
    repository: Path,
    paths: tuple[str, ...],
    since: datetime.date | None,
    until: datetime.date | None,
    form: str,
    names: Literal["shown", "full"],
    identities: Path | None,
    cache: Path | None,
    output: Path | None,
) -> None:
    """Write every contribution with its person, role, page, date, rule and evidence, and all that was left out."""
    private_list = _identities(identities)
    credit = (
        _ledger_of_paths(repository, paths, private_list, cache)
        if paths
        else _ledger_of_garden(repository, private_list, cache)
    )
    credit = _shaped_by(credit, identities)
    _say_state(credit)
    if form == "csv":
        write_text(ledger_csv(credit, since=since, until=until, names=names), output)
    else:
        write_text(to_json(ledger_document(credit, since=since, until=until, names=names)), output)
    raise SystemExit(1 if _without_credit(credit) else 0)


@credits_group.command()
@click.argument("path", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")
@click.option("--since", type=DateParameter(), required=True, help="First day: a day, a month or a year.")
@click.option("--until", type=DateParameter(last=True), required=True, help="Last day: a day, a month or a year.")
@click.option("--community", default="", help="Only this community's pages: its slug.")
@click.option("--person", default="", help="Only this person: slug or full name.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write.")
@click.option("--commit-url", default="", help="Address of a commit on the web, with {sha} in it.")
@_IDENTITIES
@_CACHE
def review(
    path: Path,
    since: datetime.date,
    until: datetime.date,
    community: str,
    person: str,
    output: Path,
    commit_url: str,
    identities: Path | None,
    cache: Path | None,
) -> None:
    """Write a private review of the garden at PATH, for a conversation between a lead and a person.

    It holds full names. Keep it where only the two of you can read it, and never in the public site.
    """
    if until < since:
        raise click.UsageError(f"--until ({until}) is before --since ({since}).")
    content = find_content(path)
    if output.resolve().is_relative_to(content.resolve()):
        raise click.UsageError("--output lies in the content folder, which is published. Choose a folder outside it.")
    with commit_progress() as progress:
        loaded = load_garden(content, today=now(), cache=cache, progress=progress)
    indexes = loaded.indexes
    if community and community not in indexes.garden.communities:
        raise click.UsageError(f"--community: there is no community {community}.")
    credit = _shaped_by(garden_ledger(loaded.garden, identities=_identities(identities)), identities)
    _say_state(credit)
    if _without_credit(credit):
        raise SystemExit(1)
    period = Period(since, until)
    chosen = reviews(indexes, credit, period, community=community, person=person)
    if person and not chosen:
        raise click.UsageError(
            f"--person: no contribution and no seat of {visible(person)} between {since} and {until}."
        )
    scope = indexes.garden.communities[community].title if community else ""
    for name, text in review_pages(
        indexes, Frame(commit=commit_url, language=loaded.language), period, chosen, scope
    ).items():
        _write(output / name, text)
    part = ledger_of(credit, chosen)
    _write(output / "ledger.csv", ledger_csv(part, since=since, until=until, names="full"))
    document = ledger_document(part, since=since, until=until, names="full", all_pages=False)
    _write(output / "ledger.json", to_json(document))
    click.echo(
        f"A review of {len(chosen)} people is in {output / INDEX}. It holds full names: keep it private.", err=True
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def _identities(file: Path | None) -> dict[str, str]:
    if file is None:
        return {}
    try:
        return read_identities(file)
    except IdentitiesError as error:
        raise click.UsageError(f"--identities: {error}") from error


def _shaped_by(credit: Ledger, identities: Path | None) -> Ledger:
    """The ledger with the private list among the files that shaped it, by its option's name, not by its path."""
    if identities is None:
        return credit
    return replace(credit, configuration={**credit.configuration, **hash_of(identities, "--identities")})


def _ledger_of_garden(path: Path, identities: dict[str, str], cache: Path | None) -> Ledger:
    with commit_progress() as progress:
        garden = load_garden(find_content(path), today=now(), cache=cache, progress=progress).garden
    return garden_ledger(garden, identities=identities)


def _ledger_of_paths(path: Path, paths: tuple[str, ...], identities: dict[str, str], cache: Path | None) -> Ledger:
    repository = find_repository(path)
    if repository is None:
        raise click.UsageError(f"--repository: {path} is in no Git repository.")
    garden = _garden_of(path, repository)
    settings = garden.settings if garden else Settings()
    today = now().astimezone(settings.zone).date()
    rules = credit_rules(settings)
    with commit_progress() as progress:
        try:
            history = read_history(repository, today=today, rules=rules, paths=paths, cache=cache, progress=progress)
        except HistoryError as error:
            raise click.ClickException(str(error)) from error
    if garden is None:
        return garden_ledger(bare_garden(settings, history, today), identities=identities)
    configuration = {**history.configuration, **garden.configuration}
    credit = garden_ledger(replace(garden, history=history, configuration=configuration), identities=identities)
    # What is declared for other pages than these is not asked for.
    return replace(credit, lines=tuple(line for line in credit.lines if not line.page or line.page in history.pages))


def _garden_of(path: Path, repository: Path) -> Garden | None:
    """The garden that a repository holds, without its history: its people choose how they are shown on any page."""
    for folder in (path, repository):
        try:
            return load_garden(find_content(folder), today=now(), with_history=False).garden
        except NoGarden:
            continue
    return None


def _without_credit(credit: Ledger) -> bool:
    return credit.history.withheld or credit.history.state in ("none", "empty")


def _say_state(credit: Ledger) -> None:
    for notice in credit.history.notices:
        click.echo(visible(f"{notice.code}: {notice.text} {notice.hint}"), err=True)
