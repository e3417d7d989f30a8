"""What the commands about credit share: their options, the private list of identities, and what they say of the history."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from knowledge_garden.indexes.ledger import Ledger
from knowledge_garden.model.names import visible
from knowledge_garden.reading.files import hash_of
from knowledge_garden.reading.identities import IdentitiesError, read_identities

IDENTITIES = click.option(
    "--identities",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Private list outside the repository: lines of “address: name or slug”.",
)
CACHE = click.option(
    "--cache", type=click.Path(path_type=Path, file_okay=False), help="Folder that keeps the history between runs."
)


def private_identities(file: Path | None) -> dict[str, str]:
    """Address → name or slug, of the private list; empty where there is none. Exits with 2 where it can't be read."""
    if file is None:
        return {}
    try:
        return read_identities(file)
    except IdentitiesError as error:
        raise click.UsageError(f"--identities: {error}") from error


def shaped_by(credit: Ledger, identities: Path | None) -> Ledger:
    """The ledger with the private list among the files that shaped it, by its option's name, not by its path."""
    if identities is None:
        return credit
    return replace(credit, configuration={**credit.configuration, **hash_of(identities, "--identities")})


def without_credit(credit: Ledger) -> bool:
    """Whether the history gives no credit at all."""
    return credit.history.withheld or credit.history.state in ("none", "empty")


def say_state(credit: Ledger) -> None:
    """Print the notices of the history for people."""
    for notice in credit.history.notices:
        click.echo(visible(f"{notice.code}: {notice.text} {notice.hint}"), err=True)
