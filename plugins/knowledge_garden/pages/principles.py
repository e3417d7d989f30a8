"""The principles page shows each message at work: one sentence from this garden under the message's heading.

A message is recognised by the anchor of its heading (`## Value failure … {#failure}`), so the page can be reworded and
translated. A function that finds nothing in the garden says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.celebrations import THANKS, USE
from knowledge_garden.model import addresses
from knowledge_garden.model.messages import Message, message, messages
from knowledge_garden.pages.celebrations import celebration_text
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.templating import render
from knowledge_garden.pages.wording import recurrence_text

_HEADING = re.compile(r'<h2 id="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence about this garden, and the content path of the page that shows it. `sample`: it is invented."""

    text: Message
    path: str
    sample: bool = False


Prove = Callable[[Indexes], "Proof | None"]


def _people(indexes: Indexes) -> Proof | None:
    """How many people have said what they can be asked about, and how many needs are open."""
    holders = sum(bool(person.fields.holds) for person in indexes.garden.people.values())
    if not holders:
        return None
    text = messages(
        "{number} person here has said what they can be asked about.",
        "{number} people here have said what they can be asked about.",
        holders,
    )
    invented = all(person.fields.sample for person in indexes.garden.people.values() if person.fields.holds)
    return Proof(text, addresses.PEOPLE, invented)


def _communities(indexes: Indexes) -> Proof | None:
    """The two communities that share most lessons."""
    pairs = [bridge for bridge in indexes.bridges.pairs.values() if bridge.lessons > 1]
    if not pairs:
        return None
    widest = min(pairs, key=lambda bridge: (-bridge.lessons, bridge.one))
    one, two = (indexes.garden.communities[key].title for key in (widest.one, widest.other))
    text = messages(
        "{one} and {two} share {number} lesson, more than any other two communities.",
        "{one} and {two} share {number} lessons, more than any other two communities.",
        widest.lessons,
        one=one,
        two=two,
    )
    return Proof(text, addresses.BRIDGES)


def _partners(indexes: Indexes) -> Proof | None:
    """How many partners charters name, and the page that lists them."""
    garden = indexes.garden
    named = {slug for charter in garden.communities.values() for slug in charter.fields.partners} & set(garden.partners)
    if not named:
        return None
    text = messages(
        "Our charters name {number} partner outside from which we learn.",
        "Our charters name {number} partners outside from which we learn.",
        len(named),
    )
    return Proof(text, addresses.PARTNERS)


def _facets(indexes: Indexes) -> Proof | None:
    """A value from which the garden wants to hear and does not, or has not for long."""
    for key, hearing in indexes.hearing.items():
        dimension = indexes.facets[key].dimension.title
        for unheard in hearing.silent:
            text = message(
                "Nothing has come from {value} ({dimension}) yet. Do you know whom to ask?",
                value=unheard.title,
                dimension=dimension,
            )
            return Proof(text, unheard.path)
        for unheard in hearing.quiet:
            text = message("Nothing new has come from {value} in two years.", value=unheard.title)
            return Proof(text, unheard.path)
    return None


def _leadership(indexes: Indexes) -> Proof | None:
    """The latest deed of a sponsor or liaison."""
    seen = [
        (seat.last, community.charter, seat)
        for community in indexes.leadership.communities
        for seat in community.seats
        if seat.last is not None
    ]
    if not seen:
        return None
    last, charter, seat = max(seen, key=lambda entry: (entry[0], entry[1].slug))
    text = message(
        "{name}, who supports {community}, last took part on {date}.",
        name=indexes.publication.actor(seat.seat.person).name,
        community=charter.title,
        date=last,
    )
    return Proof(text, addresses.LEADERSHIP, charter.fields.sample)


def _leaders(indexes: Indexes) -> Proof | None:
    """The longest path of roles, and how many people of each stream have one."""
    paths = list(indexes.paths.values())
    if not paths:
        return None
    longest = max(paths, key=lambda path: len(path.steps))
    text = messages(
        "{name} has held {number} role so far. {technical} of the paths here are technical, {managerial} managerial.",
        "{name} has held {number} roles so far. {technical} of the paths here are technical, {managerial} managerial.",
        len(longest.steps),
        name=longest.contributor.name,
        technical=sum(path.stream == "technical" for path in paths),
        managerial=sum(path.stream == "managerial" for path in paths),
    )
    return Proof(text, addresses.PATHS, longest.sample)


def _celebrate(indexes: Indexes) -> Proof | None:
    """The latest use with thanks, or where nobody gave thanks the latest use."""
    garden, celebrations = indexes.garden, indexes.celebrations.all
    for kind in (THANKS, USE):
        of_kind = [celebration for celebration in celebrations if celebration.kind == kind]
        real = next((celebration for celebration in of_kind if not celebration.sample), None)
        latest = real or next(iter(of_kind), None)
        if latest is not None:
            return Proof(celebration_text(garden, latest), addresses.CELEBRATE, latest.sample)
    return None


def _failure(indexes: Indexes) -> Proof | None:
    """A failure that came back while a recommendation was open; else how many lessons are about failures."""
    for recurrence in indexes.recurrences.all:
        if said := recurrence_text(recurrence):
            latest = recurrence.times[-1].lesson
            text = message("“{title}”: {sentence}", title=latest.title, sentence=said)
            return Proof(text, latest.path, latest.fields.sample)
    failures, total = len(indexes.failures.lessons), len(indexes.garden.lessons)
    if not failures:
        return None
    validated = len(indexes.actions.by_state["validated"])
    text = messages(
        "{failures} of {total} lessons are about something that failed or nearly did; {number} action was confirmed to work.",
        "{failures} of {total} lessons are about something that failed or nearly did; {number} actions were confirmed to work.",
        validated,
        failures=failures,
        total=total,
    )
    return Proof(text, addresses.FAILURES)


PROOFS: Mapping[str, Prove] = MappingProxyType(
    {
        "people": _people,
        "communities": _communities,
        "partners": _partners,
        "origins": _facets,
        "leadership": _leadership,
        "celebrate": _celebrate,
        "leaders": _leaders,
        "failure": _failure,
    }
)
"""Anchor of a message's heading → what finds a sentence for it. To show another message at work, add its function."""


def with_proofs(html: str, indexes: Indexes, frame: Frame, path: str) -> str:
    """The text of the principles page with a sentence at the end of each message's section; that of other pages as it is."""
    if path != addresses.PRINCIPLES or "lifecycle" not in frame.features:
        return html
    parts: list[str] = []
    headings = list(_HEADING.finditer(html))
    starts = [heading.start() for heading in headings]
    ends = [*starts[1:], len(html)]
    parts.append(html[: starts[0]] if starts else html)
    for heading, start, end in zip(headings, starts, ends, strict=True):
        prove = PROOFS.get(heading[1])
        proof = prove(indexes) if prove else None
        parts.append(html[start:end])
        if proof is not None:
            parts.append(render("proof.html", indexes, frame, addresses.PRINCIPLES, proof=proof))
    return "".join(parts)
