"""Turns instants into dates."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


class Calendar:
    """Instants to dates in one zone; equal dates are one object."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._dates: dict[int, date] = {}
        self._days: dict[date, date] = {}

    def day(self, when: int) -> date:
        """The date of an instant."""
        # A page's first and last change are those of its commits, so many instants are asked for twice.
        day = self._dates.get(when)
        if day is None:
            day = datetime.fromtimestamp(when, self._zone).date()
            day = self._dates[when] = self._days.setdefault(day, day)
        return day
