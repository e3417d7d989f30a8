"""A command that counts the records of a garden. It needs no MkDocs."""

import datetime
from collections.abc import Iterable
from pathlib import Path

import click

from knowledge_garden import Kind, hookimpl, load_garden


@click.command("count")
@click.argument("content", type=click.Path(path_type=Path, file_okay=False))
def count(content: Path) -> None:
    """Count the records."""
    garden = load_garden(content, today=datetime.date(2026, 1, 1), with_history=False).garden
    for kind in Kind:
        click.echo(f"{kind.value} {len(garden.of(kind))}")


@hookimpl
def garden_commands() -> Iterable[click.Command]:
    return [count]
