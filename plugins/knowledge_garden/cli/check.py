"""garden check: says what is wrong with the content, where, and how to mend it."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from knowledge_garden.cli.common import EXIT_ERRORS, DateParameter, commit_progress, find_content, now, to_json
from knowledge_garden.cli.site import site_markdown
from knowledge_garden.loading import load_garden
from knowledge_garden.model.names import visible
from knowledge_garden.model.problems import Problem, Severity
from knowledge_garden.outputs.problems import problems_document

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "dim"}


@click.command()
@click.argument("path", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to say it.")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option("--today", "day", type=DateParameter(), help="The day to check against, instead of today.")
@click.option("--no-history", is_flag=True, help="Leave the Git history out.")
def check(path: Path, form: str, strict: bool, day: datetime.date | None, no_history: bool) -> None:
    """Check the garden at PATH (a repository, or its content folder; default: here)."""
    content = find_content(path)
    with commit_progress() as progress:
        markdown, site_problems = site_markdown(content)
        loaded = load_garden(
            content, today=day or now(), with_history=not no_history, markdown=markdown, progress=progress
        )
    problems = tuple(sorted({*loaded.problems, *site_problems}))
    if form == "json":
        click.echo(to_json(problems_document(problems)), nl=False)
    else:
        _print(problems, pages=len(loaded.garden.pages))
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    raise SystemExit(EXIT_ERRORS if any(each.severity in grave for each in problems) else 0)


def _print(problems: tuple[Problem, ...], pages: int) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for each in problems:
        line = Text(visible(each.location))
        line.append(f" {each.severity} ", style=_STYLE[each.severity])
        line.append(f"[{each.code}] ", style="dim")
        line.append(visible(each.message))
        console.print(line)
        if each.hint:
            console.print(Text(f"    {visible(each.hint)}", style="dim"))
    counts = Counter(each.severity for each in problems)
    found = ", ".join(f"{counts[each]} {each}{'s' if counts[each] != 1 else ''}" for each in Severity)
    console.print(f"{pages:,} pages read: {found}." if problems else f"{pages:,} pages read, and nothing is wrong.")
