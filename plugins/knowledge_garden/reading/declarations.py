"""Reads content/credits.yml: declared work and corrections of credit."""

from __future__ import annotations

from pathlib import Path

from knowledge_garden.model.declarations import DECLARATIONS_FILE, Declarations
from knowledge_garden.model.problems import Problem
from knowledge_garden.reading.settings import read_yaml_file


def read_declarations(root: Path, where: str) -> tuple[Declarations, dict[str, int], list[Problem]]:
    """The declarations of the content folder `root`, and the line of each value; none where there is no such file."""
    place = root / DECLARATIONS_FILE
    if place.is_symlink() or not place.is_file():
        return Declarations(), {}, []
    return read_yaml_file(Declarations, place, where)
