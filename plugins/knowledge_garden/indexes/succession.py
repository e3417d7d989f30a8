"""Succession: seats into which nobody is growing, and seats that end soon."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge_garden.model.community import CommunityFields, seats
from knowledge_garden.model.fields import Seat
from knowledge_garden.model.garden import Garden

GROWING: Mapping[str, tuple[str, ...]] = {
    "sponsor": ("liaison", "leads"),
    "leads": ("facilitators", "core"),
    "facilitators": ("core", "members"),
}
"""A seat → the seats whose holders can grow into it."""
SOON = datetime.timedelta(days=183)


@dataclass(slots=True)
class Succession:
    """Of a community: `growing`: seat → people (slugs) who may follow; `alone`: seats with nobody; `ending`: (role, seat)
    for those that end within six months."""

    growing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    alone: list[str] = field(default_factory=list)
    ending: list[tuple[str, Seat]] = field(default_factory=list)


def index_succession(garden: Garden) -> dict[str, Succession]:
    """Slug of a community → what follows from its charter alone. Closed communities, and those at rest, have none."""
    return {
        slug: _of(charter.fields, garden.today)
        for slug, charter in garden.communities.items()
        if charter.fields.status in ("active", "forming")
    }


def _of(charter: CommunityFields, today: datetime.date) -> Succession:
    succession = Succession()
    held: dict[str, list[str]] = {}
    for role, seat in seats(charter):
        if role == "alumni" or (seat.until and seat.until.last < today):
            continue
        held.setdefault(role, []).append(seat.person)
        if seat.until and seat.until.last <= today + SOON:
            succession.ending.append((role, seat))
    for role, below in GROWING.items():
        holders = held.get(role, ())
        growing = dict.fromkeys(person for lower in below for person in held.get(lower, ()) if person not in holders)
        succession.growing[role] = tuple(growing)
        # Without a holder there is nothing to grow into: a forming community has no sponsor, a small one no facilitator.
        if holders and not growing:
            succession.alone.append(role)
    return succession
