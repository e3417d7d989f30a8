"""What the commands share: finding the garden, today's date, and progress on a terminal."""

from __future__ import annotations

import datetime
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from knowledge_garden import clock
from knowledge_garden.model.dates import When

EXIT_ERRORS = 1
EXIT_NO_GARDEN = 2
_PLUGIN = re.compile(rb"^\s*-\s*garden:?\s*$", re.M)
_SIGNS = ("garden.yml", "lessons", "communities")


class DateParameter(click.ParamType[datetime.date]):
    """A year, a month or a day. `last` chooses the last day it can mean rather than the first."""

    name = "date"

    def __init__(self, *, last: bool = False) -> None:
        self.last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        try:
            when = When.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)
        return when.last if self.last else when.first


def find_content(path: Path) -> Path:
    """The content folder of the garden at `path`, which is a repository or the content folder itself. Exits with 2."""
    for folder in (path / "content", path):
        if any((folder / sign).exists() for sign in _SIGNS):
            return folder
    site = path / "mkdocs.yml"
    if (path / "content").is_dir() and site.is_file() and _PLUGIN.search(site.read_bytes()):
        return path / "content"  # a garden that has nothing yet
    raise NoGarden(path)


class NoGarden(click.ClickException):
    """There is no garden where one was looked for."""

    exit_code = EXIT_NO_GARDEN

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no garden in {path}: neither it nor its folder content/ holds {', '.join(_SIGNS[:-1])} "
            f"or {_SIGNS[-1]}. Name the garden's folder, or start one from the template."
        )


class Unreadable(click.ClickException):
    """A file that a command was given can't be read."""

    exit_code = EXIT_NO_GARDEN


def read_written(file: Path) -> str:
    """The text of a file, or of standard input where the file is -. Exits with 2 where it can't be read."""
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{file} can't be read ({error}). Name a Markdown file in UTF-8.") from error


def now() -> datetime.datetime:
    """The present moment, or that of SOURCE_DATE_EPOCH where it is set. Exits with 1 where that can't be read."""
    try:
        return clock.now()
    except ValueError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def commit_progress() -> Iterator[Callable[[int], None]]:
    """Shows on a terminal how many commits have been read; says nothing in a pipe."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    columns = (SpinnerColumn(), TextColumn("Reading the history: {task.completed:,.0f} commits"))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("history", total=None)
        yield lambda number: progress.update(task, completed=number)


def write_text(text: str, output: Path | None) -> None:
    """Write to a file, or to standard output."""
    if output is None:
        sys.stdout.write(text)
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(text, encoding="utf-8", newline="")
    click.echo(f"Written: {output}", err=True)


def to_json(value: object) -> str:
    """JSON for machines and for people: indented, in the order it was made."""
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"
