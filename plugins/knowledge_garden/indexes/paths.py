"""Paths of roles: which seats each person took and left, as charters and their history say, and where they lead."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledge_garden.indexes.communities import Charter
from knowledge_garden.model.community import seats
from knowledge_garden.model.dates import When
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.people import Contributor
from knowledge_garden.model.publication import Publication
from knowledge_garden.model.seats import PastSeat

ALUMNI = "alumni"
STREAMS = ("technical", "managerial")
_CORRECTION = datetime.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Step:
    """A seat on somebody's path. `since` and `until` are None where neither the charter nor its history says.

    `told`: whether the charter declares the dates; otherwise they are days on which the charter changed.
    """

    role: str
    community: Charter
    since: When | None
    until: When | None
    current: bool
    told: bool


@dataclass(frozen=True, slots=True)
class RolePath:
    """The steps of one person who is shown by name, the earliest first. `served`: no seat is held any longer."""

    contributor: Contributor
    stream: str
    sample: bool
    steps: tuple[Step, ...]

    @property
    def served(self) -> bool:
        return not any(step.current for step in self.steps)


def index_paths(publication: Publication) -> dict[str, RolePath]:
    """Slug of a person → path, by name. Only people who are shown by name have one: a path would tell who is meant.

    A seat that only the history has is left out where it was gone within two weeks, as a correction would be.
    """
    garden = publication.garden
    steps: dict[str, list[Step]] = {}
    for slug, charter in garden.communities.items():
        for person, step in _steps(garden, charter, _joined(garden.past_seats.get(slug, ()))):
            steps.setdefault(person, []).append(step)
    shown = [(publication.person(slug), slug) for slug in steps if slug in publication.named_people]
    people = sorted(
        ((person, slug) for person, slug in shown if person is not None and slug in garden.people),
        key=lambda named: (named[0].name.casefold(), named[1]),
    )
    return {slug: _path(garden, person, slug, steps[slug]) for person, slug in people}


def _path(garden: Garden, person: Contributor, slug: str, steps: Iterable[Step]) -> RolePath:
    fields = garden.people[slug].fields
    return RolePath(person, fields.stream, fields.sample, tuple(sorted(steps, key=_began)))


def _began(step: Step) -> tuple[datetime.date, bool, str]:
    begun = step.since or step.until
    return begun.first if begun else datetime.date.max, step.role == ALUMNI, step.community.title.casefold()


def _joined(seats: Iterable[PastSeat]) -> dict[tuple[str, str], PastSeat]:
    """(role, person) → the seat, from the first day to the last of all spans: a person's slug may have changed."""
    joined: dict[tuple[str, str], PastSeat] = {}
    for seat in seats:
        other = joined.setdefault((seat.role, seat.person), seat)
        gone = None if other.gone is None or seat.gone is None else max(other.gone, seat.gone)
        since, until = other.since or seat.since, other.until or seat.until
        joined[seat.role, seat.person] = PastSeat(
            seat.role, seat.person, min(other.first, seat.first), gone, since, until
        )
    return joined


def _steps(garden: Garden, charter: Charter, before: Mapping[tuple[str, str], PastSeat]) -> Iterator[tuple[str, Step]]:
    """(slug of a person, step) for each seat of a charter and of its history."""
    today: set[tuple[str, str]] = set()
    for role, seat in seats(charter.fields):
        person = seat.person
        seen = before.get((role, person))
        today.add((role, person))
        since = seat.since or (_day(seen.first) if seen and role != ALUMNI else None)
        current = role != ALUMNI and not (seat.until and seat.until.last < garden.today)
        yield person, Step(role, charter, since, seat.until, current, bool(seat.since or seat.until))
    for (role, person), old in before.items():
        if (role, person) in today or role == ALUMNI:
            continue
        gone = old.gone or _updated(garden, charter)
        declared = bool(old.since or old.until)
        if gone is None or (gone - old.first < _CORRECTION and not old.until):
            continue
        yield person, Step(role, charter, old.since or _day(old.first), old.until or _day(gone), False, declared)


def _updated(garden: Garden, charter: Charter) -> datetime.date | None:
    page = garden.history.pages.get(garden.file(charter.path))
    return page.updated if page else None


def _day(day: datetime.date) -> When:
    return When(day.year, day.month, day.day)
