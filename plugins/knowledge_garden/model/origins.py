"""Where lessons and people come from, in the keys of garden.yml, so that nothing else need know of other names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from knowledge_garden.model.fields import Fields
from knowledge_garden.model.garden import Record
from knowledge_garden.model.settings import Settings
from knowledge_garden.model.taxonomy import Dimension

F = TypeVar("F", bound=Fields)
Values = Mapping[str, tuple[str, ...]]


def with_keys(records: Mapping[str, Record[F]], settings: Settings) -> dict[str, Record[F]]:
    """The records with the key of each value of their origin. What a dimension does not have stays as it is written."""
    keyed: dict[str, Record[F]] = {}
    for slug, record in records.items():
        origin: Values = getattr(record.fields, "origin")  # noqa: B009 (a field of lessons and people)
        current = {name: _keys(settings.dimensions.get(name), values) for name, values in origin.items()}
        keyed[slug] = (
            record
            if current == origin
            else replace(record, fields=record.fields.model_copy(update={"origin": current}))
        )
    return keyed


def _keys(dimension: Dimension | None, values: tuple[str, ...]) -> tuple[str, ...]:
    return dimension.tree.keys(values) if dimension else values


def levels_in(dimension: Dimension, values: tuple[str, ...]) -> Iterator[str]:
    """The keys of several values and of all levels above them, each once, the widest first."""
    yield from dict.fromkeys(key for value in values for key in dimension.tree.path(value))
