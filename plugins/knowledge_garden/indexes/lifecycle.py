"""How far a lesson has come: observed, told, reviewed, actions agreed, done, validated, applied elsewhere, ended."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.indexes.lines import LedgerLine
from knowledge_garden.model.contributions import CONFIRMED
from knowledge_garden.model.dates import When
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.lesson import Action

OBSERVED, TOLD, REVIEWED, AGREED = "observed", "told", "reviewed", "agreed"
DONE, VALIDATED, APPLIED, RETIRED, SUPERSEDED = "done", "validated", "applied", "retired", "superseded"
REVIEW_ROLE = "reviewed"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a lesson's way. `number` of `total`: how many actions have come so far; `number` alone: uses.

    `partial`: it has begun, and is not reached by all actions. `when`: the last day it happened, where that is known.
    """

    key: str
    reached: bool
    when: When | None = None
    number: int = 0
    total: int = 0

    @property
    def partial(self) -> bool:
        return self.reached and self.number < self.total


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The steps of a lesson in their order; `ended` is "retired", "superseded" or "".

    `learned`: something changed because of it: an action was shown to work, or somebody made use of it elsewhere.
    """

    steps: tuple[Step, ...]
    learned: bool
    ended: str = ""

    @property
    def current(self) -> Step:
        """The furthest step that it has reached."""
        return [step for step in self.steps if step.reached][-1]


def index_lifecycles(
    garden: Garden, lines: Iterable[LedgerLine], used_by: Mapping[str, object]
) -> Mapping[str, Lifecycle]:
    """Slug → how far the lesson has come. `lines`: the ledger that readers may see. `used_by`: lesson → people who say
    that they have used it. One pass over each."""
    reviewed: dict[str, datetime.date] = {}
    for line in lines:
        if line.role == REVIEW_ROLE or line.rule == CONFIRMED:
            reviewed[line.page] = max(line.date, reviewed.get(line.page, line.date))
    replaced: dict[str, When | None] = {}
    for lesson in garden.lessons.values():
        for earlier in lesson.fields.supersedes:
            if earlier != lesson.slug:
                replaced[earlier] = lesson.fields.date
    return {
        slug: _lifecycle(garden, lesson, reviewed, slug in used_by, replaced) for slug, lesson in garden.lessons.items()
    }


def _lifecycle(
    garden: Garden,
    lesson: Lesson,
    reviewed: Mapping[str, datetime.date],
    used: bool,
    replaced: Mapping[str, When | None],
) -> Lifecycle:
    fields, file = lesson.fields, garden.file(lesson.path)
    actions, uses = fields.actions, fields.applied
    page_history = garden.history.pages.get(file)
    created = page_history.created if page_history else None
    done = [action for action in actions if action.status in (DONE, VALIDATED)]
    validated = [action for action in actions if action.status == VALIDATED]
    steps = [
        Step(OBSERVED, reached=True, when=fields.date),
        Step(TOLD, reached=True, when=_day(created)),
        Step(REVIEWED, reached=file in reviewed, when=_day(reviewed.get(file))),
        Step(AGREED, reached=bool(actions), number=len(actions), total=len(actions)),
        Step(DONE, bool(done), _latest(action.done_on for action in done), len(done), len(actions)),
        Step(VALIDATED, bool(validated), _latest(map(_checked, validated)), len(validated), len(actions)),
        Step(APPLIED, bool(uses) or used, _latest(use.date for use in uses), len(uses)),
    ]
    ended = RETIRED if fields.retired else SUPERSEDED if lesson.slug in replaced else ""
    if ended:
        steps.append(Step(ended, reached=True, when=fields.retired or replaced.get(lesson.slug)))
    return Lifecycle(tuple(steps), bool(validated or uses or used), ended)


def _checked(action: Action) -> When | None:
    return action.checked_on or action.done_on


def _latest(dates: Iterable[When | None]) -> When | None:
    return max((when for when in dates if when), key=lambda when: when.last, default=None)


def _day(day: datetime.date | None) -> When | None:
    return When.parse(day) if day else None
