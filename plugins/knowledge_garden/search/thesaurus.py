"""Groups of words that mean much the same: those that are shipped, and those of garden.yml."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

Group = tuple[str, ...]


@cache
def default_groups() -> tuple[Group, ...]:
    """The thesaurus of working life that is shipped: a group a line, its words separated by commas, # for a comment."""
    text = files("knowledge_garden.search").joinpath("data", "thesaurus.txt").read_text(encoding="utf-8")
    return read_groups(text)


def read_groups(text: str) -> tuple[Group, ...]:
    """The groups of a text of such lines."""
    lines = (line.partition("#")[0] for line in text.splitlines())
    groups = (tuple(filter(None, (" ".join(word.split()) for word in line.split(",")))) for line in lines)
    return tuple(group for group in groups if group)


def groups_of(own: Iterable[Iterable[str]]) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """The garden's own groups (the `synonyms` of garden.yml), and the shipped ones."""
    return tuple(tuple(group) for group in own), default_groups()
