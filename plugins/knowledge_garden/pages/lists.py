"""The lists that lead to lessons and communities, and a home page."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.model.settings import SETTINGS_FILE
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.lessons import lesson_pages


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
