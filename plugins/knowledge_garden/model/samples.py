"""Which records are invented examples, and a garden without them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from knowledge_garden.model.community import SEATS, CommunityFields
from knowledge_garden.model.fields import Seat
from knowledge_garden.model.garden import Garden, Record
from knowledge_garden.model.lesson import LessonFields


def sample_paths(garden: Garden) -> frozenset[str]:
    """The content paths of the records that say `sample: true`."""
    return frozenset(record.path for record in garden.records() if getattr(record.fields, "sample", False))


def without_sample_people(garden: Garden) -> Garden:
    """The garden without invented people, their seats in charters, their part in lessons, and credit declared for them."""
    invented = {slug for slug, person in garden.people.items() if person.fields.sample}
    declared = garden.declarations
    profiles = {garden.people[slug].path for slug in invented}
    return replace(
        garden,
        # Without its record, a profile would count as one that could not be read, and its name as one to be kept back.
        pages=MappingProxyType({path: page for path, page in garden.pages.items() if path not in profiles}),
        declarations=declared.model_copy(
            update={
                name: tuple(entry for entry in getattr(declared, name) if entry.person not in invented)
                for name in ("declared", "reviewed")
            }
        ),
        people=_mapping({slug: person for slug, person in garden.people.items() if slug not in invented}),
        communities=_mapping({slug: _charter(record, invented) for slug, record in garden.communities.items()}),
        lessons=_mapping({slug: _lesson(record, invented) for slug, record in garden.lessons.items()}),
    )


def _charter(record: Record[CommunityFields], invented: set[str]) -> Record[CommunityFields]:
    changes: dict[str, object] = {}
    for role in SEATS:
        value = getattr(record.fields, role)
        if isinstance(value, Seat):
            kept: object = None if value.person in invented else value
        else:
            kept = tuple(seat for seat in value or () if seat.person not in invented) or (() if value else value)
        if kept != value:
            changes[role] = kept
    return replace(record, fields=record.fields.model_copy(update=changes)) if changes else record


def _lesson(record: Record[LessonFields], invented: set[str]) -> Record[LessonFields]:
    fields = record.fields
    changes: dict[str, object] = {
        "told_by": tuple(name for name in fields.told_by if name not in invented),
        "applied": tuple(use for use in fields.applied if use.by not in invented),
        "owner": "" if fields.owner in invented else fields.owner,
    }
    changed = {name: value for name, value in changes.items() if value != getattr(fields, name)}
    return replace(record, fields=fields.model_copy(update=changed)) if changed else record


def _mapping(records: dict[str, Record]) -> Mapping[str, Record]:  # type: ignore[type-arg]
    return MappingProxyType(records)
