"""Meetings: next dates and calendars agree with golden cases, through two changes of the clock in three timezones."""

import datetime
import io
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from knowledge_garden import LoadedGarden, load_garden
from knowledge_garden.indexes.meetings import Planned, index_meetings, schedule_of
from knowledge_garden.model.community import Meeting
from knowledge_garden.model.meetings import Rule, next_meetings, read_rule, read_time
from knowledge_garden.model.settings import Settings
from knowledge_garden.outputs.calendars import calendar_files
from planting import plant

CASES = yaml.safe_load(Path(__file__).with_name("meetings.yml").read_text(encoding="utf-8"))
CHARTER = """---
title: Yard
purpose: P.
sponsor: linnea-borealis
leads: [rosa-canina]
meetings:
{meetings}
status: {status}
---
"""
UTC = ZoneInfo("UTC")


def garden_with(folder: Path, *meetings: dict[str, Any], status: str = "active", today: str = "") -> LoadedGarden:
    content = plant("good", folder)
    listed = "".join(f"  - {yaml.safe_dump(each, default_flow_style=True, width=1000)}" for each in meetings)
    (content / "communities/yard.md").write_text(CHARTER.format(meetings=listed, status=status), encoding="utf-8")
    day = datetime.date.fromisoformat(today) if today else datetime.date(2026, 6, 1)
    return load_garden(content, today=day, with_history=False)


def planned(loaded: LoadedGarden) -> tuple[Planned, ...]:
    return loaded.indexes.meetings.of["yard"]


def in_utc(moment: datetime.datetime | None) -> str:
    assert moment is not None
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M")


def expand(calendar: bytes, start: datetime.datetime, limit: int) -> list[str]:
    """The moments of a calendar's one event from `start` on, as another library reads its rule and its timezone."""
    text = calendar.decode()
    event = next(part for part in Calendar.from_ical(text).walk("VEVENT") if isinstance(part, Event))
    written = event["DTSTART"].dt
    name = event["DTSTART"].params.get("TZID")
    zone: Any = tzical(io.StringIO(text)).get(name) if name else datetime.UTC
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=written.replace(tzinfo=zone))
    exceptions = event.get("EXDATE")
    called_off = {each.dt.replace(tzinfo=None) for each in exceptions.dts} if exceptions else set()
    moments: list[str] = []
    for moment in rule:
        if moment >= start and moment.replace(tzinfo=None) not in called_off:
            moments.append(in_utc(moment))
        if len(moments) == limit:
            break
    return moments


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_next_dates_and_calendar_agree_with_the_golden_case(case: dict[str, Any], tmp_path: Path) -> None:
    loaded = garden_with(tmp_path, {"what": "M", "duration": 60, **case["rule"]}, today=str(case["today"]))
    assert [problem for problem in loaded.problems if problem.code == "meeting"] == []
    (meeting,) = planned(loaded)
    assert [in_utc(date.start) for date in meeting.upcoming] == case["moments"]
    more = next_meetings(meeting.schedule, loaded.garden.today, UTC, 4)
    assert (len(more) == 3) is case.get("no_more", False)
    for date in more:
        assert date.start is not None
        assert date.end is not None
        # Between moments of one timezone Python counts the hours on the clock, not those that pass.
        passed = date.end.astimezone(datetime.UTC) - date.start.astimezone(datetime.UTC)
        assert passed == datetime.timedelta(hours=1)
    own = next(file for file in calendar_files(loaded.garden, loaded.indexes.meetings) if "yard" in file.path)
    start = datetime.datetime.fromisoformat(case["moments"][0]).replace(tzinfo=datetime.UTC)
    assert expand(own.content(), start, 3) == case["moments"]


def test_a_calendar_says_what_it_is(tmp_path: Path) -> None:
    loaded = garden_with(
        tmp_path,
        {"what": "Walk, then talk; twice", "every": "Tuesday", "link": "https://example.org/walk"},
        {"what": "Walk, then talk; twice", "every": "first Friday", "until": datetime.date(2026, 12, 31)},
        {"what": "In words", "when": "After a storm"},
        {"what": "Open air", "every": "Monday", "time": "09:00", "timezone": "Europe/Lisbon", "until": "2026-06-29"},
    )
    own, everything = calendar_files(loaded.garden, loaded.indexes.meetings)
    assert (own.path, everything.path) == ("calendar/yard.ics", "calendar.ics")
    assert own.content() == own.content(), "the same bytes each time"
    made = Calendar.from_ical(own.content().decode())
    first, second, third = (part for part in made.walk("VEVENT") if isinstance(part, Event))
    assert str(first["SUMMARY"]) == "Walk, then talk; twice (Yard)"
    assert str(first["URL"]) == "https://example.org/walk"
    assert first["DTSTART"].dt == datetime.date(2026, 1, 6), "a day without an hour, in the first week of the year"
    assert "DURATION" not in first
    assert second["RRULE"]["UNTIL"] == [datetime.date(2026, 12, 31)]
    assert third["RRULE"]["UNTIL"] == [datetime.datetime(2026, 6, 29, 22, 59, 59, tzinfo=datetime.UTC)]
    assert len({str(event["UID"]) for event in (first, second, third)}) == 3
    assert len(list(Calendar.from_ical(everything.content().decode()).walk("VEVENT"))) == 3


