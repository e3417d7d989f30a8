"""Beyond the walls: what belongs to each partner outside, and how much of a community's knowledge comes from outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from knowledge_garden.indexes.communities import HeldSeat
from knowledge_garden.indexes.lessons import Lesson, newest_first
from knowledge_garden.indexes.registry import Indexes
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.model.names import UNNAMED, name_key
from knowledge_garden.model.people import Contributor
from knowledge_garden.model.problems import Problem, problem


@dataclass(slots=True)
class PartnerEntry:
    """A partner. `told_with`: lessons that name it in that field; `about`: others, where one page links to the other.

    `communities`: slugs of those that name it, or that it names. `people`: who belongs to it and holds a seat today.
    """

    told_with: list[Lesson] = field(default_factory=list)
    about: list[Lesson] = field(default_factory=list)
    communities: list[str] = field(default_factory=list)
    people: list[tuple[Contributor, HeldSeat]] = field(default_factory=list)


@dataclass(slots=True)
class OutsideShare:
    """Of a community: lessons that say who told them, and how many of those are from `outside`; the same of tellers.

    `tellers` is 0 where they are so few that a number would tell who is meant.
    """

    lessons: int = 0
    outside: int = 0
    tellers: int = 0
    tellers_outside: int = 0


@dataclass(frozen=True, slots=True)
class Partners:
    """Slug of a partner → what belongs to it; slug of a community → its share from outside."""

    entries: Mapping[str, PartnerEntry]
    shares: Mapping[str, OutsideShare]


def index_partners(indexes: Indexes) -> Partners:
    """Go through lessons, links, charters and people once each."""
    garden = indexes.garden
    entries = {slug: PartnerEntry() for slug in garden.partners}
    for lesson in newest_first(garden.lessons.values()):
        for slug in dict.fromkeys(lesson.fields.told_with):
            if slug in entries:
                entries[slug].told_with.append(lesson)
    for slug, lesson in _linked(indexes):
        if slug not in lesson.fields.told_with:
            entries[slug].about.append(lesson)
    for slug, charter in garden.communities.items():
        named = {partner for partner in charter.fields.partners if partner in entries}
        named |= {other for other, record in garden.partners.items() if slug in record.fields.communities}
        for partner in named:
            entries[partner].communities.append(slug)
    outsiders = _outsiders(indexes)
    for person, partner in outsiders.items():
        shown = indexes.publication.person(person)
        if shown is not None and shown.slug:
            seats = (held for held in indexes.communities.seats.get(person, ()) if held.current)
            entries[partner].people += ((shown, held) for held in seats)
    return Partners(entries, _shares(indexes, outsiders))


def _linked(indexes: Indexes) -> Iterator[tuple[str, Lesson]]:
    """(partner, lesson) wherever one's page links to the other's, newest lesson first."""
    garden, links = indexes.garden, indexes.links
    partners = {record.path: slug for slug, record in garden.partners.items()}
    linked: dict[str, set[str]] = {}  # path of a lesson → slugs
    for path, slug in partners.items():
        for backlink in links.to(path):
            linked.setdefault(backlink.source, set()).add(slug)
    for lesson in newest_first(garden.lessons.values()):
        back = {partners[link.source] for link in links.to(lesson.path) if link.source in partners}
        for slug in sorted(back | linked.get(lesson.path, set())):
            yield slug, lesson


def _outsiders(indexes: Indexes) -> dict[str, str]:
    """Slug of a person → the partner to which they belong: as its contact, or by the name of their organisation."""
    garden = indexes.garden
    by_name = {name_key(record.title): slug for slug, record in garden.partners.items()}
    belongs: dict[str, str] = {}
    for slug, person in garden.people.items():
        if partner := by_name.get(name_key(person.fields.organisation)):
            belongs[slug] = partner
    for partner, record in garden.partners.items():
        belongs |= {contact: partner for contact in record.fields.contacts if contact in garden.people}
    return belongs


def _shares(indexes: Indexes, outsiders: Mapping[str, str]) -> dict[str, OutsideShare]:
    garden, told = indexes.garden, indexes.communities.told
    own_names = {name_key(person.name) for person in indexes.publication.directory.by_slug.values()} | {
        name_key(UNNAMED)
    }
    outside_tellers = {
        teller
        for teller in told
        if teller in outsiders or not (teller in garden.people or name_key(teller) in own_names)
    }
    tellers: dict[str, list[str]] = {}  # lesson → who told it
    for teller, lessons in told.items():
        for lesson in lessons:
            tellers.setdefault(lesson.slug, []).append(teller)
    shares: dict[str, OutsideShare] = {}
    for slug, lessons in indexes.communities.lessons.items():
        share = shares[slug] = OutsideShare()
        people: set[str] = set()
        for lesson in lessons:
            of_lesson = tellers.get(lesson.slug, ())
            if lesson.fields.sample or not (of_lesson or lesson.fields.told_with):
                continue
            people.update(of_lesson)
            share.lessons += 1
            share.outside += bool(lesson.fields.told_with) or not outside_tellers.isdisjoint(of_lesson)
        share.tellers = indexes.publication.group(len(people))
        share.tellers_outside = len(people & outside_tellers) if share.tellers else 0
    return shares


def check_partners(garden: Garden) -> Iterator[Problem]:
    """Charters and partners that contradict each other: a partner that lists communities lists all that name it."""
    for slug, charter in garden.communities.items():
        for position, partner in enumerate(charter.fields.partners):
            record = garden.partners.get(partner)
            if record is None or not record.fields.communities or slug in record.fields.communities:
                continue
            fault = message(
                "The charter names the partner {partner}, which does not list {community}.",
                partner=partner,
                community=slug,
            )
            hint = message(
                "Add {community} to communities in {file}, or remove {partner} here.",
                community=slug, file=garden.file(record.path), partner=partner,
            )  # fmt: skip
            yield problem(
                "partner-contradiction", garden.file(charter.path), charter.line("partners", position), fault, hint
            )
    for partner, record in garden.partners.items():
        for position, slug in enumerate(record.fields.communities):
            if slug not in garden.communities or partner in garden.communities[slug].fields.partners:
                continue
            fault = message(
                "It lists the community {community}, whose charter does not name {partner}.",
                partner=partner,
                community=slug,
            )
            hint = message(
                "Add {partner} to partners in {file}, or remove {community} here.",
                community=slug, file=garden.file(garden.communities[slug].path), partner=partner,
            )  # fmt: skip
            yield problem(
                "partner-contradiction", garden.file(record.path), record.line("communities", position), fault, hint
            )
