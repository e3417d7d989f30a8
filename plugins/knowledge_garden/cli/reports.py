"""The problems of a garden in the form that was asked for: on the terminal, as JSON, for hosts of repositories."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from knowledge_garden.cli.common import to_json
from knowledge_garden.loading import LoadedGarden
from knowledge_garden.locale import Language
from knowledge_garden.model.messages import message, messages
from knowledge_garden.model.names import visible
from knowledge_garden.model.problems import SEVERITY_LABELS, Problem, Severity, shown_problems
from knowledge_garden.outputs.annotations import github_commands, gitlab_report, sarif_log
from knowledge_garden.outputs.problems import problems_document
from knowledge_garden.outputs.summary import summary

FORMATS = ("text", "json", "github", "gitlab", "sarif", "markdown")
_FIXABLE = frozenset(["byte-order-mark", "windows-newlines", "curly-quotes", "key-case", "list-in-text"])
_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "dim"}


class SaveParameter(click.ParamType[tuple[str, Path]]):
    """A format and a file: sarif=problems.sarif."""

    name = "format=file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        if isinstance(value, tuple):
            return value
        form, _, file = str(value).partition("=")
        if form not in FORMATS[1:] or not file:
            self.fail(f"{value} is not FORMAT=FILE with one of {', '.join(FORMATS[1:])}.", param, ctx)
        return form, Path(file)


@dataclass(frozen=True, slots=True)
class Report:
    """The problems that were asked for, with the garden they were found in. `preview`: an address, or ""."""

    problems: tuple[Problem, ...]
    loaded: LoadedGarden
    preview: str = ""

    def text(self, form: str) -> str:
        """The problems in a form for machines, or as Markdown."""
        language = self.loaded.language
        if form == "github":
            return github_commands(self.problems, language)
        if form == "gitlab":
            return to_json(gitlab_report(self.problems, language))
        if form == "sarif":
            return to_json(sarif_log(self.problems, language, self.loaded.indexes.codes))
        if form == "markdown":
            return summary(self.problems, len(self.loaded.garden.pages), language, self.preview)
        return to_json(problems_document(self.problems))

    def save(self, form: str, file: Path) -> None:
        """Write the problems to a file. Exits with 1 where that can't be done."""
        if file.is_symlink():  # a change that is checked may hold it
            raise click.ClickException(f"{file} is a symbolic link; nothing is written through it.")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.text(form), encoding="utf-8", newline="")
        except OSError as error:
            raise click.ClickException(f"{file} can't be written: {error.strerror}.") from error


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
        if any(problem.code in _FIXABLE for problem in problems):
            console.print(text(message("“garden check --fix” fixes some of these.")))
    else:
        fine = messages(
            "{number} page read, and nothing is wrong.", "{number} pages read, and nothing is wrong.", pages
        )
        console.print(text(fine))
