"""The page on which questions are asked. Without a script it leads to causes and stages of work."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.pages.description import GeneratedPage


def search_pages(_: Garden) -> Iterator[GeneratedPage]:
    """The one page; its address with ?q=… is a question."""
    yield GeneratedPage(
        addresses.SEARCH,
        message("Search"),
        message("Ask in your own words: has this happened before, and what did it teach?"),
        "search.html",
    )
