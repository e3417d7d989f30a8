"""Pre-mortems: pages that say, before work starts, how such work went wrong before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from knowledge_garden.hooks import hookimpl
from knowledge_garden.indexes import Index, Indexes
from knowledge_garden.indexes.premortem import Key, Premortem, index_premortems
from knowledge_garden.model.garden import Garden
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.premortem import premortem_pages


def _premortems(indexes: Indexes) -> Mapping[Key, Premortem]:
    return index_premortems(indexes.garden)


PREMORTEMS = Index("premortems", _premortems)


@hookimpl
def garden_indexes() -> Iterable[Index[Any]]:
    """Risks by stage and community."""
    return (PREMORTEMS,)


@hookimpl
def garden_pages(garden: Garden) -> Iterable[GeneratedPage]:
    """A page for each stage, and for each stage within a community."""
    return premortem_pages(garden)
