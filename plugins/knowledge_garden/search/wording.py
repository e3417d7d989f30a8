"""The words that a garden has for causes, stages and values of facets."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge_garden.model.garden import Garden
from knowledge_garden.model.lesson import LessonFields
from knowledge_garden.model.taxonomy import Cause, Named


def cause_words(cause: Cause) -> tuple[str, ...]:
    """Everything that garden.yml says of a cause: other names, description, signs, checks, prevention."""
    return (cause.title, *cause.also, cause.description, *cause.signs, *cause.checks, cause.prevention)


def names_of(named: Named | Cause | None) -> tuple[str, ...]:
    """The title of a stage, a value or a cause, and its other names."""
    return (named.title, *named.also) if named else ()


def origin_words(garden: Garden, origin: Mapping[str, str]) -> list[str]:
    """The values of an origin, with their titles and other names."""
    names: list[str] = []
    for dimension, value in origin.items():
        settings = garden.settings.dimensions.get(dimension)
        names += [value, *names_of(settings.values.get(value) if settings else None)]
    return names


def cause_keys(garden: Garden, fields: LessonFields) -> tuple[str, ...]:
    """The causes that a lesson names, or kept from happening, by their keys of today. One that garden.yml does not have
    stays as it is."""
    former = garden.settings.former_causes
    return tuple(dict.fromkeys(former.get(key, key) for key in (*fields.causes, *fields.prevented)))
