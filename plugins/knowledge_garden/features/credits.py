"""Credits: who wrote, maintained, reviewed and told what, from the history and from credits.yml."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledge_garden.hooks import hookimpl
from knowledge_garden.indexes import Index, Indexes
from knowledge_garden.indexes.credits import Credits, index_credits
from knowledge_garden.indexes.declared import check_declarations
from knowledge_garden.model.declarations import DECLARATIONS_FILE
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.pages.credits import credit_pages
from knowledge_garden.pages.description import GeneratedPage


def _credits(indexes: Indexes) -> Credits:
    return index_credits(indexes.garden)


CREDITS = Index("credits", _credits)


@hookimpl
def garden_indexes() -> Iterable[Index[Any]]:
    """The ledger as readers may see it."""
    return (CREDITS,)


@hookimpl
def garden_pages(garden: Garden) -> Iterable[GeneratedPage]:
    """The list of everybody who helped."""
    return credit_pages(garden)


@hookimpl
def garden_checks(indexes: Indexes) -> Iterable[Problem]:
    """Entries of credits.yml that name nobody or no page, and corrections that no line needs."""
    yield from check_declarations(indexes.garden, indexes.names)
    garden, ledger = indexes.garden, indexes[CREDITS].ledger
    if not ledger.history.revision:
        return  # without a history no correction can fit
    for number, correction in enumerate(garden.declarations.corrections):
        if correction in ledger.unused:
            line = garden.declaration_lines.get(f"corrections.{number}", 0)
            message = f"The correction of {correction.commit} ({correction.reason}) fits no line of the ledger."
            yield problem("unused-correction", garden.file(DECLARATIONS_FILE), line, message)
