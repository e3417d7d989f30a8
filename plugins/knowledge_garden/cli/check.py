"""garden check: says what is wrong with the content, where, and how to fix it; fixes what is safe to fix."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from knowledge_garden.cli.common import EXIT_ERRORS, DateParameter, commit_progress, now
from knowledge_garden.cli.fixes import apply_fixes, print_fixes
from knowledge_garden.cli.navigation import check_navigation, site_plugins
from knowledge_garden.cli.reports import FORMATS, Report, SaveParameter, print_problems
from knowledge_garden.cli.selection import Selection
from knowledge_garden.cli.site import site_markdown
from knowledge_garden.fixing import FixedFile, fix_garden
from knowledge_garden.loading import CACHE, LoadedGarden, load_garden
from knowledge_garden.model.problems import Severity


@click.command()
@click.argument("paths", metavar="[PATH]...", type=click.Path(path_type=Path), nargs=-1)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How to say it.")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option("--fix", is_flag=True, help="Fix what is safe to fix, then check again.")
@click.option("--diff", is_flag=True, help="Only show what --fix would change.")
@click.option(
    "--save",
    "saves",
    type=SaveParameter(),
    multiple=True,
    help="Write the problems to a file too: FORMAT=FILE. May be given several times.",
)
@click.option("--preview", default="", help="The address of a preview of the site, for the format markdown.")
@click.option("--today", "day", type=DateParameter(), help="The day to check against, instead of today.")
@click.option("--no-history", is_flag=True, help="Leave the Git history out.")
@click.option("--no-cache", is_flag=True, help="Read everything anew, and keep nothing for the next check.")
def check(
    paths: tuple[Path, ...],
    form: str,
    strict: bool,
    fix: bool,
    diff: bool,
    saves: tuple[tuple[str, Path], ...],
    preview: str,
    day: datetime.date | None,
    no_history: bool,
    no_cache: bool,
) -> None:
    """Check the garden at PATH (a repository, or its content folder; default: here), or only the files named.

    The whole garden is read for one file too, since its links lead to others.
    """
    selection = Selection.of(paths)
    today = day or now()

    def load() -> Report:
        with commit_progress() as progress:
            markdown, site_problems = site_markdown(selection.content)
            loaded = load_garden(
                selection.content,
                today=today,
                cache=None if no_cache else selection.content / CACHE,
                with_history=not no_history,
                plugins=site_plugins(selection.content),
                markdown=markdown,
                progress=progress,
            )
        of_site = (*site_problems, *check_navigation(selection.content, loaded))
        problems = selection.problems({*loaded.problems, *of_site}, loaded.garden)
        return Report(problems, loaded, preview)

    report = load()
    if fix or diff:
        fixed = _fixed(selection, report.loaded)
        print_fixes(fixed, report.loaded.language, diff=diff)
        if fixed and not diff:
            apply_fixes(selection.content, fixed)
            report = load()
    for saved_form, file in saves:
        report.save(saved_form, file)
    if form == "text":
        print_problems(report.problems, len(report.loaded.garden.pages), report.loaded.language)
    else:
        click.echo(report.text(form), nl=False)
    stopping = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    raise SystemExit(EXIT_ERRORS if any(problem.severity in stopping for problem in report.problems) else 0)


def _fixed(selection: Selection, loaded: LoadedGarden) -> list[FixedFile]:
    return fix_garden(
        selection.content,
        top=loaded.garden.content,
        generated=[page.path for page in loaded.pages],
        markdown=site_markdown(selection.content)[0],
        only=selection.files,
    )
