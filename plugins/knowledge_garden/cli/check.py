"""garden check: says what is wrong with the content, where, and how to fix it."""

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
from knowledge_garden.model.problems import Problem, Severity, shown_problems
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
        print_problems(problems, pages=len(loaded.garden.pages))
    stopping = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    raise SystemExit(EXIT_ERRORS if any(problem.severity in stopping for problem in problems) else 0)


def print_problems(problems: tuple[Problem, ...], pages: int) -> None:
    """Print problems for people, with a line that counts them. `pages`: how many pages were read."""
    console = Console(highlight=False, soft_wrap=True)
    shown, more = shown_problems(problems)
    for problem in shown:
        line = Text(visible(problem.location))
        line.append(f" {problem.severity} ", style=_STYLE[problem.severity])
        line.append(f"[{problem.code}] ", style="dim")
        line.append(visible(problem.message))
        console.print(line)
        if problem.hint:
            console.print(Text(f"    {visible(problem.hint)}", style="dim"))
    if more:
        console.print(f"{more:,} more problems are not shown; --format json lists them all.")
    counts = Counter(problem.severity for problem in problems)
    totals = ", ".join(f"{counts[kind]} {kind}{'s' if counts[kind] != 1 else ''}" for kind in Severity)
    console.print(f"{pages:,} pages read: {totals}." if problems else f"{pages:,} pages read, and nothing is wrong.")
