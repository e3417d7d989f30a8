"""Reads garden.yml into settings; a garden without one gets the defaults."""

from __future__ import annotations

from pathlib import Path

from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.model.settings import SETTINGS_FILE, Settings
from knowledge_garden.reading.files import read_text
from knowledge_garden.reading.former import check_former_keys
from knowledge_garden.reading.records import M, read_fields
from knowledge_garden.reading.yaml import read_yaml


def read_settings(root: Path, path: str) -> tuple[Settings, bool, dict[str, int], list[Problem]]:
    """The settings of the content folder `root`, whether they are those of its garden.yml, the line of each, and what
    is wrong with it. `path` is the file's path from the repository's top."""
    source = root / SETTINGS_FILE
    if source.is_symlink() or not source.is_file():  # what a symbolic link points to is not read
        fault = message(
            "{path} is missing: it holds the garden's causes, stages and dimensions. Defaults are used.", path=path
        )
        return Settings(), False, {}, [problem("missing-file", path, 0, fault)]
    settings, lines, problems = read_yaml_file(Settings, source, path)
    if settings:
        problems += check_former_keys(settings, lines, path)
    return settings or Settings(), settings is not None, lines, problems


def garden_settings(root: Path) -> Settings:
    """The settings of the garden whose content folder is `root`, before the rest of it is read."""
    settings, _, _, _ = read_settings(root, SETTINGS_FILE)
    return settings


def read_yaml_file(model: type[M], source: Path, path: str) -> tuple[M | None, dict[str, int], list[Problem]]:
    """A YAML file as a model, the line of each value, and what is wrong with it. None where it can't be read."""
    text, problems = read_text(source, path)
    if text is None:
        return None, {}, problems
    values = read_yaml(text, path)
    problems += values.problems
    if values.data is not None and not isinstance(values.data, dict):
        problems.append(
            problem("settings", path, 1, message("{name} is not made of key: value lines.", name=source.name))
        )
    fields, more = read_fields(model, values, path)
    understood = isinstance(values.data, dict) or not problems
    return fields if understood else None, values.lines, problems + more
