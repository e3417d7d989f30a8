"""What there is to celebrate, by year and month: uses of lessons, thanks, validated actions, failures told openly."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from knowledge_garden.indexes.actions import VALIDATED, ActionEntry, Actions
from knowledge_garden.indexes.credits import Credits
from knowledge_garden.indexes.effect import Effect, UseEntry
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.model.dates import When
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.people import Contributor

THANKS, USE, VALID, MILESTONE, OWN_FAILURE, FIRST = "thanks", "use", "validated", "milestone", "own-failure", "first"
KINDS = (THANKS, USE, VALID, OWN_FAILURE, MILESTONE, FIRST)
"""The kinds of celebrations, in the order in which a month shows them."""
MILESTONES = (1, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
"""Numbers of lessons that a community celebrates."""
SUCCESS = "success"


@dataclass(frozen=True, slots=True)
class Celebration:
    """One thing to celebrate. `key` names it for machines. Only what its kind needs is set.

    `number`: of a milestone, how many lessons the community (`community`, a slug) has. `sample`: it is invented.
    """

    kind: str
    key: str
    when: When
    lesson: Lesson | None = None
    use: UseEntry | None = None
    action: ActionEntry | None = None
    who: Contributor | None = None
    community: str = ""
    number: int = 0
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """The celebrations of a month, or of a year (`when.month` is None) where only that is known, by kind."""

    when: When
    kinds: Mapping[str, tuple[Celebration, ...]]


@dataclass(frozen=True, slots=True)
class Celebrations:
    """`all`: newest first. `years`: year → its months, newest first, what has only a year last."""

    all: tuple[Celebration, ...]
    years: Mapping[int, tuple[Month, ...]] = field(repr=False)


def index_celebrations(garden: Garden, actions: Actions, effect: Effect, credit: Credits) -> Celebrations:
    """Collect what happened up to the garden's day; what has no date is left out. One pass over each source."""
    collected = [*_uses(effect.uses), *_validated(actions.by_state[VALIDATED]), *_firsts(garden, credit)]
    collected += [*_failures(garden), *_milestones(garden)]
    ordered = sorted(
        (celebration for celebration in collected if not garden.is_future(celebration.when)),
        key=lambda celebration: (-celebration.when.last.toordinal(), KINDS.index(celebration.kind), celebration.key),
    )
    return Celebrations(tuple(ordered), _years(ordered))


def _years(celebrations: Iterable[Celebration]) -> dict[int, tuple[Month, ...]]:
    years: dict[int, dict[int, list[Celebration]]] = {}
    for celebration in celebrations:
        when = celebration.when
        years.setdefault(when.year, {}).setdefault(when.month or 0, []).append(celebration)
    return {
        year: tuple(
            _month(When(year, month or None), of_month) for month, of_month in sorted(months.items(), reverse=True)
        )
        for year, months in sorted(years.items(), reverse=True)
    }


def _month(when: When, celebrations: list[Celebration]) -> Month:
    by_kind = {kind: tuple(one for one in celebrations if one.kind == kind) for kind in KINDS}
    return Month(when, {kind: of_kind for kind, of_kind in by_kind.items() if of_kind})


def _uses(uses: Iterable[UseEntry]) -> Iterator[Celebration]:
    for use in uses:
        if use.when is not None:
            kind = THANKS if use.thanks_from else USE
            sample = use.lesson.fields.sample
            yield Celebration(kind, f"use/{use.lesson.slug}/{use.number}", use.when, use.lesson, use, sample=sample)


def _validated(entries: Iterable[ActionEntry]) -> Iterator[Celebration]:
    for entry in entries:
        when = entry.action.checked_on
        if when is not None:
            lesson = entry.lesson
            key = f"validated/{lesson.slug}/{entry.number}"
            yield Celebration(VALID, key, when, lesson, action=entry, sample=lesson.fields.sample)


def _firsts(garden: Garden, credit: Credits) -> Iterator[Celebration]:
    for entry in credit.people:
        who = entry.contributor
        sample = bool(who.slug) and garden.people[who.slug].fields.sample
        yield Celebration(FIRST, f"first/{entry.anchor}", When.parse(entry.first), who=who, sample=sample)


def _failures(garden: Garden) -> Iterator[Celebration]:
    """Failures in lessons that somebody told; in the garden that may be published an anonymous lesson has nobody."""
    for lesson in garden.lessons.values():
        created = _created(garden, lesson)
        failed = garden.settings.outcome(lesson.fields.outcome).kind != SUCCESS
        if created and failed and _is_told(lesson):
            key = f"own-failure/{lesson.slug}"
            yield Celebration(OWN_FAILURE, key, When.parse(created), lesson, sample=lesson.fields.sample)


def _milestones(garden: Garden) -> Iterator[Celebration]:
    days: dict[str, list[datetime.date]] = {slug: [] for slug in garden.communities}
    for lesson in garden.lessons.values():
        created = _created(garden, lesson)
        for slug in dict.fromkeys(lesson.fields.communities) if created else ():
            if slug in days and created:
                days[slug].append(created)
    for slug, of_community in days.items():
        of_community.sort()
        sample = garden.communities[slug].fields.sample
        reached = {}  # of those of one month the highest
        for number in MILESTONES:
            if number <= len(of_community):
                day = of_community[number - 1]
                reached[day.year, day.month] = day, number
        for day, number in reached.values():
            key = f"milestone/{slug}/{number}"
            yield Celebration(MILESTONE, key, When.parse(day), community=slug, number=number, sample=sample)


def _is_told(lesson: Lesson) -> bool:
    return bool(lesson.fields.told_by)


def _created(garden: Garden, lesson: Lesson) -> datetime.date | None:
    page_history = garden.history.pages.get(garden.file(lesson.path))
    return page_history.created if page_history else None
