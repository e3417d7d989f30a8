"""Bridges between communities: which share people, lessons, causes and links, and which pairs never meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from knowledge_garden.indexes.links import Links
from knowledge_garden.model.community import CommunityFields, seats
from knowledge_garden.model.garden import Garden, Record
from knowledge_garden.model.publication import Publication

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bridge:
    """What two communities (slugs, in alphabetical order) share: numbers of people with a seat in both, of lessons of
    both, of causes that lessons of both name, and of links from a page of one to a page of the other."""

    one: str
    other: str
    people: int = 0
    lessons: int = 0
    causes: int = 0
    links: int = 0

    @property
    def strength(self) -> int:
        """How much the two have to do with each other. Causes do not count: two can share them and never meet."""
        return self.people + self.lessons + self.links

    def across(self, slug: str) -> str:
        """The other of the two."""
        return self.other if slug == self.one else self.one


@dataclass(frozen=True, slots=True)
class Bridges:
    """`pairs`: every two communities that share anything. `of`: community → those of its pairs that meet, the strongest
    first. `silos`: pairs that share causes and never meet, most causes first. `apart`: how many pairs never meet.
    `apart_from`: community → its silos.
    """

    pairs: Mapping[Pair, Bridge]
    of: Mapping[str, tuple[Bridge, ...]]
    silos: tuple[Bridge, ...]
    apart: int
    apart_from: Mapping[str, tuple[Bridge, ...]]

    def silos_of(self, slug: str) -> tuple[Bridge, ...]:
        """The pairs of a community that share causes and never meet."""
        return self.apart_from.get(slug, ())

    def between(self, one: str, other: str) -> Bridge:
        """The bridge between two communities; without anything in it where they share nothing."""
        pair = (one, other) if one < other else (other, one)
        return self.pairs.get(pair) or Bridge(*pair)


def index_bridges(publication: Publication, links: Links) -> Bridges:
    """Compare the communities that are not retired. Goes once through records and links; sets are whole numbers whose
    bits are their members, so that each of the pairs takes a moment only."""
    garden = publication.garden
    communities = sorted(slug for slug, charter in garden.communities.items() if charter.fields.status != "retired")
    numbers = _Numbers()
    members = {slug: numbers.bits(_people(garden.communities[slug], publication)) for slug in communities}
    lessons, causes = _of_lessons(garden, communities)
    linked = _linked(garden, links, frozenset(communities))
    pairs: dict[Pair, Bridge] = {}
    for one, other in combinations(communities, 2):
        bridge = Bridge(
            one,
            other,
            (members[one] & members[other]).bit_count(),
            (lessons[one] & lessons[other]).bit_count(),
            (causes[one] & causes[other]).bit_count(),
            linked[one, other],
        )
        if bridge.strength or bridge.causes:
            pairs[one, other] = bridge
    of: dict[str, list[Bridge]] = {slug: [] for slug in communities}
    for bridge in pairs.values():
        if bridge.strength:
            of[bridge.one].append(bridge)
            of[bridge.other].append(bridge)
    meeting = sum(map(len, of.values())) // 2
    silos = sorted(
        (bridge for bridge in pairs.values() if not bridge.strength),
        key=lambda bridge: (-bridge.causes, bridge.one, bridge.other),
    )
    apart_from: dict[str, list[Bridge]] = {}
    for bridge in silos:
        apart_from.setdefault(bridge.one, []).append(bridge)
        apart_from.setdefault(bridge.other, []).append(bridge)
    return Bridges(
        pairs,
        {slug: tuple(sorted(bridges, key=lambda bridge: _strongest(bridge, slug))) for slug, bridges in of.items()},
        tuple(silos),
        len(communities) * (len(communities) - 1) // 2 - meeting,
        {slug: tuple(of_community) for slug, of_community in apart_from.items()},
    )


class _Numbers:
    """Gives every name a bit of its own."""

    def __init__(self) -> None:
        self._of: dict[str, int] = {}

    def bits(self, names: Iterable[str]) -> int:
        bits = 0
        for name in names:
            bits |= 1 << self._of.setdefault(name, len(self._of))
        return bits


def _strongest(bridge: Bridge, slug: str) -> tuple[int, int, str]:
    return -bridge.strength, -bridge.causes, bridge.across(slug)


def _people(charter: Record[CommunityFields], publication: Publication) -> Iterator[str]:
    """Who has a seat today. Somebody not shown by name is not counted: the number would tell that it is the same person."""
    today = publication.garden.today
    for role, seat in seats(charter.fields):
        held = role != "alumni" and not (seat.until and seat.until.last < today)
        if held and seat.person in publication.named_people:
            yield seat.person


def _of_lessons(garden: Garden, communities: Iterable[str]) -> tuple[dict[str, int], dict[str, int]]:
    """The lessons and the causes of every community, as bits."""
    lessons = dict.fromkeys(communities, 0)
    causes = dict(lessons)
    numbers = _Numbers()
    for position, lesson in enumerate(garden.lessons.values()):
        named = numbers.bits(key for key in lesson.fields.causes if key in garden.settings.causes)
        for slug in lesson.fields.communities:
            if slug in lessons:
                lessons[slug] |= 1 << position
                causes[slug] |= named
    return lessons, causes


def _linked(garden: Garden, links: Links, communities: frozenset[str]) -> Counter[Pair]:
    """How many pages of one community link to a page of another; a page that belongs to both links within each."""
    owners: dict[str, frozenset[str]] = {
        lesson.path: communities.intersection(lesson.fields.communities) for lesson in garden.lessons.values()
    }
    owners |= {charter.path: communities.intersection((slug,)) for slug, charter in garden.communities.items()}
    counted: Counter[Pair] = Counter()
    for target, backlinks in links.backlinks.items():
        for source in {backlink.source for backlink in backlinks}:
            here, there = owners.get(source, frozenset()), owners.get(target, frozenset())
            for one in here - there:
                for other in there - here:
                    counted[min(one, other), max(one, other)] += 1
    return counted
