"""The meetings of communities: their schedules and next dates, and what is wrong with those that can't take place."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge_garden.model.community import CommunityFields, Meeting
from knowledge_garden.model.dates import When
from knowledge_garden.model.garden import Garden, Record
from knowledge_garden.model.meetings import (
    FORMS,
    Fault,
    Occurrence,
    Rule,
    Schedule,
    next_meetings,
    read_rule,
    read_time,
    same_day_fault,
    zone_of,
)
from knowledge_garden.model.messages import Message, message
from knowledge_garden.model.problems import Problem
from knowledge_garden.model.settings import Settings

if TYPE_CHECKING:
    from knowledge_garden.indexes.references import RecordCheck

NEXT = 3  # dates of each meeting on the charter
UPCOMING = 10  # meetings of all communities on their list
_AT_WORK = ("forming", "active")


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting of a community with its schedule and its next dates. `position`: its place in the charter."""

    community: Record[CommunityFields]
    position: int
    meeting: Meeting
    schedule: Schedule
    upcoming: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Meetings:
    """`of`: community → its meetings that have a rule, in the charter's order. `next`: the next of all communities."""

    of: Mapping[str, tuple[Planned, ...]]
    next: tuple[tuple[Planned, Occurrence], ...]


def index_meetings(garden: Garden) -> Meetings:
    """Work out the meetings of the communities that are forming or active, from the garden's day on."""
    of = {
        slug: tuple(_planned(garden, charter))
        for slug, charter in garden.communities.items()
        if charter.fields.status in _AT_WORK
    }
    dated = [(planned, date) for meetings in of.values() for planned in meetings for date in planned.upcoming]
    dated.sort(key=lambda pair: (_moment(pair[1], garden.settings), pair[0].community.slug, pair[0].position))
    return Meetings(of, tuple(dated[:UPCOMING]))


def _moment(date: Occurrence, settings: Settings) -> datetime.datetime:
    midnight = datetime.datetime.combine(date.day, datetime.time.min, settings.zone)
    return (date.start or midnight).astimezone(datetime.UTC)


def _planned(garden: Garden, charter: Record[CommunityFields]) -> Iterator[Planned]:
    for position, meeting in enumerate(charter.fields.meetings):
        schedule = schedule_of(meeting, garden.settings)
        if schedule is not None:
            upcoming = next_meetings(schedule, garden.today, garden.settings.zone, NEXT)
            yield Planned(charter, position, meeting, schedule, tuple(upcoming))


def schedule_of(meeting: Meeting, settings: Settings) -> Schedule | None:
    """The schedule of a meeting; None where it has no rule, or one with a fault that the check reports."""
    return None if not meeting.every or any(_faults(meeting)) else _schedule(meeting, settings)


def _schedule(meeting: Meeting, settings: Settings) -> Schedule:
    return Schedule(
        rule=read_rule(meeting.every),
        zone=zone_of(meeting.timezone) or settings.zone,
        time=read_time(meeting.time) if meeting.time else None,
        duration=datetime.timedelta(minutes=meeting.duration) if meeting.duration else None,
        first=meeting.first.first if meeting.first else None,
        until=meeting.until.last if meeting.until else None,
        without=frozenset(day.first for day in meeting.without),
    )


def check_meetings(check: RecordCheck, meetings: Iterable[Meeting]) -> Iterator[Problem]:
    """What can't be right in the meetings of a charter."""
    for position, meeting in enumerate(meetings):
        at = ("meetings", position)
        if not meeting.every and not meeting.when:
            hint = message("Add every: first Tuesday, or say in words when it is held: when: After each release.")
            yield check.report("missing-field", message("The meeting does not say when it is held."), hint, *at)
        for field, fault, hint in _faults(meeting):
            yield check.report("meeting", fault, hint, *at, *field)
        for number, minutes in enumerate(meeting.minutes):
            yield from check.past(minutes.date, *at, "minutes", number, "date")
            for problem in check.slugs("lesson", check.garden.lessons, "minutes.lessons", minutes.lessons):
                yield check.report(problem.code, problem.message, problem.hint, *at, "minutes", number, "lessons")


def _faults(meeting: Meeting) -> Iterator[Fault]:
    """Everything that keeps the dates of a meeting from being worked out."""
    if meeting.timezone and zone_of(meeting.timezone) is None:
        fault = message("{zone} is not a timezone.", zone=meeting.timezone)
        yield ("timezone",), fault, message("Write a timezone such as Europe/Lisbon.")
    if meeting.time:
        try:
            read_time(meeting.time)
        except ValueError as error:
            yield ("time",), error.args[0], message("Write the hour and the minutes, as in 14:00.")
    if not meeting.every:
        named = [("time", meeting.time), ("from", meeting.first), ("until", meeting.until), ("except", meeting.without)]
        for name, value in named:
            if value and not (name == "time" and meeting.when):
                fault = message("The meeting has {name}, but not every, so it has no dates.", name=name)
                yield (name,), fault, FORMS
        return
    try:
        rule = read_rule(meeting.every)
    except ValueError as error:
        yield ("every",), error.args[0], FORMS
        return
    yield from _period_faults(meeting, rule)


def _period_faults(meeting: Meeting, rule: Rule) -> Iterator[Fault]:
    first, until = meeting.first, meeting.until
    if rule.needs_first and (first is None or first.day is None):
        fault = message("{every} says nothing without the day of a first meeting.", every=meeting.every)
        yield ("from",) if first else ("every",), fault, message("Add from: and the day of the first meeting.")
        return
    if (wrong := same_day_fault(rule, first.first if first else None)) is not None:
        yield ("from",), wrong, message("Begin on a day up to the 28th, or write every: last Friday.")
        return
    if first and until and until.last < first.first:
        fault = message("The meetings end ({until}) before they begin ({first}).", until=until, first=first)
        yield ("until",), fault, message("Correct from or until.")
        return
    yield from _day_faults(meeting, rule, first, until)


def _day_faults(meeting: Meeting, rule: Rule, first: When | None, until: When | None) -> Iterator[Fault]:
    begin, end = first.first if first else None, until.last if until else None
    schedule = Schedule(rule, Settings().zone, first=begin, until=end)
    called_off: set[datetime.date] = set()
    for position, day in enumerate(meeting.without):
        fault = _exception_fault(schedule, day)
        if fault:
            yield ("except", position), fault, message("Write a day on which the meeting would be held, or remove it.")
        called_off.add(day.first)
    if until and first and all(day in called_off for day in schedule.days(first.first)):
        fault = message("The meeting never takes place between {first} and {until}.", first=first, until=until)
        yield ("until",), fault, message("Correct every, from, until or except.")


def _exception_fault(schedule: Schedule, day: When) -> Message | None:
    if day.day is None:
        return message("{day} is not a day.", day=str(day))
    if not schedule.falls_on(day.first):
        return message("There is no meeting on {day}.", day=day)
    return None
