"""The words that a garden has for causes, stages and values of facets."""

from __future__ import annotations

from knowledge_garden.model.garden import Garden
from knowledge_garden.model.lesson import LessonFields
from knowledge_garden.model.origins import Values, levels_in
from knowledge_garden.model.taxonomy import Cause, Named


def cause_words(cause: Cause) -> tuple[str, ...]:
    """Everything that garden.yml says of a cause: other names, description, signs, checks, prevention."""
    return (cause.title, *cause.also, cause.description, *cause.signs, *cause.checks, cause.prevention)


def names_of(named: Named | Cause | None) -> tuple[str, ...]:
    """The title of a stage, a value or a cause, and its other names."""
    return (named.title, *named.also) if named else ()


def origin_words(garden: Garden, origin: Values) -> list[str]:
    """The values of an origin and the levels above them, with their titles and other names."""
    names: list[str] = []
    for name, values in origin.items():
        dimension = garden.settings.dimensions.get(name)
        if dimension is None:
            names += values
            continue
        tree = dimension.tree
        for key in levels_in(dimension, values):
            names += dict.fromkeys((key, tree.title(key), *tree.also.get(key, ())))
    return names


def origin_facets(garden: Garden, origin: Values) -> dict[str, tuple[str, ...]]:
    """Dimension → the values by which a search can be narrowed: those of an origin, and the levels above them."""
    dimensions = garden.settings.dimensions
    return {
        name: tuple(levels_in(dimensions[name], values)) if name in dimensions else values
        for name, values in origin.items()
    }


def cause_keys(garden: Garden, fields: LessonFields) -> tuple[str, ...]:
    """The causes that a lesson names, or kept from happening, by their keys of today. One that garden.yml does not have
    stays as it is."""
    former = garden.settings.former_causes
    return tuple(dict.fromkeys(former.get(key, key) for key in (*fields.causes, *fields.prevented)))
