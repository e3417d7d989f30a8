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
from knowledge_garden.cli.ledgers import CACHE, IDENTITIES, private_identities, say_state, shaped_by, without_credit
from knowledge_garden.cli.review import review
from knowledge_garden.history import HistoryError, find_repository, read_history
from knowledge_garden.indexes.ledger import Ledger, garden_ledger
from knowledge_garden.loading import credit_rules, load_garden
from knowledge_garden.model.garden import Garden, bare_garden
from knowledge_garden.model.settings import Settings
from knowledge_garden.outputs.ledger import ledger_csv, ledger_document

_SINCE = click.option("--since", type=DateParameter(), help="First day: a day, a month or a year.")
_UNTIL = click.option("--until", type=DateParameter(last=True), help="Last day: a day, a month or a year.")


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
@IDENTITIES
@CACHE
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
    private_list = private_identities(identities)
    credit = (
        _ledger_of_paths(repository, paths, private_list, cache)
        if paths
        else _ledger_of_garden(repository, private_list, cache)
    )
    credit = shaped_by(credit, identities)
    say_state(credit)
    if form == "csv":
        write_text(ledger_csv(credit, since=since, until=until, names=names), output)
    else:
        write_text(to_json(ledger_document(credit, since=since, until=until, names=names)), output)
    raise SystemExit(1 if without_credit(credit) else 0)


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


credits_group.add_command(review)
