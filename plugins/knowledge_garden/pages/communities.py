"""Pages about communities beside their charters: the bridges between them, and long lists of seats."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.bridges import Bridge, Bridges
from knowledge_garden.indexes.communities import Charter
from knowledge_garden.model import addresses
from knowledge_garden.model.community import CommunityFields, seats
from knowledge_garden.model.fields import Seat
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.people import parted

SEATS_SHOWN = 40  # of one role on a charter
SEATS_OF_A_PAGE = 600
LESSONS_SHOWN = 10  # on a charter
NAMES_SHOWN = 100  # of those who contributed
DRAWN = 20  # communities in the matrix and the drawing
PAIRS_SHOWN = 100
SILOS_SHOWN = 30
_LABEL = 24  # characters of a name in the drawing
_ROW, _TOP, _LEFT = 34, 24, 250  # of the drawing, in its own units
_SHADES = 5


def community_pages(garden: Garden) -> Iterator[GeneratedPage]:
    """The bridges, and for each community with many seats their list."""
    yield GeneratedPage(
        addresses.BRIDGES,
        message("Bridges"),
        message("Which communities share people, lessons, causes and links, and which never meet."),
        "bridges.html",
        bridge_values,
        source="communities/",
    )
    for slug, charter in garden.communities.items():
        number = seat_parts(charter.fields)
        for part in range(1, number + 1):
            title = message("Everybody in {community}", community=charter.title)
            if number > 1:
                title = message(
                    "Everybody in {community}, part {part} of {number}",
                    community=charter.title,
                    part=part,
                    number=number,
                )
            yield GeneratedPage(
                addresses.members(slug, part),
                title,
                charter.fields.purpose,
                "seats.html",
                partial(_seats, slug, part),
                source=charter.path,
            )


def has_many_seats(fields: CommunityFields) -> bool:
    """Whether a role has more people than its charter shows."""
    return any(isinstance(held, tuple) and len(held) > SEATS_SHOWN for held in map(partial(getattr, fields), _LONG))


TERMS = {
    "decisions": message("How it decides"),
    "choosing_leads": message("How its leads are chosen"),
    "budget": message("Money and time"),
    "outputs": message("What it produces"),
    "conduct": message("Conduct"),
    "escalation": message("Where it takes what it cannot decide"),
    "ends_when": message("What would end it"),
}
"""Fields of a charter that say how the community works together, in the order in which its page shows them."""
_LONG = ("leads", "facilitators", "core", "members", "alumni")


def part_address(slug: str) -> partial[str]:
    """The path of a part of a community's list of seats, by its number."""
    return partial(addresses.members, slug)


def has_terms(fields: CommunityFields) -> bool:
    """Whether a charter says anything of how the community works together."""
    return any(getattr(fields, name) for name in TERMS)


def seat_parts(fields: CommunityFields) -> int:
    """How many pages the list of a charter's seats has; 0 where the charter shows all."""
    return -(-len(seats(fields)) // SEATS_OF_A_PAGE) if has_many_seats(fields) else 0


def _seats(slug: str, part: int, indexes: Indexes) -> Mapping[str, object]:
    charter = indexes.garden.communities[slug]
    every = seats(charter.fields)
    parts = seat_parts(charter.fields)
    first, last = parted(every, parts, part)
    roles: dict[str, list[Seat]] = {}
    for role, seat in every[first:last]:
        roles.setdefault(role, []).append(seat)
    return {"charter": charter, "roles": roles, "part": part, "parts": parts}


@dataclass(frozen=True, slots=True)
class Arc:
    """A bridge in the drawing: an SVG path, and how strong it is (1 to 5)."""

    bridge: Bridge
    path: str
    shade: int


@dataclass(frozen=True, slots=True)
class Node:
    """A community in the drawing: its shortened name, and how far down it is."""

    charter: Charter
    label: str
    down: int


def bridge_values(indexes: Indexes) -> Mapping[str, object]:
    """What the page of bridges shows: at most 20 communities drawn, 100 pairs, and 30 silos."""
    bridges: Bridges = indexes.bridges
    garden = indexes.garden
    ranked = sorted(bridges.of, key=lambda slug: (-sum(bridge.strength for bridge in bridges.of[slug]), slug))
    drawn = [slug for slug in garden.communities if slug in set(ranked[:DRAWN])]
    meeting = sorted(
        (bridge for bridge in bridges.pairs.values() if bridge.strength),
        key=lambda bridge: (-bridge.strength, -bridge.causes, bridge.one, bridge.other),
    )
    strongest = max((bridge.strength for bridge in meeting), default=1)
    shade = partial(_shade, strongest)
    nodes = [
        Node(garden.communities[slug], _shortened(garden.communities[slug].title), _TOP + _ROW * row)
        for row, slug in enumerate(drawn)
    ]
    return {
        "communities": [garden.communities[slug] for slug in drawn],
        "total": len(bridges.of),
        "meeting": meeting[:PAIRS_SHOWN],
        "meeting_total": len(meeting),
        "silos": bridges.silos[:SILOS_SHOWN],
        "silos_total": len(bridges.silos),
        "between": bridges.between,
        "shade": shade,
        "nodes": nodes,
        "arcs": _arcs(drawn, bridges, shade),
        "height": 2 * _TOP + _ROW * max(0, len(nodes) - 1),
        "width": _LEFT + 40 + 9 * max(1, len(nodes)) + 60,
        "left": _LEFT,
    }


def _arcs(drawn: Sequence[str], bridges: Bridges, shade: partial[int]) -> list[Arc]:
    """Half ellipses to the right of the names; the strongest are drawn last, above the others."""
    arcs = []
    for row, one in enumerate(drawn):
        for further, other in enumerate(drawn[row + 1 :], row + 1):
            bridge = bridges.between(one, other)
            if bridge.strength:
                top, bottom = _TOP + _ROW * row, _TOP + _ROW * further
                across = 24 + 9 * (further - row)
                path = f"M{_LEFT} {top}A{across} {(bottom - top) / 2:g} 0 0 1 {_LEFT} {bottom}"
                arcs.append(Arc(bridge, path, shade(bridge.strength)))
    return sorted(arcs, key=lambda arc: arc.bridge.strength)


def _shade(strongest: int, strength: int) -> int:
    """0 for nothing, else 1 to 5; a square root keeps small numbers apart where one pair has hundreds."""
    return max(1, math.ceil(_SHADES * math.sqrt(strength / strongest))) if strength else 0


def _shortened(title: str) -> str:
    return title if len(title) <= _LABEL else f"{title[: _LABEL - 1].rstrip()}…"
