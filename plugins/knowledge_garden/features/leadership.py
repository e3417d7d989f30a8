"""Leadership: management at work, strategic aims, paths of roles, and succession."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from knowledge_garden.hooks import hookimpl
from knowledge_garden.indexes import Index, Indexes
from knowledge_garden.indexes.leadership import index_leadership
from knowledge_garden.indexes.paths import RolePath, index_paths
from knowledge_garden.indexes.succession import Succession, index_succession
from knowledge_garden.model.garden import Garden
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.leadership import leadership_pages


def _paths(indexes: Indexes) -> Mapping[str, RolePath]:
    return index_paths(indexes.publication)


def _succession(indexes: Indexes) -> Mapping[str, Succession]:
    return index_succession(indexes.garden)


LEADERSHIP = Index("leadership", index_leadership)
PATHS = Index("paths", _paths)
SUCCESSION = Index("succession", _succession)


@hookimpl
def garden_indexes() -> Iterable[Index[Any]]:
    """Seats of management with what their holders did, paths of roles, and succession."""
    return (LEADERSHIP, PATHS, SUCCESSION)


@hookimpl
def garden_pages(garden: Garden) -> Iterable[GeneratedPage]:
    """Leadership, paths of roles, succession."""
    return leadership_pages(garden)
