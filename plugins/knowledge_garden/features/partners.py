"""Beyond the walls: partners, what belongs to them, and the share of knowledge from outside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledge_garden.hooks import hookimpl
from knowledge_garden.indexes import Index, Indexes
from knowledge_garden.indexes.partners import check_partners, index_partners
from knowledge_garden.model.problems import Problem
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.partners import partner_pages

PARTNERS = Index("partners", index_partners)


@hookimpl
def garden_indexes() -> Iterable[Index[Any]]:
    """Lessons, communities and people of partners."""
    return (PARTNERS,)


@hookimpl
def garden_checks(indexes: Indexes) -> Iterable[Problem]:
    """Charters and partners that contradict each other."""
    return check_partners(indexes.whole)


@hookimpl
def garden_pages() -> Iterable[GeneratedPage]:
    """The list of partners."""
    return partner_pages()
