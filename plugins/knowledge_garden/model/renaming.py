"""Lets references to a record follow its aliases, so that nothing is lost when a page is renamed as the handbook says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from knowledge_garden.model.community import SEATS
from knowledge_garden.model.garden import Record
from knowledge_garden.model.lesson import RELATIONS
from knowledge_garden.model.records import Kind

Records = Mapping[Kind, Mapping[str, Record[Any]]]

_REFERENCES: Mapping[Kind, Mapping[str, Kind]] = {
    Kind.LESSON: {
        "communities": Kind.COMMUNITY,
        "told_by": Kind.PERSON,
        "translation_of": Kind.LESSON,
        **dict.fromkeys(RELATIONS, Kind.LESSON),
    },
    Kind.COMMUNITY: {
        "partners": Kind.PARTNER,
        **dict.fromkeys(SEATS, Kind.PERSON),
        **dict.fromkeys(("needs", "meetings"), Kind.LESSON),
    },
    Kind.PERSON: {"uses": Kind.LESSON, "needs": Kind.LESSON},
    Kind.PARTNER: {},
}
"""Fields that name other records by their slugs, each with the kind that it names."""
_WITHIN = ("person", "answer")
"""Where a field holds entries, the field of the entry that is the slug."""
_LISTS = ("minutes", "lessons")
"""Where a field holds entries, the fields of the entry that hold further entries or slugs."""


def aliases_of(records: Records) -> dict[Kind, dict[str, str]]:
    """Kind → alias → slug, of the aliases that mean one record and are not themselves a slug."""
    current: dict[Kind, dict[str, str]] = {}
    for kind, of_kind in records.items():
        names: dict[str, set[str]] = {}
        for slug, record in of_kind.items():
            for alias in record.aliases:
                names.setdefault(alias, set()).add(slug)
        current[kind] = {
            alias: next(iter(slugs)) for alias, slugs in names.items() if len(slugs) == 1 and alias not in of_kind
        }
    return current


def with_current_names(records: Records) -> dict[Kind, dict[str, Record[Any]]]:
    """The records, with the aliases in their fields replaced by the slugs of today."""
    aliases = aliases_of(records)
    if not any(aliases.values()):
        return {kind: dict(of_kind) for kind, of_kind in records.items()}
    return {
        kind: {slug: _current(record, _REFERENCES[kind], aliases) for slug, record in of_kind.items()}
        for kind, of_kind in records.items()
    }


def _current(
    record: Record[Any], references: Mapping[str, Kind], aliases: Mapping[Kind, Mapping[str, str]]
) -> Record[Any]:
    changes = {}
    for name, kind in references.items():
        value = getattr(record.fields, name)
        current = _named(value, aliases[kind])
        if current is not value:
            changes[name] = current
    return replace(record, fields=record.fields.model_copy(update=changes)) if changes else record


def _named(value: Any, slugs: Mapping[str, str]) -> Any:
    """A value with today's slugs; the same object where nothing in it is an alias."""
    if isinstance(value, str):
        return slugs.get(value, value)
    if isinstance(value, tuple):
        items = tuple(_named(item, slugs) for item in value)
        changed = any(new is not old for new, old in zip(items, value, strict=True))
        return (
            tuple(dict.fromkeys(items))
            if changed and all(isinstance(item, str) for item in items)
            else (items if changed else value)
        )
    if isinstance(value, BaseModel):
        for name in _WITHIN:
            written = getattr(value, name, "")
            if written in slugs:
                return value.model_copy(update={name: slugs[written]})
        for name in _LISTS:
            listed = getattr(value, name, ())
            if (current := _named(listed, slugs)) is not listed:
                return value.model_copy(update={name: current})
    return value
