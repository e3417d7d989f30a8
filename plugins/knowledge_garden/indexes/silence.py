"""What the garden wants to hear and does not: values without a lesson or without a new one, whom to ask, and who tells."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge_garden.indexes.facets import Facet
from knowledge_garden.indexes.freshness import later
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.model.origins import levels_in
from knowledge_garden.model.people import Contributor
from knowledge_garden.model.publication import Publication

QUIET_YEARS = 2
_PEOPLE = 3  # whom to ask, at most
_COMMUNITIES = 2


@dataclass(frozen=True, slots=True)
class Unheard:
    """A value from which the garden wants to hear. `last`: the day of its latest lesson in the garden, None for none.

    `people` are of there and shown by name; `communities` are slugs of those with most lessons of there or nearby.
    """

    key: str
    title: str
    path: str
    last: datetime.date | None
    people: tuple[Contributor, ...]
    communities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the lessons that say where they come from are `outside` the centre, wholly or in part."""

    outside: int
    placed: int

    @property
    def percent(self) -> int:
        return round(100 * self.outside / self.placed)


@dataclass(frozen=True, slots=True)
class Hearing:
    """What is heard of a dimension: `silent` values have no lesson, `quiet` ones no new lesson in two years.

    `share` is None where garden.yml names no centre, or no lesson says where it comes from.
    """

    silent: tuple[Unheard, ...] = ()
    quiet: tuple[Unheard, ...] = ()
    wanted: int = 0
    share: Share | None = None


def index_hearing(publication: Publication, facets: Mapping[str, Facet]) -> dict[str, Hearing]:
    """Dimension → what is heard. Only the values that garden.yml wants to hear from can be silent, wherever people live.

    Invented lessons are not heard, and break no silence. Where the history does not say when a lesson came into the
    garden, nothing is called quiet.
    """
    return {key: _Listening(publication, facet).hearing() for key, facet in facets.items()}


class _Listening:
    """Works out what is heard of one dimension."""

    def __init__(self, publication: Publication, facet: Facet) -> None:
        self.publication = publication
        self.garden = publication.garden
        self.facet = facet
        self.tree = facet.dimension.tree
        self._communities: dict[str, tuple[str, ...]] = {}
        self._people: dict[str, list[str]] = {}

    def hearing(self) -> Hearing:
        wanted = self.tree.keys(self.facet.dimension.hear_from)
        if wanted:
            self._find_people()
        heard = {key: self._lessons(key) for key in wanted}
        silent = [self._unheard(key, None) for key, lessons in heard.items() if not lessons]
        quiet = [
            self._unheard(key, last)
            for key, lessons in heard.items()
            if lessons and (last := self._last(lessons)) and last < self._limit()
        ]
        return Hearing(tuple(silent), tuple(quiet), len(wanted), self._share())

    def _lessons(self, key: str) -> list[Lesson]:
        value = self.facet.by_key.get(key)
        return [lesson for lesson in value.lessons if not lesson.fields.sample] if value else []

    def _last(self, lessons: Iterable[Lesson]) -> datetime.date | None:
        """The day on which the latest of the lessons came into the garden; None where that is not known of each."""
        pages = self.garden.history.pages
        days = []
        for lesson in lessons:
            page = pages.get(self.garden.file(lesson.path))
            if page is None or page.created is None:
                return None
            days.append(page.created)
        return max(days)

    def _limit(self) -> datetime.date:
        return later(self.garden.today, -12 * QUIET_YEARS)

    def _unheard(self, key: str, last: datetime.date | None) -> Unheard:
        people = (self.publication.person(slug) for slug in self._people.get(key, ())[:_PEOPLE])
        shown = tuple(person for person in people if person is not None)
        return Unheard(key, self.tree.title(key), self.facet.address(key), last, shown, self._near(key))

    def _find_people(self) -> None:
        """The people of each value who are shown by name: their profiles say where they are from."""
        named = self.publication.named_people
        for slug, person in sorted(self.garden.people.items()):
            values = person.fields.origin.get(self.facet.key, ())
            if slug in named and values and not person.fields.sample:
                for key in levels_in(self.facet.dimension, values):
                    self._people.setdefault(key, []).append(slug)

    def _near(self, key: str) -> tuple[str, ...]:
        """The communities with most lessons of a value, or of the nearest level above it that has any."""
        for step in reversed(self.tree.path(key)):
            if step not in self._communities:
                counts = Counter(
                    slug
                    for lesson in self._lessons(step)
                    for slug in lesson.fields.communities
                    if slug in self.garden.communities
                )
                most = sorted(counts, key=lambda slug: (-counts[slug], slug))
                self._communities[step] = tuple(most[:_COMMUNITIES])
            if self._communities[step]:
                return self._communities[step]
        return ()

    def _share(self) -> Share | None:
        centre = self.tree.keys(self.facet.dimension.centre)
        if not centre:
            return None
        placed = outside = 0
        for lesson in self.garden.lessons.values():
            values = lesson.fields.origin.get(self.facet.key, ())
            if values and not lesson.fields.sample:
                placed += 1
                outside += not all(self.tree.is_within(value, centre) for value in values)
        return Share(outside, placed) if placed else None
