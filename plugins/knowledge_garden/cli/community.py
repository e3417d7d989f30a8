"""garden community: how one community is doing."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from knowledge_garden.cli.common import DateParameter, commit_progress, find_content, now, to_json
from knowledge_garden.hints import did_you_mean
from knowledge_garden.loading import load_garden
from knowledge_garden.model.names import visible
from knowledge_garden.outputs.dashboard import dashboard_document, dashboard_lines


@click.command()
@click.argument("slug")
@click.argument("path", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to say it.")
@click.option("--today", "day", type=DateParameter(), help="The day to look from, instead of today.")
def community(slug: str, path: Path, form: str, day: datetime.date | None) -> None:
    """Say how the community SLUG of the garden at PATH is doing (default: here).

    Pages due for review, open and overdue actions, needs, months of silence, newcomers, how few people do half of the
    maintenance, and seats that end soon. Numbers of people are left out where a group is too small.
    """
    content = find_content(path)
    with commit_progress() as progress:
        loaded = load_garden(content, today=day or now(), progress=progress)
    if slug not in loaded.indexes.garden.communities:
        hint = did_you_mean(slug, loaded.indexes.garden.communities)
        raise click.UsageError(f"There is no community {visible(slug)}. {hint}".strip())
    if form == "json":
        click.echo(to_json(dashboard_document(loaded.indexes, slug)), nl=False)
        return
    for line in dashboard_lines(loaded.indexes, slug):
        click.echo(visible(loaded.language.text(line)))
