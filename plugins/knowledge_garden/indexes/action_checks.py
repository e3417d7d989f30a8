"""Checks the actions and uses of lessons: dates that contradict each other, a status without what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.model.dates import When
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.lesson import Action
from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import Problem, problem

_ACTIONS, _APPLIED = "actions", "applied"
_CARRIED_OUT = ("done_on", "checked", "checked_on", "checked_by")


def check_actions(garden: Garden) -> Iterator[Problem]:
    """Every problem of this kind, in one pass over the lessons."""
    for lesson in garden.lessons.values():
        yield from _Check(garden, lesson).problems()


class _Check:
    """The checks of one lesson."""

    def __init__(self, garden: Garden, lesson: Lesson) -> None:
        self.garden = garden
        self.lesson = lesson
        self.path = garden.file(lesson.path)

    def problems(self) -> Iterator[Problem]:
        fields = self.lesson.fields
        for number, action in enumerate(fields.actions):
            yield from self.dates(number, action)
            yield from self.status(number, action)
        for number, use in enumerate(fields.applied):
            if _before(use.date, fields.date):
                fault = message(
                    "The lesson was used ({date}) before it happened ({before}).", date=use.date, before=fields.date
                )
                yield self.report("early-date", fault, _APPLIED, number, "date")
        yield from self.future(fields.retired, "retired")
        if fields.retired_because and fields.retired is None:
            fault = message("retired_because says why the lesson no longer holds, and retired does not say since when.")
            yield self.report("retired-undated", fault, "retired_because")

    def dates(self, number: int, action: Action) -> Iterator[Problem]:
        yield from self.future(action.done_on, _ACTIONS, number, "done_on")
        yield from self.future(action.checked_on, _ACTIONS, number, "checked_on")
        happened = self.lesson.fields.date
        if _before(action.done_on, happened):
            fault = message(
                "The action was done ({date}) before the event that it answers ({before}).",
                date=action.done_on,
                before=happened,
            )
            yield self.report("early-date", fault, _ACTIONS, number, "done_on")
        after = action.done_on or happened
        if _before(action.checked_on, after):
            fault = message(
                "The action was checked ({date}) before it was done, or before the event ({before}).",
                date=action.checked_on,
                before=after,
            )
            yield self.report("early-date", fault, _ACTIONS, number, "checked_on")

    def status(self, number: int, action: Action) -> Iterator[Problem]:
        carried_out = [name for name in _CARRIED_OUT if getattr(action, name)]
        if action.status == "validated" and not action.checked:
            fault = message("The action is validated, and checked does not say what was checked.")
            yield self.report("unchecked-action", fault, _ACTIONS, number, "status")
        elif action.status == "open" and carried_out:
            fault = message("{name} says that the action was carried out, and its status is open.", name=carried_out[0])
            yield self.report("action-status", fault, _ACTIONS, number)
        if action.status == "open" and not action.owner:
            fault = message("Nobody is named who carries out this open action.")
            yield self.report("unowned-action", fault, _ACTIONS, number)

    def future(self, when: When | None, *at: int | str) -> Iterator[Problem]:
        if when and self.garden.is_future(when):
            yield self.report("future-date", message("{date} is in the future.", date=when), *at)

    def report(self, code: str, fault: str, *at: int | str) -> Problem:
        return problem(code, self.path, self.lesson.line(str(at[0]), *at[1:]), fault)


def _before(one: When | None, other: When | None) -> bool:
    """Whether a date is certainly before another."""
    return one is not None and other is not None and one.last < other.first
