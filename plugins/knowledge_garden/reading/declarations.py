"""Reads content/credits.yml: declared work and corrections of credit."""

from __future__ import annotations

from pathlib import Path

from knowledge_garden.model.declarations import DECLARATIONS_FILE, Declarations
from knowledge_garden.model.problems import Problem
from knowledge_garden.reading.settings import read_yaml_file


def read_declarations(root: Path, path: str) -> tuple[Declarations, dict[str, int], list[Problem]]:
    """The declarations of the content folder `root`, and the line of each value; empty where there is no such file."""
    source = root / DECLARATIONS_FILE
    if source.is_symlink() or not source.is_file():
        return Declarations(), {}, []
    declarations, lines, problems = read_yaml_file(Declarations, source, path)
    return declarations or Declarations(), lines, problems
