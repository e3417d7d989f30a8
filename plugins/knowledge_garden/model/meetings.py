"""When a meeting takes place: `every: first Tuesday` read into a rule, and the rule's days and moments, without a clock."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice, takewhile
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from knowledge_garden.model.messages import Message, message

_WEEKDAYS = {name[:3].casefold(): number for number, name in enumerate(calendar.day_name)}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_NUMBERS = {"": 1, "other": 2, "second": 2, "two": 2, "three": 3, "third": 3, "four": 4, "six": 6}
_DAY = "mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_WEEKLY = re.compile(rf"(?:(?P<number>\d+|other|second|two|three|third|four|six) )?weeks?(?: on (?P<day>{_DAY}))?\Z")
_ONE_DAY = re.compile(rf"(?P<day>{_DAY})s?\Z")
_NTH = "|".join(_ORDINALS)
_MONTHS = {name[:3].casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(name.casefold() for name in calendar.month_name if name)
_MONTHLY = re.compile(
    rf"(?:the )?(?P<nth>(?:{_NTH})(?:(?:, | and |, and )(?:{_NTH}))*) (?P<day>{_DAY})"
    r"(?: (?:of|in) (?:(?:the|each|every|a) )?(?:(?P<number>\d+|other|second|two|three|third|four|six) )?"
    rf"(?P<unit>months?|quarter)| (?:of|in) (?P<months>(?:{_MONTH})(?:(?:, | and |, and )(?:{_MONTH}))*))?\Z"
)
_SAME_DAY = re.compile(r"(?:(?P<number>\d+|other|second|two|three|third|four|six) )?(?P<unit>months?|quarter|year)\Z")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)\Z")
_MOST = 120  # months or weeks between two meetings
_LAST_SAFE_DAY = 28  # of a month, that every month has
FORMS = message(
    "Write first Tuesday, second and fourth Monday, last Friday of the quarter, first Monday of March and October, "
    "Tuesday, 2 weeks, or month."
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of repetition: every `interval` weeks or months, on a weekday (0: Monday) or the day of the first meeting.

    `nth`: which of a month's weekdays, -1 for the last; empty for a weekly rule. `months`: those of the year, empty: all.
    """

    unit: Literal["week", "month"]
    interval: int = 1
    weekday: int | None = None
    nth: tuple[int, ...] = ()
    months: tuple[int, ...] = ()

    @property
    def needs_first(self) -> bool:
        """Whether the rule says nothing without the day of a first meeting."""
        return self.weekday is None or self.interval > 1


def read_rule(every: str) -> Rule:
    """The rule that a text such as "first Tuesday" or "2 weeks" means. Raises ValueError with a `Message`."""
    text = " ".join(every.casefold().split()).removeprefix("every ").removeprefix("each ")
    if match := _ONE_DAY.match(text):
        return Rule("week", 1, _weekday(match["day"]))
    if match := _WEEKLY.match(text):
        return Rule("week", _number(match["number"]), _weekday(match["day"]) if match["day"] else None)
    if match := _MONTHLY.match(text):
        nth = tuple(sorted({_ORDINALS[word] for word in re.findall(_NTH, match["nth"])}, key=lambda nth: nth % 7))
        if match["months"]:
            named = sorted({_MONTHS[name[:3]] for name in re.findall(_MONTH, match["months"])})
            return Rule("month", 1, _weekday(match["day"]), nth, tuple(named))
        if match["unit"] == "quarter":
            return _of_quarter(every, _weekday(match["day"]), nth, match["number"])
        return Rule("month", _number(match["number"]), _weekday(match["day"]), nth)
    if match := _SAME_DAY.match(text):
        months = {"quarter": 3, "year": 12}.get(match["unit"], 1)
        return Rule("month", _number(match["number"]) * months)
    raise ValueError(message("{every} is not a rule of repetition.", every=every))


def _of_quarter(every: str, weekday: int, nth: tuple[int, ...], number: str | None) -> Rule:
    """The first weekdays of a quarter are in its first month, the last one in its last."""
    if number is None and nth == (-1,):
        return Rule("month", 1, weekday, nth, (3, 6, 9, 12))
    if number is None and all(1 <= which <= 4 for which in nth):
        return Rule("month", 1, weekday, nth, (1, 4, 7, 10))
    raise ValueError(message("{every} is not a rule of repetition.", every=every))


def read_time(text: str) -> datetime.time:
    """The hour of a text such as "14:00". Raises ValueError with a `Message`."""
    match = _TIME.match(text)
    if match is None:
        raise ValueError(message("{time} is not a time of day.", time=text))
    return datetime.time(int(match[1]), int(match[2]))


