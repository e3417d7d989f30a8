"""Where knowledge comes from: the values of each dimension in levels, with their lessons and the number of their people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from knowledge_garden.indexes.lessons import Lesson, newest_first
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.origins import levels_in
from knowledge_garden.model.publication import Publication
from knowledge_garden.model.taxonomy import Dimension

PAGE_FROM = 2  # lessons from which a value has a page of its own


@dataclass(slots=True)
class FacetValue:
    """One value of a dimension, with what belongs to the values below it too.

    `people` is their number, 0 where so few could be told apart. `path`: content path of its own page, "" for none.
    `above`: keys of the levels above it, the widest first. `listed`: whether garden.yml names it.
    """

    key: str
    title: str
    above: tuple[str, ...] = ()
    lessons: list[Lesson] = field(default_factory=list)
    parts: list[FacetValue] = field(default_factory=list)
    people: int = 0
    path: str = ""
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A dimension: `values` are those of the widest level, with most lessons first; `by_key` holds all.

    `unplaced` is the number of lessons without a value; `path` that of the page of all its values.
    """

    key: str
    dimension: Dimension
    path: str
    values: tuple[FacetValue, ...]
    by_key: Mapping[str, FacetValue] = field(repr=False)
    unplaced: int

    def address(self, key: str) -> str:
        """Content path of the page that shows the lessons of a value: its own, else that of the nearest level above."""
        value = self.by_key.get(key)
        above = value.above if value else self.dimension.tree.path(key)[:-1]
        for name in (key, *reversed(above)):
            if name in self.by_key and self.by_key[name].path:
                return self.by_key[name].path
        return self.path

    @property
    def large(self) -> list[FacetValue]:
        """The values of the widest level that have a page."""
        return [value for value in self.values if value.path]

    @property
    def small(self) -> list[FacetValue]:
        """Those without one, by title: a single lesson, or none yet."""
        return sorted((value for value in self.values if not value.path), key=_by_title)


def index_facets(publication: Publication) -> dict[str, Facet]:
    """Dimension → facet, in the order of garden.yml."""
    return _facets(publication.garden, publication)


def facets_of(garden: Garden) -> dict[str, Facet]:
    """The facets without their people."""
    return _facets(garden, None)


def _facets(garden: Garden, publication: Publication | None) -> dict[str, Facet]:
    lessons = newest_first(garden.lessons.values())
    dimensions = garden.settings.dimensions
    slugs = addresses.unique_slugs(dimensions)
    return {key: _facet(key, slugs[key], dimension, lessons, publication) for key, dimension in dimensions.items()}


def _facet(
    key: str, slug: str, dimension: Dimension, lessons: Iterable[Lesson], publication: Publication | None
) -> Facet:
    """One pass over the lessons. Values that garden.yml lists stay, even without a lesson, but for invented ones."""
    values: dict[str, FacetValue] = {}
    for name, setting in dimension.values.items():
        for step in () if setting.sample else dimension.tree.path(name):
            _value(values, dimension, step)
    unplaced = 0
    for lesson in lessons:
        origin = lesson.fields.origin.get(key)
        unplaced += origin is None
        for step in levels_in(dimension, origin or ()):
            _value(values, dimension, step).lessons.append(lesson)
    slugs = addresses.unique_slugs(values)
    for name, value in values.items():
        if len(value.lessons) >= PAGE_FROM:
            value.path = addresses.facet(slug, slugs[name])
    if publication:
        _count_people(publication, key, dimension, values)
    for value in values.values():
        value.listed = value.key in dimension.values
        if value.above:
            values[value.above[-1]].parts.append(value)
    for value in values.values():
        value.parts.sort(key=_most_lessons)
    tops = sorted((value for value in values.values() if not value.above), key=_most_lessons)
    return Facet(key, dimension, addresses.facet(slug), tuple(tops), values, unplaced)


def _value(values: dict[str, FacetValue], dimension: Dimension, key: str) -> FacetValue:
    if key not in values:
        values[key] = FacetValue(key, dimension.tree.title(key), dimension.tree.path(key)[:-1])
    return values[key]


def _most_lessons(value: FacetValue) -> tuple[int, str, str]:
    return -len(value.lessons), *_by_title(value)


def _by_title(value: FacetValue) -> tuple[str, str]:
    return value.title.casefold(), value.key


def _count_people(publication: Publication, name: str, dimension: Dimension, values: dict[str, FacetValue]) -> None:
    """Give each value the number of its people, where neither it nor what it leaves over is a small group.

    The number of a level less those of its parts is a number too. A value that only a few people have, and no lesson,
    would tell who they are by being listed.
    """
    people: dict[str, set[str]] = {}
    for slug, person in publication.garden.people.items():
        for key in levels_in(dimension, person.fields.origin.get(name, ())):
            people.setdefault(key, set()).add(slug)
    counted: dict[str, set[str]] = {}  # key → its people who are within a part whose number is shown
    for key in sorted(people, key=lambda key: (-len(dimension.tree.path(key)), key)):
        everybody, above = people[key], dimension.tree.path(key)[:-1]
        told = counted.get(key, set())
        rest = len(everybody - told)
        shown = publication.group(len(everybody)) if not rest or publication.group(rest) else 0
        if shown:
            for step in (*above, key):
                _value(values, dimension, step)
            values[key].people = shown
        if above:
            counted.setdefault(above[-1], set()).update(everybody if shown else told)
