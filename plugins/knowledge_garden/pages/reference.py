"""The reference pages of the handbook that are made from the code: all fields, and all problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge_garden.indexes import Indexes
from knowledge_garden.model import addresses
from knowledge_garden.model.messages import message
from knowledge_garden.pages.description import GeneratedPage


def reference_pages() -> Iterator[GeneratedPage]:
    """Both pages."""
    yield GeneratedPage(
        addresses.FIELDS,
        message("Reference of all fields"),
        message("Every field of every record and of garden.yml, made from the definitions that check them."),
        "fields.html",
        _fields,
        wide=False,
    )
    yield GeneratedPage(
        addresses.PROBLEMS,
        message("Problems and how to fix them"),
        message("Everything that garden check can report, by code."),
        "problems.html",
        _problems,
        wide=False,
    )


def _fields(_: Indexes) -> Mapping[str, object]:
    from knowledge_garden.pages.fields import field_tables

    return {"tables": field_tables()}


def _problems(indexes: Indexes) -> Mapping[str, object]:
    return {"codes": list(indexes.codes.values())}
