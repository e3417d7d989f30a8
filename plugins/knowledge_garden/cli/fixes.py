"""Prints what `garden check --fix` does, or would do, and does it."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

import click

from knowledge_garden.fixing import FixedFile, write_fixed
from knowledge_garden.locale import Language
from knowledge_garden.model.messages import messages
from knowledge_garden.model.names import visible


def print_fixes(fixed: Sequence[FixedFile], language: Language, *, diff: bool) -> None:
    """Say on standard error, by file and line, what is fixed; with `diff` show it as a patch on standard output."""
    for file in fixed:
        if diff:
            click.echo(_patch(file), nl=False)
            continue
        for fix in file.fixes:
            click.echo(f"{visible(file.path)}:{fix.line} {visible(language.text(fix.message))}", err=True)
    number = sum(len(file.fixes) for file in fixed)
    done = (
        messages("{number} fix that --fix would make.", "{number} fixes that --fix would make.", number)
        if diff
        else messages("{number} fix made.", "{number} fixes made.", number)
    )
    click.echo(language.text(done), err=True)


def apply_fixes(content: Path, fixed: Sequence[FixedFile]) -> None:
    """Write the fixed files. Exits with 1 at the first that can't be written; those before it stay fixed."""
    for file in fixed:
        try:
            write_fixed(content, file)
        except OSError as error:
            raise click.ClickException(str(error)) from error


def _patch(file: FixedFile) -> str:
    """The change as a patch; what a terminal would obey is replaced, so it is for reading and not for `git apply`."""
    before, after = (text.decode("utf-8").splitlines(keepends=True) for text in (file.before, file.after))
    lines = difflib.unified_diff(before, after, f"a/{file.path}", f"b/{file.path}")
    return "".join(f"{_shown(line.rstrip(chr(13) + chr(10)))}\n" for line in lines)


def _shown(line: str) -> str:
    """A line of a patch without what a terminal or a CI server would obey; a Markdown heading stays as it is."""
    if "##[" in line or line[1:].lstrip().startswith("::"):
        return f"{line[:1]}{visible(line[1:])}"
    return "".join(letter if letter.isprintable() or letter == "\t" else "\N{REPLACEMENT CHARACTER}" for letter in line)
