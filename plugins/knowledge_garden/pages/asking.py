"""Whom a reader of a lesson can ask: who told it, keeps it, wrote or edits it, or holds what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.model.messages import message
from knowledge_garden.model.people import Contributor
from knowledge_garden.model.roles import role_label
from knowledge_garden.pages.frame import Frame

MOST = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody to ask: why, in words, what they hold of it, and how they chose to be reached (a link, or "")."""

    who: Contributor
    reasons: tuple[str, ...]
    holds: str
    contact: str


def people_to_ask(indexes: Indexes, frame: Frame, lesson: Lesson) -> list[Asked]:
    """At most five people of the garden who are shown by name. Whoever chose how to be reached comes first."""
    beside = indexes.publication.beside_a_real_event
    people: dict[str, Contributor] = {}
    reasons: dict[str, list[str]] = {}
    holds: dict[str, str] = {}
    for person, reason, held in _candidates(indexes, frame, lesson):
        # Nobody invented is offered beside a real event.
        if person is not None and person.slug and not beside(indexes.garden.people[person.slug].path, lesson.path):
            people.setdefault(person.slug, person)
            holds[person.slug] = holds.get(person.slug) or held
            if reason not in reasons.setdefault(person.slug, []):
                reasons[person.slug].append(reason)
    asked = [
        Asked(person, tuple(reasons[slug]), holds[slug], indexes.garden.people[slug].fields.contact)
        for slug, person in people.items()
    ]
    return sorted(asked, key=lambda one: not one.contact)[:MOST]


def _candidates(indexes: Indexes, frame: Frame, lesson: Lesson) -> Iterator[tuple[Contributor | None, str, str]]:
    """Everybody in question, with the reason and what they hold; the closest to the lesson first."""
    shown = indexes.publication.person
    for slug in indexes.communities.tellers[lesson.slug]:
        yield shown(slug), role_label("told"), ""
    yield shown(lesson.fields.owner), message("Maintains it"), ""
    if "credits" in frame.features:
        for line in indexes.credits.page(indexes.garden.file(lesson.path)).lines:
            for part in line.people:
                yield part.contributor, line.label, ""
    if "search" in frame.features:
        for holder in indexes.holders.get(lesson.slug, ()):
            yield shown(holder.person), message("Can help with this"), holder.holds
