"""Links: where each leads, what links back, and which are broken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledge_garden.hooks import hookimpl
from knowledge_garden.indexes import Index, Indexes
from knowledge_garden.indexes.links import Links, index_links
from knowledge_garden.indexes.names import Names, index_names
from knowledge_garden.model.problems import Problem


def _names(indexes: Indexes) -> Names:
    return index_names(indexes.whole, indexes.publication)


def _links(indexes: Indexes) -> Links:
    return index_links(indexes.whole, indexes[NAMES], indexes.publication, indexes.generated)


NAMES = Index("names", _names)
LINKS = Index("links", _links)


@hookimpl
def garden_indexes() -> Iterable[Index[Any]]:
    """The names of pages, and the links between them."""
    return (NAMES, LINKS)


@hookimpl
def garden_checks(indexes: Indexes) -> Iterable[Problem]:
    """Aliases that are taken, and links that lead nowhere."""
    yield from indexes[NAMES].problems
    yield from indexes[LINKS].problems
