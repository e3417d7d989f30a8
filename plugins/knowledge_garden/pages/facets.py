"""Where knowledge comes from: the page of all dimensions, a page for each of them, and one for each of their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.facets import facets_of
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.model.settings import SETTINGS_FILE
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.paging import Paging, paged, pages_of

VALUES_OF_A_PAGE = 150  # values with one lesson or none, on the page of a dimension
LESSONS_OF_A_PAGE = 200
PARTS_SHOWN = 100  # values below another one
LARGE_SHOWN = 300  # values with a page of their own, on the page of their dimension
UNHEARD_SHOWN = 100
_ROWS = 200  # values of all dimensions together on the first page


def facet_pages(garden: Garden) -> Iterator[GeneratedPage]:
    """The pages in the order of garden.yml."""
    yield GeneratedPage(
        addresses.FACETS,
        message("All corners"),
        message("Where this garden's knowledge comes from, and where it has gaps."),
        "facets.html",
        _facets,
        source=f"{SETTINGS_FILE}#dimensions",
    )
    for facet in facets_of(garden).values():
        title, source = facet.dimension.title, f"{SETTINGS_FILE}#dimensions.{facet.key}"
        description = facet.dimension.description or message("Lessons by {dimension}.", dimension=title)
        pages = pages_of(len(facet.small), VALUES_OF_A_PAGE)
        yield from paged(facet.path, title, description, "facet.html", partial(_facet, facet.key), pages, source)
        for value in facet.by_key.values():
            if value.path:
                description = message("Lessons by {dimension}: {value}.", dimension=title, value=value.title)
                pages = pages_of(len(value.lessons), LESSONS_OF_A_PAGE)
                values = partial(_value, facet.key, value.key)
                yield from paged(value.path, value.title, description, "facet_value.html", values, pages, source)


def _facets(indexes: Indexes) -> Mapping[str, object]:
    facets = indexes.facets.values()
    return {"facets": facets, "shown": max(3, min(24, _ROWS // max(1, len(facets)))), "unheard_shown": 12}


def _facet(key: str, paging: Paging, indexes: Indexes) -> Mapping[str, object]:
    facet = indexes.facets[key]
    return {
        "facet": facet,
        "hearing": indexes.hearing[key],
        "tables": indexes.pairs.get(key, ()),
        "values": paging.part(facet.small, VALUES_OF_A_PAGE),
        "paging": paging,
        "large_shown": LARGE_SHOWN,
        "unheard_shown": UNHEARD_SHOWN,
    }


def _value(facet_key: str, key: str, paging: Paging, indexes: Indexes) -> Mapping[str, object]:
    facet = indexes.facets[facet_key]
    value = facet.by_key[key]
    return {
        "facet": facet,
        "value": value,
        "lessons": paging.part(value.lessons, LESSONS_OF_A_PAGE),
        "paging": paging,
        "parts_shown": PARTS_SHOWN,
    }
