"""All indexes of a garden together, each made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge_garden.indexes.communities import Communities, index_communities
from knowledge_garden.indexes.credits import Credits, index_credits
from knowledge_garden.indexes.declared import check_declarations
from knowledge_garden.indexes.failures import Failures, index_failures
from knowledge_garden.indexes.freshness import Due, index_freshness
from knowledge_garden.indexes.links import Links, index_links
from knowledge_garden.indexes.names import index_names
from knowledge_garden.indexes.references import check_references
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Indexes:
    """The garden and everything that is known of it; what pages and outputs are made from."""

    garden: Garden
    links: Links
    failures: Failures
    communities: Communities
    credits: Credits
    freshness: Mapping[str, Due]


def index_garden(garden: Garden) -> tuple[Indexes, list[Problem]]:
    """Make every index, and report the problems that only show between records."""
    names, problems = index_names(garden)
    links, broken = index_links(garden, names)
    indexes = Indexes(
        garden=garden,
        links=links,
        failures=index_failures(garden),
        communities=index_communities(garden),
        credits=index_credits(garden),
        freshness=index_freshness(garden),
    )
    return indexes, problems + broken + check_references(garden) + check_declarations(garden, names)
