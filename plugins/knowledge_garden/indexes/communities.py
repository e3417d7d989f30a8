"""Communities and people: who holds which seat, which lessons belong where, which needs somebody could answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge_garden.indexes.lessons import Lesson, newest_first
from knowledge_garden.model.community import CommunityFields, seats
from knowledge_garden.model.fields import Seat
from knowledge_garden.model.garden import Garden, Record

Charter = Record[CommunityFields]


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A seat of a person: the community, the role (a field of the charter) and the seat's dates."""

    community: Charter
    role: str
    seat: Seat
    current: bool


@dataclass(frozen=True, slots=True)
class Communities:
    """`lessons`: community → its lessons, newest first. `seats`: person → seats. `told` and `used`: person → lessons.

    `tellers`: lesson → the people of the garden who told it.
    """

    lessons: Mapping[str, tuple[Lesson, ...]]
    seats: Mapping[str, tuple[HeldSeat, ...]]
    told: Mapping[str, tuple[Lesson, ...]]
    used: Mapping[str, tuple[Lesson, ...]]
    tellers: Mapping[str, tuple[str, ...]]


def index_communities(garden: Garden) -> Communities:
    """Go through the charters, people and lessons of the garden that may be published, once."""
    lessons: dict[str, list[Lesson]] = {slug: [] for slug in garden.communities}
    told: dict[str, list[Lesson]] = {}
    tellers: dict[str, tuple[str, ...]] = {}
    for lesson in newest_first(garden.lessons.values()):
        slugs = [slug for slug in dict.fromkeys(lesson.fields.communities) if slug in garden.communities]
        for slug in slugs:
            lessons[slug].append(lesson)
        # Nobody's, in the garden that may be published, where it is anonymous; names in words are slugs where they can be.
        tellers[lesson.slug] = tuple(
            person for person in dict.fromkeys(lesson.fields.told_by) if person in garden.people
        )
        for person in tellers[lesson.slug]:
            told.setdefault(person, []).append(lesson)
    held: dict[str, list[HeldSeat]] = {}
    for charter in garden.communities.values():
        for role, seat in seats(charter.fields):
            current = role != "alumni" and not (seat.until and seat.until.last < garden.today)
            held.setdefault(seat.person, []).append(HeldSeat(charter, role, seat, current))
    return Communities(
        lessons={slug: tuple(of_community) for slug, of_community in lessons.items()},
        seats={person: tuple(seats_held) for person, seats_held in held.items()},
        told={person: tuple(lessons_told) for person, lessons_told in told.items()},
        used={
            slug: tuple(garden.lessons[used] for used in person.fields.uses if used in garden.lessons)
            for slug, person in garden.people.items()
        },
        tellers=tellers,
    )
