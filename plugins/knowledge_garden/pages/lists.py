"""The lists that lead to every record: lessons, communities, facets, partners; and a home page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.lessons import Lesson, newest_first
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.pages.description import GeneratedPage


def list_pages(garden: Garden) -> Iterator[GeneratedPage]:
    """The lists, in the order of the navigation."""
    yield GeneratedPage(addresses.HOME, garden.settings.name, garden.settings.description, "home_page.html")
    yield GeneratedPage(
        addresses.LESSONS,
        message("Lessons"),
        message("What happened and what it taught: every lesson, the most recent event first."),
        "lessons.html",
        _lessons,
    )
    yield GeneratedPage(
        addresses.COMMUNITIES,
        message("Communities"),
        message("The communities of practice: what each is for, who leads it and how to join."),
        "communities.html",
    )
    yield GeneratedPage(
        addresses.FACETS,
        message("All corners"),
        message("Where this garden's knowledge comes from, and where it has gaps."),
        "facets.html",
    )
    yield GeneratedPage(
        addresses.PARTNERS,
        message("Partners"),
        message("Internal knowledge only goes so far: the organisations this garden also learns from."),
        "partners.html",
    )


def _lessons(indexes: Indexes) -> Mapping[str, object]:
    lessons = newest_first(indexes.garden.lessons.values())
    return {"lessons": lessons, "decades": [(year, list(group)) for year, group in groupby(lessons, _decade)]}


def _decade(lesson: Lesson) -> int:
    return lesson.fields.date.year // 10 * 10 if lesson.fields.date else 0
