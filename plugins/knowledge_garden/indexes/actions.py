"""Actions of all lessons with their state: overdue first, then open, done and validated; by lesson and by community."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.lesson import Action

OVERDUE, OPEN, DONE, VALIDATED = "overdue", "open", "done", "validated"
STATES = (OVERDUE, OPEN, DONE, VALIDATED)
"""The states of an action, in the order in which lists show them."""


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """An action of a lesson. `number`: its position there, from 0. `late`: days past its due date, 0 where it is not."""

    lesson: Lesson
    number: int
    action: Action
    state: str
    late: int = 0

    @property
    def pending(self) -> bool:
        """Whether somebody still has to do it."""
        return self.state in (OVERDUE, OPEN)


@dataclass(frozen=True, slots=True)
class Actions:
    """`by_state`: state → its actions. Overdue: the latest first; open: the next one due first, those without a date
    last; done and validated: the most recent first. `by_community` and `by_lesson` hold the same, all states joined."""

    by_state: Mapping[str, tuple[ActionEntry, ...]]
    by_community: Mapping[str, tuple[ActionEntry, ...]] = field(repr=False)
    by_lesson: Mapping[str, tuple[ActionEntry, ...]] = field(repr=False)

    @property
    def pending(self) -> tuple[ActionEntry, ...]:
        """Actions that are not done: overdue ones first."""
        return (*self.by_state[OVERDUE], *self.by_state[OPEN])


def index_actions(garden: Garden) -> Actions:
    """Go through the lessons once, and sort their actions once."""
    entries = [
        _entry(garden, lesson, number, action)
        for lesson in garden.lessons.values()
        for number, action in enumerate(lesson.fields.actions)
    ]
    by_state: dict[str, list[ActionEntry]] = {state: [] for state in STATES}
    by_community: dict[str, list[ActionEntry]] = {slug: [] for slug in garden.communities}
    by_lesson: dict[str, list[ActionEntry]] = {}
    for entry in sorted(entries, key=_order):
        by_state[entry.state].append(entry)
        by_lesson.setdefault(entry.lesson.slug, []).append(entry)
        for slug in dict.fromkeys(entry.lesson.fields.communities):
            if slug in by_community:
                by_community[slug].append(entry)
    return Actions(_frozen(by_state.items()), _frozen(by_community.items()), _frozen(by_lesson.items()))


def _frozen(groups: Iterable[tuple[str, list[ActionEntry]]]) -> dict[str, tuple[ActionEntry, ...]]:
    return {key: tuple(entries) for key, entries in groups}


def _entry(garden: Garden, lesson: Lesson, number: int, action: Action) -> ActionEntry:
    if action.status != OPEN:
        return ActionEntry(lesson, number, action, action.status)
    late = (garden.today - action.due.last).days if action.due else 0
    return ActionEntry(lesson, number, action, OVERDUE if late > 0 else OPEN, max(late, 0))


def _order(entry: ActionEntry) -> tuple[int, int, str, int]:
    action = entry.action
    if entry.pending:
        day = action.due.last.toordinal() if action.due else 10**7
    else:
        when = action.checked_on or action.done_on
        day = -when.last.toordinal() if when else 0
    return STATES.index(entry.state), day, entry.lesson.slug, entry.number
