"""What went wrong, by outcome and by cause, and which failures came back: chains of recurrence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge_garden.model.garden import Garden, Record
from knowledge_garden.model.records import LessonFields, Outcome
from knowledge_garden.model.settings import Cause

Lesson = Record[LessonFields]


@dataclass(frozen=True, slots=True)
class CauseEntry:
    """A cause of garden.yml with the lessons that name it, newest first, and the causes most often named beside it."""

    key: str
    cause: Cause
    lessons: tuple[Lesson, ...]
    beside: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Failures:
    """`lessons`: all that did not plainly succeed, newest first. `chains`: each recurrence, first event first."""

    lessons: tuple[Lesson, ...]
    outcomes: Mapping[Outcome, int]
    causes: Mapping[str, CauseEntry]
    chains: tuple[tuple[Lesson, ...], ...]
    chain_of: Mapping[str, tuple[Lesson, ...]]


def newest_first(lessons: list[Lesson]) -> list[Lesson]:
    """Lessons by the date of what happened, the undated last, then by title."""
    return sorted(
        lessons,
        key=lambda lesson: (
            -(lesson.fields.date.first.toordinal() if lesson.fields.date else 0),
            lesson.title.casefold(),
        ),
    )


def index_failures(garden: Garden) -> Failures:
    """Sort the garden's lessons by outcome and cause and join the recurrences."""
    lessons = newest_first(list(garden.lessons.values()))
    entries = {}
    for key, cause in garden.settings.causes.items():
        with_cause = [lesson for lesson in lessons if key in lesson.fields.causes]
        beside = Counter(other for lesson in with_cause for other in lesson.fields.causes if other != key)
        others = [(other, count) for other, count in beside.most_common() if other in garden.settings.causes]
        entries[key] = CauseEntry(key, cause, tuple(with_cause), tuple(others))
    chains = _chains(garden)
    counted = Counter(lesson.fields.outcome for lesson in lessons)
    return Failures(
        lessons=tuple(lesson for lesson in lessons if lesson.fields.outcome is not Outcome.SUCCESS),
        outcomes={outcome: counted[outcome] for outcome in Outcome},
        causes=entries,
        chains=chains,
        chain_of={lesson.slug: chain for chain in chains for lesson in chain},
    )


def _chains(garden: Garden) -> tuple[tuple[Lesson, ...], ...]:
    """Lessons joined by `recurs`, each group once, oldest first. Takes a time linear in lessons and relations."""
    joined: dict[str, list[str]] = {}
    for slug, lesson in garden.lessons.items():
        for earlier in lesson.fields.recurs:
            if earlier in garden.lessons and earlier != slug:
                joined.setdefault(slug, []).append(earlier)
                joined.setdefault(earlier, []).append(slug)
    chains = {}
    seen: set[str] = set()
    for start in joined:
        if start in seen:
            continue
        seen.add(start)
        members = [start]
        for member in members:  # grows while it is gone through
            new = [other for other in dict.fromkeys(joined[member]) if other not in seen]
            seen.update(new)
            members += new
        chains[min(members)] = members
    return tuple(
        tuple(reversed(newest_first([garden.lessons[slug] for slug in members])))
        for _, members in sorted(chains.items())
    )
