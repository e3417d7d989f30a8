"""garden report: a report in Markdown on a community or the whole garden, to be finished in one's own words."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from knowledge_garden.cli.common import DateParameter, commit_progress, find_content, now, write_text
from knowledge_garden.cli.due import SITE, check_community
from knowledge_garden.loading import load_garden
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.markdown import Pages
from knowledge_garden.pages.report import report_markdown

_SINCE = click.option("--since", type=DateParameter(), required=True, help="First day: a day, a month or a year.")
_UNTIL = click.option(
    "--until", type=DateParameter(last=True), required=True, help="Last day: a day, a month or a year."
)
_DIRECTORY = click.option(
    "--directory",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=".",
    help="The garden's folder; default: here.",
)
_OUTPUT = click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write, instead of printing."
)


@click.group()
def report() -> None:
    """Write a report in Markdown from what the garden records, to be finished in your own words."""


@report.command()
@click.argument("slug")
@_SINCE
@_UNTIL
@_DIRECTORY
@_OUTPUT
@SITE
def community(
    slug: str, since: datetime.date, until: datetime.date, directory: Path, output: Path | None, site: str
) -> None:
    """Write the report of the community with this SLUG."""
    _write(slug, since, until, directory, output, site)


@report.command(name="garden")
@_SINCE
@_UNTIL
@_DIRECTORY
@_OUTPUT
@SITE
def whole_garden(since: datetime.date, until: datetime.date, directory: Path, output: Path | None, site: str) -> None:
    """Write the report of the whole garden."""
    _write("", since, until, directory, output, site)


def _write(
    slug: str, since: datetime.date, until: datetime.date, directory: Path, output: Path | None, site: str
) -> None:
    if until < since:
        raise click.UsageError(f"--until ({until}) is before --since ({since}).")
    content = find_content(directory)
    if output is not None and output.resolve().is_relative_to(content.resolve()):
        raise click.UsageError("--output lies in the content folder, which is published. Choose a folder outside it.")
    with commit_progress() as progress:
        loaded = load_garden(content, today=now(), progress=progress)
    check_community(loaded, slug)
    pages = Pages(loaded.indexes.garden, Frame(language=loaded.language), site)
    write_text(report_markdown(loaded.indexes, pages, loaded.language, slug, since, until), output)
