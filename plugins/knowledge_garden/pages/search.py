"""The page on which questions are asked, and the search of every page's header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from knowledge_garden.indexes import Indexes
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.model.settings import SETTINGS_FILE
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.templating import render

# What readers call the facets of every garden. Those that garden.yml adds come before the year, by their own titles.
_FACETS = {
    "kind": message("Kind"),
    "outcome": message("Outcome"),
    "cause": message("Cause"),
    "stage": message("Stage of work"),
    "community": message("Community"),
}
_YEAR = message("Year")


@dataclass(frozen=True, slots=True)
class SearchFrame:
    """What the theme's own templates need of the search: the address of its page from the site's root, its HTML."""

    url: str
    title: str
    dialog: Markup


def search_pages(_: Garden) -> Iterator[GeneratedPage]:
    """The one page; its address with ?q=… is a question. Without a script it leads to causes and stages of work."""
    yield GeneratedPage(
        addresses.SEARCH,
        message("Search"),
        message("Ask in your own words: has this happened before, and what did it teach?"),
        "search.html",
        _facets,
        source=f"{SETTINGS_FILE}#synonyms",
    )


def search_frame(indexes: Indexes, frame: Frame) -> SearchFrame:
    """The same for every page of a build."""
    dialog = Markup(render("search_dialog.html", indexes, frame, addresses.HOME))  # noqa: S704 (an autoescaped template)
    return SearchFrame(frame.url(addresses.SEARCH), frame.language.text(message("Search")), dialog)


def _facets(indexes: Indexes) -> dict[str, object]:
    """The facets in the order in which they are offered, and what readers call them."""
    own = {name: dimension.title for name, dimension in indexes.garden.settings.dimensions.items()}
    named = {**_FACETS, **own, "year": _YEAR}
    return {"facets": list(named), "facet_titles": list(named.values())}
