"""The lists that lead to every record: lessons, communities, people, needs; and a home page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge_garden.indexes import Indexes
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.model.settings import SETTINGS_FILE
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.lessons import lesson_pages
from knowledge_garden.pages.people import shown_people


def list_pages(garden: Garden) -> Iterator[GeneratedPage]:
    """The lists, in the order of the navigation."""
    yield GeneratedPage(
        addresses.HOME,
        garden.settings.name,
        garden.settings.description,
        "home_page.html",
        source=f"{SETTINGS_FILE}#description",
    )
    yield from lesson_pages(garden)
    yield GeneratedPage(
        addresses.COMMUNITIES,
        message("Communities"),
        message("The communities of practice: what each is for, who leads it and how to join."),
        "communities.html",
        source="communities/",
    )
    yield GeneratedPage(
        addresses.PEOPLE,
        message("People"),
        message("Who can help with what, and what they need to know."),
        "people.html",
        _people,
        source="people/",
    )
    yield GeneratedPage(
        addresses.NEEDS,
        message("Needs"),
        message("What people and communities need to know, and who may be able to help."),
        "needs.html",
        _people,
        source="communities/",
    )


def _people(indexes: Indexes) -> Mapping[str, object]:
    return {"people": shown_people(indexes)}
