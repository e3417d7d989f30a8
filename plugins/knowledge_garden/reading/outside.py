"""Reads content/outside-links.yml: which links to other sites did not work when they were last checked."""

from __future__ import annotations

from pathlib import Path

from knowledge_garden.model.outside import OUTSIDE_FILE, OutsideLinks
from knowledge_garden.model.problems import Problem
from knowledge_garden.reading.settings import read_yaml_file


def read_outside_links(root: Path, path: str) -> tuple[OutsideLinks, list[Problem]]:
    """The results in the content folder `root`, and what is wrong with them; empty where there is no such file."""
    source = root / OUTSIDE_FILE
    if source.is_symlink() or not source.is_file():
        return OutsideLinks(), []
    links, _, problems = read_yaml_file(OutsideLinks, source, path)
    return links or OutsideLinks(), problems
