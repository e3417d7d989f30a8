"""The list of lessons: one page while that is short, then the latest on one page and all of them by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.lessons import Lesson, newest_first
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.paging import Paging, paged, pages_of

ON_ONE_PAGE = 150  # lessons that one page lists
LATEST = 40  # lessons of the first page where there are more
_UNDATED = 0
_SOURCE = "lessons/"


@dataclass(frozen=True, slots=True)
class YearList:
    """The lessons of a year, whose list begins at the content path `path`; `year` is 0 for those without a date."""

    year: int
    path: str
    lessons: tuple[Lesson, ...] = field(repr=False)


def lesson_pages(garden: Garden) -> Iterator[GeneratedPage]:
    """The first page, then those of the years where there are too many lessons for one."""
    lessons = newest_first(garden.lessons.values())
    years = year_lists(lessons) if len(lessons) > ON_ONE_PAGE else ()
    yield GeneratedPage(
        addresses.LESSONS,
        message("Lessons"),
        message("What happened and what it taught: every lesson, the most recent event first."),
        "lessons.html",
        partial(_first_page, lessons, years),
        source=_SOURCE,
    )
    for of_year in years:
        yield from paged(
            of_year.path,
            message("Lessons of {year}", year=str(of_year.year)) if of_year.year else message("Lessons without a date"),
            message("The most recent event first."),
            "lessons_of_year.html",
            partial(_of_year, of_year),
            pages_of(len(of_year.lessons), ON_ONE_PAGE),
            source=_SOURCE,
        )


def year_lists(lessons: list[Lesson]) -> tuple[YearList, ...]:
    """The years of lessons, in the order of the lessons."""
    return tuple(YearList(year, addresses.lessons_of(year), tuple(group)) for year, group in groupby(lessons, _year))


def _first_page(lessons: list[Lesson], years: tuple[YearList, ...], _: Indexes) -> Mapping[str, object]:
    shown = lessons[:LATEST] if years else lessons
    decades = [(year, list(group)) for year, group in groupby(shown, _decade)]
    return {"lessons": lessons, "years": years, "decades": decades}


def _of_year(of_year: YearList, paging: Paging, _: Indexes) -> Mapping[str, object]:
    return {"paging": paging, "lessons": paging.part(of_year.lessons, ON_ONE_PAGE)}


def _year(lesson: Lesson) -> int:
    return lesson.fields.date.year if lesson.fields.date else _UNDATED


def _decade(lesson: Lesson) -> int:
    return _year(lesson) // 10 * 10
