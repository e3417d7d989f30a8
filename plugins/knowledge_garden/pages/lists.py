"""The lists that lead to every record: lessons, communities, people, needs, facets, partners; and a home page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.lessons import Lesson, newest_first
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.people import holders, shown_people


def list_pages(garden: Garden) -> Iterator[GeneratedPage]:
    """The lists, in the order of the navigation."""
    yield GeneratedPage(addresses.HOME, garden.settings.name, garden.settings.description, "home_page.html")
    yield GeneratedPage(
        addresses.LESSONS,
        message("Lessons"),
        message("What happened, and what it taught: every lesson of the garden, newest event first."),
        "lessons.html",
        _lessons,
    )
    yield GeneratedPage(
        addresses.COMMUNITIES,
        message("Communities"),
        message("Who learns together about what: the charters of the communities of practice."),
        "communities.html",
    )
    yield GeneratedPage(
        addresses.PEOPLE,
        message("People"),
        message("Those who hold, need, look for and use knowledge."),
        "people.html",
        _people,
    )
    yield GeneratedPage(
        addresses.NEEDS,
        message("Needs"),
        message("What people and communities need to know, and who may hold it."),
        "needs.html",
        _needs,
    )
    yield GeneratedPage(
        addresses.FACETS,
        message("All corners"),
        message("Where the garden's knowledge comes from, and where nothing has been heard from."),
        "facets.html",
    )
    yield GeneratedPage(
        addresses.PARTNERS,
        message("Partners"),
        message("Knowledge inside one's own walls only goes so far: whose knowledge the garden draws on."),
        "partners.html",
    )


def _lessons(indexes: Indexes) -> Mapping[str, object]:
    lessons = newest_first(indexes.garden.lessons.values())
    return {"lessons": lessons, "decades": [(year, list(group)) for year, group in groupby(lessons, _decade)]}


def _decade(lesson: Lesson) -> int:
    return lesson.fields.date.year // 10 * 10 if lesson.fields.date else 0


def _people(indexes: Indexes) -> Mapping[str, object]:
    return {"people": shown_people(indexes)}


def _needs(indexes: Indexes) -> Mapping[str, object]:
    people = shown_people(indexes)
    return {"people": people, "holders": holders(indexes, people)}
