"""Uses of lessons: who wrote or told each lesson, and who made use of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge_garden.indexes.ledger import Ledger
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.indexes.registry import Indexes
from knowledge_garden.model.lesson import Application
from knowledge_garden.model.publication import Actor

AUTHORSHIP = ("wrote", "co-wrote", "told")


@dataclass(frozen=True, slots=True)
class Use:
    """A use that others made of a lesson the person wrote or told: declared in the lesson, or in somebody's profile."""

    lesson: Lesson
    application: Application | None
    user: Actor


def lessons_by_author(indexes: Indexes, ledger: Ledger) -> dict[str, list[Lesson]]:
    """Contributor → lessons they wrote or told at any time."""
    by_file = {indexes.garden.file(lesson.path): lesson for lesson in indexes.garden.lessons.values()}
    by_author: dict[str, dict[str, Lesson]] = {}
    for line in ledger.lines:
        lesson = by_file.get(line.page)
        if lesson and line.role in AUTHORSHIP:
            by_author.setdefault(line.contributor.key, {})[lesson.slug] = lesson
    return {key: list(lessons.values()) for key, lessons in by_author.items()}


def users_of_lessons(indexes: Indexes) -> dict[str, list[str]]:
    """Lesson → the people who name it among the lessons they have used."""
    used_by: dict[str, list[str]] = {}
    publication = indexes.publication
    for person, lessons in indexes.communities.used.items():
        profile = indexes.garden.people[person].path
        for slug, path in dict.fromkeys((lesson.slug, lesson.path) for lesson in lessons):
            if not publication.beside_a_real_event(profile, path):
                used_by.setdefault(slug, []).append(person)
    return used_by


def uses_by_others(ledger: Ledger, lesson: Lesson, users: Iterable[str], author: str) -> Iterator[Use]:
    """The uses of a lesson but those of its author. `users` are the slugs of the people who name it as used.

    `author`: slug of the one who wrote or told it, "" for somebody without a record.
    """
    publication = ledger.publication
    for use in lesson.fields.applied:
        if not author or publication.directory.claimants(use.by) != (author,):
            yield Use(lesson, use, publication.actor(use.by))
    for user in users:
        if user != author:
            yield Use(lesson, None, publication.actor(user))
