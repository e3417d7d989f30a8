"""garden due: which actions and reviews are due, by community and owner."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import click

from knowledge_garden.cli.common import DateParameter, commit_progress, find_content, now, to_json
from knowledge_garden.hints import did_you_mean
from knowledge_garden.indexes.due import ACTION, DueItem, index_due
from knowledge_garden.loading import LoadedGarden, load_garden
from knowledge_garden.model.messages import message, messages
from knowledge_garden.model.names import visible
from knowledge_garden.outputs.due import due_document
from knowledge_garden.pages.due import by_owner, due_markdown, lateness
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.markdown import Pages

SITE = click.option("--site", default="", help="The site's address, for links; default: links to files.")


@click.command()
@click.argument("path", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to say it.")
@click.option("--within", type=click.IntRange(0, 3650), default=30, help="Days ahead, for actions; default: 30.")
@click.option("--community", default="", help="Only this community: its slug.")
@click.option("--today", "day", type=DateParameter(), help="The day to count from, instead of today.")
@SITE
def due(path: Path, form: str, within: int, community: str, day: datetime.date | None, site: str) -> None:
    """List actions that are overdue or due soon, and pages past their review, of the garden at PATH.

    Names are as people chose to be shown. Nothing due is no error: the exit code is 0 either way.
    """
    content = find_content(path)
    with commit_progress() as progress:
        loaded = load_garden(content, today=day or now(), progress=progress)
    indexes = loaded.indexes
    check_community(loaded, community)
    items = index_due(indexes.publication, indexes.actions, indexes.freshness, within)
    items = {slug: of_one for slug, of_one in items.items() if not community or slug == community}
    if form == "json":
        pages = Pages(indexes.garden, Frame(language=loaded.language), site)
        document = due_document(
            indexes.garden, items, within, lambda of_one: due_markdown(of_one, pages, loaded.language)
        )
        click.echo(to_json(document), nl=False)
        return
    for line in _lines(loaded, items):
        click.echo(visible(line))


def check_community(loaded: LoadedGarden, slug: str) -> None:
    """Raise a usage error where a community is named that is not there."""
    communities = loaded.indexes.garden.communities
    if slug and slug not in communities:
        hint = did_you_mean(slug, communities)
        raise click.UsageError(f"There is no community {visible(slug)}. {loaded.language.text(hint)}".strip())


def _lines(loaded: LoadedGarden, due_items: Mapping[str, tuple[DueItem, ...]]) -> list[str]:
    text, garden = loaded.language.text, loaded.indexes.garden
    lines: list[str] = []
    for slug, items in due_items.items():
        lines.append(f"{garden.communities[slug].title} ({slug})")
        for owner, of_owner in by_owner(items):
            lines.append(f"  {owner or text(message('Without an owner'))}")
            for item in of_owner:
                what = item.what if item.kind == ACTION else text(message("Review"))
                lines.append(f"    {text(lateness(item))}: {what} ({item.title}, {garden.file(item.path)})")
    number = len({(item.kind, item.path, item.what) for items in due_items.values() for item in items})
    lines.append(text(messages("{number} item is due.", "{number} items are due.", number)))
    return lines
