"""Communities at work: their meetings with calendars, how each is doing, and the bridges between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from knowledge_garden.features.core import FRESHNESS
from knowledge_garden.features.credits import CREDITS
from knowledge_garden.features.links import LINKS
from knowledge_garden.hooks import hookimpl
from knowledge_garden.indexes import Index, Indexes
from knowledge_garden.indexes.bridges import Bridges, index_bridges
from knowledge_garden.indexes.dashboard import Dashboard, index_dashboards
from knowledge_garden.indexes.meetings import Meetings, index_meetings
from knowledge_garden.model.garden import Garden
from knowledge_garden.outputs.calendars import calendar_files
from knowledge_garden.outputs.file import OutputFile
from knowledge_garden.pages.communities import community_pages
from knowledge_garden.pages.description import GeneratedPage


def _meetings(indexes: Indexes) -> Meetings:
    return index_meetings(indexes.garden)


def _dashboards(indexes: Indexes) -> Mapping[str, Dashboard]:
    return index_dashboards(indexes, indexes[FRESHNESS], indexes[CREDITS].ledger)


def _bridges(indexes: Indexes) -> Bridges:
    return index_bridges(indexes.publication, indexes[LINKS])


MEETINGS = Index("meetings", _meetings)
DASHBOARDS = Index("dashboards", _dashboards)
BRIDGES = Index("bridges", _bridges)


@hookimpl
def garden_indexes() -> Iterable[Index[Any]]:
    """The next meetings, how communities are doing, and what they share."""
    return (MEETINGS, DASHBOARDS, BRIDGES)


@hookimpl
def garden_pages(garden: Garden) -> Iterable[GeneratedPage]:
    """The bridges, and the lists of seats that are too long for a charter."""
    return community_pages(garden)


@hookimpl
def garden_outputs(indexes: Indexes) -> Iterable[OutputFile]:
    """The calendars of meetings."""
    return calendar_files(indexes.garden, indexes[MEETINGS])
