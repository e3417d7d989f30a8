"""Reduces a garden to what may be shown: records, pages and files that may not are left out, and names are replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel

from knowledge_garden.model.addresses import is_slug
from knowledge_garden.model.fields import Fields, Need
from knowledge_garden.model.garden import Garden, Record
from knowledge_garden.model.lesson import RELATIONS, LessonFields
from knowledge_garden.model.mentions import Mentions
from knowledge_garden.model.names import address_offset
from knowledge_garden.model.people import Directory
from knowledge_garden.model.person import PersonFields, contact_link
from knowledge_garden.model.seats import PastSeat

F = TypeVar("F", bound=Fields)
M = TypeVar("M", bound=BaseModel)


class Reduction:
    """Makes the garden that may be shown of a whole one, where the `pages` and `files` at these content paths may not."""

    def __init__(
        self, garden: Garden, directory: Directory, mentions: Mentions, pages: frozenset[str], files: frozenset[str]
    ) -> None:
        self.whole = garden
        self.directory = directory
        self.mentions = mentions
        self.pages = pages
        self.files = files

    def garden(self) -> Garden:
        whole = self.whole
        lessons = self._shown(whole.lessons)
        communities = self._shown(whole.communities)
        partners = self._shown(whole.partners)
        people = {slug: self._person(record) for slug, record in whole.people.items()}
        lessons = {slug: self._lesson(record, lessons, communities, partners) for slug, record in lessons.items()}
        for slug, partner in partners.items():
            named = _kept(partner.fields.communities, communities, whole.communities)
            partners[slug] = replace(partner, fields=partner.fields.model_copy(update={"communities": named}))
        people = {slug: self._with_needs(record, lessons) for slug, record in people.items()}
        for slug, charter in communities.items():
            fields = charter.fields.model_copy(
                update={"partners": _kept(charter.fields.partners, partners, whole.partners)}
            )
            communities[slug] = self._with_needs(replace(charter, fields=fields), lessons)
        pages = {path: page for path, page in whole.pages.items() if path not in self.pages}
        records: list[Record[Any]] = [*lessons.values(), *communities.values(), *partners.values()]
        pages |= {record.path: record.page for record in records}
        return replace(
            whole,
            pages=MappingProxyType(pages),
            files=whole.files - self.files,
            lessons=MappingProxyType(lessons),
            communities=MappingProxyType(communities),
            people=MappingProxyType(people),
            partners=MappingProxyType(partners),
            past_seats=MappingProxyType(self._past_seats(communities)),
        )

    def _past_seats(self, communities: Mapping[str, object]) -> dict[str, tuple[PastSeat, ...]]:
        """Those of people with a profile today, by its slug: whoever has taken it away wants to be named no longer."""
        shown: dict[str, tuple[PastSeat, ...]] = {}
        for slug, seats in self.whole.past_seats.items():
            if slug in communities:
                meant = ((seat, self.directory.claimants(seat.person)) for seat in seats)
                shown[slug] = tuple(replace(seat, person=slugs[0]) for seat, slugs in meant if len(slugs) == 1)
        return shown

    def _shown(self, records: Mapping[str, Record[F]]) -> dict[str, Record[F]]:
        return {slug: self._record(record) for slug, record in records.items() if record.path not in self.pages}

    def _record(self, record: Record[F]) -> Record[F]:
        """A record with what may be shown in the place of names; slugs of people stay, since `person` shows them."""
        fields = self._model(record.fields)
        if fields is record.fields:
            return record
        reduced = replace(record, fields=fields)
        return replace(reduced, page=replace(record.page, title=reduced.title))

    def _model(self, model: M) -> M:
        changes = {}
        for name in type(model).model_fields:
            value = getattr(model, name)
            reduced = self._value(name, value)
            if reduced is not value:
                changes[name] = reduced
        return model.model_copy(update=changes) if changes else model

    def _value(self, name: str, value: object) -> object:
        if isinstance(value, str):
            if value in self.directory.by_slug and name != "aliases":
                return value
            reduced = self.mentions.replaced(value)
            return value if reduced == value else reduced
        if isinstance(value, BaseModel):
            return self._model(value)
        if isinstance(value, tuple):
            items = tuple(self._value(name, item) for item in value)
            if name == "aliases":  # an alias is an address, which can't be half shown
                items = tuple(item for item, old in zip(items, value, strict=True) if item == old)
            return value if items == value else items
        if isinstance(value, dict):
            entries = {key: self._value(name, item) for key, item in value.items()}
            return value if entries == value else entries
        return value

    def _lesson(
        self,
        record: Record[LessonFields],
        lessons: Mapping[str, object],
        communities: Mapping[str, object],
        partners: Mapping[str, object],
    ) -> Record[LessonFields]:
        fields, whole = record.fields, self.whole
        changes: dict[str, object] = {}
        kept = _kept(fields.communities, communities, whole.communities)
        if kept != fields.communities:
            changes["communities"] = kept
        kept = _kept(fields.told_with, partners, whole.partners)
        if kept != fields.told_with:
            changes["told_with"] = kept
        for relation in RELATIONS:
            others = getattr(fields, relation)
            kept = _kept(others, lessons, whole.lessons)
            if kept != others:
                changes[relation] = kept
        tellers = tuple(map(self._teller, whole.lessons[record.slug].fields.told_by))
        if fields.anonymous and fields.told_by:
            changes["told_by"] = ()
        elif tellers != fields.told_by:
            changes["told_by"] = tellers
        return replace(record, fields=fields.model_copy(update=changes)) if changes else record

    def _teller(self, written: str) -> str:
        """Whoever `told_by` names: the slug where the name in words is that of one person, else the name as it may be shown.

        Nobody chose for somebody without a profile, so `credit.display` decides, as it does in their credit.
        """
        claimants = self.directory.claimants(written)
        if len(claimants) == 1:
            return claimants[0]
        return written if is_slug(written) else self.directory.named(written).name

    def _with_needs(self, record: Record[F], lessons: Mapping[str, object]) -> Record[F]:
        """A record whose needs name no answer that is not shown."""
        needs: tuple[Need, ...] = getattr(record.fields, "needs", ())
        kept = tuple(
            need.model_copy(update={"answer": ""})
            if need.answer in self.whole.lessons and need.answer not in lessons
            else need
            for need in needs
        )
        return record if kept == needs else replace(record, fields=record.fields.model_copy(update={"needs": kept}))

    def _contact(self, contact: str) -> str:
        """A contact as a link, "" for one that may not be shown: an e-mail address where garden.yml allows none."""
        link = contact_link(contact)
        allowed = self.whole.settings.contact_by_email or not (link.startswith("mailto:") or address_offset(link) >= 0)
        return link if allowed else ""

    def _person(self, record: Record[PersonFields]) -> Record[PersonFields]:
        shown, fields = self.directory.by_slug[record.slug], record.fields
        if shown.slug and record.path not in self.pages:
            # People with the same name as somebody who is not shown keep it on their own profile.
            reduced = self._model(fields)
            reduced = reduced.model_copy(update={"name": fields.name, "contact": self._contact(reduced.contact)})
            return replace(record, fields=reduced)
        kept = {} if shown.hidden else {name: getattr(fields, name) for name in ("holds", "needs", "looks_for")}
        stripped = PersonFields.model_construct(
            name=shown.name, origin=fields.origin, uses=fields.uses, sample=fields.sample, **kept
        )
        page = replace(
            record.page,
            title=shown.name,
            body="",
            headings=(),
            links=(),
            anchors=frozenset(),
            meta=MappingProxyType({}),
        )
        return replace(record, fields=self._model(stripped), page=page, lines=MappingProxyType({}))


def _kept(slugs: tuple[str, ...], shown: Mapping[str, object], whole: Mapping[str, object]) -> tuple[str, ...]:
    """Slugs without those of records that are there and not shown; those of nothing stay, for the checks to report."""
    return tuple(slug for slug in slugs if slug in shown or slug not in whole)
