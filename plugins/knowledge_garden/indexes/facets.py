"""Where knowledge comes from: each dimension's facet values with their lessons and people, and what says nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.model.garden import Garden, Record
from knowledge_garden.model.records import PersonFields
from knowledge_garden.model.settings import Dimension

Person = Record[PersonFields]


@dataclass(slots=True)
class FacetValue:
    """One value of a dimension. `people` is empty where they are fewer than the minimum group: they could be told apart."""

    key: str
    title: str
    lessons: list[Lesson] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Facet:
    """A dimension with its values, those with most lessons first; `unplaced` is the number of lessons without a value."""

    key: str
    dimension: Dimension
    values: tuple[FacetValue, ...]
    unplaced: int


def index_facets(garden: Garden) -> tuple[Facet, ...]:
    """The facets in the order of garden.yml. Values that garden.yml lists stay, even without a lesson."""
    return tuple(_facet(garden, key, dimension) for key, dimension in garden.settings.dimensions.items())


def _facet(garden: Garden, key: str, dimension: Dimension) -> Facet:
    values = {key: FacetValue(key, value.title) for key, value in dimension.values.items()}
    unplaced = 0
    for lesson in garden.lessons.values():
        origin = lesson.fields.origin.get(key)
        if origin is None:
            unplaced += 1
        else:
            values.setdefault(origin, FacetValue(origin, origin)).lessons.append(lesson)
    for person in garden.people.values():
        if (origin := person.fields.origin.get(key)) is not None:
            values.setdefault(origin, FacetValue(origin, origin)).people.append(person)
    for value in values.values():
        if len(value.people) < garden.settings.credit.minimum_group:
            value.people = []
    return Facet(key, dimension, _ordered(values.values()), unplaced)


def _ordered(values: Iterable[FacetValue]) -> tuple[FacetValue, ...]:
    return tuple(sorted(values, key=lambda value: (-len(value.lessons), value.title.casefold())))
