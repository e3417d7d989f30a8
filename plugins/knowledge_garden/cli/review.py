"""garden credits review: the private pages for a conversation between a lead and a person."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import click

from knowledge_garden.cli.common import DateParameter, commit_progress, find_content, now, to_json
from knowledge_garden.cli.ledgers import CACHE, IDENTITIES, private_identities, say_state, shaped_by, without_credit
from knowledge_garden.history import HistoryError
from knowledge_garden.history.details import CommitDetails, read_details
from knowledge_garden.indexes.ledger import garden_ledger
from knowledge_garden.indexes.review import Period, Review, ledger_of, reviews
from knowledge_garden.loading import load_garden
from knowledge_garden.locale import Language
from knowledge_garden.model.names import visible, without_addresses
from knowledge_garden.model.publication import Publication
from knowledge_garden.outputs.ledger import ledger_csv, ledger_document
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.review import INDEX, Beside, file_names, notes_file, review_pages


@click.command()
@click.argument("path", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")
@click.option("--since", type=DateParameter(), required=True, help="First day: a day, a month or a year.")
@click.option("--until", type=DateParameter(last=True), required=True, help="Last day: a day, a month or a year.")
@click.option("--community", default="", help="Only this community's pages: its slug.")
@click.option("--person", default="", help="Only this person: slug or full name.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write.")
@click.option("--commit-url", default="", help="Address of a commit on the web, with {sha} in it.")
@IDENTITIES
@CACHE
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
    credit = shaped_by(garden_ledger(loaded.garden, identities=private_identities(identities)), identities)
    say_state(credit)
    if without_credit(credit):
        raise SystemExit(1)
    period = Period(since, until)
    chosen = reviews(indexes, credit, period, community=community, person=person)
    if person and not chosen:
        raise click.UsageError(
            f"--person: no contribution and no seat of {visible(person)} between {since} and {until}."
        )
    scope = indexes.garden.communities[community].title if community else ""
    names = file_names(chosen).values()
    beside = Beside(
        _details(content, chosen, credit.publication), {name: _notes(output, name, loaded.language) for name in names}
    )
    frame = Frame(commit=commit_url, language=loaded.language)
    for name, text in review_pages(indexes, frame, period, chosen, scope, beside).items():
        _write(output / name, text)
    part = ledger_of(credit, chosen)
    _write(output / "ledger.csv", ledger_csv(part, since=since, until=until, names="full"))
    document = ledger_document(part, since=since, until=until, names="full", all_pages=False)
    _write(output / "ledger.json", to_json(document))
    click.echo(
        f"A review of {len(chosen)} people is in {output / INDEX}. It holds full names: keep it private.", err=True
    )


def _details(content: Path, chosen: list[Review], publication: Publication) -> dict[str, CommitDetails]:
    """Details of the commits of these reviews, without addresses and without the names of others who are not shown."""
    commits = {line.commit for shown in chosen for line in shown.lines if line.commit}
    try:
        details = read_details(content, commits)
    except HistoryError as error:
        click.echo(f"The commits' subjects can't be shown: {error}", err=True)
        return {}
    replaced = publication.mentions.replaced
    return {
        commit: replace(detail, subject=without_addresses(replaced(detail.subject)))
        for commit, detail in details.items()
    }


def _notes(output: Path, page: str, language: Language) -> str:
    """The notes that are kept beside a page; an empty file for them is made where there is none."""
    file = output / notes_file(page)
    if file.is_symlink() or file.is_file():
        return file.read_text(encoding="utf-8", errors="replace").strip()
    _write(file, "")
    return ""


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