def test_a_calendar_keeps_its_identifiers_where_the_hour_changes(tmp_path: Path) -> None:
    def identifier(folder: Path, hour: str) -> str:
        loaded = garden_with(folder, {"what": "M", "every": "Tuesday", "time": hour})
        text = calendar_files(loaded.garden, loaded.indexes.meetings)[0].content().decode()
        return next(line for line in text.splitlines() if line.startswith("UID"))

    assert identifier(tmp_path / "a", "09:00") == identifier(tmp_path / "b", "10:00")


@pytest.mark.parametrize("status", ["dormant", "retired"])
def test_a_community_that_is_not_at_work_has_no_dates(status: str, tmp_path: Path) -> None:
    loaded = garden_with(tmp_path, {"what": "M", "every": "Tuesday"}, status=status)
    assert "yard" not in loaded.indexes.meetings.of
    assert calendar_files(loaded.garden, loaded.indexes.meetings) == []


def test_a_meeting_that_is_wrong_has_no_dates(tmp_path: Path) -> None:
    loaded = garden_with(
        tmp_path, {"what": "M", "every": "Blursday"}, {"what": "N", "every": "Tuesday", "time": "25:00"}
    )
    assert planned(loaded) == ()
    assert [problem.code for problem in loaded.problems] == ["meeting", "meeting"]


def test_the_next_meetings_of_all_are_in_order_of_time(tmp_path: Path) -> None:
    loaded = garden_with(
        tmp_path,
        {"what": "Later", "every": "Monday", "time": "10:00", "timezone": "America/New_York"},
        {"what": "Earlier", "every": "Monday", "time": "10:00", "timezone": "Asia/Tokyo"},
        {"what": "All day", "every": "Monday"},
    )
    names = [meeting.meeting.what for meeting, _ in loaded.indexes.meetings.next[:3]]
    assert names == ["All day", "Earlier", "Later"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Every Tuesday", Rule("week", 1, 1)),
        ("wednesdays", Rule("week", 1, 2)),
        ("each  first   Tue of the month", Rule("month", 1, 1, (1,))),
        ("first, third and last Sunday", Rule("month", 1, 6, (1, 3, -1))),
        ("two weeks on Fri", Rule("week", 2, 4)),
        ("year", Rule("month", 12)),
        ("first Monday of every 2 months", Rule("month", 2, 0, (1,))),
        ("second Thursday of March and October", Rule("month", 1, 3, (2,), (3, 10))),
    ],
)
def test_rules_are_read(text: str, rule: Rule) -> None:
    assert read_rule(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        *("", "day", "first", "first Tuesday of Blursember", "sixth Monday", "0 weeks", "121 weeks", "2 weeks on"),
        *("fifth Monday of the quarter", "first and last Monday of the quarter", "first Monday of every 2 quarters"),
        "Tuesday and",
    ],
)
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a (rule of repetition|number)"):
        read_rule(text)


@pytest.mark.parametrize("text", ["", "24:00", "9", "12:60", "noon", "14:0", "-1:00"])
def test_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time of day"):
        read_time(text)


@given(
    every=st.sampled_from(["first Tuesday", "last Friday", "fifth Monday", "Tuesday", "2 weeks", "month", "5 weeks"]),
    first=st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 1, 1)).map(
        lambda day: day.replace(day=min(day.day, 28))
    ),
    start=st.dates(datetime.date(1999, 1, 1), datetime.date(2031, 1, 1)),
)
def test_days_do_not_depend_on_where_one_begins_to_look(every: str, first: datetime.date, start: datetime.date) -> None:
    meeting = Meeting.model_validate({"what": "M", "every": every, "from": first, "until": "2033"})
    schedule = schedule_of(meeting, Settings())
    assert schedule is not None
    days = list(schedule.days(start))
    assert days == [day for day in schedule.days(first) if day >= start]
    assert days == sorted(set(days))
    assert all(schedule.falls_on(day) for day in days[:3])


def test_dates_are_made_from_the_day_that_is_passed_in(tmp_path: Path) -> None:
    loaded = garden_with(tmp_path, {"what": "M", "every": "first Tuesday"})
    later = replace(loaded.garden, today=datetime.date(2030, 1, 1))
    assert index_meetings(later).of["yard"][0].upcoming[0].day == datetime.date(2030, 1, 1)


def test_minutes_follow_a_lesson_that_was_renamed(tmp_path: Path) -> None:
    rule = {"what": "M", "every": "Tuesday", "minutes": [{"date": datetime.date(2026, 5, 5), "lessons": ["old-dock"]}]}
    garden_with(tmp_path, rule)
    lesson = tmp_path / "content/lessons/2021/dry-dock.md"
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("date: 2021", "aliases: [old-dock]\ndate: 2021"))
    loaded = load_garden(tmp_path / "content", today=datetime.date(2026, 6, 1), with_history=False)
    assert loaded.garden.communities["yard"].fields.meetings[0].minutes[0].lessons == ("dry-dock",)
    assert [problem.code for problem in loaded.problems if "yard" in problem.path] == []


def test_the_hour_that_is_shown_is_one_that_there_is(tmp_path: Path) -> None:
    rule = {"what": "M", "every": "Sunday", "time": "02:30", "timezone": "Europe/Berlin"}
    (meeting,) = planned(garden_with(tmp_path, rule, today="2026-03-29"))
    hours = [date.start.strftime("%H:%M") for date in meeting.upcoming if date.start]
    assert hours == ["03:30", "02:30", "02:30"], "on 29 March the clock goes from two to three"
