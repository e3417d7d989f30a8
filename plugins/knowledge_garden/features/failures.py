"""Failures: the index by cause, a page for each cause, and the chains of failures that came back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledge_garden.hooks import hookimpl
from knowledge_garden.indexes import Index, Indexes
from knowledge_garden.indexes.failures import Failures, index_failures
from knowledge_garden.model.garden import Garden
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.failures import failure_pages


def _failures(indexes: Indexes) -> Failures:
    return index_failures(indexes.garden)


FAILURES = Index("failures", _failures)


@hookimpl
def garden_indexes() -> Iterable[Index[Any]]:
    """Lessons by outcome and cause."""
    return (FAILURES,)


@hookimpl
def garden_pages(garden: Garden) -> Iterable[GeneratedPage]:
    """The list of failures, and a page for each cause of garden.yml."""
    return failure_pages(garden)
