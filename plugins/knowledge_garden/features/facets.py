"""Where knowledge comes from: facets with levels, silence, and pairs of dimensions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from knowledge_garden.hooks import hookimpl
from knowledge_garden.indexes import Index, Indexes
from knowledge_garden.indexes.facets import Facet, index_facets
from knowledge_garden.indexes.pairs import PairTable, index_pairs
from knowledge_garden.indexes.silence import Hearing, index_hearing
from knowledge_garden.model.garden import Garden
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.facets import facet_pages


def _facets(indexes: Indexes) -> Mapping[str, Facet]:
    return index_facets(indexes.publication)


def _hearing(indexes: Indexes) -> Mapping[str, Hearing]:
    return index_hearing(indexes.publication, indexes[FACETS])


def _pairs(indexes: Indexes) -> Mapping[str, tuple[PairTable, ...]]:
    return index_pairs(indexes.garden, indexes[FACETS])


FACETS = Index("facets", _facets)
HEARING = Index("hearing", _hearing)
PAIRS = Index("pairs", _pairs)


@hookimpl
def garden_indexes() -> Iterable[Index[Any]]:
    """Values with their lessons and people, what the garden does not hear, and tables of pairs."""
    return (FACETS, HEARING, PAIRS)


@hookimpl
def garden_pages(garden: Garden) -> Iterable[GeneratedPage]:
    """The page of all dimensions, and those of dimensions and values."""
    return facet_pages(garden)
