"""Reads garden.yml into settings; a garden without one gets the defaults."""

from __future__ import annotations

from pathlib import Path

from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.model.settings import SETTINGS_FILE, Settings
from knowledge_garden.reading.files import read_text
from knowledge_garden.reading.records import M, read_fields
from knowledge_garden.reading.yaml import read_yaml


def read_settings(root: Path, where: str) -> tuple[Settings, list[Problem]]:
    """The settings of the content folder `root`; `where` is the file's path from the repository's top."""
    place = root / SETTINGS_FILE
    if place.is_symlink() or not place.is_file():  # what a symbolic link points to is not read
        message = f"{where} is missing: it holds the garden's causes, stages and dimensions. Defaults are used."
        return Settings(), [problem("missing-file", where, 0, message)]
    settings, _, problems = read_yaml_file(Settings, place, where)
    return settings, problems


def read_yaml_file(model: type[M], place: Path, where: str) -> tuple[M, dict[str, int], list[Problem]]:
    """A YAML file as a model whose every field has a default, the line of each value, and what is wrong with it.

    The defaults stand where the file can't be read.
    """
    text, problems = read_text(place, where)
    if text is None:
        return model(), {}, problems
    values = read_yaml(text, where)
    problems += values.problems
    if values.data is not None and not isinstance(values.data, dict):
        problems.append(problem("settings", where, 1, f"{place.name} is not made of key: value lines."))
    fields, found = read_fields(model, values, where)
    return fields or model(), values.lines, problems + found
