"""Which pages are due for review: past their review date, or untouched for longer than garden.yml allows."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge_garden.model.garden import Garden


@dataclass(frozen=True, slots=True)
class Due:
    """A page that is due for review since `since`; `reason` is "review_by" or "untouched"."""

    path: str
    since: datetime.date
    reason: str


def index_freshness(garden: Garden) -> Mapping[str, Due]:
    """Path → why it is due. A page without a review date is due when its last change is old enough; no history, not due."""
    months = garden.settings.freshness
    due: dict[str, Due] = {}
    spans = ((garden.lessons, months.lesson), (garden.communities, months.community))
    for records, span in spans:
        for record in records.values():
            review = record.fields.review_by
            touched = garden.history.pages.get(garden.file(record.path))
            if review is not None:
                if review.last < garden.today:
                    due[record.path] = Due(record.path, review.last, "review_by")
            elif (
                touched is not None
                and touched.updated is not None
                and (since := later(touched.updated, span)) < garden.today
            ):
                due[record.path] = Due(record.path, since, "untouched")
    return due


def later(day: datetime.date, months: int) -> datetime.date:
    """The day so many months after another, or before it; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > datetime.MAXYEAR:
        return datetime.date.max  # whatever date a commit claims
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
