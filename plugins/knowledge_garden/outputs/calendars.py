"""The meetings of communities as iCalendar files: one for each community that has any, and one for all of them."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from knowledge_garden.indexes.meetings import Meetings, Planned
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.meetings import Rule, Schedule
from knowledge_garden.outputs.file import OutputFile

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Timezone

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_YEARS = 12  # ahead, for which a calendar says when the clock changes
_NAMESPACE = uuid.UUID("6f1d3a54-6a0f-5b7c-9a1e-5d1b8c2f7e90")  # of the meetings' own identifiers


def calendar_files(garden: Garden, meetings: Meetings) -> list[OutputFile]:
    """A file for each community with meetings that have a rule, then the file of all."""
    make = _Maker(garden)
    files = [
        OutputFile(addresses.calendar(slug), partial(make.calendar, planned[0].community.title, planned))
        for slug, planned in meetings.of.items()
        if planned
    ]
    if files:
        everything = [planned for of_community in meetings.of.values() for planned in of_community]
        files.append(OutputFile(addresses.CALENDAR, partial(make.calendar, garden.settings.name, everything)))
    return files


class _Maker:
    """Makes calendars; the rules of each timezone are worked out once."""

    def __init__(self, garden: Garden) -> None:
        self.garden = garden
        self._zones: dict[str, Timezone] = {}

    def calendar(self, title: str, meetings: Iterable[Planned]) -> bytes:
        """The bytes of a calendar of these meetings."""
        from icalendar import Calendar  # takes a while, and most commands need none

        made = Calendar()
        made.add("prodid", "-//Knowledge Garden//Meetings of communities//EN")
        made.add("version", "2.0")
        made.add("name", title)
        made.add("x-wr-calname", title)
        meetings = list(meetings)
        self._add_zones(made, {planned.schedule.zone for planned in meetings if _has_zone(planned)})
        for planned in meetings:
            event = self._event(planned)
            if event is not None:
                made.add_component(event)
        return bytes(made.to_ical())

    def _add_zones(self, made: Calendar, zones: set[ZoneInfo]) -> None:
        from icalendar import Timezone

        year = self.garden.today.year
        for zone in sorted(zones, key=str):
            if zone.key not in self._zones:
                self._zones[zone.key] = Timezone.from_tzinfo(
                    zone,
                    tzid=zone.key,
                    first_date=datetime.date(year - 10, 1, 1),
                    last_date=datetime.date(year + _YEARS, 1, 1),
                )
            made.add_component(self._zones[zone.key])

    def _event(self, planned: Planned) -> Event | None:
        from icalendar import Event

        schedule, meeting = planned.schedule, planned.meeting
        begin = schedule.first or datetime.date(self.garden.today.year, 1, 1)
        first = next(schedule.days(begin), None)
        if first is None:
            return None
        event = Event()
        event.add("uid", self._identifier(planned))
        event.add("dtstamp", self._stamp(planned))
        event.add("summary", f"{meeting.what} ({planned.community.title})")
        event.add("dtstart", _written(schedule, first))
        if schedule.duration is not None and schedule.time is not None:
            event.add("duration", schedule.duration)
        event.add("rrule", _repetition(schedule))
        called_off = sorted(day for day in schedule.without if day >= first)
        if called_off:
            event.add("exdate", [_written(schedule, day) for day in called_off])
        if meeting.link:
            event.add("url", meeting.link)
            event.add("location", meeting.link)
        return event

    def _identifier(self, planned: Planned) -> str:
        """The same for as long as the community and the meeting's text are: calendars then follow a change of its time."""
        same = sum(
            other.what == planned.meeting.what for other in planned.community.fields.meetings[: planned.position]
        )
        name = f"{self.garden.settings.name}\n{planned.community.slug}\n{planned.meeting.what}\n{same}"
        return str(uuid.uuid5(_NAMESPACE, name))

    def _stamp(self, planned: Planned) -> datetime.datetime:
        """When the charter was last changed: the same in each build of one commit."""
        page_history = self.garden.history.pages.get(self.garden.file(planned.community.path))
        day = (page_history.updated if page_history else None) or self.garden.today
        return datetime.datetime.combine(day, datetime.time.min, datetime.UTC)


def _has_zone(planned: Planned) -> bool:
    """Whether its hour is written in a timezone; UTC needs none."""
    return planned.schedule.time is not None and planned.schedule.zone.key != "UTC"


def _written(schedule: Schedule, day: datetime.date) -> datetime.date:
    """A day, with the hour as the charter has it: a calendar applies the changes of the clock itself."""
    return datetime.datetime.combine(day, schedule.time, schedule.zone) if schedule.time else day


def _repetition(schedule: Schedule) -> Mapping[str, object]:
    rule = schedule.rule
    parts: dict[str, object] = {"freq": "WEEKLY" if rule.unit == "week" else "MONTHLY"}
    if rule.interval > 1:
        parts["interval"] = rule.interval
    if rule.months:
        parts["bymonth"] = list(rule.months)
    if rule.weekday is not None:
        parts["byday"] = _by_day(rule, rule.weekday)
    if schedule.until is not None:
        parts["until"] = _until(schedule, schedule.until)
    return parts


def _by_day(rule: Rule, weekday: int) -> list[str]:
    return [f"{nth}{_DAYS[weekday]}" for nth in rule.nth] or [_DAYS[weekday]]


def _until(schedule: Schedule, until: datetime.date) -> datetime.date:
    """The end of the last day, in UTC as the format asks for it where meetings have an hour."""
    if schedule.time is None:
        return until
    return datetime.datetime.combine(until, datetime.time(23, 59, 59), schedule.zone).astimezone(datetime.UTC)
