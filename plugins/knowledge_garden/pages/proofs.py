"""One sentence for each of the eight messages, found in the garden itself: what shows that message at work.

A function that finds nothing in the garden says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.celebrations import THANKS, USE
from knowledge_garden.model import addresses
from knowledge_garden.model.dates import When
from knowledge_garden.model.messages import Message, message, messages
from knowledge_garden.pages.celebrations import celebration_text
from knowledge_garden.pages.wording import recurrence_text


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
    """The two communities that have most to do with each other."""
    meeting = [bridge for bridge in indexes.bridges.pairs.values() if bridge.strength]
    if not meeting:
        return None
    widest = max(meeting, key=lambda bridge: bridge.strength)
    one, other = (indexes.garden.communities[slug] for slug in (widest.one, widest.other))
    text = message(
        "The widest bridge is between {one} and {other}: {people} people, {lessons} lessons and {links} links join them.",
        one=one.title,
        other=other.title,
        people=widest.people,
        lessons=widest.lessons,
        links=widest.links,
    )
    return Proof(text, addresses.BRIDGES, one.fields.sample and other.fields.sample)


def _partners(indexes: Indexes) -> Proof | None:
    """How many partners charters name, invented ones only where there are no others."""
    garden = indexes.garden
    named = {slug for charter in garden.communities.values() for slug in charter.fields.partners} & set(garden.partners)
    real = {slug for slug in named if not garden.partners[slug].fields.sample}
    if not named:
        return None
    text = messages(
        "Our charters name {number} partner outside from which we learn.",
        "Our charters name {number} partners outside from which we learn.",
        len(real or named),
    )
    return Proof(text, addresses.PARTNERS, not real)


def _facets(indexes: Indexes) -> Proof | None:
    """A place or another value from which the garden wants to hear: one without a lesson, else one without a new one."""
    for key, hearing in indexes.hearing.items():
        for unheard in (*hearing.silent[:1], *hearing.quiet[:1]):
            dimension = indexes.facets[key].dimension.title
            if unheard.last is None:
                text = message(
                    "No lesson has come from {value} ({dimension}) yet.", value=unheard.title, dimension=dimension
                )
            else:
                text = message(
                    "The latest lesson from {value} ({dimension}) came on {date}.",
                    value=unheard.title,
                    dimension=dimension,
                    date=When.parse(unheard.last),
                )
            return Proof(text, indexes.facets[key].path)  # which says whom to ask; the page of the value does not
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
    """A failure that came back while a recommendation was open; else how many lessons are about failures.

    An invented recurrence is told only where nothing real can be.
    """
    told = [
        Proof(message("“{title}”: {sentence}", title=latest.title, sentence=said), latest.path, recurrence.sample)
        for recurrence in indexes.recurrences.all
        for latest in (recurrence.times[-1].lesson,)
        if (said := recurrence_text(recurrence))
    ]
    if told and not told[0].sample:
        return told[0]
    failures = sum(not lesson.fields.sample for lesson in indexes.failures.lessons)
    if not failures:
        return told[0] if told else None
    validated = sum(not entry.lesson.fields.sample for entry in indexes.actions.by_state["validated"])
    text = messages(
        "{failures} of {total} lessons are about something that failed or nearly did; {number} action was confirmed to work.",
        "{failures} of {total} lessons are about something that failed or nearly did; {number} actions were confirmed to work.",
        validated,
        failures=failures,
        total=sum(not lesson.fields.sample for lesson in indexes.garden.lessons.values()),
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


def proofs(indexes: Indexes, features: Collection[str]) -> list[Proof]:
    """A sentence for each message that can be shown, in the order of the messages; those of the site's features alone."""
    shown = [proof for prove in PROOFS.values() if (proof := prove(indexes)) is not None]
    return [proof for proof in shown if proof.path != addresses.FAILURES or "failures" in features]
