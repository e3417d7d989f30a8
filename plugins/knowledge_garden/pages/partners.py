"""The list of partners outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge_garden.indexes import Indexes
from knowledge_garden.model import addresses
from knowledge_garden.model.messages import message
from knowledge_garden.pages.description import GeneratedPage

_COMMUNITIES = 300  # in the table of shares


def partner_pages() -> Iterator[GeneratedPage]:
    """The one list; each partner's own page is its record."""
    yield GeneratedPage(
        addresses.PARTNERS,
        message("Partners"),
        message("Internal knowledge only goes so far: the organisations this garden also learns from."),
        "partners.html",
        _shown,
        source="partners/",
    )


def _shown(_: Indexes) -> Mapping[str, object]:
    return {"shown": _COMMUNITIES}
