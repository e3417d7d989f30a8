"""Management at work: when each sponsor and liaison was last seen, and which strategic aims are served by whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from knowledge_garden.indexes.communities import Charter
from knowledge_garden.indexes.freshness import later
from knowledge_garden.indexes.lessons import Lesson, newest_first
from knowledge_garden.indexes.registry import Indexes
from knowledge_garden.model.contributions import CONFIRMED
from knowledge_garden.model.dates import When
from knowledge_garden.model.fields import Need, Seat
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.lesson import Action
from knowledge_garden.model.taxonomy import Aim

DEEDS = ("wrote", "told", "reviewed", "answered", "attended", "thanked")
_ROLES = {
    "wrote": "wrote",
    "co-wrote": "wrote",
    "maintained": "wrote",
    "translated": "wrote",
    "told": "told",
    "reviewed": "reviewed",
    "tested": "reviewed",
    "attended": "attended",
    "facilitated": "attended",
    "organised": "attended",
    "thanked": "thanked",
    "answered": "answered",
}
"""Role of a line of the ledger → what it shows of somebody."""
MONTHS = 12

Deeds = dict[str, When]  # one of DEEDS → when it was last done


@dataclass(frozen=True, slots=True)
class LeaderSeat:
    """A seat of a sponsor or liaison. `deeds` is None for somebody not shown by name: it would tell who is meant."""

    role: str
    seat: Seat
    deeds: Deeds | None

    @property
    def last(self) -> datetime.date | None:
        """The last day it can have been."""
        return max((when.last for when in self.deeds.values()), default=None) if self.deeds else None


@dataclass(frozen=True, slots=True)
class CommunityLeadership:
    """The seats of management in a community. `unseen`: its sponsor has not been seen for a year."""

    charter: Charter
    seats: tuple[LeaderSeat, ...]
    without_sponsor: bool
    unseen: bool


@dataclass(slots=True)
class AimEntry:
    """A strategic aim: the communities that serve it, and the validated actions of their lessons, newest lesson first."""

    aim: Aim
    communities: list[Charter] = field(default_factory=list)
    actions: list[tuple[Lesson, Action]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Leadership:
    """`communities` by title, closed ones left out; `aims`: key → entry, in the order of garden.yml.

    `dated`: whether the history says what people did; without it nobody is called unseen.
    """

    communities: tuple[CommunityLeadership, ...]
    aims: Mapping[str, AimEntry]
    dated: bool


def index_leadership(indexes: Indexes) -> Leadership:
    """One pass over the readers' ledger, the needs and the lessons, then the charters."""
    garden = indexes.garden
    dated = not indexes.credits.withheld
    deeds = _deeds(indexes)
    charters = sorted(
        (charter for charter in garden.communities.values() if charter.fields.status != "retired"),
        key=lambda charter: (charter.title.casefold(), charter.slug),
    )
    communities = tuple(_community(indexes, charter, deeds, dated=dated) for charter in charters)
    return Leadership(communities, _aims(garden), dated)


def _community(
    indexes: Indexes, charter: Charter, deeds: Mapping[tuple[str, str], Deeds], *, dated: bool
) -> CommunityLeadership:
    today = indexes.garden.today
    seats: list[LeaderSeat] = []
    for role in ("sponsor", "liaison"):
        seat: Seat | None = getattr(charter.fields, role)
        if seat is not None and not (seat.until and seat.until.last < today):
            named = seat.person in indexes.publication.named_people
            seats.append(LeaderSeat(role, seat, _joined(deeds, seat.person, charter.slug) if named else None))
    sponsors = [seat for seat in seats if seat.role == "sponsor"]
    # Nobody can miss the sponsor of an invented community, or invite them.
    unseen = dated and not charter.fields.sample and any(_unseen(seat, today) for seat in sponsors)
    return CommunityLeadership(charter, tuple(seats), not sponsors, unseen)


def _joined(deeds: Mapping[tuple[str, str], Deeds], person: str, community: str) -> Deeds:
    """What somebody did in the whole garden, with the meetings of this community that they attended."""
    joined: Deeds = dict(deeds.get((person, ""), {}))
    _later(joined, "attended", deeds.get((person, community), {}).get("attended"))
    return joined


def _unseen(seat: LeaderSeat, today: datetime.date) -> bool:
    """Whether a seat has been held for a year without a sign of its holder, of somebody who may be named."""
    if seat.deeds is None:
        return False
    begun = seat.seat.since.last if seat.seat.since else datetime.date.min
    seen = max(seat.last or datetime.date.min, begun)
    return seen == datetime.date.min or later(seen, MONTHS) < today


def _later(deeds: Deeds, deed: str, when: When | None) -> None:
    if when is not None and (deed not in deeds or when.last > deeds[deed].last):
        deeds[deed] = when


def _deeds(indexes: Indexes) -> dict[tuple[str, str], Deeds]:
    """(slug of a person shown by name, "") → each deed; ("…", community) → of meetings there."""
    deeds: dict[tuple[str, str], Deeds] = {}
    for line in indexes.credits.ledger.lines:
        deed = "reviewed" if line.rule == CONFIRMED else _ROLES.get(line.role, "")
        if deed and (slug := line.contributor.slug):
            at = line.community if deed == "attended" else ""
            _later(deeds.setdefault((slug, at), {}), deed, When.parse(line.date))
    people = {
        indexes.garden.people[slug].path: slug
        for slug in indexes.publication.named_people & indexes.garden.people.keys()
    }
    for deed, written, when in _named(indexes.garden):
        if when.first <= indexes.garden.today and (slug := people.get(indexes.publication.actor(written).path, "")):
            _later(deeds.setdefault((slug, ""), {}), deed, when)
    return deeds


def _named(garden: Garden) -> Iterator[tuple[str, str, When]]:
    """(deed, who as written, when) of needs answered and of thanks given."""
    needs: list[Need] = [need for charter in garden.communities.values() for need in charter.fields.needs]
    needs += [need for person in garden.people.values() for need in person.fields.needs]
    for need in needs:
        if need.answered_by and need.answered_on:
            yield "answered", need.answered_by, need.answered_on
    for lesson in garden.lessons.values():
        for use in lesson.fields.applied:
            if use.appreciated_by and use.date:
                yield "thanked", use.appreciated_by, use.date


def _aims(garden: Garden) -> dict[str, AimEntry]:
    aims = {key: AimEntry(aim) for key, aim in garden.settings.aims.items()}
    if not aims:
        return aims
    served: dict[str, list[str]] = {}  # community → aims
    for slug, charter in sorted(garden.communities.items(), key=lambda item: item[1].title.casefold()):
        for key in dict.fromkeys(charter.fields.aims):
            if key in aims and charter.fields.status != "retired":
                aims[key].communities.append(charter)
                served.setdefault(slug, []).append(key)
    # Invented examples come after what really happened.
    for lesson in sorted(newest_first(garden.lessons.values()), key=lambda lesson: lesson.fields.sample):
        actions = [(lesson, action) for action in lesson.fields.actions if action.status == "validated"]
        for key in dict.fromkeys(key for slug in lesson.fields.communities for key in served.get(slug, ())):
            aims[key].actions += actions
    return aims
