"""How work of a stage went wrong before: causes by weight, for everybody and for each community."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge_garden.indexes.lessons import Lesson, newest_first
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.taxonomy import Cause

SEVERITY_WEIGHT = {"low": 1, "medium": 2, "": 2, "high": 3, "critical": 4}
"""How much a lesson adds to the weight of its causes."""

Key = tuple[str, str]
"""(stage, community); the community is "" where lessons of all communities count."""


@dataclass(frozen=True, slots=True)
class Risk:
    """A cause with the lessons in which it was at work, gravest first, and the successes that prevented it."""

    key: str
    cause: Cause
    weight: int
    lessons: tuple[Lesson, ...]
    prevented_by: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Premortem:
    """The risks of a stage of work, the weightiest first. `lessons` is the number of lessons behind them."""

    stage: str
    community: str
    risks: tuple[Risk, ...]
    lessons: int


def index_premortems(garden: Garden) -> Mapping[Key, Premortem]:
    """A pre-mortem for each stage, and for each stage within a community, in which something went wrong."""
    prevented: dict[str, list[Lesson]] = defaultdict(list)
    by_key: dict[Key, list[Lesson]] = defaultdict(list)
    for lesson in newest_first(garden.lessons.values()):
        for cause in lesson.fields.prevented:
            prevented[cause].append(lesson)
        stage = lesson.fields.stage
        if garden.settings.outcome(lesson.fields.outcome).kind == "success" or stage not in garden.settings.stages:
            continue
        by_key[stage, ""].append(lesson)
        for community in dict.fromkeys(lesson.fields.communities):
            if community in garden.communities:
                by_key[stage, community].append(lesson)
    return {key: _premortem(garden, key, lessons, prevented) for key, lessons in sorted(by_key.items())}


def _premortem(garden: Garden, key: Key, lessons: list[Lesson], prevented: Mapping[str, list[Lesson]]) -> Premortem:
    by_cause: dict[str, list[Lesson]] = defaultdict(list)
    for lesson in lessons:
        for cause in dict.fromkeys(lesson.fields.causes):
            if cause in garden.settings.causes:
                by_cause[cause].append(lesson)
    risks = [
        Risk(
            cause,
            garden.settings.causes[cause],
            sum(map(weight_of, of_cause)),
            tuple(sorted(of_cause, key=lambda lesson: -weight_of(lesson))),
            tuple(prevented.get(cause, ())),
        )
        for cause, of_cause in by_cause.items()
    ]
    risks.sort(key=lambda risk: (-risk.weight, risk.cause.title.casefold()))
    return Premortem(*key, tuple(risks), len(lessons))


def weight_of(lesson: Lesson) -> int:
    """What a lesson adds to the weight of its causes."""
    return SEVERITY_WEIGHT.get(lesson.fields.severity, 2)
