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
from knowledge_garden.locale import Language
from knowledge_garden.model.messages import messages
from knowledge_garden.model.names import visible
from knowledge_garden.model.problems import SEVERITY_LABELS, Problem, Severity, shown_problems
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
        print_problems(problems, len(loaded.garden.pages), loaded.language)
    stopping = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    raise SystemExit(EXIT_ERRORS if any(problem.severity in stopping for problem in problems) else 0)


def print_problems(problems: tuple[Problem, ...], pages: int, language: Language) -> None:
    """Print problems for people, with a line that counts them. `pages`: how many pages were read."""
    text = language.text
    console = Console(highlight=False, soft_wrap=True)
    shown, more = shown_problems(problems)
    for problem in shown:
        line = Text(visible(problem.location))
        line.append(f" {text(SEVERITY_LABELS[problem.severity])} ", style=_STYLE[problem.severity])
        line.append(f"[{problem.code}] ", style="dim")
        line.append(visible(text(problem.message)))
        console.print(line)
        if problem.hint:
            console.print(Text(f"    {visible(text(problem.hint))}", style="dim"))
    if more:
        hidden = messages(
            "{number} more problem is not shown; --format json lists them all.",
            "{number} more problems are not shown; --format json lists them all.",
            more,
        )
        console.print(text(hidden))
    counts = Counter(problem.severity for problem in problems)
    totals = (
        messages("{number} error", "{number} errors", counts[Severity.ERROR]),
        messages("{number} warning", "{number} warnings", counts[Severity.WARNING]),
        messages("{number} notice", "{number} notices", counts[Severity.NOTICE]),
    )
    if problems:
        listed = ", ".join(map(text, totals))
        console.print(
            text(messages("{number} page read: {totals}.", "{number} pages read: {totals}.", pages, totals=listed))
        )
    else:
        fine = messages(
            "{number} page read, and nothing is wrong.", "{number} pages read, and nothing is wrong.", pages
        )
        console.print(text(fine))
