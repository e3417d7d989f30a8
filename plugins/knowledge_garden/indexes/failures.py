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
    """`lessons`: all whose outcome does not count as a success, newest first. `chains`: each recurrence, first event first."""

    lessons: tuple[Lesson, ...]
    outcomes: Mapping[Outcome, int]
    causes: Mapping[str, CauseEntry]
    chains: tuple[tuple[Lesson, ...], ...]
    chain_of: Mapping[str, tuple[Lesson, ...]]


def newest_first(lessons: list[Lesson]) -> list[Lesson]:
    """Lessons by the date of what happened, the undated last, then by title."""
    return sorted(
        lessons,
        key=lambda each: (
            -(each.fields.date.first.toordinal() if each.fields.date else 0),
            each.title.casefold(),
        ),
    )


def index_failures(garden: Garden) -> Failures:
    """Sort the garden's lessons by outcome and cause and join the recurrences."""
    settings = garden.settings
    lessons = newest_first(list(garden.lessons.values()))
    entries = {}
    for key, cause in settings.causes.items():
        named = [each for each in lessons if key in each.fields.causes]
        beside = Counter(other for each in named for other in each.fields.causes if other != key)
        known = [(other, count) for other, count in beside.most_common() if other in settings.causes]
        entries[key] = CauseEntry(key, cause, tuple(named), tuple(known))
    chains = _chains(garden)
    counted = Counter(each.fields.outcome for each in lessons)
    return Failures(
        lessons=tuple(each for each in lessons if settings.outcome(each.fields.outcome).kind != "success"),
        outcomes={Outcome(key): counted[Outcome(key)] for key in settings.outcomes},
        causes=entries,
        chains=chains,
        chain_of={each.slug: chain for chain in chains for each in chain},
    )


def _chains(garden: Garden) -> tuple[tuple[Lesson, ...], ...]:
    """Lessons joined by `recurs`, each group once, oldest first."""
    group: dict[str, set[str]] = {}
    for slug, lesson in garden.lessons.items():
        for earlier in lesson.fields.recurs:
            if earlier in garden.lessons and earlier != slug:
                joined = group.get(slug, {slug}) | group.get(earlier, {earlier})
                for member in joined:
                    group[member] = joined
    unique = {min(members): members for members in group.values()}
    return tuple(
        tuple(reversed(newest_first([garden.lessons[slug] for slug in members])))
        for _, members in sorted(unique.items())
    )
