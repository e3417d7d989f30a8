"""What went wrong: lessons by outcome and by cause, and where and when causes were at work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from knowledge_garden.indexes.lessons import Lesson, newest_first
from knowledge_garden.indexes.recurrence import recurrence_chains
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.lesson import Action, Outcome
from knowledge_garden.model.settings import Settings
from knowledge_garden.model.taxonomy import Cause

OPEN = "open"
SUCCESS = "success"  # the kind of outcome that does not count as a failure


@dataclass(frozen=True, slots=True)
class OpenAction:
    """Something that a lesson asks for and that nobody has done yet."""

    lesson: Lesson
    action: Action


@dataclass(slots=True)
class CauseEntry:
    """A cause of garden.yml with everything the garden knows of it; lessons are newest first.

    `prevented_by`: successes that kept it from happening. `beside`: causes most often named with it, and how often.
    `chains`: recurrences in which it was at work. `communities`, `stages`: how many of its lessons each has.
    """

    key: str
    cause: Cause
    lessons: list[Lesson] = field(default_factory=list)
    prevented_by: list[Lesson] = field(default_factory=list)
    beside: list[tuple[str, int]] = field(default_factory=list)
    chains: list[tuple[Lesson, ...]] = field(default_factory=list)
    actions: list[OpenAction] = field(default_factory=list)
    communities: Counter[str] = field(default_factory=Counter)
    stages: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class CauseGroup:
    """The causes under one heading of garden.yml, those with most lessons first; `title` is "" for causes without one."""

    title: str
    causes: tuple[CauseEntry, ...]


@dataclass(frozen=True, slots=True)
class Failures:
    """`lessons`: all that did not plainly succeed, `successes`: those that did, newest first.

    `outcomes` by number, also for each period in `years` (a decade, or a year where all fall into twenty).
    `chains`: each recurrence, first event first; `chain_of`: slug → its chain.
    """

    lessons: tuple[Lesson, ...]
    successes: tuple[Lesson, ...]
    outcomes: Mapping[Outcome, int]
    years: tuple[tuple[str, Mapping[Outcome, int]], ...]
    causes: Mapping[str, CauseEntry]
    groups: tuple[CauseGroup, ...]
    chains: tuple[tuple[Lesson, ...], ...]
    chain_of: Mapping[str, tuple[Lesson, ...]]


def index_failures(garden: Garden) -> Failures:
    """Sort the garden's lessons by outcome, cause and time, in one pass over them, and join the recurrences."""
    settings = garden.settings
    lessons = newest_first(garden.lessons.values())
    chains = recurrence_chains(garden)
    chain_of = {lesson.slug: chain for chain in chains for lesson in chain}
    causes = _causes(garden, lessons, chain_of)
    counted = Counter(lesson.fields.outcome for lesson in lessons)
    return Failures(
        lessons=tuple(lesson for lesson in lessons if settings.outcome(lesson.fields.outcome).kind != SUCCESS),
        successes=tuple(lesson for lesson in lessons if settings.outcome(lesson.fields.outcome).kind == SUCCESS),
        outcomes={Outcome(key): counted[Outcome(key)] for key in settings.outcomes},
        years=_years(lessons, settings),
        causes=causes,
        groups=_groups(causes.values()),
        chains=chains,
        chain_of=chain_of,
    )


def _causes(garden: Garden, lessons: list[Lesson], chain_of: Mapping[str, tuple[Lesson, ...]]) -> dict[str, CauseEntry]:
    causes = {key: CauseEntry(key, cause) for key, cause in garden.settings.causes.items()}
    beside: dict[str, Counter[str]] = {key: Counter() for key in causes}
    chains: dict[str, dict[str, tuple[Lesson, ...]]] = {key: {} for key in causes}
    for lesson in lessons:
        for key in lesson.fields.prevented:
            if key in causes:
                causes[key].prevented_by.append(lesson)
        named = [key for key in dict.fromkeys(lesson.fields.causes) if key in causes]
        for key in named:
            entry = causes[key]
            entry.lessons.append(lesson)
            entry.communities.update(slug for slug in lesson.fields.communities if slug in garden.communities)
            entry.stages.update([lesson.fields.stage] if lesson.fields.stage in garden.settings.stages else [])
            entry.actions += [OpenAction(lesson, action) for action in lesson.fields.actions if action.status == OPEN]
            if chain := chain_of.get(lesson.slug):
                chains[key][chain[0].slug] = chain
            beside[key].update(other for other in named if other != key)
    for key, entry in causes.items():
        entry.beside = beside[key].most_common()
        entry.chains = list(chains[key].values())
    return causes


def _groups(entries: Iterable[CauseEntry]) -> tuple[CauseGroup, ...]:
    """The groups in the order of garden.yml; causes without one come last."""
    by_title: dict[str, list[CauseEntry]] = {}
    for entry in entries:
        by_title.setdefault(entry.cause.group, []).append(entry)
    without = by_title.pop("", [])
    ordered = [*by_title.items(), *([("", without)] if without else [])]
    return tuple(
        CauseGroup(
            title, tuple(sorted(of_group, key=lambda entry: (-len(entry.lessons), entry.cause.title.casefold())))
        )
        for title, of_group in ordered
    )


def _years(lessons: list[Lesson], settings: Settings) -> tuple[tuple[str, Mapping[Outcome, int]], ...]:
    """Outcomes by year where all lessons fall into twenty years, else by decade; oldest first, none left out between."""
    dated = [(lesson.fields.date.year, lesson.fields.outcome) for lesson in lessons if lesson.fields.date]
    if not dated:
        return ()
    first, last = min(dated, key=lambda pair: pair[0])[0], max(dated, key=lambda pair: pair[0])[0]
    step = 1 if last - first < 20 else 10
    counts: dict[int, Counter[Outcome]] = {year: Counter() for year in range(first - first % step, last + 1, step)}
    for year, outcome in dated:
        counts[year - year % step][outcome] += 1
    return tuple(
        (str(year), {Outcome(key): count[Outcome(key)] for key in settings.outcomes}) for year, count in counts.items()
    )
