"""Dates as people know them: a year, a month of a year, or a day."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

from knowledge_garden.model.messages import message

_FORM = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z")
_MONTHS = tuple(calendar.month_name)


@dataclass(frozen=True, slots=True)
class When:
    """A date of known precision. `month` and `day` are None where they are not known.

    >>> str(When.parse("2012-8")), When.parse(2012).last.isoformat()
    ('2012-08', '2012-12-31')
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, value: object) -> When:
        """Read a year (int or text), "YYYY-MM", "YYYY-MM-DD" or a `datetime.date`. Raises ValueError on anything else."""
        if isinstance(value, When):
            return value
        if isinstance(value, datetime.datetime):
            value = value.date()
        if isinstance(value, datetime.date):
            return cls(value.year, value.month, value.day)
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise ValueError(message("a date is a year (2012), a month (2012-08) or a day (2012-08-01)"))
        match = _FORM.match(str(value).strip())
        if not match:
            shown = repr(value) if len(str(value)) <= 40 else f"{str(value)[:40]!r}…"
            raise ValueError(
                message("{shown} is not a year (2012), a month (2012-08) or a day (2012-08-01)", shown=shown)
            )
        year = int(match[1])
        month, day = (None if part is None else int(part) for part in match.groups()[1:])
        try:
            datetime.date(year, 1 if month is None else month, 1 if day is None else day)
        except ValueError as error:
            raise ValueError(message("{date} is not a day of the calendar", date=str(value))) from error
        return cls(year, month, day)

    @property
    def first(self) -> datetime.date:
        """The first day it can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> datetime.date:
        """The last day it can mean."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def text(self) -> str:
        """The date for a reader: "1 August 2012", "August 2012" or "2012"."""
        if self.month is None:
            return str(self.year)
        month = f"{_MONTHS[self.month]} {self.year}"
        return month if self.day is None else f"{self.day} {month}"

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def read(value: object) -> When:
            try:
                return cls.parse(value)
            except ValueError as error:
                raise PydanticCustomError("date_form", "{reason}", {"reason": error.args[0]}) from error

        return core_schema.no_info_plain_validator_function(read, serialization=core_schema.to_string_ser_schema())

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": 9999},
                {"type": "string", "pattern": r"^\d{4}(-\d{1,2}(-\d{1,2})?)?$"},
            ],
            "title": "Date",
        }


def moment_of_epoch(seconds: str) -> datetime.datetime:
    """The moment, in UTC, of SOURCE_DATE_EPOCH's number of seconds. Raises ValueError where it is not a number."""
    try:
        return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(f"SOURCE_DATE_EPOCH is {seconds!r}; write a number of seconds since 1970.") from error
