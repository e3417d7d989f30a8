"""Checks what records say of each other and of garden.yml: unknown names, missing causes, dates that can't be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from knowledge_garden.hints import Hints
from knowledge_garden.indexes.meetings import check_meetings
from knowledge_garden.indexes.needs import check_contact, check_needs
from knowledge_garden.indexes.privacy import value_at
from knowledge_garden.model.addresses import is_slug
from knowledge_garden.model.community import SEATS, CommunityFields
from knowledge_garden.model.dates import When
from knowledge_garden.model.fields import Fields
from knowledge_garden.model.garden import Garden, Record
from knowledge_garden.model.lesson import RELATIONS, LessonFields
from knowledge_garden.model.messages import message
from knowledge_garden.model.names import address_offset
from knowledge_garden.model.origins import Values
from knowledge_garden.model.partner import PartnerFields
from knowledge_garden.model.person import PersonFields
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.model.publication import Publication
from knowledge_garden.model.records import KIND_LABELS, Kind
from knowledge_garden.model.taxonomy import Dimension

_RECORDS = frozenset(Kind)


def check_references(garden: Garden, publication: Publication) -> list[Problem]:
    """Every problem that shows only when records are compared with each other and with garden.yml."""
    problems: list[Problem] = []
    # Records with errors of their own: to call them unknown would blame those who name them.
    unread = frozenset(
        (page.kind.value, page.slug)
        for page in garden.pages.values()
        if page.kind is not None and page.slug not in garden.of(page.kind)
    )
    hints, shown = Hints(), publication
    for lesson in garden.lessons.values():
        problems += RecordCheck(garden, lesson, unread, hints, shown).lesson(lesson.fields)
    for charter in garden.communities.values():
        problems += RecordCheck(garden, charter, unread, hints, shown).community(charter.fields)
    for person in garden.people.values():
        problems += RecordCheck(garden, person, unread, hints, shown).person(person.fields)
    for partner in garden.partners.values():
        problems += RecordCheck(garden, partner, unread, hints, shown).partner(partner.fields)
    return problems


class RecordCheck:
    """The checks of one record."""

    def __init__(
        self,
        garden: Garden,
        record: Record[Fields],
        unread: frozenset[tuple[str, str]],
        hints: Hints,
        publication: Publication,
    ) -> None:
        self.garden = garden
        self.publication = publication
        self.unread = unread
        self.did_you_mean = hints.did_you_mean
        self.record = record
        self.path = garden.file(record.path)

    def report(self, code: str, fault: str, hint: str, name: str, *position: int | str) -> Problem:
        return problem(code, self.path, self.record.line(name, *position), fault, hint)

    def lesson(self, fields: LessonFields) -> Iterator[Problem]:
        garden = self.garden
        yield from self.slugs("community", garden.communities, "communities", fields.communities)
        for position, teller in enumerate(fields.told_by):
            yield from self.actor(teller, {}, "told_by", position)
            yield from self.one_person(teller, "told_by", position)
        if garden.has_settings:
            yield from self.settings(fields)
        yield from self.slugs("partner", garden.partners, "told_with", fields.told_with)
        yield from self.relations(fields)
        if fields.owner:
            yield from self.actor(fields.owner, garden.communities, "owner")
        yield from self.past(fields.date, "date")
        for position, action in enumerate(fields.actions):
            yield from self.actor(action.owner, garden.communities, "actions", position, "owner")
            yield from self.actor(action.checked_by, garden.communities, "actions", position, "checked_by")
        for position, use in enumerate(fields.applied):
            yield from self.actor(use.by, garden.communities, "applied", position, "by")
            yield from self.actor(use.appreciated_by, garden.communities, "applied", position, "appreciated_by")
            yield from self.past(use.date, "applied", position, "date")
        if len(fields.sources) < 2 and not fields.sample:
            fault = message("Only one source is named.") if fields.sources else message("No source is named.")
            yield self.report("few-sources", fault, "", "sources")

    def settings(self, fields: LessonFields) -> Iterator[Problem]:
        """What a lesson names of garden.yml."""
        settings = self.garden.settings
        outcome = settings.outcomes.get(fields.outcome)
        if outcome is None:
            hint = self.did_you_mean(fields.outcome, settings.outcomes)
            hint = hint or message("The outcomes are {outcomes}.", outcomes=", ".join(settings.outcomes))
            yield self.report(
                "unknown-outcome", message("{outcome} is not an outcome.", outcome=fields.outcome), hint, "outcome"
            )
        elif settings.outcome(fields.outcome).kind != "success" and not fields.causes:
            causes = ", ".join(settings.causes)
            hint = message("The causes are {causes}.", causes=causes) if causes else ""
            fault = message("A lesson with the outcome {outcome} names at least one cause.", outcome=fields.outcome)
            yield self.report("missing-causes", fault, hint, "outcome")
        yield from self.slugs("cause", settings.causes, "causes", fields.causes)
        yield from self.slugs("cause", settings.causes, "prevented", fields.prevented)
        if fields.stage and settings.stages and fields.stage not in settings.stages:
            hint = self.did_you_mean(fields.stage, settings.stages) or message(
                "The stages are {stages}.", stages=", ".join(settings.stages)
            )
            yield self.report("unknown-stage", message("{stage} is not a stage.", stage=fields.stage), hint, "stage")
        yield from self.origin(fields.origin)

    def relations(self, fields: LessonFields) -> Iterator[Problem]:
        """The other lessons that a lesson names."""
        for relation in RELATIONS:
            others = getattr(fields, relation)
            yield from self.slugs("lesson", self.garden.lessons, relation, others)
            if self.record.slug in others:
                yield self.report(
                    "self-relation", message("{relation} names the lesson itself.", relation=relation), "", relation
                )
        if fields.translation_of:
            yield from self.slugs("lesson", self.garden.lessons, "translation_of", [fields.translation_of])

    def community(self, fields: CommunityFields) -> Iterator[Problem]:
        for name in ("sponsor", "leads"):
            if not getattr(fields, name) and fields.status not in ("forming", "retired"):
                hint = message("Add {name}; or write status: forming until there is somebody.", name=name)
                yield self.report("missing-field", message("{name} is missing.", name=name), hint, name)
        for role in SEATS:
            value = getattr(fields, role)
            for position, seat in enumerate(value if isinstance(value, tuple) else [value] if value else []):
                at = (position,) if isinstance(value, tuple) else ()
                if seat.person not in self.garden.people and ("person", seat.person) not in self.unread:
                    yield self.unknown("person", self.garden.people, seat.person, role, *at, "person")
                yield from self.past(seat.since, role, *at, "since")
                if seat.since and seat.until and seat.until.last < seat.since.first:
                    fault = message(
                        "The seat ends ({until}) before it begins ({since}).", until=seat.until, since=seat.since
                    )
                    yield self.report("dates-reversed", fault, "", role, *at)
        yield from self.slugs("partner", self.garden.partners, "partners", fields.partners)
        yield from check_needs(self, fields.needs)
        yield from check_meetings(self, fields.meetings)
        if self.garden.has_settings:
            yield from self.slugs("aim", self.garden.settings.aims, "aims", fields.aims)

    def partner(self, fields: PartnerFields) -> Iterator[Problem]:
        for position, contact in enumerate(fields.contacts):
            yield from self.actor(contact, {}, "contacts", position)
        yield from self.slugs("community", self.garden.communities, "communities", fields.communities)

    def person(self, fields: PersonFields) -> Iterator[Problem]:
        if self.garden.has_settings:
            yield from self.origin(fields.origin)
        yield from self.slugs("lesson", self.garden.lessons, "uses", fields.uses)
        yield from check_needs(self, fields.needs)
        yield from check_contact(self, fields.contact)
        for name, line in self.record.lines.items():
            if name == "contact":
                continue
            value = value_at(self.record.page.meta, name.split("."))
            if isinstance(value, str) and address_offset(value) >= 0:
                yield problem(
                    "address-in-content", self.path, line, message("{name} holds an e-mail address.", name=name)
                )
        offset = address_offset(self.record.page.body)
        if offset >= 0:
            line = self.record.page.line + self.record.page.body.count("\n", 0, offset)
            yield problem("address-in-content", self.path, line, message("The text holds an e-mail address."))

    def slugs(self, kind: str, records: Mapping[str, object], name: str, given: Iterable[str]) -> Iterator[Problem]:
        withheld = self.publication.pages - self.publication.samples
        for position, slug in enumerate(given):
            if slug not in records:
                if (kind, slug) not in self.unread:
                    yield self.unknown(kind, records, slug, name, position)
            elif kind in _RECORDS and kind != Kind.PERSON and self.garden.of(Kind(kind))[slug].path in withheld:
                fault = message("{name} names a page that is not published; it is left out.", name=name)
                yield self.report("broken-link", fault, message("Remove it, or publish the page."), name, position)

    def unknown(self, kind: str, records: Mapping[str, object], slug: str, *at: int | str) -> Problem:
        name = ".".join(str(part) for part in at if isinstance(part, str))
        fault = message("{name} names {slug}; there is no such {kind}.", name=name, slug=slug, kind=KIND_LABELS[kind])
        offered = self.named_people if kind == Kind.PERSON else records
        return self.report(f"unknown-{kind}", fault, self.did_you_mean(slug, offered), str(at[0]), *at[1:])

    @property
    def named_people(self) -> Collection[str]:
        """The slugs that a hint may name: those of people who are shown by name."""
        return self.publication.named_people

    def actor(self, value: str, others: Mapping[str, object], *at: int | str) -> Iterator[Problem]:
        """A person's slug (or that of one of `others`), or a name in words, which is anything that is not a slug."""
        unread = any((kind, value) in self.unread for kind in ("person", "community"))
        if value and is_slug(value) and value not in self.garden.people and value not in others and not unread:
            hint = self.did_you_mean(value, self.named_people, others)
            hint = hint or message("Name a person's slug, or write the full name with capital letters.")
            yield self.report(
                "unknown-person", message("Nobody has the slug {value}.", value=value), hint, str(at[0]), *at[1:]
            )

    def one_person(self, name: str, *at: int | str) -> Iterator[Problem]:
        """A name in words is that of one person at most: nobody can be credited under a name that several have."""
        claimants = self.publication.directory.claimants(name)
        if len(claimants) > 1:
            field = ".".join(str(part) for part in at if isinstance(part, str))
            fault = message("{at} can mean {number} people.", at=field, number=len(claimants))
            hint = message("Write the slug of the person's profile.")
            yield self.report("ambiguous-link", fault, hint, str(at[0]), *at[1:])

    def origin(self, origin: Values) -> Iterator[Problem]:
        dimensions = self.garden.settings.dimensions
        for name, values in origin.items():
            dimension = dimensions.get(name)
            if dimension is None:
                if dimensions:
                    hint = self.did_you_mean(name, dimensions) or message(
                        "The dimensions are {dimensions}.", dimensions=", ".join(dimensions)
                    )
                    yield self.report(
                        "unknown-dimension", message("{name} is not a dimension.", name=name), hint, "origin", name
                    )
                continue
            for position, value in enumerate(values):
                if not dimension.tree.has(value):
                    fault = message("{value} is not a value of {name}.", value=value, name=name)
                    yield self.report("unknown-value", fault, self.values(dimension, value), "origin", name, position)

    def values(self, dimension: Dimension, value: str) -> str:
        """The nearest value of a dimension, or how one is written."""
        near = self.did_you_mean(value, dimension.tree.titles)
        if near or dimension.levels:
            return near or message(
                "Write a country, a region of the world or worldwide; below a country any place: United States > Ohio."
            )
        return message("The values are {values}.", values=", ".join(dimension.values))

    def past(self, when: When | None, *at: int | str) -> Iterator[Problem]:
        if when and self.garden.is_future(when):
            yield self.report("future-date", message("{date} is in the future.", date=when), "", str(at[0]), *at[1:])