@cache
def zone_of(name: str) -> ZoneInfo | None:
    """The timezone of this name, None where there is none."""
    return ZoneInfo(name) if name in available_timezones() else None


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a meeting takes place. `time` None: it takes a whole day. Days are those of its own timezone.

    `first` is the first day that counts, None where the rule needs none; `until` the last; `without` days on which it
    is not held.
    """

    rule: Rule
    zone: ZoneInfo
    time: datetime.time | None = None
    duration: datetime.timedelta | None = None
    first: datetime.date | None = None
    until: datetime.date | None = None
    without: frozenset[datetime.date] = frozenset()

    def days(self, start: datetime.date) -> Iterator[datetime.date]:
        """Its days from `start` on, in order, those without a meeting too."""
        first = self.first or start
        days = (
            _weeks(self.rule, first, max(first, start))
            if self.rule.unit == "week"
            else _months(self.rule, first, max(first, start))
        )
        return takewhile(lambda day: self.until is None or day <= self.until, days)

    def held(self, start: datetime.date) -> Iterator[datetime.date]:
        """The days from `start` on that have a meeting."""
        return (day for day in self.days(start) if day not in self.without)

    def falls_on(self, day: datetime.date) -> bool:
        """Whether the rule has a meeting on this day, called off or not."""
        return next(self.days(day), None) == day

    def moment(self, day: datetime.date) -> datetime.datetime | None:
        """When it begins on one of its days. An hour that the change of the clock skips is the hour after it."""
        if self.time is None:
            return None
        written = datetime.datetime.combine(day, self.time, self.zone)
        return written.astimezone(datetime.UTC).astimezone(self.zone)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One meeting: its day, and where it has an hour, its beginning and its end ("None": not said) in its own zone."""

    day: datetime.date
    start: datetime.datetime | None = None
    end: datetime.datetime | None = None


def next_meetings(schedule: Schedule, today: datetime.date, zone: ZoneInfo, limit: int) -> list[Occurrence]:
    """The next meetings from `today` on, a day in the timezone `zone`; those of the day itself count."""
    # No two zones are more than 26 hours apart, so a meeting of today can have the date of the day before yesterday.
    earliest = today - datetime.timedelta(days=2)
    from_then = (_occurrence(schedule, day) for day in schedule.held(earliest))
    upcoming = (
        meeting
        for meeting in from_then
        if (meeting.start.astimezone(zone).date() if meeting.start else meeting.day) >= today
    )
    return list(islice(upcoming, limit))


def _occurrence(schedule: Schedule, day: datetime.date) -> Occurrence:
    start = schedule.moment(day)
    end = None
    if start is not None and schedule.duration is not None:
        end = (start.astimezone(datetime.UTC) + schedule.duration).astimezone(schedule.zone)
    return Occurrence(day, start, end)


def _weekday(name: str) -> int:
    return _WEEKDAYS[name[:3]]


def _number(text: str | None) -> int:
    number = int(text) if text and text.isdigit() else _NUMBERS[text or ""]
    if not 1 <= number <= _MOST:
        raise ValueError(message("{number} is not a number between 1 and {most}.", number=number, most=_MOST))
    return number


def _weeks(rule: Rule, first: datetime.date, start: datetime.date) -> Iterator[datetime.date]:
    weekday = first.weekday() if rule.weekday is None else rule.weekday
    step = 7 * rule.interval
    anchor = first.toordinal() + (weekday - first.weekday()) % 7
    ordinal = anchor + -(-max(0, start.toordinal() - anchor) // step) * step
    while ordinal <= datetime.date.max.toordinal():
        yield datetime.date.fromordinal(ordinal)
        ordinal += step


def _months(rule: Rule, first: datetime.date, start: datetime.date) -> Iterator[datetime.date]:
    anchor = first.year * 12 + first.month - 1
    now = start.year * 12 + start.month - 1
    month = anchor + max(0, now - anchor) // rule.interval * rule.interval
    of_months = (_of_month(rule, number, first.day) for number in range(month, 12 * datetime.MAXYEAR, rule.interval))
    return (day for day in chain.from_iterable(of_months) if day >= start)


def _of_month(rule: Rule, number: int, day: int) -> list[datetime.date]:
    year, month = divmod(number, 12)
    month += 1
    if rule.months and month not in rule.months:
        return []
    if rule.weekday is None:
        return [datetime.date(year, month, day)]
    length = calendar.monthrange(year, month)[1]
    of_weekday = [
        datetime.date(year, month, number)
        for number in range(1, length + 1)
        if datetime.date(year, month, number).weekday() == rule.weekday
    ]
    return sorted({of_weekday[nth if nth < 0 else nth - 1] for nth in rule.nth if nth <= len(of_weekday)})


Fault = tuple[tuple[str | int, ...], Message, Message]
"""What is wrong with a meeting: the field with its position, the fault, and what to write instead."""


def same_day_fault(rule: Rule, first: datetime.date | None) -> Message | None:
    """What is wrong with the first day of a rule that repeats its day of the month: not every month has a 31st."""
    if rule.unit == "month" and rule.weekday is None and first is not None and first.day > _LAST_SAFE_DAY:
        return message("Not every month has a day {day}.", day=first.day)
    return None
