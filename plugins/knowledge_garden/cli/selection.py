"""What `garden check` looks at: a garden, or some of its files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from knowledge_garden.cli.common import NoGarden, find_content
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Selection:
    """The content folder, and the files in it, as content paths, whose problems are asked for (None: all)."""

    content: Path
    files: frozenset[str] | None

    @classmethod
    def of(cls, paths: tuple[Path, ...]) -> Selection:
        """What the arguments of a command name. Exits with 2 where they don't belong together, or to no garden."""
        if not paths:
            return cls(find_content(Path()), None)
        if len(paths) == 1 and not paths[0].is_file() and not paths[0].is_symlink():
            return cls(find_content(paths[0]), None)
        content: Path | None = None
        files: set[str] = set()
        for path in paths:
            if not path.is_file() and not path.is_symlink():
                raise click.UsageError(f"{path} is not a file. Name one garden, or files of one garden.")
            own = path.parent.resolve() / path.name  # the file itself, even where it is a symbolic link
            folder = _content_of(own, path)
            if content not in (None, folder):
                raise click.UsageError(f"{path} belongs to another garden than {paths[0]}. Check one garden at a time.")
            content = folder
            files.add(own.relative_to(folder).as_posix())
        return cls(content or find_content(Path()), frozenset(files))

    def problems(self, problems: Iterable[Problem], garden: Garden) -> tuple[Problem, ...]:
        """Those of the problems that are asked for, sorted by file and line."""
        if self.files is None:
            return tuple(sorted(problems))
        wanted = {garden.file(path) for path in self.files}
        return tuple(sorted(problem for problem in problems if problem.path in wanted))


def _content_of(file: Path, written: Path) -> Path:
    """The content folder that holds a file."""
    for folder in file.parents:
        try:
            content = find_content(folder)
        except NoGarden:
            continue
        if file.is_relative_to(content):
            return content
        break
    raise NoGarden(written.parent)
