"""Where knowledge comes from: each dimension's facet values with their lessons and people, and what says nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.model.publication import Publication
from knowledge_garden.model.taxonomy import Dimension


@dataclass(slots=True)
class FacetValue:
    """One value of a dimension. `people` is their number, 0 where so few could be told apart."""

    key: str
    title: str
    lessons: list[Lesson] = field(default_factory=list)
    people: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """A dimension with its values, those with most lessons first; `unplaced` is the number of lessons without a value."""

    key: str
    dimension: Dimension
    values: tuple[FacetValue, ...]
    unplaced: int


def index_facets(publication: Publication) -> tuple[Facet, ...]:
    """The facets in the order of garden.yml. Values that garden.yml lists stay, even without a lesson."""
    dimensions = publication.garden.settings.dimensions
    return tuple(_facet(publication, key, dimension) for key, dimension in dimensions.items())


def _facet(publication: Publication, key: str, dimension: Dimension) -> Facet:
    garden = publication.garden
    values = {key: FacetValue(key, value.title) for key, value in dimension.values.items()}
    unplaced = 0
    for lesson in garden.lessons.values():
        origin = lesson.fields.origin.get(key)
        if origin is None:
            unplaced += 1
        else:
            values.setdefault(origin, FacetValue(origin, origin)).lessons.append(lesson)
    people = Counter(person.fields.origin[key] for person in garden.people.values() if key in person.fields.origin)
    for origin, number in people.items():
        # A value that only a few people have, and no lesson, would reveal who they are by being listed.
        if shown := publication.group(number):
            values.setdefault(origin, FacetValue(origin, origin)).people = shown
    return Facet(key, dimension, _ordered(values.values()), unplaced)


def _ordered(values: Iterable[FacetValue]) -> tuple[FacetValue, ...]:
    return tuple(sorted(values, key=lambda value: (-len(value.lessons), value.title.casefold())))
