"""The page of everybody who helped."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge_garden.model import addresses
from knowledge_garden.model.declarations import DECLARATIONS_FILE
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.pages.description import GeneratedPage


def credit_pages(_: Garden) -> Iterator[GeneratedPage]:
    """The one page of credits."""
    yield GeneratedPage(
        addresses.CREDITS,
        message("Credits"),
        message("Everyone who has contributed, in alphabetical order, from the Git history."),
        "credits.html",
        source=DECLARATIONS_FILE,
    )
